// Everything in a package that runs without being called, and what leads from there to which file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/flow/action.h"
#include "package/package.h"

namespace assay {

struct NpmManifest;
struct PythonManifest;

enum class ExecutorKind : std::uint8_t {
  npm_script,          // preinstall, install, postinstall, prepare and kin; `name` is the hook
  implicit_gyp,        // binding.gyp without an install script: npm runs node-gyp rebuild
  gyp_expansion,       // <!(command) in a .gyp file: runs while node-gyp configures
  bundled_script,      // an install script of a package bundled in node_modules
  setup_py,            // sdist: runs to learn metadata and to build
  build_backend,       // an in-tree PEP 517 back end (backend-path)
  pth_line,            // an `import` line of a .pth file
  site_customize,      // sitecustomize.py or usercustomize.py at the top of a wheel or sdist
  plugin_entry_point,  // loaded by another program: pytest11, setuptools.*, flake8, …
  main,                // npm main, module, exports, browser; Python top-level package
  command,             // npm bin, Python console_scripts, __main__.py
  autoloaded_config,   // .vscode/tasks.json, eslint or jest configuration, Makefile
  agent_instructions,  // CLAUDE.md, AGENTS.md, .cursorrules and hooks of coding agents
  ci_workflow,         // .github/workflows in the package
};
std::string_view to_string(ExecutorKind kind);

struct Executor {
  ExecutorKind kind = ExecutorKind::main;
  Trigger trigger = Trigger::import;
  // "postinstall", "pytest11: foo", "bin npm (shadows a system command)". A note in brackets tells
  // what is special; a hook's plain name is what stands before the first space.
  std::string name;
  std::string command;              // what is run, if it is a command line or a line of code
  Where where;                      // where it is declared
  std::vector<std::int32_t> files;  // files of the package that it starts with

  bool operator==(const Executor&) const = default;
};

struct Reach {
  Trigger trigger = Trigger::none;
  std::string reached_by;
  bool is_test = false;
};

// A file of the package that another one loads, runs or names.
struct Link {
  std::int32_t from = -1, to = -1;
  bool is_guess = false;  // by a computed name, or by a string in a text with no means to load it

  auto operator<=>(const Link&) const = default;
};

struct Surface {
  std::vector<Executor> executors;  // sorted by trigger (most automatic first), then where
  std::vector<Reach> reach;         // parallel to Package::files
  std::vector<Link> links;          // sorted; guesses only where nothing else leads
  bool links_are_complete = true;   // false beyond most_links
  std::vector<Gap> gaps;            // GYP files and bundled manifests that could not be read
};

// `npm` and `python` may be null.
Surface find_executors(const Package& package, const NpmManifest* npm,
                       const PythonManifest* python);

}  // namespace assay
