// Where forges are asked, and which of them a token is for.
#pragma once

#include "cli/settings.h"
#include "ecosystems/registry/client_environment.h"
#include "facts/outside/health_source.h"

namespace assay {

// GITHUB_API_URL and GITHUB_SERVER_URL, CI_API_V4_URL and CI_SERVER_HOST, as continuous integration
// sets them, win over assay.toml. GITHUB_TOKEN and GITLAB_TOKEN are meant for the forges themselves
// and for what variables name: a file in a project must not have them sent to its own host.
ForgeSettings forge_settings(const Settings& settings, const ClientEnvironment& environment);

}  // namespace assay
