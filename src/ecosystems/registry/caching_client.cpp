#include "ecosystems/registry/caching_client.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "ecosystems/registry/url.h"

namespace assay {
namespace {

// Larger ones would push everything else out.
constexpr std::size_t most_kept_bytes = 128_MiB;

// What one user may see another may not, so that credentials are part of the name.
std::string name_of(const HttpRequest& request) {
  std::string text = request.url + "\n" + request.authorization;
  for (const auto& [name, value] : request.headers) text += "\n" + name + ": " + value;
  return hash_hex(HashKind::sha256, text);
}

bool may_be_kept(const HttpRequest& request, const HttpResponse& response) {
  if (response.body.size() > most_kept_bytes) return false;
  // That there is nothing is an answer too; of an archive it is a fault.
  return response.status == 200 || (response.status == 404 && request.cache == CacheUse::document);
}

bool has_failed(const Result<HttpResponse>& answer) {
  if (!answer) return answer.error().kind == ErrorKind::network;
  return answer->status == 429 || answer->status >= 500;
}

}  // namespace

Result<HttpResponse> CachingClient::ask(const HttpRequest& request, const std::string& name,
                                        const std::optional<HttpResponse>& kept) {
  HttpRequest conditional = request;
  const std::string_view tag = kept ? kept->header("etag") : std::string_view();
  if (!tag.empty()) conditional.headers.emplace_back("If-None-Match", tag);
  Result<HttpResponse> answer = network_->get(conditional);
  if (kept && has_failed(answer)) return *kept;
  if (!answer) return answer;
  const Time now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  if (kept && answer->status == 304) {
    HttpResponse confirmed = *kept;
    confirmed.asked = now;
    confirmed.from_cache = false;
    store_.save(name, confirmed);
    return confirmed;
  }
  answer->asked = now;
  if (may_be_kept(request, *answer)) store_.save(name, *answer);
  return answer;
}

Result<HttpResponse> CachingClient::get(const HttpRequest& request) {
  if (request.cache == CacheUse::none && network_ != nullptr) return network_->get(request);
  const std::string name = name_of(request);
  std::optional<HttpResponse> kept = store_.load(name);
  if (kept) {
    kept->from_cache = true;
    const auto age = clock_.now() - kept->asked.value_or(Time{});
    const bool is_good =
        request.cache == CacheUse::artifact || (age >= age.zero() && age <= fresh_);
    if (is_good || network_ == nullptr) return std::move(*kept);
  }
  if (network_ == nullptr) {
    return fail(ErrorKind::missing, fmt::format("{} is not in the cache, and --offline asks nobody",
                                                url_for_display(request.url)));
  }
  return ask(request, name, kept);
}

}  // namespace assay
