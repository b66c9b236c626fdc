// Printable text in a binary that speaks of addresses, shells, credentials, wallets or miners.
#include <algorithm>
#include <array>
#include <bit>
#include <set>

#include "base/text.h"
#include "facts/binary/formats.h"

namespace assay::binary {
namespace {

constexpr std::size_t min_run = 6;
constexpr std::size_t max_strings = 256;
// Licences and documentation are full of addresses; they must not crowd out the rest.
constexpr std::size_t max_addresses = 128;
constexpr std::size_t max_length = 256;

// In lower case; `pair` is the place in each of the two letters by which it is looked for.
struct Telling {
  std::string_view text;
  std::size_t pair;
  bool is_address = false;
};
constexpr std::array tellings = {
    Telling{"://", 0, true},
    Telling{"/bin/sh", 4},
    Telling{"/bin/bash", 4},
    Telling{"cmd.exe", 2},
    Telling{"powershell", 2},
    Telling{"curl ", 3},
    Telling{"wget ", 0},
    Telling{".ssh/", 0},
    Telling{"id_rsa", 2},
    Telling{"authorized_keys", 10},
    Telling{"login data", 5},
    Telling{"local state", 5},
    Telling{"cookies.sqlite", 7},
    Telling{"wallet", 0},
    Telling{"metamask", 5},
    Telling{"electrum", 6},
    Telling{"mnemonic", 0},
    Telling{"keychain", 2},
    Telling{"stratum+", 6},
    Telling{"xmrig", 0},
    Telling{"cryptonight", 6},
    Telling{"randomx", 5},
    Telling{"ld_preload", 1},
    Telling{"ptrace", 0},
    Telling{"/etc/passwd", 7},
    Telling{"/etc/shadow", 9},
    Telling{".npmrc", 1},
    Telling{".pypirc", 2},
    Telling{".aws/", 2},
    Telling{"webhook", 2},
    Telling{"api.telegram", 3},
    Telling{"currentversion\\run", 14},
    Telling{"crontab", 4},
    Telling{"schtasks", 0},
    Telling{"keylog", 2},
    Telling{"getasynckeystate", 5},
    Telling{"writeprocessmemory", 11},
    Telling{"createremotethread", 8},
    Telling{"setwindowshookex", 6},
    Telling{".onion", 4},
    Telling{"pastebin", 3},
    Telling{"ngrok", 0},
    Telling{"/dev/tcp", 5},
    Telling{"github_token", 6},
    Telling{"npm_token", 3},
    Telling{"aws_secret", 3},
    Telling{"discord", 5},
};
static_assert(tellings.size() <= 64);

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Masks {
  std::array<std::uint64_t, 256> first{};
  std::array<std::uint64_t, 256> second{};
};
constexpr Masks masks = [] {
  Masks table;
  for (std::size_t i = 0; i < tellings.size(); ++i) {
    for (int c = 0; c < 256; ++c) {
      const char letter = lower(static_cast<char>(c));
      const auto place = static_cast<std::size_t>(c);
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (letter == tellings[i].text[tellings[i].pair]) table.first[place] |= bit;
      if (letter == tellings[i].text[tellings[i].pair + 1]) table.second[place] |= bit;
    }
  }
  return table;
}();

bool is_printable(char c) { return c >= 0x20 && c < 0x7F; }

class Collector {
 public:
  explicit Collector(std::string_view bytes) : bytes_(bytes) {}

  std::vector<std::string> collect() {
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[i]);
      const std::uint64_t candidates = before & masks.second[byte];
      before = masks.first[byte];
      if (candidates != 0 && i >= done_) [[unlikely]]
        look(i - 1, candidates);
    }
    return {strings_.begin(), strings_.end()};
  }

 private:
  void look(std::size_t at, std::uint64_t candidates) {
    for (; candidates != 0; candidates &= candidates - 1) {
      const Telling& telling = tellings[static_cast<std::size_t>(std::countr_zero(candidates))];
      if (at < telling.pair) continue;
      const std::size_t begin = at - telling.pair;
      if (!starts_with_ignoring_case(bytes_.substr(begin), telling.text)) continue;
      keep(begin, telling);
      return;
    }
  }

  // The printable run around it, or as much as is kept.
  void keep(std::size_t at, const Telling& telling) {
    std::size_t begin = at;
    while (begin > done_ && at - begin < max_length / 2 && is_printable(bytes_[begin - 1])) --begin;
    std::size_t end = at;
    while (end < bytes_.size() && end - begin < max_length && is_printable(bytes_[end])) ++end;
    done_ = end;
    // A scheme without a host is a format string.
    const bool is_bare = telling.is_address && (end - at < 7 || at == begin);
    if (end - begin < min_run || is_bare) return;
    const bool is_full =
        strings_.size() >= max_strings || (telling.is_address && addresses_ >= max_addresses);
    if (is_full) return;
    const bool is_new = strings_.emplace(bytes_.substr(begin, end - begin)).second;
    addresses_ += is_new && telling.is_address ? 1 : 0;
  }

  std::string_view bytes_;
  std::set<std::string, std::less<>> strings_;
  std::size_t addresses_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

std::vector<std::string> telling_strings(std::string_view bytes) {
  return Collector(bytes).collect();
}

}  // namespace assay::binary
