#include "facts/executors/commands.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/references.h"

namespace assay {
namespace {

// Scripts that call scripts: a chain in use has under ten links.
constexpr std::size_t most_lines = 200;
// Shell scripts above this are installers with an archive behind them; its start is what runs.
constexpr std::size_t most_script_bytes = 1_MiB;

constexpr std::array<std::string_view, 7> script_runners = {"npm",  "pnpm", "yarn",   "bun",
                                                            "cnpm", "tnpm", "yarnpkg"};
constexpr std::array<std::string_view, 5> run_words = {"run", "run-script", "rum", "urn", "exec"};
// npm test is npm run test.
constexpr std::array<std::string_view, 5> own_words = {"test", "start", "stop", "restart", "t"};
constexpr std::array<std::string_view, 6> install_words = {"install", "i",  "ci",
                                                           "rebuild", "rb", "add"};
constexpr std::array<std::string_view, 4> install_scripts = {"preinstall", "install", "postinstall",
                                                             "prepare"};
constexpr std::array<std::string_view, 6> many_runners = {
    "run-s", "run-p", "npm-run-all", "npm-run-all2", "concurrently", "wireit"};
constexpr std::array<std::string_view, 4> bin_runners = {"npx", "bunx", "pnpx", "pnpm-dlx"};
// They print or remove what they name, or only look at it.
constexpr std::array<std::string_view, 14> inert_programs = {
    "echo", "printf", "rm",       "rimraf",   "del", "rmdir", "mkdir",
    "test", "[",      "prettier", "standard", "ls",  "touch", "write-output"};
constexpr std::array<std::string_view, 5> make_programs = {"make", "gmake", "nmake", "mingw32-make",
                                                           "bmake"};
constexpr std::array<std::string_view, 3> make_files = {"GNUmakefile", "makefile", "Makefile"};
constexpr std::array<std::string_view, 5> gyp_tools = {"node-gyp", "node-pre-gyp", "prebuild",
                                                       "prebuild-install", "node-gyp-build"};

bool has(const auto& list, std::string_view wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

bool is_python(std::string_view program) {
  return program.starts_with("python") || program == "py" || program.starts_with("pypy");
}

// One command line after another, with the scripts that they call, each once.
class CommandFollower {
 public:
  CommandFollower(const PackageFiles& files, const PythonModules& modules, std::size_t& lines_left)
      : files_(files), modules_(modules), lines_left_(lines_left) {}

  void add(std::string command, std::string folder, code::ShellDialect dialect) {
    if (lines_.size() < most_lines)
      lines_.push_back({std::move(command), std::move(folder), dialect});
  }

  Followed follow() {
    for (std::size_t i = 0; i < lines_.size() && lines_left_ > 0; ++i) {
      --lines_left_;
      const Line line = lines_[i];  // following it may add lines
      follow_line(line);
    }
    sort_unique(out_.files);
    return std::move(out_);
  }

 private:
  struct Line {
    std::string command, folder;
    code::ShellDialect dialect;
  };

  void follow_line(const Line& line) {
    base_ = folder_ = line.folder;
    for (const code::ShellCommand& command :
         code::parse_shell(line.command, line.dialect).commands) {
      follow_command(command);
    }
  }

  void follow_command(const code::ShellCommand& command) {
    const std::string program = code::program_of(command);
    if (program == "cd" || program == "pushd" || program == "chdir" || program == "set-location") {
      if (command.words.size() > 1) change_folder(command.words.back());
      return;
    }
    out_.runs_gyp = out_.runs_gyp || has(gyp_tools, program) || contains(program, "gyp");
    if (has(make_programs, program)) return add_make();
    if (has(many_runners, program)) return add_many(command.words);
    const bool runs_scripts = has(script_runners, program);
    if (runs_scripts) add_script_runner(command.words);
    if (has(bin_runners, program)) add_bins(command.words);
    if (!program.empty() && !runs_scripts) add_bin(program);
    if (is_python(program)) add_python_modules(command.words);
    if (!has(inert_programs, program)) add_words(command);
    for (const std::string& file : code::script_files_of(command)) add_script_file(file);
    for (const code::InlineCode& inline_code : code::inline_code_of(command)) add_code(inline_code);
  }

  void change_folder(const std::string& to) {
    const auto path = join_path(folder_, to);
    folder_ = path && files_.has_folder(*path) ? *path : base_;
  }

  void add_words(const code::ShellCommand& command) {
    for (const std::string& word : command.words) add_word(word);
    for (const std::string& assignment : command.assignments) {
      add_word(assignment.substr(assignment.find('=') + 1));
    }
    for (const std::string& file : command.reads_files) add_word(file);
  }

  // Any word that names a file: an argument may be a script, a configuration or a module to load.
  void add_word(std::string_view word) {
    if (word.starts_with("--") && contains(word, "=")) word = word.substr(word.find('=') + 1);
    for (const std::string& folder : {folder_, base_, std::string()}) {
      const auto path = join_path(folder, word);
      const std::int32_t index = path && !path->empty() ? files_.find(*path) : -1;
      if (index >= 0) {
        out_.files.push_back(index);
        return;
      }
    }
    if ((word.starts_with("./") || word.starts_with("../")) && word.size() > 2) {
      const auto path = join_path(folder_, word);  // "node -r ./register"
      if (path) files_.add_node_module(*path, out_.files);
    }
    // "$INIT_CWD/node_modules/pkg/x.js", "<hole>/scripts/x.js": what comes after the unknown part.
    const std::size_t unknown = word.rfind(hole);
    if (unknown != std::string_view::npos && word.substr(unknown).size() > hole.size() + 1) {
      const auto path = join_path("", word.substr(unknown + hole.size()));
      const std::int32_t index = path && !path->empty() ? files_.find(*path) : -1;
      if (index >= 0) out_.files.push_back(index);
    }
  }

  // As node and python resolve it: "node .", "node scripts/build", a folder with __main__.py.
  void add_script_file(const std::string& written) {
    for (const std::string& folder : {folder_, base_}) {
      const auto path = join_path(folder, written);
      if (!path) continue;
      files_.add_node_module(*path, out_.files);
      if (path->empty()) add_entry_points(*path);
      const std::int32_t main = files_.find(*path + "/__main__.py");
      if (main >= 0) out_.files.push_back(main);
    }
  }

  // "node ." at the top means the package's own main.
  void add_entry_points(const std::string& folder) {
    const NpmManifest* manifest = files_.manifest_of(folder);
    const auto main = manifest ? join_path(folder, manifest->main) : std::nullopt;
    if (main && !main->empty()) files_.add_node_module(*main, out_.files);
  }

  void add_code(const code::InlineCode& inline_code) {
    const Origin origin{folder_};
    const References found = inline_code.interpreter == "python"
                                 ? python_references(inline_code.code, origin, files_, modules_)
                                 : javascript_references(inline_code.code, origin, files_);
    out_.files.insert(out_.files.end(), found.named.begin(), found.named.end());
  }

  void add_python_modules(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
      if (words[i] != "-m") continue;
      modules_.add_module_below(folder_, words[i + 1], out_.files);
      modules_.add_module(words[i + 1], out_.files);
      modules_.add_module(words[i + 1] + ".__main__", out_.files);
    }
  }

  // npm run x, yarn x, npm test, npm exec x, npm install in another folder.
  void add_script_runner(const std::vector<std::string>& words) {
    std::string folder = folder_;
    std::vector<std::string_view> rest;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const bool names_folder =
          words[i] == "--prefix" || words[i] == "-C" || words[i] == "--cwd" || words[i] == "--dir";
      if (names_folder && i + 1 < words.size()) {
        folder = join_path(folder_, words[++i]).value_or(folder_);
      } else if (!words[i].starts_with('-')) {
        rest.push_back(words[i]);
      }
    }
    if (rest.empty() || has(install_words, rest.front())) {
      // Without a folder of its own this would be the package installing itself.
      if (folder != base_) {
        for (const std::string_view name : install_scripts) add_script(folder, name);
      }
      return;
    }
    const bool is_run = has(run_words, rest.front()) && rest.size() > 1;
    const std::string_view name = is_run ? rest[1] : rest.front() == "t" ? "test" : rest.front();
    add_scripts(folder, name);
    if (is_run || !has(own_words, name)) add_bin(name);
  }

  void add_many(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      std::string_view word = words[i];
      for (const std::string_view prefix : {"npm:", "yarn:", "pnpm:"}) {
        if (word.starts_with(prefix)) word.remove_prefix(prefix.size());
      }
      if (contains(word, " ")) {
        add(std::string(word), folder_, code::ShellDialect::posix);
      } else {
        add_scripts(folder_, word);
      }
    }
  }

  // `name` may end in '*', for all that start so.
  void add_scripts(const std::string& folder, std::string_view name) {
    const NpmManifest* manifest = files_.manifest_of(folder);
    if (!manifest) return;
    const std::size_t star = name.find('*');
    for (const NpmScript& script : first_scripts(*manifest)) {
      const bool is_meant = star == std::string_view::npos
                                ? script.name == name
                                : std::string_view(script.name).starts_with(name.substr(0, star));
      if (!is_meant) continue;
      add_script(folder, "pre" + script.name);
      add_script(folder, script.name);
      add_script(folder, "post" + script.name);
    }
  }

  // Manifests in use have under a hundred; the bound keeps chains of chains cheap.
  static std::span<const NpmScript> first_scripts(const NpmManifest& manifest) {
    return std::span(manifest.scripts).first(std::min<std::size_t>(manifest.scripts.size(), 1000));
  }

  void add_script(const std::string& folder, std::string_view name) {
    const NpmManifest* manifest = files_.manifest_of(folder);
    if (!manifest) return;
    for (const NpmScript& script : first_scripts(*manifest)) {
      if (script.name != name || !seen_scripts_.insert(folder + '\n' + script.name).second)
        continue;
      add(script.command, folder, code::ShellDialect::posix);
    }
  }

  void add_bins(const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i].starts_with('-')) continue;
      add_bin(words[i]);
      return;
    }
  }

  // A command of this package or of one that it bundles.
  void add_bin(std::string_view name) {
    add_bin_of("", name);
    const auto bundled = files_.bundled_folder(name, folder_);
    if (bundled) add_bin_of(*bundled, name);
  }

  void add_bin_of(const std::string& folder, std::string_view name) {
    const NpmManifest* manifest = files_.manifest_of(folder);
    if (!manifest) return;
    for (const NpmBin& bin : manifest->bins) {
      const auto path = join_path(folder, bin.path);
      if (bin.name == name && path) files_.add_node_module(*path, out_.files);
    }
  }

  void add_make() {
    for (const std::string_view name : make_files) {
      const auto path = join_path(folder_, name);
      const std::int32_t index = path ? files_.find(*path) : -1;
      if (index >= 0) out_.files.push_back(index);
    }
  }

  const PackageFiles& files_;
  const PythonModules& modules_;
  std::size_t& lines_left_;
  std::vector<Line> lines_;
  std::set<std::string> seen_scripts_;
  std::string base_, folder_;
  Followed out_;
};

code::ShellDialect dialect_of(const File& script) {
  if (script.kind == FileKind::powershell) return code::ShellDialect::powershell;
  return script.kind == FileKind::batch ? code::ShellDialect::cmd : code::ShellDialect::posix;
}

bool is_make_file(std::string_view path) {
  return has(make_files, base_name_of(path)) || path.ends_with(".mk");
}

// The recipe lines of a makefile, without the signs that make takes off.
std::string recipes_of(std::string_view text) {
  std::string commands;
  for (std::string_view line : split_lines(text)) {
    if (!line.starts_with('\t')) continue;
    line.remove_prefix(std::min(line.find_first_not_of("\t@-+ "), line.size()));
    commands += line;
    commands += '\n';
  }
  return commands;
}

}  // namespace

Followed Commands::follow(std::string_view command, std::string_view folder,
                          code::ShellDialect dialect) const {
  CommandFollower follower(files_, modules_, lines_left_);
  follower.add(std::string(command), std::string(folder), dialect);
  return follower.follow();
}

Followed Commands::follow_script(const File& script) const {
  const std::string_view start = std::string_view(script.bytes).substr(0, most_script_bytes);
  const std::string text = is_make_file(script.path) ? recipes_of(start) : std::string(start);
  const std::string own(folder_of(script.path));
  CommandFollower follower(files_, modules_, lines_left_);
  follower.add(text, own, dialect_of(script));
  if (!own.empty()) follower.add(text, "", dialect_of(script));
  return follower.follow();
}

}  // namespace assay
