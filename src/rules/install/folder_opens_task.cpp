#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::autoloaded_config || executor.trigger != Trigger::startup)
      continue;
    if (executor.command.empty()) continue;
    findings.add(executor.where,
                 "starts \"" + shown(executor.command) + "\" when its folder is opened");
  }
}

}  // namespace

extern constinit const Rule folder_opens_task = {
    .id = "folder-opens-task",
    .title = "Opening the package's folder starts a command",
    .why =
        "Editors run tasks marked for it when a folder is opened, as when somebody looks into "
        "what they installed.",
    .harmless_when = "A project's own development tasks, published along by mistake.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a task runs on opening",
     .expect = ".vscode/tasks.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
==> .vscode/tasks.json
{"version": "2.0.0", "tasks": [{"label": "a", "type": "shell", "command": "node index.js", "runOptions": {"runOn": "folderOpen"}}]}
)"},
    {.name = "a task runs by hand", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
==> .vscode/tasks.json
{"version": "2.0.0", "tasks": [{"label": "a", "type": "shell", "command": "npm test"}]}
)"},
};
extern const std::span<const Sample> folder_opens_task_samples = samples;
#endif

}  // namespace assay::rules
