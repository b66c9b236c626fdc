// assay db update: advisories from folders, archives and addresses into one index.
#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"
#include "cli/advisories_data.h"
#include "cli/commands.h"
#include "cli/names_data.h"
#include "ecosystems/registry/curl_client.h"
#include "ecosystems/registry/polite_client.h"
#include "facts/advisories/import.h"
#include "scan/scan.h"

namespace assay {
namespace {

constexpr std::size_t most_archive_bytes = std::size_t{4} << 30;

std::string_view text_of(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

class Update {
 public:
  explicit Update(World& world) : world_(world) {}

  [[nodiscard]] Result<void> add(const std::string& source) {
    std::error_code ignored;
    if (source.starts_with("http://") || source.starts_with("https://")) return add_url(source);
    if (std::filesystem::is_directory(source, ignored)) return add_folder(source);
    const MappedFile file = TRY(MappedFile::open(source, most_archive_bytes));
    return add_bytes(text_of(file), source);
  }

  [[nodiscard]] Result<void> finish() {
    if (builder_.records() == 0) return fail(ErrorKind::malformed, "no advisory was found");
    const std::string path = advisory_index_path(world_.environment);
    const auto now = std::chrono::floor<std::chrono::seconds>(world_.clock.now());
    const std::string bytes = builder_.build(now);
    TRY(world_.environment.write_file(path, bytes));
    const AdvisoriesData data = TRY(load_advisories(world_.environment));
    const AdvisoryCounts counts = data.index.counts();
    fmt::print("{}: {} records about {} packages ({} malware, {} vulnerabilities), {:.1f} MB\n",
               escape_for_display(path), counts.malware + counts.vulnerabilities, counts.packages,
               counts.malware, counts.vulnerabilities, static_cast<double>(bytes.size()) / 1e6);
    fmt::print("left out: {} withdrawn, {} about other registries, {} that could not be read\n",
               builder_.withdrawn(), builder_.elsewhere(), problems_.count);
    return {};
  }
  const ImportProblems& problems() const { return problems_; }

 private:
  [[nodiscard]] Result<void> add_bytes(std::string_view bytes, const std::string& name) {
    if (!is_advisory_file(name) && !bytes.starts_with("{")) {
      return import_zip(bytes, name, builder_, problems_);
    }
    import_record(bytes, name, builder_, problems_);
    return {};
  }

  // Links are not followed.
  [[nodiscard]] Result<void> add_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::recursive_directory_iterator inside(folder, error);
    for (; !error && inside != std::filesystem::recursive_directory_iterator();
         inside.increment(error)) {
      if (!inside->is_regular_file(error) || inside->is_symlink(error)) continue;
      const std::string path = inside->path().string();
      if (!is_advisory_file(path)) continue;
      const Result<MappedFile> file = MappedFile::open(path, max_osv_bytes);
      if (file) {
        import_record(text_of(*file), path, builder_, problems_);
      } else {
        problems_.add(path, file.error().message);
      }
    }
    if (error) return fail(ErrorKind::environment, folder + ": " + error.message());
    return {};
  }

  [[nodiscard]] Result<void> add_url(const std::string& url) {
    CurlClient curl("assay/" + this_tool().version);
    PoliteClient client(curl);
    HttpRequest request;
    request.url = url;
    request.accepts_compression = false;
    request.limits.body_bytes = most_archive_bytes;
    const HttpResponse response = TRY(client.get(request));
    if (response.status != 200) {
      return fail(ErrorKind::network, fmt::format("{}: status {}", url, response.status));
    }
    return add_bytes(response.body, url);
  }

  World& world_;
  AdvisoryIndexBuilder builder_;
  ImportProblems problems_;
};

void tell_names(const World& world) {
  const NamesData names = load_names(world.environment);
  for (const std::string& note : names.notes) complain(escape_for_display(note));
  fmt::print("names       {} npm, {} PyPI; {}\n", names.index.names(Ecosystem::npm).size(),
             names.index.names(Ecosystem::pypi).size(), escape_for_display(names.source));
}

ExitCode tell(const Error& error) {
  complain(escape_for_display(error.message));
  return exit_code_of(error);
}

}  // namespace

ExitCode run_db_update(const DbUpdateArguments& arguments, World& world) {
  Update update(world);
  for (const std::string& source : arguments.sources) {
    const Result<void> added = update.add(source);
    // An index without one of its sources would look complete.
    if (!added) return tell({added.error().kind, source + ": " + added.error().message});
  }
  const Result<void> finished = update.finish();
  const ImportProblems& problems = update.problems();
  for (const std::string& problem : problems.told) complain(escape_for_display(problem));
  if (problems.count > problems.told.size()) {
    complain(fmt::format("and {} more", problems.count - problems.told.size()));
  }
  if (!finished) return tell(finished.error());
  return ExitCode::clean;
}

ExitCode run_db_status(World& world) {
  tell_names(world);
  const Result<AdvisoriesData> data = load_advisories(world.environment);
  if (!data && data.error().kind == ErrorKind::missing) {
    fmt::print("advisories  none; 'assay db update' takes them in\n");
    return ExitCode::clean;
  }
  if (!data) return tell(data.error());
  const auto now = std::chrono::floor<std::chrono::seconds>(world.clock.now());
  const AdvisoryCounts counts = data->index.counts();
  fmt::print("advisories  {} malware, {} vulnerabilities, about {} packages; from {}, {} old; {}\n",
             counts.malware, counts.vulnerabilities, counts.packages,
             format_timestamp(data->index.built()),
             format_span(std::max(now - data->index.built(), std::chrono::seconds(0))),
             escape_for_display(data->path));
  const Result<void> sound = data->index.verify();
  return sound ? ExitCode::clean : tell(sound.error());
}

}  // namespace assay
