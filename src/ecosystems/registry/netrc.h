// The .netrc file: user names and passwords by host, which pip, uv and curl read.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace assay {

struct NetrcEntry {
  std::string login, password;
  bool operator==(const NetrcEntry&) const = default;
};

// By host in lower case; "default" is under the empty name. The first entry of a host counts, and
// macro definitions are skipped.
std::map<std::string, NetrcEntry> parse_netrc(std::string_view text);

}  // namespace assay
