// Small functions on text. Strings are UTF-8 unless said otherwise; invalid bytes never throw.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// U+FFFC stands for a part of a string that could not be computed.
inline constexpr std::string_view hole = "\xEF\xBF\xBC";

std::string to_lower_ascii(std::string_view text);
std::string_view trim(std::string_view text);  // ASCII white space on both ends
std::vector<std::string_view> split(std::string_view text, char separator);
std::vector<std::string_view> split_lines(std::string_view text);  // \n, \r\n; ends not included
bool contains(std::string_view text, std::string_view part);
bool contains_ignoring_case(std::string_view text, std::string_view part);
bool starts_with_ignoring_case(std::string_view text, std::string_view start);
bool ends_with_ignoring_case(std::string_view text, std::string_view end);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
// The same for texts that nobody vouches for: nothing once the result would be longer than that.
std::optional<std::string> replace_all_within(std::string_view text, std::string_view from,
                                              std::string_view to, std::size_t most_bytes);

// Decodes one code point at `at` and moves `at` past it. Invalid bytes give U+FFFD and move one.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);
bool is_valid_utf8(std::string_view text);

// For terminals and logs: control, bidirectional, invisible and invalid characters become \xNN or
// \u{NNNN}; newlines and tabs too. At most `limit` bytes of input are shown, then "…".
std::string escape_for_display(std::string_view text, std::size_t limit = 4096);

// A URL as it may be shown: "https" becomes "hxxps" and the dots of the host "[.]".
std::string defang_urls(std::string_view text);

std::string hex(std::string_view bytes);

}  // namespace assay
