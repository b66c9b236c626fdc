// What pure operators, casts and methods of PowerShell give for constants.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "facts/code/shell/decode.h"
#include "facts/code/shell/powershell_parser.h"

namespace assay::code::shell {
namespace {

// Ranges and arrays longer than this are not spelled out.
constexpr std::size_t max_items = 1 << 16;

PsValue unknown(const PsValue& left, const PsValue& right) {
  PsValue value;
  value.items.emplace_back(hole);
  add_origins(value, left);
  add_origins(value, right);
  return value;
}

std::optional<long> number(std::string_view text) {
  text = trim(text);
  const bool is_hex = starts_with_ignoring_case(text, "0x");
  if (is_hex) text.remove_prefix(2);
  long value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, is_hex ? 16 : 10);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += separator;
    out += items[i];
  }
  return out;
}

// "{1}{0}" -f 'b','a'
std::optional<std::string> formatted(Session& session, std::string_view format,
                                     const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '{') {
      out += format[i];
      continue;
    }
    const std::size_t close = format.substr(0, std::min(format.size(), i + 16)).find('}', i);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view inside = format.substr(i + 1, close - i - 1);
    const std::optional<long> at = number(inside.substr(0, inside.find_first_of(",:")));
    if (!at || *at < 0 || *at >= std::ssize(items)) return std::nullopt;
    const std::string& item = items[static_cast<std::size_t>(*at)];
    if (!session.spend(item.size())) return std::nullopt;
    out += item;
    i = close;
  }
  return out;
}

// A pattern that means itself.
bool is_plain_pattern(std::string_view pattern) {
  return !pattern.empty() && pattern.find_first_of("\\^$.|?*+()[]{}") == std::string_view::npos;
}

std::string without_escapes(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool is_escape = pattern[i] == '\\' && i + 1 < pattern.size() &&
                           std::string_view("\\^$.|?*+()[]{}").contains(pattern[i + 1]);
    if (is_escape) ++i;
    out += pattern[i];
  }
  return out;
}

std::optional<std::string> replaced(Session& session, const std::string& text,
                                    std::string_view from, std::string_view to, bool ignores_case) {
  if (from.empty()) return std::nullopt;
  std::string out;
  const std::string searched = ignores_case ? to_lower_ascii(text) : text;
  const std::string wanted = ignores_case ? to_lower_ascii(from) : std::string(from);
  std::size_t at = 0;
  while (true) {
    const std::size_t found = searched.find(wanted, at);
    out += std::string_view(text).substr(at, found - at);
    if (found == std::string::npos) return out;
    if (!session.spend(to.size())) return std::nullopt;
    out += to;
    at = found + wanted.size();
  }
}

PsValue range_of(const PsValue& left, const PsValue& right) {
  const std::optional<long> first = number(text_of(left));
  const std::optional<long> last = number(text_of(right));
  if (!first || !last || std::abs(*first) > 1'000'000 || std::abs(*last) > 1'000'000 ||
      static_cast<std::size_t>(std::abs(*last - *first)) > max_items) {
    return unknown(left, right);
  }
  PsValue value;
  value.is_known = value.is_array = true;
  const long step = *first <= *last ? 1 : -1;
  for (long i = *first;; i += step) {
    value.items.push_back(std::to_string(i));
    if (i == *last) return value;
  }
}

PsValue split_text(const PsValue& left, const PsValue& right) {
  const std::string separator = text_of(right);
  PsValue value = unknown(left, right);
  if (separator.size() != 1) return value;
  value.items.clear();
  const std::string text = text_of(left);
  for (const std::string_view part : split(text, separator.front())) {
    if (value.items.size() < max_items) value.items.emplace_back(part);
  }
  value.is_known = value.is_array = true;
  return value;
}

PsValue known_or(std::optional<std::string> text, PsValue otherwise) {
  if (!text) return otherwise;
  otherwise.items.assign(1, std::move(*text));
  otherwise.is_known = true;
  return otherwise;
}

bool is_text_type(std::string_view type) { return type.starts_with("text.encoding"); }

// Bytes as numbers, as FromBase64String and [byte[]] leave them, or as one raw string.
std::string bytes_of(const PsValue& value) {
  if (value.type == "bytes" && value.items.size() == 1) return value.items.front();
  std::string out;
  for (const std::string& item : value.items) {
    const std::optional<long> byte = number(item);
    if (!byte || *byte < 0 || *byte > 255) return std::string();
    out += static_cast<char>(*byte);
  }
  return out;
}

PsValue evaluate_static(const PsValue& object, std::string_view name,
                        const std::vector<PsValue>& arguments) {
  PsValue none;
  none.is_nothing = true;
  if (arguments.empty() || !arguments.front().is_known) return none;
  const std::string text = text_of(arguments.front());
  if (object.type == "convert" && name == "frombase64string") {
    std::optional<std::string> bytes = decode_base64(text);
    if (!bytes) return none;
    PsValue value = constant(std::move(*bytes));
    value.type = "bytes";
    return value;
  }
  if (is_text_type(object.type) && name == "getstring") {
    std::string bytes = bytes_of(arguments.front());
    if (bytes.empty()) return none;
    const bool is_wide = object.type.ends_with("unicode");
    return constant(is_wide ? utf16_to_utf8(bytes) : std::move(bytes));
  }
  if (object.type == "string" && name == "join" && arguments.size() > 1) {
    std::vector<std::string> items;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      if (!arguments[i].is_known) return none;
      items.insert(items.end(), arguments[i].items.begin(), arguments[i].items.end());
    }
    return text.size() > 16 ? none : constant(joined(items, text));
  }
  return none;
}

PsValue evaluate_method(Session& session, const PsValue& object, std::string_view name,
                        const std::vector<PsValue>& arguments) {
  PsValue none;
  none.is_nothing = true;
  const std::string text = text_of(object);
  const auto argument = [&](std::size_t i) {
    return i < arguments.size() ? text_of(arguments[i]) : std::string();
  };
  PsValue result;
  result.items.emplace_back(hole);
  add_origins(result, object);
  if (name == "tostring" || name == "trim") {
    result.items = object.items;
    result.is_known = object.is_known;
    result.type = name == "tostring" ? "" : object.type;
    return result;
  }
  if (!object.is_known) return none;
  if (name == "replace" && arguments.size() >= 2) {
    return known_or(replaced(session, text, argument(0), argument(1), false), std::move(result));
  }
  if (name == "tolower") return constant(to_lower_ascii(text));
  if (name == "split" && arguments.size() == 1) return split_text(object, arguments.front());
  if (name == "tochararray") {
    result.items.clear();
    for (const char c : std::string_view(text).substr(0, max_items)) {
      result.items.emplace_back(1, c);
    }
    result.is_known = result.is_array = true;
    return result;
  }
  if (name == "substring" && !arguments.empty()) {
    const std::optional<long> from = number(argument(0));
    const std::optional<long> length =
        arguments.size() > 1 ? number(argument(1)) : std::optional<long>(1L << 30);
    if (!from || !length || *from < 0 || *length < 0 || *from > std::ssize(text)) return none;
    return constant(
        text.substr(static_cast<std::size_t>(*from), static_cast<std::size_t>(*length)));
  }
  return none;
}

}  // namespace

void add_origins(PsValue& value, const PsValue& of) {
  for (const std::int32_t i : of.from) {
    if (value.from.size() < max_mentions) value.from.push_back(i);
  }
  for (const std::string& name : of.unset) {
    if (value.unset.size() < max_mentions) value.unset.push_back(name);
  }
}

void append_items(PsValue& array, PsValue more) {
  array.is_known = array.is_known && more.is_known;
  array.is_array = true;
  array.at = -1;
  add_origins(array, more);
  for (std::string& item : more.items) array.items.push_back(std::move(item));
}

void append_text(Session& session, PsValue& text, const PsValue& more) {
  const std::string piece = text_of(more);
  if (!session.spend(piece.size())) return;
  if (text.items.size() != 1) text.items.assign(1, text_of(text));
  text.items.front() += piece;
  text.is_known = text.is_known && more.is_known;
  text.at = -1;
  text.type.clear();
  add_origins(text, more);
}

PsValue evaluate_call(Session& session, const PsValue& object, std::string_view name,
                      const std::vector<PsValue>& arguments) {
  if (object.items.empty() || is_text_type(object.type)) {
    return evaluate_static(object, name, arguments);
  }
  return evaluate_method(session, object, name, arguments);
}

PsValue evaluate_cast(const std::string& type, PsValue value) {
  value.at = -1;
  if (type == "char" || type == "char[]") {
    for (std::string& item : value.items) {
      const std::optional<long> code = number(item);
      if (!code || *code < 0 || *code > 0x10FFFF) continue;
      std::string text;
      append_utf8(text, static_cast<char32_t>(*code));
      item = std::move(text);
    }
    value.is_array = type == "char[]";
  } else if (type == "string" && value.is_known && value.items.size() > 1) {
    value.items.assign(1, text_of(value));
    value.is_array = false;
  }
  return value;
}

PsValue evaluate_binary(Session& session, const std::string& operation, const PsValue& left,
                        const PsValue& right) {
  if (operation == "+") {
    PsValue sum = left;
    append_items(sum, right);
    return sum;
  }
  PsValue result = unknown(left, right);
  if (!left.is_known || !right.is_known) return result;
  if (operation == "..") return range_of(left, right);
  if (operation == "-split") return split_text(left, right);
  if (operation == "-join") {
    const std::string separator = text_of(right);
    std::string text = separator.size() > 16 ? std::string(hole) : joined(left.items, separator);
    return session.spend(text.size()) ? known_or(std::move(text), std::move(result)) : result;
  }
  if (operation == "-f") {
    return known_or(formatted(session, text_of(left), right.items), std::move(result));
  }
  if (operation == "-replace" || operation == "-ireplace" || operation == "-creplace") {
    const std::string pattern = right.items.empty() ? "" : without_escapes(right.items.front());
    const bool is_plain =
        is_plain_pattern(pattern) || (!right.items.empty() && pattern != right.items.front());
    if (!is_plain) return result;
    const std::string to = right.items.size() > 1 ? right.items[1] : "";
    return known_or(replaced(session, text_of(left), pattern, to, operation != "-creplace"),
                    std::move(result));
  }
  return result;
}

}  // namespace assay::code::shell
