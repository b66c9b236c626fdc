// What a registry's status codes and connection errors mean to the person who asked, and what to do
// about them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ecosystems/registry/http_client.h"

namespace assay {

struct AskedFor {
  std::string_view ecosystem;   // "npm"
  std::string what;             // "no package named left-pad": said of 404
  std::string_view credential;  // "set //host/:_authToken in ~/.npmrc": said of 401 and 403
};

// The answer itself for 200, otherwise an error that says what to do next.
Result<HttpResponse> successful(Result<HttpResponse> answer, const AskedFor& asked);

}  // namespace assay
