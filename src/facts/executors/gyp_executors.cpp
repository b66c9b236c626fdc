#include <array>
#include <set>

#include "base/text.h"
#include "ecosystems/npm/gyp.h"
#include "ecosystems/relative_path.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

// Indexed by GypCommandKind.
constexpr std::array<std::string_view, 5> kind_names = {
    "command expansion", "Python module", "build action", "make $(shell)", "Python expression"};

// Chains of includes in use have under five links.
constexpr std::size_t most_files = 200;

// node-gyp reads binding.gyp and then what it includes or depends on.
class GypFiles {
 public:
  GypFiles(Survey& survey, bool runs) : survey_(survey), runs_(runs) {}

  void add(const std::string& path) {
    const std::int32_t file = survey_.files.find(path);
    if (file >= 0 && seen_.insert(file).second && waiting_.size() < most_files) {
      waiting_.push_back(file);
    }
  }

  void read_all() {
    for (std::size_t i = 0; i < waiting_.size(); ++i) read(waiting_[i]);
  }

 private:
  void read(std::int32_t index) {
    const File& file = survey_.files.file(index);
    const std::string folder(folder_of(file.path));
    const Result<GypFile> gyp = read_gyp(file.bytes);
    if (!gyp) {
      survey_.gaps.push_back({GapKind::malformed, file.path, gyp.error().message});
      return;
    }
    if (gyp->is_cut) {
      survey_.gaps.push_back({GapKind::budget, file.path, "more commands than are followed"});
    }
    for (const GypCommand& command : gyp->commands) add_command(index, folder, command);
    for (const std::string& included : gyp->includes) {
      const auto path = join_path(folder, included);
      if (path) add(*path);
    }
  }

  void add_command(std::int32_t index, const std::string& folder, const GypCommand& command) {
    const auto kind = static_cast<std::size_t>(command.kind);
    Executor executor{.kind = ExecutorKind::gyp_expansion,
                      .trigger = runs_ ? Trigger::install : Trigger::command,
                      .name = survey_.files.file(index).path + ": " + std::string(kind_names[kind]),
                      .command = command.command,
                      .where = {.file = index,
                                .layer = -1,
                                .begin = command.where.begin,
                                .end = command.where.end},
                      .files = {}};
    if (command.kind == GypCommandKind::module) {
      const std::string module = command.command.substr(0, command.command.find(' '));
      survey_.modules.add_module_below(folder, module, executor.files);
    } else if (command.kind != GypCommandKind::expression) {
      executor.files = survey_.commands.follow(command.command, folder).files;
    }
    survey_.executors.push_back(std::move(executor));
  }

  Survey& survey_;
  bool runs_;
  std::set<std::int32_t> seen_;
  std::vector<std::int32_t> waiting_;
};

}  // namespace

void add_gyp_executors(Survey& survey, const std::string& folder, bool runs) {
  GypFiles files(survey, runs);
  files.add(folder.empty() ? "binding.gyp" : folder + "/binding.gyp");
  if (runs) {
    // A hook may configure in another folder: node-gyp rebuild -C native.
    const auto [begin, end] = survey.files.range_with_prefix(folder.empty() ? "" : folder + '/');
    for (std::int32_t i = begin; i < end; ++i) {
      const std::string& path = survey.files.file(i).path;
      const bool is_bundled = contains(path.substr(folder.size()), "node_modules/");
      if (base_name_of(path) == "binding.gyp" && !is_bundled) files.add(path);
    }
  }
  files.read_all();
}

}  // namespace assay
