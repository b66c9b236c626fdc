// assay db: the data that assay judges by, brought up to date by the user.
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/names_data.h"
#include "facts/names/index_builder.h"
#include "facts/names/shipped/shipped_names.h"

namespace assay {
namespace {

// A million names with their counts.
constexpr std::size_t most_list_bytes = 256_MiB;

std::vector<names::RankedName> carried_names(Ecosystem ecosystem) {
  const names::Names& carried = names::shipped_names().names(ecosystem);
  std::vector<names::RankedName> list;
  for (names::NameId id = 0; id < carried.size(); ++id) {
    list.push_back({std::string(carried.name(id)), carried.ranks[id]});
  }
  return list;
}

Result<std::vector<names::RankedName>> read_list(Ecosystem ecosystem, const std::string& path) {
  if (path.empty()) return carried_names(ecosystem);
  const MappedFile file = TRY(MappedFile::open(path, most_list_bytes));
  const std::string_view text(reinterpret_cast<const char*>(file.bytes().data()),
                              file.bytes().size());
  Result<std::vector<names::RankedName>> list = names::read_name_list(ecosystem, text);
  if (!list) return fail(list.error().kind, path + ": " + list.error().message);
  if (list->empty()) return fail(ErrorKind::malformed, path + ": holds no names");
  return list;
}

Result<void> update_names(const DbNamesArguments& arguments, World& world) {
  const auto npm = TRY(read_list(Ecosystem::npm, arguments.npm));
  const auto pypi = TRY(read_list(Ecosystem::pypi, arguments.pypi));
  const std::string path = names_index_path(world.environment);
  const std::string bytes = names::build_index(npm, pypi, names::shipped_names().language());
  TRY(world.environment.write_file(path, bytes));
  fmt::print("{}: {} npm and {} PyPI names, {:.1f} MB\n", escape_for_display(path), npm.size(),
             pypi.size(), static_cast<double>(bytes.size()) / 1e6);
  return {};
}

}  // namespace

ExitCode run_db_names(const DbNamesArguments& arguments, World& world) {
  const Result<void> updated = update_names(arguments, world);
  if (updated) return ExitCode::clean;
  complain(escape_for_display(updated.error().message));
  return exit_code_of(updated.error());
}

}  // namespace assay
