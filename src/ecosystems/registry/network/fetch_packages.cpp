// Fetches packages from the registries that this machine's own clients are configured with, and
// says what came: for looking at how a new registry or mirror behaves.
//
//   fetch_packages [--all] [--out FOLDER] SPEC...
//   fetch_packages --test SPEC...
//
// --test is how ctest runs it: it does nothing unless ASSAY_TEST_NETWORK is set, and a network that
// cannot be reached skips it too (exit code 77), since neither says anything about this program.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "ecosystems/registry/curl_client.h"
#include "ecosystems/registry/polite_client.h"
#include "ecosystems/registry/registry.h"

namespace {

constexpr int skipped = 77;

struct Arguments {
  bool is_test = false;
  bool all_files = false;
  std::string out;
  std::vector<std::string> specs;
};

Arguments read_arguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view value = values[i];
    if (value == "--test") {
      arguments.is_test = true;
    } else if (value == "--all") {
      arguments.all_files = true;
    } else if (value == "--out" && i + 1 < count) {
      arguments.out = values[++i];
    } else {
      arguments.specs.emplace_back(value);
    }
  }
  return arguments;
}

assay::Result<assay::FetchedRelease> fetch(assay::Registry& registry, const std::string& text) {
  const assay::PackageSpec spec = TRY(assay::parse_package_spec(text));
  return registry.fetch(spec);
}

void save(const std::string& folder, const assay::FetchedArtifact& artifact) {
  std::filesystem::create_directories(folder);
  // Registry code lets only names through that are one path component.
  std::ofstream file(std::filesystem::path(folder) / artifact.file_name, std::ios::binary);
  file.write(artifact.bytes.data(), static_cast<std::streamsize>(artifact.bytes.size()));
}

void show(const std::string& spec, const assay::FetchedRelease& release, const std::string& out) {
  fmt::print("{} is {}\n", spec, release.id.version);
  for (const assay::FetchedArtifact& artifact : release.artifacts) {
    fmt::print(
        "  {} {} bytes, checked: {}\n", artifact.file_name, artifact.bytes.size(),
        artifact.integrity_checked.empty() ? "nothing published" : artifact.integrity_checked);
    if (!out.empty()) save(out, artifact);
  }
  for (const assay::UnfetchedFile& other : release.others) {
    fmt::print("  {} ({})\n", other.file_name, other.reason);
  }
  for (const std::string& note : release.notes) {
    fmt::print("  {}\n", assay::escape_for_display(note, 200));
  }
}

}  // namespace

int main(int count, char** values) {
  const Arguments arguments = read_arguments(count, values);
  if (arguments.is_test && std::getenv("ASSAY_TEST_NETWORK") == nullptr) {
    fmt::print("skipped: set ASSAY_TEST_NETWORK to ask the configured registries\n");
    return skipped;
  }
  assay::SystemEnvironment environment;
  assay::CurlClient curl;
  assay::PoliteClient client(curl);
  assay::FetchOptions options;
  options.all_files = arguments.all_files;
  assay::ConfiguredRegistry registry(client, environment, options);
  int result = arguments.specs.empty() ? 2 : 0;
  for (const std::string& spec : arguments.specs) {
    const assay::Result<assay::FetchedRelease> release = fetch(registry, spec);
    if (release) {
      show(spec, *release, arguments.out);
      continue;
    }
    fmt::print("{}: {}\n", spec, assay::escape_for_display(release.error().message));
    const bool is_unreachable = release.error().kind == assay::ErrorKind::network;
    if (arguments.is_test && is_unreachable) return skipped;
    result = 1;
  }
  return result;
}
