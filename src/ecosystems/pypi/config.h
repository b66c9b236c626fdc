// Which Python package indexes the user's own pip (or uv) would ask, and with which credentials:
// PIP_* variables and the pip.conf chain (https://pip.pypa.io/en/stable/topics/configuration/),
// else uv's settings, else the default of the installed pip. No index address is known here.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/registry/client_environment.h"
#include "ecosystems/registry/http_client.h"
#include "ecosystems/registry/netrc.h"

namespace assay {

struct PypiIndexAddress {
  std::string url;            // without credentials; ends with '/'
  std::string authorization;  // from the URL's user name and password; empty without
  bool operator==(const PypiIndexAddress&) const = default;
};

class PypiConfig {
 public:
  // The error says what to set.
  static Result<PypiConfig> load(ClientEnvironment& environment);

  // The main index first, then the extra ones. pip takes the best version of all of them together.
  const std::vector<PypiIndexAddress>& indexes() const { return indexes_; }

  // Credentials of `index` when `url` is on its origin, else what .netrc says of the host.
  std::string authorization_for(std::string_view url, const PypiIndexAddress& index) const;

  const HttpRoute& route() const { return route_; }

 private:
  std::vector<PypiIndexAddress> indexes_;
  std::map<std::string, NetrcEntry> netrc_;
  HttpRoute route_;
};

}  // namespace assay
