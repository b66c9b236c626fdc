#include "facts/executors/reach.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/references.h"
#include "facts/executors/test_paths.h"

namespace assay {
namespace {

// Strongest first: a file keeps the first one that gets to it.
constexpr std::array<Trigger, 5> triggers = {Trigger::install, Trigger::startup, Trigger::import,
                                             Trigger::command, Trigger::test};

// Eight bytes each. Packages in use have some ten thousand; what reaches what does not depend on
// them, only how it is shown.
constexpr std::size_t most_links = 1'000'000;

References only_named(FileList files) {
  References found;
  found.named = std::move(files);
  return found;
}

bool is_script(const File& file) {
  return file.kind == FileKind::shell || file.kind == FileKind::powershell ||
         file.kind == FileKind::batch;
}

class ReachFinder {
 public:
  ReachFinder(const Survey& survey, const std::vector<std::string>& top_level,
              std::string_view npm_name)
      : survey_(survey), files_(survey.files), top_level_(top_level), npm_name_(npm_name) {
    surface_.reach.resize(survey.files.package().files.size());
  }

  Surface find() {
    for (const Trigger trigger : triggers) {
      for (const Executor& executor : survey_.executors) {
        if (executor.trigger != trigger) continue;
        for (const std::int32_t file : executor.files) reach(file, trigger, executor.name);
      }
      follow_all();
      if (trigger == Trigger::import) {
        reach_package_members();
        follow_all();
      }
    }
    // From here on only guesses are left, and they do not outweigh what was found above.
    for (const Reach& found : surface_.reach)
      is_certain_.push_back(found.trigger >= Trigger::command);
    reach_guessed();
    mark_tests();
    std::ranges::sort(surface_.links);
    const auto [first, last] = std::ranges::unique(surface_.links);
    surface_.links.erase(first, last);
    return std::move(surface_);
  }

 private:
  Reach& at(std::int32_t file) { return surface_.reach[static_cast<std::size_t>(file)]; }

  void link(std::int32_t from, std::int32_t to, bool is_guess) {
    if (from == to) return;
    if (surface_.links.size() < most_links) {
      surface_.links.push_back({from, to, is_guess});
    } else {
      surface_.links_are_complete = false;
    }
  }

  void reach(std::int32_t file, Trigger trigger, std::string by) {
    Reach& found = at(file);
    if (found.trigger >= trigger) return;
    // A file's references are looked up once: later triggers are weaker.
    if (found.trigger == Trigger::none) waiting_.push_back(file);
    found.trigger = trigger;
    found.reached_by = std::move(by);
  }

  void follow_all() {
    while (!waiting_.empty()) {
      const std::int32_t from = waiting_.back();
      waiting_.pop_back();
      const Trigger trigger = at(from).trigger;
      const References found = references_of(from);
      const std::string by = "imported by " + files_.file(from).path;
      for (const std::int32_t to : found.named) {
        link(from, to, false);
        reach(to, trigger, by);
      }
      for (const std::int32_t to : found.mentioned) guesses_.push_back({to, {}, trigger, from});
      for (const std::string& folder : found.guessed_folders) {
        if (guessed_folders_.insert(folder).second) guesses_.push_back({-1, folder, trigger, from});
      }
    }
  }

  References references_of(std::int32_t index) const {
    const File& file = files_.file(index);
    const Origin origin{folder_of(file.path), npm_name_};
    switch (file.kind) {
      case FileKind::javascript:
      case FileKind::typescript:
      case FileKind::html: return javascript_references(file.bytes, origin, files_);
      case FileKind::python: return python_references(file.bytes, origin, files_, survey_.modules);
      case FileKind::shell:
      case FileKind::powershell:
      case FileKind::batch: return only_named(survey_.commands.follow_script(file).files);
      default: break;
    }
    const std::string_view name = base_name_of(file.path);
    const bool is_make = to_lower_ascii(name) == "makefile" || name == "GNUmakefile";
    return is_make ? only_named(survey_.commands.follow_script(file).files) : References{};
  }

  // "src/pkg/" and "pkg.py" of every import root, without tests.
  void reach_package_members() {
    for (const std::string& root : survey_.layout.import_roots) {
      for (const std::string& name : top_level_) {
        if (is_stray_test_folder(name, top_level_)) continue;
        const std::string path = root.empty() ? name : root + '/' + name;
        // Where everything is a test, nothing is: then that is what the package came to bring.
        const bool only_tests = !reach_members(name, path, false);
        if (only_tests) reach_members(name, path, true);
      }
    }
  }

  // False when no code was found but empty files.
  bool reach_members(const std::string& name, const std::string& path, bool tests_too) {
    bool found = false;
    const auto [begin, end] = files_.range_with_prefix(path + '/');
    for (std::int32_t i = begin; i < end; ++i) {
      const File& file = files_.file(i);
      const std::string_view inside = std::string_view(file.path).substr(path.size());
      // Scripts are started, never imported; what browsers are served is neither.
      if (!is_code(file) || is_script(file) || file.kind == FileKind::javascript ||
          file.kind == FileKind::typescript || (!tests_too && is_test_path(inside)))
        continue;
      reach(i, Trigger::import, "a module of " + name);
      found = found || file.dropped || !trim(file.bytes).empty();
    }
    return found;
  }

  void reach_guessed() {
    for (std::size_t i = 0; i < guesses_.size(); ++i) {
      const Guess guess = guesses_[i];
      FileList found;
      if (guess.file >= 0) {
        found.push_back(guess.file);
      } else {
        files_.add_code_in(guess.folder, found);
      }
      for (const std::int32_t file : found) {
        if (at(file).trigger != Trigger::none) continue;
        link(guess.from, file, true);
        if (is_script(files_.file(file))) {
          reach(file, Trigger::command, "named in " + files_.file(guess.from).path);
          continue;
        }
        reach(file, guess.trigger, "perhaps loaded by " + files_.file(guess.from).path);
        follow_all();  // may add guesses behind this one
      }
    }
  }

  // The code that is no test by its name and no build script.
  bool has_code_of_its_own() const {
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(surface_.reach.size()); ++i) {
      const File& file = files_.file(i);
      const bool is_empty = !file.dropped && trim(file.bytes).empty();
      // What a build compiles counts, though it cannot be read here.
      const bool is_some_code = is_code(file) || file.kind == FileKind::other_source;
      if (is_some_code && !is_empty && file.path != "setup.py" && !is_test_path(file.path))
        return true;
    }
    return false;
  }

  void mark_tests() {
    if (!has_code_of_its_own()) {
      for (std::int32_t i = 0; i < static_cast<std::int32_t>(surface_.reach.size()); ++i) {
        const File& file = files_.file(i);
        if (is_code(file) && !is_script(file) && is_test_path(file.path)) {
          reach(i, Trigger::import, "the only code");
        }
      }
      waiting_.clear();
    }
    for (std::size_t i = 0; i < surface_.reach.size(); ++i) {
      Reach& found = surface_.reach[i];
      // A test is what nothing but a test runner leads to, whatever its name.
      const bool is_reached = found.trigger >= Trigger::import || is_certain_[i];
      if (is_reached || !is_test_path(files_.file(static_cast<std::int32_t>(i)).path)) continue;
      found.is_test = true;
      if (found.trigger == Trigger::none) {
        found.trigger = Trigger::test;
        found.reached_by = "tests, examples or documentation";
      }
    }
  }

  struct Guess {
    std::int32_t file;  // -1: all code in the folder
    std::string folder;
    Trigger trigger;
    std::int32_t from;
  };

  const Survey& survey_;
  const PackageFiles& files_;
  const std::vector<std::string>& top_level_;
  std::string_view npm_name_;
  Surface surface_;
  std::vector<bool> is_certain_;  // parallel: something that is no guess leads there
  std::vector<std::int32_t> waiting_;
  std::vector<Guess> guesses_;  // in the order of triggers, each folder once
  std::set<std::string> guessed_folders_;
};

}  // namespace

Surface find_reach(const Survey& survey, const std::vector<std::string>& top_level,
                   std::string_view npm_name) {
  return ReachFinder(survey, top_level, npm_name).find();
}

}  // namespace assay
