// Writes docs/rules/ from the rules themselves: one page a rule and an index.
//   rule_pages FOLDER           writes the pages and removes those of rules that are gone
//   rule_pages --check FOLDER   changes nothing; fails when a page is not as it would be written
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/measured.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace {

namespace fs = std::filesystem;
using namespace assay;

using Pages = std::map<std::string, std::string>;  // file name -> text

// A sample as a reader can be shown it: what is invisible or binary becomes an escape.
std::string printable(std::string_view bundle) {
  std::string text;
  for (const std::string_view line : split_lines(bundle)) text += escape_for_display(line) + "\n";
  return text;
}

std::string page_of(const Rule& rule, std::span<const Sample> samples) {
  std::string text = "# " + std::string(rule.id) + "\n\n" + std::string(rule.title) + ".\n\n";
  text += "Severity: **" + std::string(to_string(rule.severity)) + "**, weight " +
          std::to_string(weight_of(rule.severity)) +
          " (some sights are worth more or less in their context).\n\n";
  text += "## Why it matters\n\n" + std::string(rule.why) + "\n\n";
  text += "## When it is harmless\n\n" + std::string(rule.harmless_when) + "\n\n";
  text += "## What it finds\n\n" + tell_measured(rule.id) + "\n\n";
  text += "## Samples\n";
  for (const Sample& sample : samples) {
    text += "\n### " + std::string(sample.name) + "\n\n";
    text += sample.expect == silent ? "Nothing is found.\n"
                                    : "Found at `" + std::string(sample.expect) + "`.\n";
    text += "\n```\n" + printable(sample.bundle) + "```\n";
  }
  return text;
}

Pages all_pages() {
  Pages pages;
  std::string index =
      "# Rules\n\nGenerated from `src/rules/` by `tests/rule_pages.cpp`; a test fails when a page "
      "is "
      "stale.\n\n| Rule | Severity | What it sees |\n| --- | --- | --- |\n";
  for (const auto& [rule, samples] : all_rule_samples()) {
    const std::string id(rule->id);
    pages[id + ".md"] = page_of(*rule, *samples);
    index += "| [" + id + "](" + id + ".md) | " + std::string(to_string(rule->severity)) + " | " +
             std::string(rule->title) + " |\n";
  }
  pages["README.md"] = index;
  return pages;
}

std::string contents_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

int check(const Pages& pages, const fs::path& folder) {
  int stale = 0;
  for (const auto& [name, text] : pages) {
    if (contents_of(folder / name) == text) continue;
    std::cerr << name << " is stale\n";
    ++stale;
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (pages.contains(entry.path().filename().string())) continue;
    std::cerr << entry.path().filename().string() << " belongs to no rule\n";
    ++stale;
  }
  if (stale != 0) std::cerr << "write them with: rule_pages " << folder.string() << "\n";
  return stale == 0 ? 0 : 1;
}

int write(const Pages& pages, const fs::path& folder) {
  fs::create_directories(folder);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!pages.contains(entry.path().filename().string())) fs::remove(entry.path());
  }
  for (const auto& [name, text] : pages) {
    if (contents_of(folder / name) == text) continue;
    std::ofstream out(folder / name, std::ios::binary);
    out << text;
    if (!out) return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_check = argc == 3 && std::string_view(argv[1]) == "--check";
  if (argc != 2 && !is_check) {
    std::cerr << "usage: rule_pages [--check] FOLDER\n";
    return 2;
  }
  const fs::path folder = argv[argc - 1];
  return is_check ? check(all_pages(), folder) : write(all_pages(), folder);
}
