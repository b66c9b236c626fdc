// Which npm registry the user's own npm would ask, and with which credentials: the .npmrc chain
// (https://docs.npmjs.com/cli/using-npm/config), npm_config_* variables, and, when none of these
// names a registry, the default of the installed npm. No registry address is known here.
//
// A project's .npmrc counts as it does for npm, ${VARIABLES} included: whoever scans from inside a
// hostile folder gives it the trust that `npm install` there would.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ecosystems/registry/client_environment.h"
#include "ecosystems/registry/http_client.h"

namespace assay {

class NpmConfig {
 public:
  // Unreadable files are errors; absent ones are normal.
  static Result<NpmConfig> load(ClientEnvironment& environment);

  // Ends with '/'. A scope's own registry comes before the general one. The error says what to set.
  Result<std::string> registry_for(std::string_view package_name) const;

  // The Authorization header for `url`: the settings of the longest "//host/path/" prefix of it, or
  // else the registry's own when `url` is on the registry's host. Empty when there are none.
  std::string authorization_for(std::string_view url, std::string_view registry) const;

  HttpRoute route_for(std::string_view registry) const;

  // As the chain decides; nullptr when nothing sets it.
  const std::string* setting(const std::string& key) const;

 private:
  std::string own_authorization(std::string_view url) const;

  std::map<std::string, std::string> settings_;
  Result<std::string> default_registry_ = fail(ErrorKind::missing, "");
  HttpRoute route_;
};

}  // namespace assay
