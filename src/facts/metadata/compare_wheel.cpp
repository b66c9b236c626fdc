#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "facts/metadata/compare.h"

namespace assay {
namespace {

// Written by a build, so that no source has them.
constexpr std::string_view generated_names[] = {"_version.py",  "version.py",   "__version__.py",
                                                "_pb2.py",      "_pb2_grpc.py", "__about__.py",
                                                "__config__.py"};
constexpr std::string_view generated_marks[] = {"generated", "do not edit", "don't change"};

bool is_module(const File& file) {
  return file.path.ends_with(".py") && !contains(file.path, ".dist-info/") &&
         !contains(file.path, "!/");
}

bool is_generated(const File& file) {
  const bool by_name = std::ranges::any_of(
      generated_names, [&](std::string_view name) { return file.path.ends_with(name); });
  // Such a mark stands at the top.
  const std::string_view top = std::string_view(file.bytes).substr(0, 600);
  return by_name || std::ranges::any_of(generated_marks, [&](std::string_view mark) {
           return contains_ignoring_case(top, mark);
         });
}

// Builds change line ends and the blanks at the end of a file.
std::string contents_of(const File& file) {
  if (file.dropped) return file.sha256;
  return std::string(trim(replace_all(file.bytes, "\r\n", "\n")));
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Where a module of the wheel is in the sources: at the same path, or below a folder such as src/.
bool is_at(std::string_view path, std::string_view in_wheel) {
  return path == in_wheel ||
         (path.ends_with(in_wheel) && path[path.size() - in_wheel.size() - 1] == '/');
}

// "name.data/purelib/pkg/a.py" is installed as "pkg/a.py".
std::string_view installed_path(std::string_view path) {
  for (const std::string_view part : {".data/purelib/", ".data/platlib/"}) {
    const std::size_t at = path.find(part);
    if (at != std::string_view::npos) return path.substr(at + part.size());
  }
  return path;
}

}  // namespace

WheelComparison compare_wheel(const Package& wheel, const Package& sdist,
                              const std::set<std::string>& acting) {
  WheelComparison result;
  result.wheel = wheel.source;
  result.sdist = sdist.source;
  std::multimap<std::string_view, const File*> sources;  // by last name
  for (const File& file : sdist.files) {
    if (is_module(file)) sources.emplace(last_name(file.path), &file);
  }
  for (const File& file : wheel.files) {
    if (!is_module(file)) continue;
    const std::string_view path = installed_path(file.path);
    const std::string contents = contents_of(file);
    bool is_there = false, is_same = false;
    const auto [begin, end] = sources.equal_range(last_name(path));
    for (auto at = begin; at != end && !is_same; ++at) {
      const bool is_same_contents = contents_of(*at->second) == contents;
      is_there = is_there || is_at(at->second->path, path);
      // The same text elsewhere in the sources is not hidden from anybody.
      is_same = is_same_contents;
    }
    if (is_same || contents.empty()) {
      ++result.same;
      continue;
    }
    result.differences.push_back(
        {file.path, !is_there, is_generated(file), acting.contains(file.path)});
  }
  return result;
}

}  // namespace assay
