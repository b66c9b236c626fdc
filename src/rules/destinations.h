// Who is at the other end of a network request, as far as its address tells. Only kinds of service
// are known here, never reputations of single machines: data that ages belongs elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::rules {

enum class HostKind : std::uint8_t {
  unknown,       // the host could not be computed
  local,         // loopback, private, link-local; public resolvers asked for one's own address
  ordinary,      // a name or a computed part of one
  raw_address,   // a public IP address in place of a name
  request_bin,   // shows its owner every request: oast.*, webhook.site, pipedream
  chat_webhook,  // posts into a chat: Discord, Slack, Telegram bots; with its token in the address
  tunnel,        // leads to a machine at home: ngrok, trycloudflare
  dynamic_name,  // duckdns and kin, names that embed an address
  onion,
  paste,       // pastebin and kin
  file_share,  // transfer.sh, chat attachments, consumer file lockers
  shortener,
  free_hosting,      // anybody's page or function, gone tomorrow
  code_host,         // releases and raw files of repositories
  toolchain,         // a compiler's or an interpreter's own makers, where everybody gets it
  address_echo,      // tells the caller's own public address
  metadata_service,  // a cloud machine's credentials: 169.254.169.254
};
std::string_view to_string(HostKind kind);  // "a request bin"

struct Destination {
  std::string host;  // lower case, without port; may hold `hole`
  std::string path;  // from the first '/', may be empty
  HostKind kind = HostKind::unknown;
  bool host_is_constant = false;  // no hole in it
};

// `target` of a network action: a URL, "host:port", or a name asked of DNS.
Destination destination_of(std::string_view target);

// Kinds that nobody ships in a package for an honest reason.
bool is_drop(HostKind kind);
// Kinds that honest packages sometimes name, and from which programs should not come.
bool is_shady_origin(HostKind kind);

}  // namespace assay::rules
