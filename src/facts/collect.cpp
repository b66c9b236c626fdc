// Facts of a package, each kind by its own module, in the order in which they need one another.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/flow.h"
#include "facts/dependencies.h"
#include "facts/facts.h"
#include "facts/observe.h"

namespace assay {
namespace {

bool is_code(FileKind kind) {
  return kind == FileKind::javascript || kind == FileKind::typescript || kind == FileKind::python ||
         kind == FileKind::shell || kind == FileKind::powershell || kind == FileKind::batch ||
         kind == FileKind::pth;
}

bool is_text(FileKind kind) {
  return is_code(kind) || kind == FileKind::json || kind == FileKind::toml ||
         kind == FileKind::yaml || kind == FileKind::ini || kind == FileKind::gyp ||
         kind == FileKind::text || kind == FileKind::html;
}

std::optional<code::CommandText::Kind> script_kind(FileKind kind) {
  switch (kind) {
    case FileKind::shell: return code::CommandText::Kind::shell;
    case FileKind::powershell: return code::CommandText::Kind::powershell;
    case FileKind::batch: return code::CommandText::Kind::batch;
    default: return std::nullopt;
  }
}

bool runs_itself(const Executor& executor) {
  const ExecutorKind kind = executor.kind;
  // What pip writes for a console script imports the module and calls the function.
  if (kind == ExecutorKind::command && contains(executor.command, ":")) return false;
  return kind != ExecutorKind::main && kind != ExecutorKind::plugin_entry_point &&
         kind != ExecutorKind::build_backend;
}

bool is_started(const Surface& surface, std::int32_t file) {
  return std::ranges::any_of(surface.executors, [&](const Executor& executor) {
    return !executor.command.empty() &&
           std::ranges::find(executor.files, file) != executor.files.end();
  });
}

// Commands that manifests declare, and the shell scripts of the package.
std::vector<code::CommandText> commands_of(const Package& package, const Surface& surface) {
  std::vector<code::CommandText> commands;
  for (const Executor& executor : surface.executors) {
    if (executor.command.empty()) continue;
    const bool is_python = executor.kind == ExecutorKind::pth_line;
    const bool is_shell = executor.kind == ExecutorKind::npm_script ||
                          executor.kind == ExecutorKind::gyp_expansion ||
                          executor.kind == ExecutorKind::bundled_script ||
                          executor.kind == ExecutorKind::autoloaded_config;
    if (!is_python && !is_shell) continue;
    commands.push_back(
        {is_python ? code::CommandText::Kind::python : code::CommandText::Kind::shell,
         executor.trigger, false, executor.where, executor.command});
  }
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    const File& file = package.files[i];
    const auto kind = script_kind(file.kind);
    if (!kind || file.dropped) continue;
    const Where where{static_cast<std::int32_t>(i), -1, 0,
                      static_cast<std::uint32_t>(file.bytes.size())};
    // A script does not run because a module beside it is imported: something has to start it.
    const Trigger trigger = is_started(surface, static_cast<std::int32_t>(i))
                                ? surface.reach[i].trigger
                                : std::min(surface.reach[i].trigger, Trigger::command);
    commands.push_back({*kind, trigger, surface.reach[i].is_test, where, file.bytes});
  }
  return commands;
}

// What a build calls in the files that a manifest gives it: the hooks of PEP 517, and the classes
// and functions of hatch, pdm, poetry and setuptools.
constexpr std::string_view build_calls[] = {"build_wheel",
                                            "build_sdist",
                                            "build_editable",
                                            "get_requires_for_build_wheel",
                                            "get_requires_for_build_sdist",
                                            "get_requires_for_build_editable",
                                            "prepare_metadata_for_build_wheel",
                                            "prepare_metadata_for_build_editable",
                                            "get_metadata_hook",
                                            "get_build_hook",
                                            "pdm_build_hook_enabled",
                                            "pdm_build_initialize",
                                            "pdm_build_update_files",
                                            "pdm_build_finalize",
                                            "pdm_build_update_setup_kwargs",
                                            "build",
                                            "setup_hook",
                                            "main"};

// Groups whose entry points setuptools calls in every build of anything.
bool is_called_by_setuptools(std::string_view name) {
  return name.starts_with("setuptools.") || name.starts_with("egg_info.writers");
}

void add_called(std::vector<std::string>& called, const Executor& executor) {
  const std::size_t last = executor.command.find_last_of(".:");
  const std::string_view target =
      std::string_view(executor.command).substr(0, executor.command.find_first_of(" ["));
  if (executor.kind == ExecutorKind::build_backend && executor.trigger == Trigger::install) {
    called.insert(called.end(), std::begin(build_calls), std::end(build_calls));
    called.emplace_back("*Hook");
  } else if (executor.kind != ExecutorKind::plugin_entry_point ||
             !is_called_by_setuptools(executor.name)) {
    return;
  }
  if (last != std::string::npos && last + 1 < target.size())
    called.emplace_back(target.substr(last + 1));
}

std::vector<code::FileRole> roles_of(const Package& package, const Surface& surface) {
  std::vector<code::FileRole> roles(package.files.size());
  for (std::size_t i = 0; i < roles.size(); ++i) {
    roles[i] = {surface.reach[i].trigger, surface.reach[i].is_test, Trigger::none, {}};
  }
  for (const Executor& executor : surface.executors) {
    for (const std::int32_t file : executor.files)
      add_called(roles[static_cast<std::size_t>(file)].called, executor);
    if (!runs_itself(executor)) continue;
    for (const std::int32_t file : executor.files) {
      Trigger& program = roles[static_cast<std::size_t>(file)].program;
      program = std::max(program, executor.trigger);
    }
  }
  return roles;
}

}  // namespace

Facts collect_facts(const Package& package, Observer* observer) {
  return collect_facts(package, observer, {});
}

Facts collect_facts(const Package& package, Observer* observer, const code::FlowLimits& limits) {
  Facts facts;
  facts.package = &package;
  facts.gaps = package.gaps;
  if (const File* manifest = package.find("package.json");
      manifest != nullptr && !manifest->dropped) {
    if (Result<NpmManifest> read = read_npm_manifest(manifest->bytes)) {
      facts.npm = std::move(*read);
    } else {
      facts.gaps.push_back({GapKind::malformed, manifest->path, read.error().message});
    }
  }
  facts.python = read_python_manifest(package);
  if (facts.python) {
    facts.gaps.insert(facts.gaps.end(), facts.python->gaps.begin(), facts.python->gaps.end());
  }
  Surface surface = find_executors(package, facts.npm ? &*facts.npm : nullptr,
                                   facts.python ? &*facts.python : nullptr);
  facts.files.resize(package.files.size());
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    const File& file = package.files[i];
    FileFacts& of_file = facts.files[i];
    of_file.trigger = surface.reach[i].trigger;
    of_file.reached_by = surface.reach[i].reached_by;
    of_file.is_test = surface.reach[i].is_test;
    if (file.dropped) {
      const BinaryFacts* seen = observer == nullptr ? nullptr : observer->find(file);
      if (seen != nullptr) of_file.binary = *seen;
      continue;
    }
    if (is_text(file.kind)) {
      of_file.lexical = read_lexical_facts(file.bytes, is_code(file.kind));
    } else if (file.kind != FileKind::declaration && file.kind != FileKind::source_map) {
      of_file.binary = read_binary_facts(file.bytes);
    }
  }
  if (facts.npm)
    facts.unmentioned_dependencies = find_unmentioned_dependencies(package, *facts.npm);
  // From here on only code is looked at.
  code::FlowResult flow = code::analyse_flow(package, roles_of(package, surface),
                                             commands_of(package, surface), limits);
  facts.actions = std::move(flow.actions);
  facts.layers = std::move(flow.layers);
  facts.disguises = std::move(flow.disguises);
  facts.gaps.insert(facts.gaps.end(), flow.gaps.begin(), flow.gaps.end());
  facts.gaps.insert(facts.gaps.end(), surface.gaps.begin(), surface.gaps.end());
  if (YaraWatch* yara = observer == nullptr ? nullptr : observer->yara()) {
    facts.yara = yara->facts(package, facts.layers);
    facts.gaps.insert(facts.gaps.end(), yara->gaps().begin(), yara->gaps().end());
  }
  facts.executors = std::move(surface.executors);
  facts.links = std::move(surface.links);
  facts.links_are_complete = surface.links_are_complete;
  std::ranges::sort(facts.gaps);
  const auto [first, last] = std::ranges::unique(facts.gaps);
  facts.gaps.erase(first, last);
  return facts;
}

}  // namespace assay
