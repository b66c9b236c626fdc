// Whatever git prints, whatever a manifest calls its repository, and whatever tags there are.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ecosystems/repository/location.h"
#include "ecosystems/repository/repositories.h"
#include "ecosystems/repository/version_tag.h"
#include "facts/repository/compare_files.h"

namespace {

void compare(const std::vector<assay::TreeFile>& files, std::string_view text) {
  const assay::PackageId id{assay::Ecosystem::pypi, "widget", "1.0"};
  assay::Package package;
  package.id = id;
  assay::File file;
  file.path = "widget/a.py";
  file.bytes = text;
  file.kind = assay::FileKind::python;
  package.files.push_back(std::move(file));
  const assay::TreeIndex tree(files);
  const std::vector<assay::FileRole> roles(1);
  std::vector<const assay::TreeFile*> manifests = assay::likely_manifests(tree, id, "a");
  assay::Contents contents;
  for (const assay::TreeFile& there : files) contents.emplace(there.id, text);
  const assay::FoundManifest manifest = assay::choose_manifest(manifests, contents, id, true);
  assay::FileComparison comparison = assay::compare_files(package, roles, tree, manifest);
  assay::judge_changed(package, roles, comparison.changed, contents, comparison.facts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)assay::locate_repository(text);
  (void)assay::parse_contents(text);
  (void)assay::parse_history(text);
  (void)assay::compare_fields(text, text);
  if (const auto refs = assay::parse_refs(text)) {
    (void)assay::tag_of_version(refs->tags, {assay::Ecosystem::pypi, "widget", "1.0"});
    (void)assay::tag_of_version(refs->tags, {assay::Ecosystem::npm, "@a/widget", "1.0.0"});
  }
  if (const auto files = assay::parse_tree(text)) compare(*files, text.substr(0, 1000));
  return 0;
}
