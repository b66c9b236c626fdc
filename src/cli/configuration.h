// Which settings hold for this call: flags over variables over ./assay.toml over the user's file.
#pragma once

#include <span>
#include <string>

#include "cli/settings.h"
#include "ecosystems/registry/client_environment.h"
#include "scan/target.h"

namespace assay {

struct Configuration {
  Settings settings;
  std::vector<std::string> files;  // that were read
  std::vector<std::string> notes;  // for people
};

// `explicit_file` replaces ./assay.toml and must exist. A ./assay.toml that is part of a folder to
// be examined is left out, with a note: what is judged must not except itself.
Result<Configuration> load_configuration(const Settings& flags, const std::string& explicit_file,
                                         std::span<const Target> targets,
                                         const ClientEnvironment& environment);

}  // namespace assay
