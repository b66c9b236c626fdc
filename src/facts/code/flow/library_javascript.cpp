// JavaScript's own library on constants: what decoders and string builders need.
#include "facts/code/flow/library_javascript.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.h"
#include "facts/code/flow/json_value.h"

namespace assay::code {
namespace javascript_library {

std::string from_units(std::u32string_view units) {
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    char32_t c = units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 &&
        units[i + 1] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[i + 1] - 0xDC00);
      ++i;
    }
    append_utf8(out, c);
  }
  return out;
}

const std::u32string& units_of(PureCall& call) {
  return call.interpreter.characters(call.self.text, true);
}

Sources from_of(PureCall& call) {
  Sources from = call.self.from;
  for (const Value& argument : call.arguments) {
    if (!argument.is(ValueKind::function)) from |= argument.from;
  }
  return from;
}

Value text(PureCall& call, std::string value) {
  std::uint32_t trace = call.self.trace;
  for (const Value& argument : call.arguments) trace = trace != 0 ? trace : argument.trace;
  return Value::string(std::move(value)).with(from_of(call), trace);
}

std::optional<double> number(PureCall& call, std::size_t i) {
  const Value& value = call.argument(i);
  if (value.is(ValueKind::undefined)) return std::nullopt;
  return to_number(value);
}

std::optional<std::string> constant(PureCall& call, std::size_t i) {
  return to_constant_string(call.argument(i), Language::javascript);
}

// Marks a text as decoded and says how, once it is long enough to hide anything.
Value decoded(PureCall& call, std::string value, std::string how, Disguise kind) {
  constexpr std::size_t telling = 4;
  Value result = Value::bytes(std::move(value));
  result.from = from_of(call) | Source::decoded;
  if (result.text->size() < telling) return result;
  std::uint32_t before = 0;
  for (const Value& argument : call.arguments) before = before != 0 ? before : argument.trace;
  if (before == 0) before = call.self.trace;
  result.trace = call.interpreter.add_step(call.frame, call.site, std::move(how), before);
  call.interpreter.disguise(call.frame, call.site, kind, *result.text);
  return result;
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) append_utf8(out, static_cast<unsigned char>(byte));
  return out;
}

std::optional<std::string> utf8_to_latin1(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c > 0xFF) return std::nullopt;
    out += static_cast<char>(c);
  }
  return out;
}

namespace {

std::optional<Value> string_raw(PureCall& call) { return call.argument(0); }
std::optional<Value> parse_int(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  int radix = static_cast<int>(number(call, 1).value_or(10));
  if (radix == 0) radix = 10;
  std::string_view digits = trim(*source);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if ((radix == 16 || call.argument(1).is(ValueKind::undefined)) &&
      (digits.starts_with("0x") || digits.starts_with("0X"))) {
    digits.remove_prefix(2);
    radix = 16;
  }
  double value = 0;
  std::size_t used = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 10
                      : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                                             : 99;
    if (digit >= radix) break;
    value = value * radix + digit;
    ++used;
  }
  return Value::of_number(used == 0 ? std::nan("") : negative ? -value : value).with(from_of(call));
}
std::optional<Value> parse_float(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  const std::string text(trim(*source));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return Value::of_number(end == text.c_str() ? std::nan("") : value);
}
std::optional<Value> to_number_function(PureCall& call) {
  const auto value = to_number(call.argument(0));
  return value ? std::optional<Value>(Value::of_number(*value)) : std::nullopt;
}
std::optional<Value> to_string_function(PureCall& call) {
  if (call.argument(0).is(ValueKind::object))
    call.interpreter.as_primitive(call.frame, call.argument(0), "");
  const auto value = constant(call, 0);
  if (!value) return std::nullopt;
  return text(call, *value);
}
std::optional<Value> boolean(PureCall& call) {
  const auto value = truth(call.argument(0), Language::javascript);
  return value ? std::optional<Value>(Value::boolean(*value)) : std::nullopt;
}
std::optional<Value> same_object(PureCall& call) { return call.argument(0); }
std::optional<Value> reflect_get(PureCall& call) {
  return call.interpreter.element(call.frame, call.argument(0), call.argument(1));
}
std::optional<Value> json_parse(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  auto value = read_json_value(call.interpreter, *call.argument(0).text);
  if (!value) return std::nullopt;
  return value->with(call.argument(0).from, call.argument(0).trace);
}
// As JSON has it.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const char escape = c == '"' || c == '\\' ? c
                        : c == '\n'           ? 'n'
                        : c == '\r'           ? 'r'
                        : c == '\t'           ? 't'
                                              : '\0';
    if (escape != '\0') out += '\\';
    out += escape != '\0' ? escape : c;
  }
  return out + "\"";
}
std::optional<Value> json_stringify(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::object)) call.interpreter.to_json(call.frame, value);
  if (value.is_constant_text()) {
    if (value.text->size() > max_text / 2 || !call.interpreter.spend_text(value.text->size() * 2))
      return std::nullopt;
    return text(call, quoted(*value.text));
  }
  const std::string shown = call.interpreter.show(value);
  const Sources from = call.interpreter.sources_of(value);
  Value out = Value::string(shown.empty() ? std::string(hole) : shown, false);
  return out.with(from, call.interpreter.trace_of(value, from));
}
std::optional<Value> url_make(PureCall& call) {
  if (!call.argument(0).is_textual()) return std::nullopt;
  Value value = call.argument(0);
  value.complete = value.complete && call.argument(1).is(ValueKind::undefined);
  return value;
}
std::optional<Value> math_floor(PureCall& call) {
  const auto value = number(call, 0);
  return value ? std::optional<Value>(Value::of_number(std::floor(*value))) : std::nullopt;
}
std::optional<Value> math_pow(PureCall& call) {
  const auto a = number(call, 0), b = number(call, 1);
  return a && b ? std::optional<Value>(Value::of_number(std::pow(*a, *b))) : std::nullopt;
}
std::optional<Value> math_min(PureCall& call) {
  double least = HUGE_VAL;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const auto value = number(call, i);
    if (!value) return std::nullopt;
    least = std::min(least, *value);
  }
  return Value::of_number(least);
}
std::optional<Value> math_max(PureCall& call) {
  double most = -HUGE_VAL;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const auto value = number(call, i);
    if (!value) return std::nullopt;
    most = std::max(most, *value);
  }
  return Value::of_number(most);
}

// What Node.js puts around a module's text.
std::optional<Value> wrap_module(PureCall& call) {
  const auto body = constant(call, 0);
  if (!body || !call.interpreter.spend_text(body->size())) return std::nullopt;
  return text(call,
              "(function (exports, require, module, __filename, __dirname) { " + *body + "\n});");
}

// util.format("%s:%d", a, b): what is left over follows after blanks.
std::optional<Value> format_text(PureCall& call) {
  const auto pattern = constant(call, 0);
  if (!pattern) return std::nullopt;
  std::string out;
  bool complete = true;
  std::size_t next = 1;
  const auto add = [&](const Value& value) {
    const auto part = to_constant_string(value, Language::javascript);
    complete = complete && part.has_value();
    out += part ? *part : call.interpreter.show(value);
  };
  for (std::size_t i = 0; i < pattern->size(); ++i) {
    const char kind = (*pattern)[i] == '%' && i + 1 < pattern->size() ? (*pattern)[i + 1] : '\0';
    if (kind == '%') {
      out += '%';
      ++i;
    } else if (std::string_view("sdifjoO").find(kind) != std::string_view::npos &&
               next < call.arguments.size()) {
      add(call.arguments[next++]);
      ++i;
    } else {
      out += (*pattern)[i];
    }
  }
  for (; next < call.arguments.size(); ++next) {
    out += ' ';
    add(call.arguments[next]);
  }
  Value value = text(call, std::move(out));
  value.complete = complete;
  return value;
}

constexpr Row functions[] = {{"String.raw", string_raw},
                             {"util.format", format_text},
                             {"parseInt", parse_int},
                             {"Number.parseInt", parse_int},
                             {"parseFloat", parse_float},
                             {"Number", to_number_function},
                             {"String", to_string_function},
                             {"Boolean", boolean},
                             {"TextDecoder().decode", same_object},
                             {"TextEncoder().encode", same_object},
                             {"Object.freeze", same_object},
                             {"Object.create", same_object},
                             {"Object", same_object},
                             {"Reflect.get", reflect_get},
                             {"JSON.parse", json_parse},
                             {"JSON.stringify", json_stringify},
                             {"URL", url_make},
                             {"url.parse", url_make},
                             {"url.URL", url_make},
                             {"url.fileURLToPath", same_object},
                             {"encodeURI", url_make},
                             {"RegExp", make_pattern},
                             {"module.wrap", wrap_module},
                             {"module.Module.wrap", wrap_module},
                             {"Math.floor", math_floor},
                             {"Math.trunc", math_floor},
                             {"Math.pow", math_pow},
                             {"Math.min", math_min},
                             {"Math.max", math_max}};

}  // namespace
}  // namespace javascript_library

namespace {

using javascript_library::Row;

Pure find_in(std::span<const Row> rows, std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return row.pure;
  }
  return nullptr;
}

}  // namespace

Pure find_javascript_function(std::string_view path) {
  static const std::unordered_map<std::string_view, Pure> index = [] {
    std::unordered_map<std::string_view, Pure> built;
    const std::span<const Row> all[] = {
        javascript_library::functions, javascript_library::container_functions(),
        javascript_library::encoding_functions(), javascript_library::path_functions()};
    for (const std::span<const Row> rows : all) {
      for (const Row& row : rows) built.emplace(row.name, row.pure);
    }
    return built;
  }();
  const auto found = index.find(path);
  return found == index.end() ? nullptr : found->second;
}

Pure find_javascript_method(const Value& self, std::string_view name) {
  switch (self.kind) {
    case ValueKind::string:
    case ValueKind::bytes: return find_in(javascript_library::text_methods(), name);
    case ValueKind::number:
      return name == "toString" ? find_in(javascript_library::text_methods(), name) : nullptr;
    case ValueKind::list: return find_in(javascript_library::list_methods(), name);
    case ValueKind::object: return find_in(javascript_library::object_methods(), name);
    default: return nullptr;
  }
}

}  // namespace assay::code
