#include <algorithm>
#include <string_view>
#include <vector>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view commands[] = {
    "ls",    "cd",     "cp",      "mv",   "rm",   "cat",    "sudo",    "su",   "ssh",
    "scp",   "git",    "curl",    "wget", "node", "npm",    "npx",     "bash", "sh",
    "zsh",   "python", "python3", "pip",  "pip3", "docker", "kubectl", "aws",  "gcloud",
    "sed",   "awk",    "grep",    "find", "tar",  "make",   "gcc",     "cmd",  "powershell",
    "chmod", "chown",  "kill",    "ps",   "env",  "which",  "echo"};

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm) return;
  std::vector<const NpmBin*> shadows;
  for (const NpmBin& bin : facts.npm->bins) {
    const bool is_own = bin.name == facts.npm->name;
    if (!is_own && std::ranges::find(commands, bin.name) != std::end(commands))
      shadows.push_back(&bin);
  }
  // npm itself brings npx; nothing needs two names of others.
  const Severity severity = shadows.size() > 1 ? Severity::high : Severity::medium;
  for (const NpmBin* bin : shadows) {
    findings.add(severity, place(facts, facts.npm->path, bin->where.begin, bin->where.end),
                 "calls one of its programs " + shown(bin->name));
  }
}

}  // namespace

extern constinit const Rule bin_shadows_command = {
    .id = "bin-shadows-command",
    .title = "A program of the package has the name of a system command",
    .why =
        "Package managers put a package's programs first in the path of every script, so that "
        "the next `git` or `ls` is the package's.",
    .harmless_when = "A drop-in replacement that says so in its name.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a package brings its own git",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "bin": {"git": "index.js"}}
==> index.js
console.log("hello");
)"},
    {.name = "a package brings a program of its own name",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "bin": {"widget": "index.js"}}
==> index.js
console.log("hello");
)"},
};
extern const std::span<const Sample> bin_shadows_command_samples = samples;
#endif

}  // namespace assay::rules
