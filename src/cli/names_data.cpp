#include "cli/names_data.h"

#include "base/limits.h"
#include "facts/names/shipped/shipped_names.h"

namespace assay {
namespace {

// A million names of each registry give about half as much.
constexpr std::size_t most_index_bytes = 512_MiB;

}  // namespace

std::string names_index_path(const ClientEnvironment& environment) {
  return environment.xdg_cache_home() + "/assay/names.index";
}

NamesData load_names(const ClientEnvironment& environment) {
  NamesData data{{}, names::shipped_names(), "carried by this assay", {}};
  const std::string path = names_index_path(environment);
  Result<MappedFile> file = MappedFile::open(path, most_index_bytes);
  if (!file) {
    if (file.error().kind != ErrorKind::missing) data.notes.push_back(file.error().message);
    return data;
  }
  Result<names::NameIndex> index = names::NameIndex::open(file->bytes());
  if (!index) {
    data.notes.push_back(path + ": " + index.error().message + "; the carried one is used");
    return data;
  }
  data.file = std::move(*file);
  data.index = *index;
  data.source = path;
  return data;
}

}  // namespace assay
