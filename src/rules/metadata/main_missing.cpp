#include <algorithm>
#include <string>
#include <string_view>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_there(const Facts& facts, std::string name) {
  if (name.starts_with("./")) name.erase(0, 2);
  while (name.ends_with('/')) name.pop_back();
  static constexpr std::string_view endings[] = {
      "", ".js", ".cjs", ".mjs", ".json", ".node", "/index.js", "/index.json", "/package.json"};
  return std::ranges::any_of(endings, [&](std::string_view ending) {
    return facts.package->find(name + std::string(ending)) != nullptr;
  });
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm || facts.npm->main.empty()) return;
  if (facts.npm->main == "." || facts.npm->main == "./" || is_there(facts, facts.npm->main)) return;
  const bool has_hook = std::ranges::any_of(facts.executors, [](const Executor& executor) {
    return executor.kind == ExecutorKind::npm_script && executor.trigger == Trigger::install;
  });
  findings.add(has_hook ? Severity::medium : Severity::info, place(facts, facts.npm->path),
               "names " + shown(facts.npm->main) + " as its main file, which is not there");
}

}  // namespace

extern constinit const Rule main_missing = {
    .id = "main-missing",
    .title = "The package's main file is not in the package",
    .why = "A package that nobody can import is there for its hooks only.",
    .harmless_when = "Packages of types, styles or data name a file that does not exist.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook and no main file", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "main.js", "scripts": {"preinstall": "node index.js"}}
==> index.js
console.log("hello");
)"},
    {.name = "a main file", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> main_missing_samples = samples;
#endif

}  // namespace assay::rules
