#include "facts/code/flow/decoders.h"

#include <bzlib.h>
#include <lzma.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <memory>

#include "base/text.h"

namespace assay::code {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

// Five digits of base 85 make four bytes.
template <typename Digit>
std::optional<std::string> decode_85(std::string_view text, Digit digit, bool z_is_zero) {
  std::string out;
  std::uint64_t group = 0;
  int count = 0;
  const auto flush = [&](int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((group >> (24 - 8 * i)) & 0xFF);
    group = 0;
    count = 0;
  };
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (z_is_zero && c == 'z' && count == 0) {
      out.append(4, '\0');
      continue;
    }
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    group = group * 85 + static_cast<std::uint64_t>(value);
    if (++count == 5) {
      if (group > 0xFFFFFFFFu) return std::nullopt;
      flush(4);
    }
  }
  if (count == 1) return std::nullopt;
  if (count > 1) {
    const int bytes = count - 1;
    for (; count < 5; ++count) group = group * 85 + 84;
    flush(bytes);
  }
  return out;
}

std::optional<std::string> inflate_with(std::string_view bytes, int window_bits) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return std::nullopt;
  const auto close = [](z_stream* s) { inflateEnd(s); };
  const std::unique_ptr<z_stream, decltype(close)> guard(&stream, close);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 65536> buffer;
  while (out.size() < max_decoded_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (status == Z_STREAM_END) return out;
    if (status != Z_OK) break;
    if (stream.avail_in == 0 && stream.avail_out != 0) break;
  }
  // A damaged tail still shows its beginning, as long as there was one.
  if (out.size() >= 64) return out;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  unsigned group = 0;
  int count = 0;
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (c == '=') break;
    const int value = base64_digit(c);
    if (value < 0) return std::nullopt;
    group = (group << 6) | static_cast<unsigned>(value);
    if (++count == 4) {
      out += static_cast<char>(group >> 16);
      out += static_cast<char>((group >> 8) & 0xFF);
      out += static_cast<char>(group & 0xFF);
      group = 0;
      count = 0;
    }
  }
  if (count == 2) out += static_cast<char>((group >> 4) & 0xFF);
  if (count == 3) {
    out += static_cast<char>((group >> 10) & 0xFF);
    out += static_cast<char>((group >> 2) & 0xFF);
  }
  return out;
}

std::string encode_base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    const std::size_t digits = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t k = 0; k < 4; ++k) {
      out += k < digits ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

std::optional<std::string> decode_base32(std::string_view text) {
  std::string out;
  std::uint64_t group = 0;
  int bits = 0;
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (c == '=') break;
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a'
                      : c >= '2' && c <= '7' ? c - '2' + 26
                                             : -1;
    if (value < 0) return std::nullopt;
    group = ((group << 5) | static_cast<std::uint64_t>(value)) & 0xFFFFFFFFFFull;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((group >> bits) & 0xFF);
    }
  }
  return out;
}

std::optional<std::string> decode_base85(std::string_view text) {
  constexpr std::string_view alphabet =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  const auto digit = [&](char c) {
    const std::size_t at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  return decode_85(text, digit, false);
}

std::optional<std::string> decode_ascii85(std::string_view text) {
  if (text.starts_with("<~")) text.remove_prefix(2);
  if (text.ends_with("~>")) text.remove_suffix(2);
  return decode_85(text, [](char c) { return c >= '!' && c <= 'u' ? c - '!' : -1; }, true);
}

std::optional<std::string> decode_hex(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 2);
  int high = -1;
  for (const char c : text) {
    if (is_blank(c)) continue;
    const int value = hex_digit(c);
    if (value < 0) return std::nullopt;
    if (high < 0) {
      high = value;
    } else {
      out += static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) return std::nullopt;
  return out;
}

std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string decode_js_unescape(std::string_view text) {
  std::string out;
  const auto digits = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (i >= text.size() || hex_digit(text[i]) < 0) return -1;
      value = value * 16 + hex_digit(text[i]);
    }
    return value;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 1 < text.size() && text[i + 1] == 'u' && digits(i + 2, 4) >= 0) {
      append_utf8(out, static_cast<char32_t>(digits(i + 2, 4)));
      i += 5;
    } else if (text[i] == '%' && digits(i + 1, 2) >= 0) {
      append_utf8(out, static_cast<char32_t>(digits(i + 1, 2)));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string rot13(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + 13) % 26);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + (c - 'A' + 13) % 26);
  }
  return out;
}

std::optional<std::string> inflate_any(std::string_view bytes) {
  if (bytes.size() > max_decoded_bytes) return std::nullopt;
  if (auto out = inflate_with(bytes, MAX_WBITS + 32)) return out;  // zlib or gzip by header
  return inflate_with(bytes, -MAX_WBITS);
}

std::optional<std::string> decode_bzip2(std::string_view bytes) {
  bz_stream stream{};
  if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) return std::nullopt;
  const auto close = [](bz_stream* s) { BZ2_bzDecompressEnd(s); };
  const std::unique_ptr<bz_stream, decltype(close)> guard(&stream, close);
  stream.next_in = const_cast<char*>(bytes.data());
  stream.avail_in = static_cast<unsigned>(bytes.size());
  std::string out;
  std::array<char, 65536> buffer;
  while (out.size() < max_decoded_bytes) {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<unsigned>(buffer.size());
    const int status = BZ2_bzDecompress(&stream);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (status == BZ_STREAM_END) return out;
    if (status != BZ_OK || (stream.avail_in == 0 && stream.avail_out != 0)) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> decode_lzma(std::string_view bytes) {
  lzma_stream stream = LZMA_STREAM_INIT;
  constexpr std::uint64_t memory_limit = 64u << 20;
  if (lzma_auto_decoder(&stream, memory_limit, 0) != LZMA_OK) return std::nullopt;
  const std::unique_ptr<lzma_stream, decltype(&lzma_end)> guard(&stream, lzma_end);
  stream.next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  stream.avail_in = bytes.size();
  std::string out;
  std::array<char, 65536> buffer;
  while (out.size() < max_decoded_bytes) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
    stream.avail_out = buffer.size();
    const lzma_ret status = lzma_code(&stream, LZMA_FINISH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (status == LZMA_STREAM_END) return out;
    if (status != LZMA_OK) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string> decrypt_cipher(std::string_view name, std::string_view key,
                                          std::string_view iv, std::string_view bytes) {
  if (bytes.size() > max_decoded_bytes) return std::nullopt;
  const std::string cipher_name(name);
  const EVP_CIPHER* cipher = EVP_get_cipherbyname(cipher_name.c_str());
  if (cipher == nullptr ||
      static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher)) != key.size() ||
      static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher)) > iv.size()) {
    return std::nullopt;
  }
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  const auto raw = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  if (!context || EVP_DecryptInit_ex(context.get(), cipher, nullptr, raw(key), raw(iv)) != 1) {
    return std::nullopt;
  }
  std::string out(bytes.size() + 64, '\0');
  int written = 0;
  int last = 0;
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  if (EVP_DecryptUpdate(context.get(), to, &written, raw(bytes), static_cast<int>(bytes.size())) !=
      1) {
    return std::nullopt;
  }
  if (EVP_DecryptFinal_ex(context.get(), to + written, &last) != 1) last = 0;
  out.resize(static_cast<std::size_t>(written + last));
  return out;
}

std::optional<std::string> decrypt_fernet(std::string_view key, std::string_view token) {
  const auto raw_key = decode_base64(key);
  const auto raw = decode_base64(token);
  constexpr std::size_t head = 1 + 8 + 16;
  constexpr std::size_t mac_bytes = 32;
  if (!raw_key || raw_key->size() != 32 || !raw || raw->size() < head + 16 + mac_bytes) {
    return std::nullopt;
  }
  const std::string_view all = *raw;
  const std::string_view signed_part = all.substr(0, all.size() - mac_bytes);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), raw_key->data(), 16,
       reinterpret_cast<const unsigned char*>(signed_part.data()), signed_part.size(), mac.data(),
       &size);
  if (size != mac_bytes ||
      CRYPTO_memcmp(mac.data(), all.data() + signed_part.size(), mac_bytes) != 0) {
    return std::nullopt;
  }
  return decrypt_cipher("aes-128-cbc", std::string_view(*raw_key).substr(16), all.substr(9, 16),
                        signed_part.substr(head));
}

}  // namespace assay::code
