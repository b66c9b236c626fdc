#include "rules/destinations.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/text.h"

namespace assay::rules {
namespace {

struct NamedHost {
  std::string_view suffix;  // the host itself, or what follows a dot or a computed part
  HostKind kind;
  std::string_view path = "";  // the address must go on like this
};

constexpr NamedHost named_hosts[] = {
    // Collaborators of security scanners, and public request bins.
    {"oastify.com", HostKind::request_bin},
    {"oast.fun", HostKind::request_bin},
    {"oast.live", HostKind::request_bin},
    {"oast.me", HostKind::request_bin},
    {"oast.online", HostKind::request_bin},
    {"oast.pro", HostKind::request_bin},
    {"oast.site", HostKind::request_bin},
    {"interact.sh", HostKind::request_bin},
    {"interactsh.com", HostKind::request_bin},
    {"burpcollaborator.net", HostKind::request_bin},
    {"bind9-or-callback-server.com", HostKind::request_bin},
    {"dnslog.cn", HostKind::request_bin},
    {"dnslog.pw", HostKind::request_bin},
    {"ceye.io", HostKind::request_bin},
    {"requestrepo.com", HostKind::request_bin},
    {"requestbin.net", HostKind::request_bin},
    {"requestcatcher.com", HostKind::request_bin},
    {"pipedream.net", HostKind::request_bin},
    {"webhook.site", HostKind::request_bin},
    {"webhook.site", HostKind::ordinary, "/token"},  // its API, as its clients call it
    {"webhook.cool", HostKind::request_bin},
    {"webhookrelay.com", HostKind::request_bin},
    {"hookbin.com", HostKind::request_bin},
    {"hookb.in", HostKind::request_bin},
    {"beeceptor.com", HostKind::request_bin},
    {"mockapi.io", HostKind::request_bin},
    {"mockbin.org", HostKind::request_bin},
    {"canarytokens.com", HostKind::request_bin},
    {"canarytokens.org", HostKind::request_bin},
    {"xss.ht", HostKind::request_bin},
    {"bxss.me", HostKind::request_bin},
    {"typedwebhook.tools", HostKind::request_bin},
    {"svix.com", HostKind::request_bin, "/in/"},
    // Chats, with the part of the path that only a real webhook has.
    {"discord.com", HostKind::chat_webhook, "/api/webhooks/#"},
    {"discordapp.com", HostKind::chat_webhook, "/api/webhooks/#"},
    {"api.telegram.org", HostKind::chat_webhook, "/bot%"},
    {"hooks.slack.com", HostKind::chat_webhook, "/services/T"},
    {"hooks.slack.com", HostKind::chat_webhook, "/workflows/T"},
    {"webhook.office.com", HostKind::chat_webhook, "/webhookb2/#"},
    {"open.feishu.cn", HostKind::chat_webhook, "/open-apis/bot/v2/hook/#"},
    {"oapi.dingtalk.com", HostKind::chat_webhook, "/robot/send?access_token=#"},
    // Tunnels.
    {"ngrok.io", HostKind::tunnel},
    {"ngrok.app", HostKind::tunnel},
    {"ngrok.dev", HostKind::tunnel},
    {"ngrok-free.app", HostKind::tunnel},
    {"ngrok-free.dev", HostKind::tunnel},
    {"trycloudflare.com", HostKind::tunnel},
    {"loca.lt", HostKind::tunnel},
    {"lhr.life", HostKind::tunnel},
    {"localhost.run", HostKind::tunnel},
    {"serveo.net", HostKind::tunnel},
    {"pagekite.me", HostKind::tunnel},
    {"telebit.io", HostKind::tunnel},
    {"bore.pub", HostKind::tunnel},
    {"pinggy.link", HostKind::tunnel},
    {"playit.gg", HostKind::tunnel},
    {"portmap.io", HostKind::tunnel},
    {"portmap.host", HostKind::tunnel},
    // Names that follow a changing address, or spell one.
    {"duckdns.org", HostKind::dynamic_name},
    {"no-ip.org", HostKind::dynamic_name},
    {"no-ip.biz", HostKind::dynamic_name},
    {"noip.me", HostKind::dynamic_name},
    {"ddns.net", HostKind::dynamic_name},
    {"dyndns.org", HostKind::dynamic_name},
    {"hopto.org", HostKind::dynamic_name},
    {"zapto.org", HostKind::dynamic_name},
    {"sytes.net", HostKind::dynamic_name},
    {"servegame.com", HostKind::dynamic_name},
    {"dynu.net", HostKind::dynamic_name},
    {"freemyip.com", HostKind::dynamic_name},
    {"afraid.org", HostKind::dynamic_name},
    {"mooo.com", HostKind::dynamic_name},
    {"nip.io", HostKind::dynamic_name},
    {"sslip.io", HostKind::dynamic_name},
    {"onion", HostKind::onion},
    {"onion.ly", HostKind::onion},
    {"onion.pet", HostKind::onion},
    {"onion.ws", HostKind::onion},
    {"tor2web.org", HostKind::onion},
    // Pastes.
    {"pastebin.com", HostKind::paste},
    {"rentry.co", HostKind::paste},
    {"rentry.org", HostKind::paste},
    {"hastebin.com", HostKind::paste},
    {"toptal.com", HostKind::paste, "/developers/hastebin"},
    {"paste.ee", HostKind::paste},
    {"paste.rs", HostKind::paste},
    {"paste.bingner.com", HostKind::paste},
    {"dpaste.com", HostKind::paste},
    {"dpaste.org", HostKind::paste},
    {"ghostbin.com", HostKind::paste},
    {"controlc.com", HostKind::paste},
    {"justpaste.it", HostKind::paste},
    {"textbin.net", HostKind::paste},
    {"pst.moe", HostKind::paste},
    {"termbin.com", HostKind::paste},
    {"ix.io", HostKind::paste},
    {"sprunge.us", HostKind::paste},
    {"jsonkeeper.com", HostKind::paste},
    {"npoint.io", HostKind::paste},
    {"jsonbin.io", HostKind::paste},
    // Makers of compilers and interpreters; only the files that everybody fetches.
    {"sh.rustup.rs", HostKind::toolchain},
    {"win.rustup.rs", HostKind::toolchain},
    {"static.rust-lang.org", HostKind::toolchain},
    {"bootstrap.pypa.io", HostKind::toolchain},
    {"nodejs.org", HostKind::toolchain, "/dist"},
    {"go.dev", HostKind::toolchain, "/dl"},
    {"dl.google.com", HostKind::toolchain, "/go"},
    {"codeberg.page", HostKind::free_hosting},
    // File lockers.
    {"transfer.sh", HostKind::file_share},
    {"file.io", HostKind::file_share},
    {"gofile.io", HostKind::file_share},
    {"anonfiles.com", HostKind::file_share},
    {"anonfile.com", HostKind::file_share},
    {"bayfiles.com", HostKind::file_share},
    {"catbox.moe", HostKind::file_share},
    {"0x0.st", HostKind::file_share},
    {"temp.sh", HostKind::file_share},
    {"filebin.net", HostKind::file_share},
    {"filetransfer.io", HostKind::file_share},
    {"mediafire.com", HostKind::file_share},
    {"zippyshare.com", HostKind::file_share},
    {"uguu.se", HostKind::file_share},
    {"pixeldrain.com", HostKind::file_share},
    {"bashupload.com", HostKind::file_share},
    {"oshi.at", HostKind::file_share},
    {"tmpfiles.org", HostKind::file_share},
    {"sendspace.com", HostKind::file_share},
    {"workupload.com", HostKind::file_share},
    {"dl.dropbox.com", HostKind::file_share},
    {"dropboxusercontent.com", HostKind::file_share},
    {"dropbox.com", HostKind::file_share, "/s"},
    {"cdn.discordapp.com", HostKind::file_share, "/attachments/"},
    {"media.discordapp.net", HostKind::file_share, "/attachments/"},
    {"drive.google.com", HostKind::file_share},
    {"mega.nz", HostKind::file_share},
    {"ufile.io", HostKind::file_share},
    {"store.gofile.io", HostKind::file_share},
    {"bit.ly", HostKind::shortener},
    {"tinyurl.com", HostKind::shortener},
    {"is.gd", HostKind::shortener},
    {"v.gd", HostKind::shortener},
    {"cutt.ly", HostKind::shortener},
    {"rb.gy", HostKind::shortener},
    {"t.ly", HostKind::shortener},
    {"shorturl.at", HostKind::shortener},
    {"s.id", HostKind::shortener},
    {"grabify.link", HostKind::shortener},
    {"iplogger.org", HostKind::shortener},
    {"iplogger.com", HostKind::shortener},
    {"2no.co", HostKind::shortener},
    {"herokuapp.com", HostKind::free_hosting},
    {"eu.org", HostKind::free_hosting},
    {"repl.co", HostKind::free_hosting},
    {"replit.app", HostKind::free_hosting},
    {"replit.dev", HostKind::free_hosting},
    {"glitch.me", HostKind::free_hosting},
    {"000webhostapp.com", HostKind::free_hosting},
    {"pythonanywhere.com", HostKind::free_hosting},
    {"onrender.com", HostKind::free_hosting},
    {"vercel.app", HostKind::free_hosting},
    {"netlify.app", HostKind::free_hosting},
    {"workers.dev", HostKind::free_hosting},
    {"pages.dev", HostKind::free_hosting},
    {"deno.dev", HostKind::free_hosting},
    {"railway.app", HostKind::free_hosting},
    {"fly.dev", HostKind::free_hosting},
    {"surge.sh", HostKind::free_hosting},
    {"firebaseio.com", HostKind::free_hosting},
    {"web.app", HostKind::free_hosting},
    {"script.google.com", HostKind::free_hosting},
    {"infinityfreeapp.com", HostKind::free_hosting},
    {"altervista.org", HostKind::free_hosting},
    {"cyclic.app", HostKind::free_hosting},
    {"github.com", HostKind::code_host},
    {"api.github.com", HostKind::code_host},
    {"githubusercontent.com", HostKind::code_host},
    {"gitlab.com", HostKind::code_host},
    {"bitbucket.org", HostKind::code_host},
    {"codeberg.org", HostKind::code_host},
    {"jsdelivr.net", HostKind::code_host},
    {"unpkg.com", HostKind::code_host},
    {"gist.githubusercontent.com", HostKind::paste},
    {"gist.github.com", HostKind::paste},
    {"ipify.org", HostKind::address_echo},
    {"ifconfig.me", HostKind::address_echo},
    {"ifconfig.co", HostKind::address_echo},
    {"ifconfig.io", HostKind::address_echo},
    {"icanhazip.com", HostKind::address_echo},
    {"ipinfo.io", HostKind::address_echo},
    {"ip-api.com", HostKind::address_echo},
    {"ipapi.co", HostKind::address_echo},
    {"checkip.amazonaws.com", HostKind::address_echo},
    {"ipecho.net", HostKind::address_echo},
    {"ident.me", HostKind::address_echo},
    {"jsonip.com", HostKind::address_echo},
    {"wtfismyip.com", HostKind::address_echo},
    {"myexternalip.com", HostKind::address_echo},
    {"ip.dhcp.cn", HostKind::address_echo},
    {"geolocation-db.com", HostKind::address_echo},
    {"api.myip.com", HostKind::address_echo},
    {"ip.sb", HostKind::address_echo},
    {"freegeoip.app", HostKind::address_echo},
    {"metadata.google.internal", HostKind::metadata_service},
};

constexpr std::array<std::string_view, 17> kind_names = {"an address that could not be computed",
                                                         "this machine or its network",
                                                         "a fixed host",
                                                         "a bare IP address",
                                                         "a request bin",
                                                         "a chat webhook",
                                                         "a tunnel to a private machine",
                                                         "a dynamic name",
                                                         "an onion service",
                                                         "a paste site",
                                                         "a file locker",
                                                         "a link shortener",
                                                         "free hosting",
                                                         "a code host",
                                                         "the makers of a toolchain",
                                                         "a service that echoes one's own address",
                                                         "the cloud machine's metadata service"};

// Asked for the route to the outside, or as the resolver of one's own DNS queries.
constexpr std::string_view public_resolvers[] = {"8.8.8.8",        "8.8.4.4",        "1.1.1.1",
                                                 "1.0.0.1",        "9.9.9.9",        "4.2.2.1",
                                                 "208.67.222.222", "114.114.114.114"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::array<int, 4>> dotted_quad(std::string_view host) {
  std::array<int, 4> parts{};
  std::size_t at = 0;
  for (std::size_t part = 0; part < 4; ++part) {
    int value = 0, digits = 0;
    while (at < host.size() && is_digit(host[at]) && digits < 4) {
      value = value * 10 + (host[at++] - '0');
      ++digits;
    }
    if (digits == 0 || value > 255) return std::nullopt;
    parts[part] = value;
    if (part < 3 && (at >= host.size() || host[at++] != '.')) return std::nullopt;
  }
  if (at != host.size()) return std::nullopt;
  return parts;
}

HostKind kind_of_address(const std::array<int, 4>& ip, std::string_view host) {
  if (host == "169.254.169.254" || host == "100.100.100.200") return HostKind::metadata_service;
  const bool is_private = ip[0] == 10 || (ip[0] == 172 && ip[1] >= 16 && ip[1] < 32) ||
                          (ip[0] == 192 && ip[1] == 168) ||
                          (ip[0] == 100 && ip[1] >= 64 && ip[1] < 128);
  const bool is_special =
      ip[0] == 0 || ip[0] == 127 || ip[0] >= 224 || (ip[0] == 169 && ip[1] == 254);
  // What documentation uses for "some address" although it is somebody's.
  const bool is_placeholder = host == "1.2.3.4" || host == "5.6.7.8";
  if (is_private || is_special || is_placeholder) return HostKind::local;
  if (std::ranges::find(public_resolvers, host) != std::end(public_resolvers))
    return HostKind::local;
  return HostKind::raw_address;
}

// 0x7f000001, 2130706433: ways to write an address that only hiding needs.
bool is_numeric_host(std::string_view host) {
  if (host.starts_with("0x")) {
    return host.size() > 6 &&
           host.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
  }
  return host.size() >= 8 && host.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_suffix_of(std::string_view suffix, std::string_view host) {
  if (!host.ends_with(suffix)) return false;
  const std::string_view before = host.substr(0, host.size() - suffix.size());
  return before.empty() || before.ends_with('.') || before.ends_with(hole);
}

// '#' in a pattern stands for one letter or digit, '%' for a digit, so that a template without its
// token is no hit.
bool path_goes_on_like(std::string_view pattern, std::string_view path) {
  if (path.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = path[i];
    const bool is_token = is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool fits = pattern[i] == '#'   ? is_token
                      : pattern[i] == '%' ? is_digit(c)
                                          : pattern[i] == c;
    if (!fits) return false;
  }
  return true;
}

HostKind kind_of_name(std::string_view host, std::string_view path) {
  const NamedHost* best = nullptr;
  for (const NamedHost& named : named_hosts) {
    if (!is_suffix_of(named.suffix, host) || !path_goes_on_like(named.path, path)) continue;
    const bool is_closer = best == nullptr || named.suffix.size() > best->suffix.size() ||
                           (named.suffix == best->suffix && named.path.size() > best->path.size());
    if (is_closer) best = &named;
  }
  return best != nullptr ? best->kind : HostKind::ordinary;
}

// "….example.test" is somebody's, "….com" and "api.…" can be anybody's.
bool ends_in_a_domain(std::string_view host) {
  const std::size_t last = host.rfind(hole);
  if (last == std::string_view::npos) return true;
  const std::string_view tail = host.substr(last + hole.size());
  return std::ranges::count(tail.substr(std::min<std::size_t>(1, tail.size())), '.') > 0;
}

HostKind kind_of(std::string_view host, std::string_view path) {
  if (host.empty() || !ends_in_a_domain(host)) return HostKind::unknown;
  if (host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local"))
    return HostKind::local;
  if (host.starts_with('[')) {
    if (const auto ip = dotted_quad(host.substr(1))) return kind_of_address(*ip, host.substr(1));
    const bool is_local = host.starts_with("[::1") || host.starts_with("[::]") ||
                          host.starts_with("[fe80") || host.starts_with("[fc") ||
                          host.starts_with("[fd");
    return is_local ? HostKind::local : HostKind::raw_address;
  }
  if (const auto ip = dotted_quad(host)) return kind_of_address(*ip, host);
  if (is_numeric_host(host)) return HostKind::raw_address;
  return kind_of_name(host, path);
}

}  // namespace

std::string_view to_string(HostKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Destination destination_of(std::string_view target) {
  Destination result;
  const std::string_view trimmed = trim(target);
  // A file of the package, given to fetch() as its own address.
  if (trimmed.starts_with("<package>/")) {
    result.kind = HostKind::local;
    return result;
  }
  std::string_view rest = trimmed;
  if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
    rest.remove_prefix(scheme + 3);
  } else if (rest.starts_with("//")) {
    rest.remove_prefix(2);
  }
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#\\ "));
  result.path = std::string(rest.substr(authority.size()));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  std::string_view host = authority;
  if (host.starts_with('[')) {
    host = host.substr(0, host.find(']'));
  } else {
    host = host.substr(0, host.find(':'));
  }
  while (host.ends_with('.')) host.remove_suffix(1);
  result.host = to_lower_ascii(host);
  result.kind = kind_of(result.host, result.path);
  result.host_is_constant = !result.host.empty() && !contains(result.host, hole);
  return result;
}

bool is_drop(HostKind kind) {
  return kind == HostKind::request_bin || kind == HostKind::chat_webhook ||
         kind == HostKind::tunnel || kind == HostKind::dynamic_name || kind == HostKind::onion;
}

bool is_shady_origin(HostKind kind) {
  return is_drop(kind) || kind == HostKind::raw_address || kind == HostKind::paste ||
         kind == HostKind::file_share || kind == HostKind::shortener;
}

}  // namespace assay::rules
