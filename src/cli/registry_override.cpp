#include "cli/registry_override.h"

#include "base/text.h"

namespace assay {
namespace {

// npm takes its variables in any case.
void set_ignoring_case(std::map<std::string, std::string>& variables, const std::string& name,
                       const std::string& value) {
  std::erase_if(variables, [&](const auto& entry) {
    return to_lower_ascii(entry.first) == to_lower_ascii(name);
  });
  variables[name] = value;
}

}  // namespace

RegistryOverride::RegistryOverride(ClientEnvironment& machine,
                                   const std::optional<std::string>& npm_registry,
                                   const std::optional<std::string>& pypi_index)
    : machine_(machine), variables_(machine.variables()) {
  if (npm_registry) set_ignoring_case(variables_, "npm_config_registry", *npm_registry);
  if (pypi_index) set_ignoring_case(variables_, "PIP_INDEX_URL", *pypi_index);
}

}  // namespace assay
