// The registry that an installed npm or pip would use if nobody configured one. assay names no
// registry itself, so it asks the client once and remembers the answer until the client changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/registry/client_environment.h"

namespace assay {

struct ClientQuestion {
  std::string_view topic;              // names the file that remembers the answer
  std::string program;                 // absolute
  std::vector<std::string> arguments;  // whose output is a URL
};

// The remembered answer lives in the user's cache folder, together with the program's real path and
// time of change. Not being able to write it is no error.
Result<std::string> ask_client(ClientEnvironment& environment, const ClientQuestion& question);

}  // namespace assay
