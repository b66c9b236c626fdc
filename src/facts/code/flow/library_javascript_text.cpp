// JavaScript's methods of strings and buffers on constants.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/library_javascript.h"

namespace assay::code::javascript_library {
namespace {

std::optional<Value> char_at(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  const double at = number(call, 0).value_or(0);
  const std::u32string& units = units_of(call);
  if (!(at >= 0) || at >= static_cast<double>(units.size())) return text(call, "");
  return text(call, from_units(std::u32string_view(units).substr(static_cast<std::size_t>(at), 1)));
}

std::optional<Value> char_code_at(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  const double at = number(call, 0).value_or(0);
  const std::u32string& units = units_of(call);
  if (!(at >= 0) || at >= static_cast<double>(units.size())) return Value::of_number(std::nan(""));
  return Value::of_number(units[static_cast<std::size_t>(at)])
      .with(call.self.from, call.self.trace);
}

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

std::optional<Value> code_point_at(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  const double at = number(call, 0).value_or(0);
  const std::u32string& units = units_of(call);
  if (!(at >= 0) || at >= static_cast<double>(units.size())) return Value::undefined();
  const auto index = static_cast<std::size_t>(at);
  char32_t c = units[index];
  if (c >= 0xD800 && c < 0xDC00 && index + 1 < units.size())
    c = 0x10000 + ((c - 0xD800) << 10) + (units[index + 1] - 0xDC00);
  if (is_variation_selector(c)) call.interpreter.note_invisible(call.frame, call.site);
  return Value::of_number(c).with(call.self.from, call.self.trace);
}

std::optional<Value> slice_text(PureCall& call, bool substring, bool by_length) {
  if (!call.self.is_constant_text()) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!call.argument(i).is(ValueKind::undefined) && !number(call, i)) return std::nullopt;
  }
  const bool is_bytes = call.self.is(ValueKind::bytes);
  const auto size = static_cast<double>(is_bytes ? call.self.text->size() : units_of(call).size());
  double from = std::trunc(number(call, 0).value_or(0));
  double to = std::trunc(number(call, 1).value_or(size));
  if (std::isnan(from)) from = 0;
  if (std::isnan(to)) to = 0;
  if (by_length) {
    if (from < 0) from = std::max(0.0, size + from);
    to = from + to;
  } else if (substring) {
    from = std::clamp(from, 0.0, size);
    to = std::clamp(to, 0.0, size);
    if (from > to) std::swap(from, to);
  } else {
    if (from < 0) from += size;
    if (to < 0) to += size;
  }
  from = std::clamp(from, 0.0, size);
  to = std::clamp(to, from, size);
  const auto first = static_cast<std::size_t>(from), count = static_cast<std::size_t>(to - from);
  if (is_bytes)
    return Value::bytes(call.self.text->substr(first, count)).with(call.self.from, call.self.trace);
  return text(call, from_units(std::u32string_view(units_of(call)).substr(first, count)));
}

std::optional<Value> slice(PureCall& call) { return slice_text(call, false, false); }
std::optional<Value> substring(PureCall& call) { return slice_text(call, true, false); }
std::optional<Value> substr(PureCall& call) { return slice_text(call, false, true); }

// A regular expression that is a plain text, as in /x/g; else nothing.
std::optional<std::string> plain_pattern(PureCall& call, const Value& pattern) {
  if (pattern.is_constant_text()) return *pattern.text;
  if (!pattern.is(ValueKind::object)) return std::nullopt;
  const Value* source = pattern.object->find(call.interpreter.names().intern("source"));
  if (source == nullptr || !source->is_constant_text()) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < source->text->size(); ++i) {
    char c = (*source->text)[i];
    if (c == '\\' && i + 1 < source->text->size()) {
      c = (*source->text)[++i];
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return std::nullopt;
    } else if (std::string_view(".*+?^$|()[]{}").find(c) != std::string_view::npos) {
      return std::nullopt;
    }
    out += c;
  }
  return out;
}

std::optional<Value> split_text(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  std::vector<Value> parts;
  if (call.argument(0).is(ValueKind::undefined)) {
    parts.push_back(call.self);
    return call.interpreter.make_list(std::move(parts));
  }
  const auto separator = plain_pattern(call, call.argument(0));
  if (!separator) return split_by_pattern(call);
  if (!call.interpreter.spend_text(call.self.text->size() * 4)) return std::nullopt;
  const auto add = [&](std::string part) {
    parts.push_back(Value::string(std::move(part)).with(call.self.from, call.self.trace));
  };
  constexpr std::size_t most_parts = 1'000'000;
  if (separator->empty()) {
    const std::u32string units = units_of(call);
    if (units.size() > most_parts) return std::nullopt;
    for (const char32_t unit : units) add(from_units(std::u32string_view(&unit, 1)));
  } else {
    std::string_view rest = *call.self.text;
    while (parts.size() < most_parts) {
      const std::size_t at = rest.find(*separator);
      add(std::string(rest.substr(0, at)));
      if (at == std::string_view::npos) break;
      rest.remove_prefix(at + separator->size());
    }
  }
  return call.interpreter.make_list(std::move(parts));
}

std::optional<Value> replace_text(PureCall& call, bool all) {
  if (!call.self.is_textual()) return std::nullopt;
  const auto pattern = plain_pattern(call, call.argument(0));
  const auto replacement = constant(call, 1);
  if (!pattern || !replacement || call.argument(1).is(ValueKind::undefined))
    return replace_pattern(call, all);
  const bool everywhere = all || call.argument(0).is(ValueKind::object);
  std::string out = *call.self.text;
  if (pattern->empty()) return call.self;
  if (everywhere) {
    if (!call.interpreter.spend_text(out.size())) return std::nullopt;
    std::optional<std::string> replaced = replace_all_within(out, *pattern, *replacement, max_text);
    if (!replaced || !call.interpreter.spend_text(replaced->size())) return std::nullopt;
    out = *std::move(replaced);
  } else if (const std::size_t at = out.find(*pattern); at != std::string::npos) {
    out.replace(at, pattern->size(), *replacement);
  }
  if (out.size() > max_text) return std::nullopt;
  Value value = text(call, std::move(out));
  value.complete = call.self.complete;
  return value;
}
std::optional<Value> replace_first(PureCall& call) { return replace_text(call, false); }
std::optional<Value> replace_every(PureCall& call) { return replace_text(call, true); }

std::optional<Value> lower(PureCall& call) {
  if (!call.self.is_textual()) return std::nullopt;
  Value value = text(call, to_lower_ascii(*call.self.text));
  value.complete = call.self.complete;
  return value;
}
std::optional<Value> upper(PureCall& call) {
  if (!call.self.is_textual()) return std::nullopt;
  std::string out = *call.self.text;
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  Value value = text(call, std::move(out));
  value.complete = call.self.complete;
  return value;
}
std::optional<Value> trim_text(PureCall& call) {
  if (!call.self.is_textual()) return std::nullopt;
  Value value = text(call, std::string(trim(*call.self.text)));
  value.complete = call.self.complete;
  return value;
}
std::optional<Value> repeat(PureCall& call) {
  const auto count = number(call, 0);
  if (!call.self.is_constant_text() || !count || *count < 0) return std::nullopt;
  if (*count * static_cast<double>(call.self.text->size()) > static_cast<double>(max_text))
    return std::nullopt;
  std::string out;
  for (double i = 1; i <= *count && !call.self.text->empty(); ++i) out += *call.self.text;
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  return text(call, std::move(out));
}
std::optional<Value> concat_text(PureCall& call) {
  if (!call.self.is_textual()) return std::nullopt;
  Value total = call.self;
  for (const Value& argument : call.arguments) {
    total = binary_operation(call.interpreter, Op::add, total, argument, Language::javascript);
  }
  return total;
}
// Where a part begins, in bytes of the text, as JavaScript counts: in bytes of a buffer, in UTF-16
// units of a string.
double place_in(PureCall& call, std::size_t at) {
  if (at == std::string::npos) return -1;
  if (call.self.is(ValueKind::bytes)) return static_cast<double>(at);
  double units = 0;
  for (std::size_t before = 0; before < at;) {
    units += next_code_point(*call.self.text, before) >= 0x10000 ? 2 : 1;
  }
  return units;
}
std::optional<Value> index_of_text(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  const auto from = static_cast<std::size_t>(std::max(0.0, number(call, 1).value_or(0)));
  call.interpreter.spend(call.self.text->size() / 64);
  return Value::of_number(place_in(call, call.self.text->find(*part, from)));
}
std::optional<Value> last_index_of_text(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  call.interpreter.spend(call.self.text->size() / 64);
  return Value::of_number(place_in(call, call.self.text->rfind(*part)));
}
// Buffer.map and Uint8Array.map, where every byte can be computed.
std::optional<Value> map_bytes(PureCall& call) {
  if (!call.self.is(ValueKind::bytes) || !call.self.complete) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < call.self.text->size() && call.interpreter.spend(1); ++i) {
    const Value byte = Value::of_number(static_cast<unsigned char>((*call.self.text)[i]));
    const auto code = to_number(call.interpreter.call(
        call.frame, call.argument(0), Value::undefined(),
        {byte, Value::of_number(static_cast<double>(i)), call.self}, call.site));
    if (!code || !std::isfinite(*code)) return std::nullopt;
    out += static_cast<char>(static_cast<int>(std::fmod(std::trunc(*code), 256)));
  }
  return decoded(call, std::move(out), "byte by byte");
}
std::optional<Value> reverse_bytes(PureCall& call) {
  if (!call.self.is(ValueKind::bytes) || !call.self.complete) return std::nullopt;
  return Value::bytes({call.self.text->rbegin(), call.self.text->rend()})
      .with(call.self.from, call.self.trace);
}
std::optional<Value> includes_text(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  return Value::boolean(contains(*call.self.text, *part));
}
std::optional<Value> starts_with(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  return Value::boolean(call.self.text->starts_with(*part));
}
std::optional<Value> ends_with(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  return Value::boolean(call.self.text->ends_with(*part));
}
std::optional<Value> pad_start(PureCall& call) {
  const auto width = number(call, 0);
  if (!call.self.is_constant_text() || !width) return std::nullopt;
  std::string fill = constant(call, 1).value_or(" ");
  if (call.argument(1).is(ValueKind::undefined)) fill = " ";
  std::string out = *call.self.text;
  constexpr double widest = 4096;
  std::string before;
  while (!fill.empty() &&
         static_cast<double>(out.size() + before.size()) < std::min(*width, widest)) {
    before += fill;
  }
  out.insert(0, before);
  return text(call, std::move(out));
}

std::optional<Value> text_to_string(PureCall& call) {
  if (call.self.is(ValueKind::bytes)) {
    const std::string encoding = to_lower_ascii(
        call.argument(0).is(ValueKind::undefined) ? "utf8" : constant(call, 0).value_or(""));
    if (!call.self.complete) return std::nullopt;
    if (encoding == "hex") return text(call, hex(*call.self.text));
    if (encoding == "base64" || encoding == "base64url") return std::nullopt;
    if (encoding == "latin1" || encoding == "binary")
      return text(call, latin1_to_utf8(*call.self.text));
    Value value = text(call, *call.self.text);
    return value;
  }
  if (call.self.is(ValueKind::number)) {
    const int radix = static_cast<int>(number(call, 0).value_or(10));
    if (radix < 2 || radix > 36) return std::nullopt;
    return text(call, number_to_string(call.self.number, Language::javascript, radix));
  }
  return call.self;
}

// "x".italics() and kin, which nobody calls but for the letters of their markup.
template <char first, char second = '\0', char third = '\0'>
std::optional<Value> in_markup(PureCall& call) {
  if (!call.self.is_constant_text() || !call.interpreter.spend_text(call.self.text->size()))
    return std::nullopt;
  std::string name{first};
  if (second != '\0') name += second;
  if (third != '\0') name += third;
  return text(call, "<" + name + ">" + *call.self.text + "</" + name + ">");
}
std::optional<Value> in_font(PureCall& call, std::string_view head, std::string_view name) {
  constexpr int nested = 4;
  const auto value = call.arguments.empty()
                         ? std::optional<std::string>("undefined")
                         : javascript_text(call.argument(0), &call.interpreter, nested);
  if (!call.self.is_constant_text() || !value) return std::nullopt;
  if (!call.interpreter.spend_text(call.self.text->size() + value->size() * 6)) return std::nullopt;
  std::string out = "<" + std::string(head) + "=\"" + replace_all(*value, "\"", "&quot;") + "\">";
  return text(call, out + *call.self.text + "</" + std::string(name) + ">");
}
std::optional<Value> font_color(PureCall& call) { return in_font(call, "font color", "font"); }
std::optional<Value> font_size(PureCall& call) { return in_font(call, "font size", "font"); }
std::optional<Value> link(PureCall& call) { return in_font(call, "a href", "a"); }
std::optional<Value> anchor(PureCall& call) { return in_font(call, "a name", "a"); }

constexpr Row methods[] = {{"at", char_at},
                           {"italics", in_markup<'i'>},
                           {"bold", in_markup<'b'>},
                           {"fixed", in_markup<'t', 't'>},
                           {"sub", in_markup<'s', 'u', 'b'>},
                           {"sup", in_markup<'s', 'u', 'p'>},
                           {"big", in_markup<'b', 'i', 'g'>},
                           {"fontcolor", font_color},
                           {"fontsize", font_size},
                           {"link", link},
                           {"anchor", anchor},
                           {"charAt", char_at},
                           {"charCodeAt", char_code_at},
                           {"codePointAt", code_point_at},
                           {"concat", concat_text},
                           {"endsWith", ends_with},
                           {"includes", includes_text},
                           {"indexOf", index_of_text},
                           {"lastIndexOf", last_index_of_text},
                           {"map", map_bytes},
                           {"reverse", reverse_bytes},
                           {"match", match_pattern},
                           {"padStart", pad_start},
                           {"repeat", repeat},
                           {"replace", replace_first},
                           {"replaceAll", replace_every},
                           {"slice", slice},
                           {"split", split_text},
                           {"startsWith", starts_with},
                           {"substr", substr},
                           {"substring", substring},
                           {"subarray", slice},
                           {"toLowerCase", lower},
                           {"toString", text_to_string},
                           {"toUpperCase", upper},
                           {"trim", trim_text},
                           {"trimEnd", trim_text},
                           {"trimStart", trim_text},
                           {"valueOf", text_to_string}};

}  // namespace

std::span<const Row> text_methods() { return methods; }

}  // namespace assay::code::javascript_library
