// Packages beside their repositories, on a machine that cannot reach the forges: assay's own
// comparison, with repositories read from a folder of copies.
//
//   assay_compare_repositories COPIES npm:NAME[@VERSION] pypi:NAME[==VERSION] ...
//
// COPIES/OWNER+NAME/repo is the copy of https://github.com/OWNER/NAME. Packages come from the
// registries that this machine's clients use. Prints one line a package, then its files that the
// repository lacks or holds differently.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/text.h"
#include "ecosystems/registry/caching_client.h"
#include "ecosystems/registry/curl_client.h"
#include "ecosystems/registry/polite_client.h"
#include "ecosystems/registry/registry.h"
#include "ecosystems/repository/git_repositories.h"
#include "facts/observe.h"
#include "facts/outside/repository_source.h"
#include "package/archive/archive.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// The path of the copy; one that does not exist when there is none.
std::string copy_of(const std::string& copies, const std::string& url) {
  const std::vector<std::string_view> parts = split(url, '/');
  if (parts.size() < 5) return copies + "/none";
  const std::string wanted = to_lower_ascii(std::string(parts[3]) + "+" + std::string(parts[4]));
  for (const fs::directory_entry& entry : fs::directory_iterator(copies)) {
    const std::string name = entry.path().filename().string();
    if (to_lower_ascii(name) == wanted) return entry.path().string() + "/repo";
  }
  return copies + "/none";
}

class Copies final : public GitRepositories {
 public:
  Copies(const ClientEnvironment& environment, const std::string& folder)
      : GitRepositories(environment, {},
                        [folder](const std::string& url) { return copy_of(folder, url); }) {}
};

constexpr std::size_t most_printed = 500;

void print_files(std::string_view what, const std::vector<RepositoryFile>& files, bool made) {
  std::size_t printed = 0;
  for (const RepositoryFile& file : files) {
    if (file.made_by.empty() == made || printed++ >= most_printed) continue;
    fmt::print("    {} {}{}{} {} {}\n", what, escape_for_display(file.path),
               file.at_install ? " [install]" : "", file.acts ? " [acts]" : "",
               escape_for_display(file.made_by),
               file.lines == 0 ? ""
                               : fmt::format("{}/{}: {}", file.new_lines, file.lines,
                                             escape_for_display(file.first_new_line)));
  }
}

void print(const PackageId& id, const Known<RepositoryFacts>& known, double seconds) {
  if (!known) {
    fmt::print("{} {}\tunknown: {}\n", id.name, id.version, escape_for_display(known.reason()));
    return;
  }
  const RepositoryFacts& facts = *known;
  constexpr std::string_view from[] = {"-", "registry", "tag", "manifest"};
  constexpr std::string_view name[] = {"untold", "agrees", "differs"};
  fmt::print(
      "{} {}\t{}\t{}\t{}\t{}\t{}\tfolder={}\tsame={}\tmade={}\tnot compared={}\tmissing={}\t"
      "changed={}\tearlier={}/{}\t{:.1f} s\t{}\n",
      id.name, id.version, facts.url, to_string(facts.state),
      from[static_cast<std::size_t>(facts.from)], facts.tag,
      name[static_cast<std::size_t>(facts.name)], facts.folder, facts.same, facts.made,
      facts.uncompared, facts.missing_count, facts.changed_count, facts.earlier_tagged,
      facts.earlier, seconds, escape_for_display(facts.reason));
  print_files("missing", facts.missing, false);
  print_files("made", facts.missing, true);
  print_files("changed", facts.changed, false);
  if (!facts.fields) return;
  for (const RepositoryField& field : *facts.fields) {
    fmt::print("    field {} = {} (there: {})\n", escape_for_display(field.name),
               escape_for_display(field.value), escape_for_display(field.there));
  }
}

Result<void> compare(const std::string& text, ConfiguredRegistry& registry, Repositories& copies) {
  const PackageSpec spec = TRY(parse_package_spec(text));
  FetchedRelease release = TRY(registry.fetch(spec));
  if (release.artifacts.empty()) return fail(ErrorKind::missing, "no archive");
  Observer observer(nullptr);
  const FetchedArtifact& artifact = release.artifacts.front();
  Package package = TRY(read_archive(artifact.bytes, artifact.file_name, {},
                                     [&](File& file) { observer.look_at(file); }));
  package.id = artifact.id;
  Facts facts = collect_facts(package, &observer);
  const Facts* const artifacts[] = {&facts};
  const Subject subject{package.id,
                        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
                        artifacts};
  if (Result<ProjectRecord> record = registry.record(package.id.ecosystem, package.id.name)) {
    facts.metadata = read_metadata(std::move(*record), package.id.version, subject.now);
  }
  const auto begin = std::chrono::steady_clock::now();
  RepositorySource(copies).collect(subject, facts);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  print(package.id, facts.repository, taken.count());
  return {};
}

int run(int count, char** words) {
  if (count < 3) {
    fmt::print(stderr, "assay_compare_repositories COPIES npm:NAME[@VERSION] ...\n");
    return 2;
  }
  SystemEnvironment environment;
  CurlClient curl("assay/bench");
  PoliteClient polite(curl);
  FetchOptions options;
  options.full_documents = true;
  ConfiguredRegistry registry(polite, environment, options);
  Copies copies(environment, words[1]);
  for (int i = 2; i < count; ++i) {
    const Result<void> done = compare(words[i], registry, copies);
    if (!done) fmt::print("{}\t{}\n", words[i], escape_for_display(done.error().message));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace assay

int main(int count, char** words) { return assay::run(count, words); }
