// Encodings and compressions that hide code, undone: pure functions on bytes with a bound on what
// they may produce. Nullopt where the input is not of that encoding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::code {

inline constexpr std::size_t max_decoded_bytes = 16u << 20;

// Standard and URL-safe alphabets, white space and missing padding tolerated, as decoders in use
// do.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);
std::optional<std::string> decode_base32(std::string_view text);
std::optional<std::string> decode_base85(std::string_view text);   // RFC 1924 alphabet (b85)
std::optional<std::string> decode_ascii85(std::string_view text);  // Adobe (a85)
std::optional<std::string> decode_hex(std::string_view text);
std::string decode_percent(std::string_view text);      // %41, invalid ones left alone
std::string decode_js_unescape(std::string_view text);  // %u0041 too
std::string rot13(std::string_view text);
std::optional<std::string> inflate_any(std::string_view bytes);  // zlib, gzip or raw deflate
std::optional<std::string> decode_bzip2(std::string_view bytes);
std::optional<std::string> decode_lzma(std::string_view bytes);  // .xz and .lzma
// https://github.com/fernet/spec; checks the HMAC.
std::optional<std::string> decrypt_fernet(std::string_view key, std::string_view token);
// OpenSSL cipher by Node's name ("aes-256-cbc"); key and iv as raw bytes; padding removed.
std::optional<std::string> decrypt_cipher(std::string_view name, std::string_view key,
                                          std::string_view iv, std::string_view bytes);

}  // namespace assay::code
