#include "facts/executors/test_paths.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/text.h"

namespace assay {
namespace {

constexpr std::array<std::string_view, 33> folders = {
    "test",          "tests",     "__test__",  "__tests__",  "__mocks__", "spec",
    "specs",         "e2e",       "unittest",  "unittests",  "example",   "examples",
    "sample",        "samples",   "demo",      "demos",      "doc",       "docs",
    "bench",         "benches",   "benchmark", "benchmarks", "fixture",   "fixtures",
    "testdata",      "test_data", "test-data", "tutorial",   "tutorials", "__fixtures__",
    "documentation", "_tests",    "testsuite"};

// Between dots, in front of the extension: "a.test.js".
constexpr std::array<std::string_view, 9> markers = {"test",    "tests", "spec", "specs",  "bench",
                                                     "stories", "story", "e2e",  "fixture"};

constexpr std::array<std::string_view, 5> stems = {"test", "tests", "conftest", "benchmark",
                                                   "example"};

// As one word of a folder's name: unit_tests, example_dags, system-test.
constexpr std::array<std::string_view, 8> words = {"test",     "tests", "unittests", "example",
                                                   "examples", "demos", "tutorials", "fixtures"};

bool has(const auto& list, std::string_view wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

bool holds_word_of_tests(std::string_view folder) {
  std::size_t begin = 0;
  while (begin <= folder.size()) {
    const std::size_t end = std::min(folder.find_first_of("-_. ", begin), folder.size());
    if (has(words, folder.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

bool has_test_name(std::string_view base_name) {
  const std::string name = to_lower_ascii(base_name);
  const std::vector<std::string_view> parts = split(name, '.');
  if (parts.size() < 2) return false;
  const std::string_view stem = parts.front();
  if (has(stems, stem) || stem.starts_with("test_") || stem.ends_with("_test")) return true;
  return std::any_of(parts.begin() + 1, parts.end() - 1,
                     [](std::string_view part) { return has(markers, part); });
}

bool is_stray_test_folder(std::string_view name, std::span<const std::string> top_level) {
  const auto is_tests = [](std::string_view each) {
    return is_test_path(std::string(each) + "/a");
  };
  return is_tests(name) && !std::ranges::all_of(top_level, is_tests);
}

bool is_test_path(std::string_view path) {
  std::vector<std::string_view> components = split(path, '/');
  const std::string_view base_name = components.back();
  components.pop_back();
  return has_test_name(base_name) ||
         std::ranges::any_of(components, [](std::string_view component) {
           const std::string folder = to_lower_ascii(component);
           return has(folders, folder) || holds_word_of_tests(folder);
         });
}

}  // namespace assay
