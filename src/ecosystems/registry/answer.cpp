#include "ecosystems/registry/answer.h"

#include <fmt/format.h>

#include "ecosystems/registry/url.h"

namespace assay {

Result<HttpResponse> successful(Result<HttpResponse> answer, const AskedFor& asked) {
  if (!answer) {
    const std::string_view advice =
        answer.error().kind == ErrorKind::network
            ? " (is the network up? a proxy is named by https_proxy or the client's configuration)"
            : "";
    return fail(answer.error().kind,
                fmt::format("{}: {}{}", asked.ecosystem, answer.error().message, advice));
  }
  const int status = answer->status;
  const std::string where = url_for_display(answer->url);
  if (status == 200) return answer;
  if (status == 404 || status == 410) {
    return fail(ErrorKind::missing,
                fmt::format("{}: {} at {}", asked.ecosystem, asked.what, where));
  }
  if (status == 401 || status == 403) {
    return fail(ErrorKind::refused, fmt::format("{}: {} answers {}: {}", asked.ecosystem, where,
                                                status, asked.credential));
  }
  if (status == 407) {
    return fail(
        ErrorKind::refused,
        fmt::format("{}: the proxy answers 407: put its user name and password into https_proxy",
                    asked.ecosystem));
  }
  return fail(ErrorKind::network,
              fmt::format("{}: {} answers {}{}", asked.ecosystem, where, status,
                          status == 429 || status >= 500 ? ": try again later" : ""));
}

}  // namespace assay
