#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view asking[] = {"node",    "python", "python3", "pkg-config",  "echo",
                                       "uname",   "which",  "command", "xcrun",       "brew",
                                       "sysctl",  "ls",     "pwd",     "llvm-config", "sdl2-config",
                                       "getconf", "cat",    "printf"};

bool has_sources(const Facts& facts) {
  return std::ranges::any_of(facts.package->files,
                             [](const File& file) { return file.kind == FileKind::other_source; });
}

void check(const Facts& facts, Findings& findings) {
  const bool is_native = has_sources(facts);
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::gyp_expansion) continue;
    const std::string program = program_of(executor.command);
    const bool is_asking = std::ranges::find(asking, program) != std::end(asking);
    const bool fetches = contains(executor.command, "curl") || contains(executor.command, "wget") ||
                         contains(executor.command, "http");
    Severity severity = is_asking ? Severity::info : Severity::low;
    if (!is_native) severity = Severity::high;
    if (fetches) severity = Severity::critical;
    findings.add(severity, executor.where,
                 "runs \"" + shown(executor.command) + "\" while node-gyp reads it");
  }
}

}  // namespace

extern constinit const Rule gyp_runs_command = {
    .id = "gyp-runs-command",
    .title = "The native build description runs a command",
    .why =
        "npm runs node-gyp by itself when binding.gyp is there, and node-gyp runs what stands "
        "in <!( ), also where install scripts are looked at and none is found.",
    .harmless_when =
        "Add-ons ask node, python or pkg-config for include folders, and have "
        "sources to compile.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a build description without sources runs a file",
     .expect = "binding.gyp:1",
     .bundle = R"x(==> package.json
{"name": "widget", "version": "1.0.0"}
==> binding.gyp
{"targets": [{"target_name": "widget", "type": "none", "variables": {"x": "<!(node index.js)"}}]}
==> index.js
console.log("hello");
)x"},
    {.name = "a package without a native build", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> gyp_runs_command_samples = samples;
#endif

}  // namespace assay::rules
