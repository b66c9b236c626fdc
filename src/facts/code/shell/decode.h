// Decoders for constants on command lines. Each returns nullopt for what is not of its kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::code::shell {

// White space is skipped, padding optional, the URL alphabet accepted.
std::optional<std::string> decode_base64(std::string_view text);
std::optional<std::string> decode_hex(std::string_view text);  // white space and \x are skipped
std::string utf16_to_utf8(std::string_view little_endian);     // an odd last byte is dropped
// Backslash escapes as printf and echo -e know them.
std::string unescape(std::string_view text);

}  // namespace assay::code::shell
