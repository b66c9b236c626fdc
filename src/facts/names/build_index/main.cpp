// build_names_index NPM-LIST PYPI-LIST ENGLISH-WORDS OUTPUT: the index that the program carries.
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "facts/names/index_builder.h"

namespace {

std::string read_text(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (file) return text;
  fmt::print(stderr, "{}: cannot be read\n", path);
  std::exit(1);
}

std::vector<assay::names::RankedName> read_list(assay::Ecosystem ecosystem, const char* path) {
  auto names = assay::names::read_name_list(ecosystem, read_text(path));
  if (names) return std::move(*names);
  fmt::print(stderr, "{}: {}\n", path, names.error().message);
  std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    fmt::print(stderr, "usage: build_names_index NPM-LIST PYPI-LIST ENGLISH-WORDS OUTPUT\n");
    return 2;
  }
  const auto npm = read_list(assay::Ecosystem::npm, arguments[1]);
  const auto pypi = read_list(assay::Ecosystem::pypi, arguments[2]);
  const auto language = assay::names::build_language(npm, pypi, read_text(arguments[3]));
  std::ofstream file(arguments[4], std::ios::binary);
  file << assay::names::build_index(npm, pypi, language.view());
  file.close();
  return file ? 0 : 1;
}
