#include "cli/advisories_data.h"

namespace assay {
namespace {

// Sixty times what all records of today give.
constexpr std::size_t most_index_bytes = std::size_t{4} << 30;

}  // namespace

std::string advisory_index_path(const ClientEnvironment& environment) {
  return environment.xdg_cache_home() + "/assay/advisories.index";
}

Result<AdvisoriesData> load_advisories(const ClientEnvironment& environment) {
  const std::string path = advisory_index_path(environment);
  Result<MappedFile> file = MappedFile::open(path, most_index_bytes);
  if (!file && file.error().kind == ErrorKind::missing) {
    return fail(ErrorKind::missing, "no advisories yet; 'assay db update' takes them in");
  }
  if (!file) return std::unexpected(file.error());
  Result<AdvisoryIndex> index = AdvisoryIndex::open(file->bytes());
  if (!index) return fail(index.error().kind, path + ": " + index.error().message);
  return AdvisoriesData{std::move(*file), *index, path};
}

}  // namespace assay
