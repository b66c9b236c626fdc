#include "ecosystems/registry/client_default.h"

#include <fmt/format.h>

#include "base/text.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// npm needs about a second on a slow machine, pip half of one.
constexpr std::chrono::seconds answer_limit{10};

}  // namespace

Result<std::string> ask_client(ClientEnvironment& environment, const ClientQuestion& question) {
  const std::string cache = environment.xdg_cache_home();
  const std::string file = fmt::format("{}/assay/client-defaults/{}", cache, question.topic);
  const std::string program = environment.real_path(question.program);
  const std::string key =
      fmt::format("{}\n{}\n", program, environment.changed_at(program).value_or(0));
  if (!cache.empty()) {
    const Result<std::string> remembered = environment.read_file(file);
    if (remembered && remembered->starts_with(key)) {
      const std::string_view url = trim(std::string_view(*remembered).substr(key.size()));
      if (parse_url(url)) return std::string(url);
    }
  }
  std::vector<std::string> command = {question.program};
  command.insert(command.end(), question.arguments.begin(), question.arguments.end());
  const std::string output = TRY(environment.run(command, answer_limit));
  const std::string url(trim(output));
  if (!parse_url(url)) {
    return fail(ErrorKind::malformed,
                fmt::format("{} did not say which registry it uses", question.program));
  }
  // An address with a password in it is not ours to keep on disk.
  if (!cache.empty() && parse_url(url)->user_info.empty()) {
    const Result<void> written = environment.write_file(file, fmt::format("{}{}\n", key, url));
    static_cast<void>(written);
  }
  return url;
}

}  // namespace assay
