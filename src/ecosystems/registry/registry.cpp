#include "ecosystems/registry/registry.h"

#include <utility>

#include "ecosystems/npm/registry.h"
#include "ecosystems/pypi/index.h"

namespace assay {

ConfiguredRegistry::ConfiguredRegistry(HttpClient& http, ClientEnvironment& environment,
                                       FetchOptions options)
    : http_(http), environment_(environment), options_(std::move(options)) {}

const Result<NpmConfig>& ConfiguredRegistry::npm_config() {
  const std::lock_guard lock(mutex_);
  if (!npm_) npm_ = NpmConfig::load(environment_);
  return *npm_;
}

const Result<PypiConfig>& ConfiguredRegistry::pypi_config() {
  const std::lock_guard lock(mutex_);
  if (!pypi_) pypi_ = PypiConfig::load(environment_);
  return *pypi_;
}

Result<FetchedRelease> ConfiguredRegistry::fetch(const PackageSpec& spec) {
  if (spec.ecosystem == Ecosystem::npm) {
    const Result<NpmConfig>& config = npm_config();
    if (!config) return std::unexpected(config.error());
    return NpmRegistry(http_, *config, options_).fetch(spec.name, spec.wanted);
  }
  if (spec.ecosystem == Ecosystem::pypi) {
    const Result<PypiConfig>& config = pypi_config();
    if (!config) return std::unexpected(config.error());
    return PypiIndexes(http_, *config, options_).fetch(spec.name, spec.wanted);
  }
  return fail(ErrorKind::usage, "only npm and PyPI packages can be fetched by name");
}

Result<ProjectRecord> ConfiguredRegistry::record(Ecosystem ecosystem, const std::string& name) {
  if (ecosystem == Ecosystem::npm) {
    const Result<NpmConfig>& config = npm_config();
    if (!config) return std::unexpected(config.error());
    return NpmRegistry(http_, *config, options_).record(name);
  }
  const Result<PypiConfig>& config = pypi_config();
  if (!config) return std::unexpected(config.error());
  return PypiIndexes(http_, *config, options_).record(name);
}

Result<std::vector<SigningKey>> ConfiguredRegistry::keys(const std::string& name) {
  const Result<NpmConfig>& config = npm_config();
  if (!config) return std::unexpected(config.error());
  return NpmRegistry(http_, *config, options_).keys(name);
}

Result<ProvenPublisher> ConfiguredRegistry::publisher(const std::string& url) {
  const Result<PypiConfig>& config = pypi_config();
  if (!config) return std::unexpected(config.error());
  return PypiIndexes(http_, *config, options_).publisher(url);
}

}  // namespace assay
