// Parses files with tree-sitter and with assay and prints where they disagree.
//
//   javascript_oracle [--errors] FILE ...     or file names on standard input
//
// Files that tree-sitter itself cannot read prove nothing and are only counted, unless --errors.
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "javascript_features.h"

namespace assay::oracle {
namespace {

struct Totals {
  int files = 0, equal = 0, different = 0, unread_by_tree_sitter = 0, unread_by_assay = 0;
};

Dialect dialect_of(std::string_view path) {
  if (path.ends_with(".tsx")) return Dialect::tsx;
  const bool types = path.ends_with(".ts") || path.ends_with(".mts") || path.ends_with(".cts");
  return types ? Dialect::typescript : Dialect::javascript;
}

std::string shortened(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  if (text.size() > 100) text = text.substr(0, 100) + "...";
  return text;
}

void print_differences(const Features& theirs, const Features& ours) {
  Features difference = ours;
  for (const auto& [feature, count] : theirs) difference[feature] -= count;
  int printed = 0;
  for (const auto& [feature, count] : difference) {
    if (count == 0) continue;
    std::cout << "  " << (count > 0 ? "+" : "") << count << ' ' << shortened(feature) << '\n';
    if (++printed == 12) break;
  }
}

void compare(const std::string& path, bool show_errors, Totals& totals) {
  std::ifstream file(path, std::ios::binary);
  const std::string source{std::istreambuf_iterator<char>(file), {}};
  ++totals.files;
  const Features ours = features_of_assay(source, dialect_of(path));
  const TreeSitterAnswer theirs = features_of_tree_sitter(source, dialect_of(path));
  if (ours.contains("SKIPPED")) ++totals.unread_by_assay;
  if (theirs.has_errors) ++totals.unread_by_tree_sitter;
  if (ours == theirs.features) {
    ++totals.equal;
    return;
  }
  if (theirs.has_errors && !show_errors) return;
  ++totals.different;
  std::cout << path << (theirs.has_errors ? " (not read by tree-sitter)\n" : "\n");
  print_differences(theirs.features, ours);
}

int run(int argc, char** argv) {
  Totals totals;
  bool show_errors = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--errors") {
      show_errors = true;
    } else {
      paths.emplace_back(argv[i]);
    }
  }
  for (const std::string& path : paths) compare(path, show_errors, totals);
  std::string line;
  while (paths.empty() && std::getline(std::cin, line)) compare(line, show_errors, totals);
  std::cout << totals.files << " files, " << totals.equal << " equal, " << totals.different
            << " different, " << totals.unread_by_tree_sitter << " not read by tree-sitter, "
            << totals.unread_by_assay << " not read by assay\n";
  return totals.different == 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay::oracle

int main(int argc, char** argv) { return assay::oracle::run(argc, argv); }
