#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_there(const Facts& facts, std::string_view path) {
  std::string name(path);
  if (name.starts_with("./")) name.erase(0, 2);
  if (name.empty() || name == ".") return true;
  static constexpr std::string_view endings[] = {"",      ".js",       ".cjs",         ".mjs",
                                                 ".json", "/index.js", "/package.json"};
  return std::ranges::any_of(endings, [&](std::string_view ending) {
    return facts.package->find(name + std::string(ending)) != nullptr;
  });
}

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::npm_script || executor.trigger != Trigger::install) continue;
    const std::vector<std::string> words = words_of(executor.command);
    if (words.size() < 2 || words[0] != "node" || !executor.files.empty()) continue;
    const std::string& path = words[1];
    const bool is_plain = path.find_first_of("-$*'\"") != 0 && !contains(path, "node_modules") &&
                          !path.starts_with("..") && !path.starts_with('/');
    if (!is_plain || is_there(facts, path)) continue;
    findings.add(executor.where, "runs " + shown(path) + " in its " + shown(executor.name) +
                                     " hook, which is not in the package");
  }
}

}  // namespace

extern constinit const Rule hook_names_missing_file = {
    .id = "hook-names-missing-file",
    .title = "An install hook runs a file that the package does not hold",
    .why = "The hook fails, or runs what another package or an earlier version left there.",
    .harmless_when = "A hook that is meant for the repository and was published along.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook names a file that is not there",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"postinstall": "node setup.js"}}
)"},
    {.name = "a hook names a file by its stem", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"postinstall": "node setup"}}
==> setup.js
console.log("hello");
)"},
};
extern const std::span<const Sample> hook_names_missing_file_samples = samples;
#endif

}  // namespace assay::rules
