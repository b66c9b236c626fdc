// Cryptographic hashes (OpenSSL) as raw bytes or lower-case hex, and Subresource Integrity strings
// as npm writes them ("sha512-<base64>", https://www.w3.org/TR/SRI/).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

enum class HashKind : std::uint8_t { md5, sha1, sha256, sha384, sha512 };

std::string hash_bytes(HashKind kind, std::string_view bytes);  // raw digest
std::string hash_hex(HashKind kind, std::string_view bytes);
// Of a file, read in small pieces. Nothing when it is no ordinary file that can be read, or larger
// than `most_bytes`.
std::optional<std::string> hash_file_hex(const std::string& path, std::uint64_t most_bytes);
std::string base64_encode(std::string_view bytes);
// Both the plain and the URL-safe alphabet, with or without padding; nullopt for anything else.
std::optional<std::string> base64_decode(std::string_view text);

// Any of the space-separated hashes of the strongest kind present must match (SRI 3.3.4).
// False for an empty or unknown expression.
bool matches_integrity(std::string_view integrity, std::string_view bytes);

}  // namespace assay
