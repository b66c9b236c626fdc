// What other programs than the package manager start: editors, coding agents, CI, build tools and
// conda look for files of these names.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "ecosystems/literal.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

// How a path is told: whole, by its end, or by a folder on its way.
enum class Match : std::uint8_t { base_name, path_end, folder, base_end, base_start };

struct KnownFile {
  Match match;
  std::string_view text;
  ExecutorKind kind;
  Trigger trigger;
  std::string_view name;
};

using enum ExecutorKind;

// The first row that fits counts. Instructions and workflows are text that others act on.
constexpr std::array<KnownFile, 55> known_files = {{
    {Match::base_name, "CLAUDE.md", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, "CLAUDE.local.md", agent_instructions, Trigger::startup,
     "agent instructions"},
    {Match::base_name, "AGENTS.md", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, "AGENT.md", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, "GEMINI.md", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, ".cursorrules", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, ".windsurfrules", agent_instructions, Trigger::startup,
     "agent instructions"},
    {Match::base_name, ".clinerules", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::base_name, ".roorules", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::path_end, ".github/copilot-instructions.md", agent_instructions, Trigger::startup,
     "agent instructions"},
    {Match::folder, ".cursor/rules/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".windsurf/rules/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".clinerules/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".github/instructions/", agent_instructions, Trigger::startup,
     "agent instructions"},
    {Match::folder, ".claude/commands/", agent_instructions, Trigger::command, "agent command"},
    {Match::folder, ".claude/agents/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".claude/skills/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".kiro/steering/", agent_instructions, Trigger::startup, "agent instructions"},
    {Match::folder, ".github/workflows/", ci_workflow, Trigger::none, "CI workflow"},
    {Match::folder, ".circleci/", ci_workflow, Trigger::none, "CI workflow"},
    {Match::base_name, ".gitlab-ci.yml", ci_workflow, Trigger::none, "CI workflow"},
    {Match::base_name, "azure-pipelines.yml", ci_workflow, Trigger::none, "CI workflow"},
    {Match::base_name, ".travis.yml", ci_workflow, Trigger::none, "CI workflow"},
    {Match::base_name, "Jenkinsfile", ci_workflow, Trigger::none, "CI workflow"},
    {Match::base_name, "Makefile", autoloaded_config, Trigger::command, "make"},
    {Match::base_name, "makefile", autoloaded_config, Trigger::command, "make"},
    {Match::base_name, "GNUmakefile", autoloaded_config, Trigger::command, "make"},
    {Match::base_name, ".envrc", autoloaded_config, Trigger::command, "direnv"},
    {Match::base_end, "post-link.sh", autoloaded_config, Trigger::install, "conda post-link"},
    {Match::base_end, "post-link.bat", autoloaded_config, Trigger::install, "conda post-link"},
    {Match::base_end, "pre-link.sh", autoloaded_config, Trigger::install, "conda pre-link"},
    {Match::base_end, "pre-link.bat", autoloaded_config, Trigger::install, "conda pre-link"},
    {Match::base_end, "pre-unlink.sh", autoloaded_config, Trigger::command, "conda pre-unlink"},
    {Match::base_end, "pre-unlink.bat", autoloaded_config, Trigger::command, "conda pre-unlink"},
    {Match::folder, "etc/conda/activate.d/", autoloaded_config, Trigger::startup,
     "conda activation"},
    {Match::folder, "ipython/profile_default/startup/", autoloaded_config, Trigger::startup,
     "IPython start-up"},
    {Match::folder, "etc/ipython/startup/", autoloaded_config, Trigger::startup,
     "IPython start-up"},
    {Match::base_name, "conftest.py", autoloaded_config, Trigger::test, "pytest configuration"},
    {Match::base_name, "noxfile.py", autoloaded_config, Trigger::test, "nox configuration"},
    {Match::base_start, ".eslintrc.", autoloaded_config, Trigger::test, "eslint configuration"},
    {Match::base_start, ".prettierrc.", autoloaded_config, Trigger::test, "prettier configuration"},
    {Match::base_start, ".babelrc.", autoloaded_config, Trigger::test, "babel configuration"},
    {Match::base_start, ".mocharc.", autoloaded_config, Trigger::test, "mocha configuration"},
    {Match::base_start, ".pnpmfile.", autoloaded_config, Trigger::test, "pnpm configuration"},
    {Match::base_start, "eslint.config.", autoloaded_config, Trigger::test, "eslint configuration"},
    {Match::base_start, "prettier.config.", autoloaded_config, Trigger::test,
     "prettier configuration"},
    {Match::base_start, "jest.config.", autoloaded_config, Trigger::test, "jest configuration"},
    {Match::base_start, "vitest.config.", autoloaded_config, Trigger::test, "vitest configuration"},
    {Match::base_start, "vite.config.", autoloaded_config, Trigger::test, "vite configuration"},
    {Match::base_start, "webpack.config.", autoloaded_config, Trigger::test,
     "webpack configuration"},
    {Match::base_start, "rollup.config.", autoloaded_config, Trigger::test, "rollup configuration"},
    {Match::base_start, "babel.config.", autoloaded_config, Trigger::test, "babel configuration"},
    {Match::base_start, "karma.conf.", autoloaded_config, Trigger::test, "karma configuration"},
    {Match::base_start, "gulpfile.", autoloaded_config, Trigger::test, "gulp configuration"},
    {Match::base_start, "Gruntfile.", autoloaded_config, Trigger::test, "grunt configuration"},
}};

bool fits(const KnownFile& known, std::string_view path) {
  const std::string_view name = base_name_of(path);
  const auto starts_component = [&](std::size_t at) { return at == 0 || path[at - 1] == '/'; };
  switch (known.match) {
    case Match::base_name: return name == known.text;
    case Match::base_end: return name.ends_with(known.text);
    case Match::base_start: return name.starts_with(known.text);
    case Match::path_end:
      return path.ends_with(known.text) && starts_component(path.size() - known.text.size());
    case Match::folder: {
      const std::size_t at = path.find(known.text);
      return at != std::string_view::npos && starts_component(at);
    }
  }
  return false;
}

// Settings whose "command" members are started when a folder is opened.
struct KnownSettings {
  std::string_view path_end;
  ExecutorKind kind;
  Trigger trigger;
  std::string_view name;
};
constexpr std::array<KnownSettings, 11> known_settings = {{
    {".claude/settings.json", agent_instructions, Trigger::startup, "agent hook"},
    {".claude/settings.local.json", agent_instructions, Trigger::startup, "agent hook"},
    {".gemini/settings.json", agent_instructions, Trigger::startup, "agent hook"},
    {".cursor/hooks.json", agent_instructions, Trigger::startup, "agent hook"},
    {".codex/hooks.json", agent_instructions, Trigger::startup, "agent hook"},
    {"hooks/hooks.json", agent_instructions, Trigger::startup, "agent hook"},
    {".mcp.json", agent_instructions, Trigger::startup, "agent tool server"},
    {".cursor/mcp.json", agent_instructions, Trigger::startup, "agent tool server"},
    {".vscode/mcp.json", agent_instructions, Trigger::startup, "agent tool server"},
    {"mcp_config.json", agent_instructions, Trigger::startup, "agent tool server"},
    {".vscode/tasks.json", autoloaded_config, Trigger::startup,
     "editor task on opening the folder"},
}};

bool is_settings_path(std::string_view path, std::string_view end) {
  return path == end || (path.ends_with(end) && path[path.size() - end.size() - 1] == '/');
}

class SettingsReader {
 public:
  SettingsReader(Survey& survey, std::int32_t file, const KnownSettings& known)
      : survey_(survey), file_(file), known_(known) {}

  void add() {
    const File& file = survey_.files.file(file_);
    const auto tree = LiteralTree::read(file.bytes, LiteralDialect::json);
    if (!tree) {
      survey_.gaps.push_back({GapKind::malformed, file.path, tree.error().message});
      return;
    }
    const bool is_tasks = known_.path_end == ".vscode/tasks.json";
    std::uint32_t until = 0;  // inside a task that does not start by itself
    for (const LiteralNode& node : tree->nodes()) {
      if (node.kind != LiteralKind::object) continue;
      const LiteralNode* options = is_tasks ? tree->find(node, "runOptions") : nullptr;
      const bool is_task = is_tasks && tree->find(node, "command") && node.begin >= until;
      if (is_task) {
        const LiteralNode* run_on = options ? tree->find(*options, "runOn") : nullptr;
        automatic_ = run_on && tree->text(*run_on) == "folderOpen";
        until = node.end;
      }
      if (!is_tasks || (automatic_ && node.begin < until)) add_command(*tree, node);
    }
  }

 private:
  void add_command(const LiteralTree& tree, const LiteralNode& node) {
    const LiteralNode* command = tree.find(node, "command");
    if (!command) return;
    std::string line = tree.text(*command);
    if (const LiteralNode* args = tree.find(node, "args")) {
      for (const LiteralNode* word : tree.children(*args)) line += ' ' + tree.text(*word);
    }
    if (line.empty()) return;
    survey_.executors.push_back({.kind = known_.kind,
                                 .trigger = known_.trigger,
                                 .name = std::string(known_.name),
                                 .command = line,
                                 .where = {.file = file_,
                                           .layer = -1,
                                           .begin = command->begin_with_key(),
                                           .end = command->end},
                                 .files = survey_.commands.follow(line, "").files});
  }

  Survey& survey_;
  std::int32_t file_;
  const KnownSettings& known_;
  bool automatic_ = false;
};

}  // namespace

void add_workspace_executors(Survey& survey) {
  const std::vector<File>& files = survey.files.package().files;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto index = static_cast<std::int32_t>(i);
    const std::string& path = files[i].path;
    const auto known =
        std::ranges::find_if(known_files, [&](const KnownFile& each) { return fits(each, path); });
    if (known != known_files.end()) {
      survey.executors.push_back({.kind = known->kind,
                                  .trigger = known->trigger,
                                  .name = std::string(known->name),
                                  .command = {},
                                  .where = whole_file(index),
                                  .files = {index}});
    }
    for (const KnownSettings& each : known_settings) {
      if (is_settings_path(path, each.path_end)) SettingsReader(survey, index, each).add();
    }
  }
}

}  // namespace assay
