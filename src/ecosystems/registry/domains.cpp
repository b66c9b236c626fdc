#include "ecosystems/registry/domains.h"

#include <arpa/nameser.h>
#include <fmt/format.h>
#include <netdb.h>
#include <resolv.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Array = simdjson::dom::array;

// RFC 1035 2.3.4.
constexpr std::size_t most_domain_bytes = 253;
// RFC 2606 and RFC 6761: names that never are anybody's, and those of local networks.
constexpr std::string_view reserved_endings[] = {".test",        ".example",    ".invalid",
                                                 ".localhost",   ".local",      ".example.com",
                                                 ".example.net", ".example.org"};

enum class Found : std::uint8_t { yes, no, failed };

// Whether the name has any record. SOA is asked for since every zone has one and an answer without
// one still says that the name exists.
Found ask_dns(const std::string& name) {
  struct __res_state state{};
  if (::res_ninit(&state) != 0) return Found::failed;
  state.retrans = 3;  // Seconds; a page should not wait longer for one line of it.
  state.retry = 1;
  std::array<unsigned char, 4096> answer{};
  const int size = ::res_nquery(&state, name.c_str(), ns_c_in, ns_t_soa, answer.data(),
                                static_cast<int>(answer.size()));
  const int error = state.res_h_errno;
  ::res_nclose(&state);
  if (size >= 0 || error == NO_DATA) return Found::yes;
  return error == HOST_NOT_FOUND ? Found::no : Found::failed;
}

}  // namespace

std::string domain_of_mail(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return {};
  const std::string domain = to_lower_ascii(trim(address.substr(at + 1)));
  const bool is_plain =
      domain.size() <= most_domain_bytes && contains(domain, ".") && !domain.starts_with('.') &&
      !domain.ends_with('.') && std::ranges::all_of(domain, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      });
  const bool is_reserved = std::ranges::any_of(
      reserved_endings, [&](std::string_view ending) { return ("." + domain).ends_with(ending); });
  return is_plain && !is_reserved ? domain : std::string();
}

Known<bool> NetworkDomains::exists(const std::string& domain) {
  switch (ask_dns(domain)) {
    case Found::yes: return true;
    case Found::failed: return Unknown{"the DNS of this machine does not answer"};
    case Found::no: break;
  }
  // Networks are found whose DNS denies everything that is not theirs: then top domains are denied
  // too.
  const std::string top = domain.substr(domain.rfind('.') + 1);
  if (ask_dns(top) != Found::yes) {
    return Unknown{"the DNS of this machine does not answer for the internet"};
  }
  return false;
}

Result<Time> parse_rdap_registration(std::string_view json) {
  simdjson::dom::parser parser;
  Element root;
  Array events;
  if (parser.parse(json.data(), json.size(), true).get(root) != simdjson::SUCCESS ||
      root["events"].get(events) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed, "the RDAP server's answer has no events");
  }
  for (const Element& event : events) {
    std::string_view action, date;
    if (event["eventAction"].get(action) != simdjson::SUCCESS || action != "registration" ||
        event["eventDate"].get(date) != simdjson::SUCCESS) {
      continue;
    }
    if (const std::optional<Time> time = parse_timestamp(date)) return *time;
  }
  return fail(ErrorKind::missing, "the RDAP server does not tell when the domain was registered");
}

Known<Time> NetworkDomains::registered_since(const std::string& domain) {
  if (rdap_.empty()) return Unknown{"no RDAP server is set (registry.rdap in assay.toml)"};
  HttpRequest request;
  request.url = rdap_ + "domain/" + domain;
  request.headers = {{"Accept", "application/rdap+json, application/json; q=0.5"}};
  request.limits.body_bytes = 1_MiB;
  request.cache = CacheUse::document;
  const Result<HttpResponse> answer = http_.get(request);
  if (!answer) return Unknown{answer.error().message};
  if (answer->status != 200) {
    return Unknown{fmt::format("the RDAP server answers {}", answer->status)};
  }
  const Result<Time> time = parse_rdap_registration(answer->body);
  return time ? Known<Time>(*time) : Known<Time>(Unknown{time.error().message});
}

}  // namespace assay
