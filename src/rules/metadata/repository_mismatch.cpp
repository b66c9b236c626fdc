#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : to_lower_ascii(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters.push_back(c);
  }
  return letters;
}

// The owner and the name in an address, without what every address has.
std::string words_of_address(std::string_view address) {
  std::string_view rest = address;
  if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
    rest.remove_prefix(scheme + 3);
    rest.remove_prefix(std::min(rest.size(), rest.find('/')));
  }
  return letters_of(rest);
}

// A scope is the owner's name; any word of three letters and more may connect the two.
bool is_related(std::string_view name, std::string_view address) {
  const std::string where = words_of_address(address);
  std::string word;
  for (const char c : to_lower_ascii(name) + "-") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word.push_back(c);
      continue;
    }
    if (word.size() >= 3 && contains(where, word)) return true;
    word.clear();
  }
  return contains(where, letters_of(name));
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm || facts.npm->repository.empty() || facts.npm->name.empty()) return;
  const NpmManifest& npm = *facts.npm;
  if (is_related(npm.name, npm.repository)) return;
  findings.add(
      place(facts, npm.path, npm.repository_where.begin, npm.repository_where.end),
      "is named " + shown(npm.name) + " and gives " + shown(npm.repository) + " as its repository");
}

}  // namespace

extern constinit const Rule repository_mismatch = {
    .id = "repository-mismatch",
    .title = "The repository does not look like this package's",
    .why =
        "A borrowed address lends a package the stars and the trust of somebody else's "
        "project.",
    .harmless_when = "Monorepos and renamed projects, whose repository has another name.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "another project's repository",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "repository": "https://git.example.test/famous/project.git"}
)"},
    {.name = "a part of a monorepo", .expect = silent, .bundle = R"(==> package.json
{"name": "@famous/widget", "version": "1.0.0", "repository": "https://git.example.test/famous/project.git"}
)"},
};
extern const std::span<const Sample> repository_mismatch_samples = samples;
#endif

}  // namespace assay::rules
