#include "base/hash.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/descriptor.h"
#include "base/limits.h"
#include "base/text.h"

namespace assay {
namespace {

const EVP_MD* algorithm(HashKind kind) {
  switch (kind) {
    case HashKind::md5: return EVP_md5();
    case HashKind::sha1: return EVP_sha1();
    case HashKind::sha256: return EVP_sha256();
    case HashKind::sha384: return EVP_sha384();
    case HashKind::sha512: return EVP_sha512();
  }
  return nullptr;
}

struct IntegrityKind {
  std::string_view prefix;
  HashKind kind;
};

// Strongest first.
constexpr std::array<IntegrityKind, 4> integrity_kinds = {{
    {"sha512-", HashKind::sha512},
    {"sha384-", HashKind::sha384},
    {"sha256-", HashKind::sha256},
    {"sha1-", HashKind::sha1},
}};

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

}  // namespace

std::string hash_bytes(HashKind kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm(kind), nullptr) ==
        1);
  return std::string(reinterpret_cast<const char*>(digest.data()), size);
}

std::string hash_hex(HashKind kind, std::string_view bytes) { return hex(hash_bytes(kind, bytes)); }

std::optional<std::string> hash_file_hex(const std::string& path, std::uint64_t most_bytes) {
  // Not blocked by a pipe of this name.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return std::nullopt;
  }
  constexpr std::size_t piece_bytes = 128_KiB;  // stays in the processor's own memory
  std::vector<unsigned char> piece(
      std::min(piece_bytes, static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)) + 1));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  CHECK(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  std::uint64_t total = 0;
  while (true) {
    const ssize_t count = ::read(file.number(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    total += static_cast<std::uint64_t>(count);
    if (total > most_bytes) return std::nullopt;
    CHECK(EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(count)) == 1);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  CHECK(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1);
  return hex(std::string(reinterpret_cast<const char*>(digest.data()), size));
}

std::string base64_encode(std::string_view bytes) {
  constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t j) -> unsigned {
      return i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u;
    };
    const unsigned group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
    out += alphabet[group >> 18];
    out += alphabet[(group >> 12) & 63];
    out += i + 1 < bytes.size() ? alphabet[(group >> 6) & 63] : '=';
    out += i + 2 < bytes.size() ? alphabet[group & 63] : '=';
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = value_of(c);
    if (value < 0) return std::nullopt;
    group = (group << 6 | static_cast<std::uint32_t>(value)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(group >> bits & 0xff);
  }
  return out;
}

bool matches_integrity(std::string_view integrity, std::string_view bytes) {
  for (const IntegrityKind& known : integrity_kinds) {
    bool present = false;
    for (std::string_view entry : split(integrity, ' ')) {
      entry = trim(entry);
      if (!entry.starts_with(known.prefix)) continue;
      present = true;
      entry.remove_prefix(known.prefix.size());
      entry = entry.substr(0, entry.find('?'));  // options follow a question mark
      if (entry == base64_encode(hash_bytes(known.kind, bytes))) return true;
    }
    if (present) return false;
  }
  return false;
}

}  // namespace assay
