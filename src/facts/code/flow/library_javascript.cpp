// JavaScript's own library on constants: what decoders and string builders need.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.h"
#include "facts/code/flow/decoders.h"
#include "facts/code/flow/interpreter.h"
#include "facts/code/flow/json_value.h"

namespace assay::code {
namespace {

constexpr std::size_t max_text = 8u << 20;

struct Row {
  std::string_view name;
  Pure pure;
};

std::string from_units(std::u32string_view units) {
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    char32_t c = units[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[i + 1] - 0xDC00);
      ++i;
    }
    append_utf8(out, c);
  }
  return out;
}

const std::u32string& units_of(PureCall& call) { return call.interpreter.characters(call.self.text, true); }

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
Value decoded(PureCall& call, std::string value, std::string how, Disguise kind = Disguise::encoded_blob) {
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

// --- strings

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
  return Value::of_number(units[static_cast<std::size_t>(at)]).with(call.self.from, call.self.trace);
}

std::optional<Value> slice_text(PureCall& call, bool substring, bool by_length) {
  if (!call.self.is_constant_text()) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!call.argument(i).is(ValueKind::undefined) && !number(call, i)) return std::nullopt;
  }
  const std::u32string& units = units_of(call);
  const auto size = static_cast<double>(units.size());
  double from = std::trunc(number(call, 0).value_or(0));
  double to = std::trunc(number(call, 1).value_or(by_length ? size : size));
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
  if (call.self.is(ValueKind::bytes)) return Value::bytes(call.self.text->substr(first, count)).with(call.self.from, call.self.trace);
  return text(call, from_units(std::u32string_view(units).substr(first, count)));
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
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return std::nullopt;
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
  if (!separator || !call.interpreter.spend_text(call.self.text->size() * 4)) return std::nullopt;
  const auto add = [&](std::string part) { parts.push_back(Value::string(std::move(part)).with(call.self.from, call.self.trace)); };
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
  if (!pattern || !replacement || call.argument(1).is(ValueKind::undefined)) return std::nullopt;
  const bool everywhere = all || call.argument(0).is(ValueKind::object);
  std::string out = *call.self.text;
  if (pattern->empty()) return call.self;
  if (everywhere) {
    if (!call.interpreter.spend_text(out.size())) return std::nullopt;
    out = replace_all(std::move(out), *pattern, *replacement);
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
  if (*count * static_cast<double>(call.self.text->size()) > static_cast<double>(max_text)) return std::nullopt;
  std::string out;
  for (int i = 0; i < static_cast<int>(*count); ++i) out += *call.self.text;
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
std::optional<Value> index_of_text(PureCall& call) {
  const auto part = constant(call, 0);
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  const std::size_t from = static_cast<std::size_t>(std::max(0.0, number(call, 1).value_or(0)));
  const std::size_t at = call.self.text->find(*part, from);
  return Value::of_number(at == std::string::npos ? -1 : static_cast<double>(at));
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
  while (!fill.empty() && static_cast<double>(out.size()) < std::min(*width, widest)) out.insert(0, fill);
  return text(call, std::move(out));
}

std::optional<Value> text_to_string(PureCall& call) {
  if (call.self.is(ValueKind::bytes)) {
    const std::string encoding = to_lower_ascii(call.argument(0).is(ValueKind::undefined) ? "utf8" : constant(call, 0).value_or(""));
    if (!call.self.complete) return std::nullopt;
    if (encoding == "hex") return text(call, hex(*call.self.text));
    if (encoding == "base64" || encoding == "base64url") return std::nullopt;
    if (encoding == "latin1" || encoding == "binary") return text(call, latin1_to_utf8(*call.self.text));
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

// --- arrays

std::optional<Value> join_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  const std::string separator = call.argument(0).is(ValueKind::undefined) ? "," : constant(call, 0).value_or(",");
  std::string out;
  bool complete = !call.self.object->open;
  Sources from = call.self.from | call.self.object->from;
  std::uint32_t trace = call.self.trace;
  std::size_t short_parts = 0;
  for (std::size_t i = 0; i < call.self.object->items.size(); ++i) {
    const Value& item = call.self.object->items[i];
    if (i > 0) out += separator;
    from |= call.interpreter.sources_of(item);
    trace = trace != 0 ? trace : item.trace;
    const auto constant_item = item.is_nothing() ? std::optional<std::string>("") : to_constant_string(item, Language::javascript);
    complete = complete && constant_item.has_value();
    out += constant_item ? *constant_item : call.interpreter.show(item);
    if (item.is_textual() && item.text->size() <= 2) ++short_parts;
    if (out.size() > max_text) return std::nullopt;
  }
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 8;
  if (complete && short_parts >= telling && separator.empty()) call.interpreter.disguise(call.frame, call.site, Disguise::split_string, out);
  Value value = Value::string(std::move(out), complete);
  return value.with(from, trace);
}

std::optional<Value> reverse_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  std::ranges::reverse(call.self.object->items);
  call.interpreter.spend(call.self.object->items.size() / 8);
  return call.self;
}
std::optional<Value> push(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  for (const Value& argument : call.arguments) append_bounded(*call.self.object, argument);
  return Value::of_number(static_cast<double>(call.self.object->items.size()));
}
std::optional<Value> pop(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  if (items.empty()) return call.self.object->open ? Value::unknown(call.self.object->from) : Value::undefined();
  Value last = items.back();
  items.pop_back();
  return last;
}
std::optional<Value> shift(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  if (items.empty()) return call.self.object->open ? Value::unknown(call.self.object->from) : Value::undefined();
  Value first = items.front();
  items.erase(items.begin());
  call.interpreter.spend(items.size() / 64);
  return first;
}
std::optional<Value> unshift(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  items.insert(items.begin(), call.arguments.begin(), call.arguments.end());
  call.interpreter.spend(items.size() / 64);
  return Value::of_number(static_cast<double>(items.size()));
}
std::optional<Value> slice_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  const auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  double from = number(call, 0).value_or(0), to = number(call, 1).value_or(size);
  from = std::clamp(from < 0 ? from + size : from, 0.0, size);
  to = std::clamp(to < 0 ? to + size : to, from, size);
  if (std::isnan(from) || std::isnan(to)) return std::nullopt;
  Value list = call.interpreter.make_list({items.begin() + static_cast<std::ptrdiff_t>(from), items.begin() + static_cast<std::ptrdiff_t>(to)});
  list.object->open = call.self.object->open;
  list.object->from = call.self.object->from;
  return list;
}
std::optional<Value> splice(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !number(call, 0)) return std::nullopt;
  auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  double from = *number(call, 0);
  from = std::clamp(from < 0 ? from + size : from, 0.0, size);
  const double count = std::clamp(number(call, 1).value_or(size), 0.0, size - from);
  if (std::isnan(from) || std::isnan(count)) return std::nullopt;
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = first + static_cast<std::ptrdiff_t>(count);
  std::vector<Value> taken(first, last);
  items.erase(first, last);
  for (std::size_t i = 2; i < call.arguments.size(); ++i) {
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(from) + static_cast<std::ptrdiff_t>(i - 2), call.arguments[i]);
  }
  return call.interpreter.make_list(std::move(taken));
}
std::optional<Value> concat_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  std::vector<Value> items = call.self.object->items;
  for (const Value& argument : call.arguments) {
    if (argument.is(ValueKind::list)) items.insert(items.end(), argument.object->items.begin(), argument.object->items.end());
    else items.push_back(argument);
  }
  call.interpreter.spend(items.size() / 8);
  return call.interpreter.make_list(std::move(items));
}
std::optional<Value> includes_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || call.self.object->open) return std::nullopt;
  for (const Value& item : call.self.object->items) {
    const auto same = compare_values(Op::strict_equal, item, call.argument(0), Language::javascript);
    if (!same) return std::nullopt;
    if (*same) return Value::boolean(true);
  }
  return Value::boolean(false);
}
std::optional<Value> index_of_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || call.self.object->open) return std::nullopt;
  for (std::size_t i = 0; i < call.self.object->items.size(); ++i) {
    const auto same = compare_values(Op::strict_equal, call.self.object->items[i], call.argument(0), Language::javascript);
    if (!same) return std::nullopt;
    if (*same) return Value::of_number(static_cast<double>(i));
  }
  return Value::of_number(-1);
}

Value call_each(PureCall& call, std::size_t i) {
  const Value item = call.self.object->items[i];
  return call.interpreter.call(call.frame, call.argument(0), Value::undefined(),
                               {item, Value::of_number(static_cast<double>(i)), call.self}, call.site);
}
bool is_callable(const Value& value) { return value.is(ValueKind::function) || value.is(ValueKind::api); }

std::optional<Value> map_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) out.push_back(call_each(call, i));
  if (call.self.object->open && call.self.object->items.empty()) {
    const Value item = Value::unknown(call.self.object->from | call.self.from, call.self.object->trace);
    out.push_back(call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site));
  }
  Value list = call.interpreter.make_list(std::move(out));
  list.object->open = call.self.object->open;
  return list.with(call.self.from);
}
std::optional<Value> for_each(PureCall& call) {
  if (!map_list(call)) return std::nullopt;
  return Value::undefined();
}
std::optional<Value> filter_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  std::vector<Value> out;
  bool open = call.self.object->open;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    const Value item = call.self.object->items[i];
    const auto keeps = truth(call_each(call, i), Language::javascript);
    open = open || !keeps;
    if (!keeps || *keeps) out.push_back(item);
  }
  Value list = call.interpreter.make_list(std::move(out));
  list.object->open = open;
  list.object->from = call.self.object->from;
  return list;
}
std::optional<Value> reduce_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !call.argument(0).is(ValueKind::function) || call.self.object->open) return std::nullopt;
  std::size_t i = 0;
  Value total = call.argument(1);
  if (call.arguments.size() < 2) {
    if (call.self.object->items.empty()) return std::nullopt;
    total = call.self.object->items[i++];
  }
  for (; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    total = call.interpreter.call(call.frame, call.argument(0), Value::undefined(),
                                  {total, call.self.object->items[i], Value::of_number(static_cast<double>(i))}, call.site);
  }
  return total;
}
std::optional<Value> fill_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  for (Value& item : call.self.object->items) item = call.argument(0);
  return call.self;
}

// --- objects

std::optional<Value> has_own(PureCall& call) {
  const auto name = constant(call, 0);
  if (!call.self.is(ValueKind::object) || !name || call.self.object->open) return std::nullopt;
  return Value::boolean(call.self.object->find(call.interpreter.names().intern(*name)) != nullptr);
}

constexpr Row text_methods[] = {
    {"at", char_at}, {"charAt", char_at}, {"charCodeAt", char_code_at}, {"codePointAt", char_code_at},
    {"concat", concat_text}, {"endsWith", ends_with}, {"includes", includes_text}, {"indexOf", index_of_text},
    {"padStart", pad_start}, {"repeat", repeat}, {"replace", replace_first}, {"replaceAll", replace_every},
    {"slice", slice}, {"split", split_text}, {"startsWith", starts_with}, {"substr", substr},
    {"substring", substring}, {"subarray", slice}, {"toLowerCase", lower}, {"toString", text_to_string},
    {"toUpperCase", upper}, {"trim", trim_text}, {"trimEnd", trim_text}, {"trimStart", trim_text},
    {"valueOf", text_to_string}};
constexpr Row list_methods[] = {
    {"concat", concat_list}, {"fill", fill_list}, {"filter", filter_list}, {"forEach", for_each},
    {"includes", includes_list}, {"indexOf", index_of_list}, {"join", join_list}, {"map", map_list},
    {"pop", pop}, {"push", push}, {"reduce", reduce_list}, {"reverse", reverse_list}, {"shift", shift},
    {"slice", slice_list}, {"splice", splice}, {"toString", join_list}, {"unshift", unshift},
    {"flat", nullptr}, {"flatMap", map_list}, {"find", nullptr}, {"some", nullptr}, {"every", nullptr},
    {"entries", nullptr}, {"at", nullptr}, {"sort", nullptr}};
constexpr Row object_methods[] = {{"hasOwnProperty", has_own}};

// --- functions

std::optional<Value> from_char_code(PureCall& call) {
  std::u32string units;
  for (const Value& argument : call.arguments) {
    const auto code = to_number(argument);
    if (!code || !std::isfinite(*code)) return std::nullopt;
    const double unit = std::fmod(std::trunc(*code), 65536.0);
    units += static_cast<char32_t>(unit < 0 ? unit + 65536 : unit);
  }
  std::string out = from_units(units);
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 5;
  if (units.size() >= telling) return [&] {
    Value value = decoded(call, out, "String.fromCharCode", Disguise::character_codes);
    value.kind = ValueKind::string;
    return value;
  }();
  return text(call, std::move(out));
}
std::optional<Value> parse_int(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  int radix = static_cast<int>(number(call, 1).value_or(10));
  if (radix == 0) radix = 10;
  std::string_view digits = trim(*source);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if ((radix == 16 || call.argument(1).is(ValueKind::undefined)) && (digits.starts_with("0x") || digits.starts_with("0X"))) {
    digits.remove_prefix(2);
    radix = 16;
  }
  double value = 0;
  std::size_t used = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
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
  const auto value = constant(call, 0);
  if (!value) return std::nullopt;
  return text(call, *value);
}
std::optional<Value> atob(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  const auto bytes = decode_base64(*source);
  if (!bytes || !call.interpreter.spend_text(bytes->size())) return std::nullopt;
  Value value = decoded(call, latin1_to_utf8(*bytes), "base64");
  value.kind = ValueKind::string;
  return value;
}
std::optional<Value> unescape(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source || !call.interpreter.spend_text(source->size())) return std::nullopt;
  std::string out = decode_js_unescape(*source);
  if (out == *source) return text(call, std::move(out));
  Value value = decoded(call, std::move(out), "unescape");
  value.kind = ValueKind::string;
  return value;
}
std::optional<Value> decode_uri(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source || !call.interpreter.spend_text(source->size())) return std::nullopt;
  std::string out = decode_percent(*source);
  if (out == *source) return text(call, std::move(out));
  Value value = decoded(call, std::move(out), "percent-encoding");
  value.kind = ValueKind::string;
  return value;
}
// decodeURIComponent(escape(atob(x))): escape of a latin-1 text gives back its bytes.
std::optional<Value> escape_text(PureCall& call) {
  const auto source = constant(call, 0);
  if (!source) return std::nullopt;
  constexpr std::string_view plain = "@*_+-./";
  std::string out;
  for (std::size_t at = 0; at < source->size();) {
    const char32_t c = next_code_point(*source, at);
    if ((c < 0x80 && (std::isalnum(static_cast<int>(c)) != 0 || plain.find(static_cast<char>(c)) != std::string_view::npos))) {
      out += static_cast<char>(c);
    } else if (c < 0x100) {
      const char byte = static_cast<char>(c);
      out += "%" + hex(std::string_view(&byte, 1));
    } else {
      return std::nullopt;
    }
  }
  return text(call, std::move(out));
}
std::optional<Value> buffer_from(PureCall& call) {
  const Value& source = call.argument(0);
  if (source.is(ValueKind::list) && !source.object->open) {
    std::string bytes;
    for (const Value& item : source.object->items) {
      const auto code = to_number(item);
      if (!code || !std::isfinite(*code)) return std::nullopt;
      bytes += static_cast<char>(static_cast<int>(std::fmod(*code, 256)));
    }
    constexpr std::size_t telling = 5;
    if (bytes.size() < telling) return Value::bytes(std::move(bytes));
    return decoded(call, std::move(bytes), "byte values", Disguise::character_codes);
  }
  const auto constant_text = constant(call, 0);
  if (!constant_text || !source.is_textual()) return std::nullopt;
  if (!call.interpreter.spend_text(constant_text->size())) return std::nullopt;
  const std::string encoding = to_lower_ascii(call.argument(1).is(ValueKind::undefined) ? "utf8" : constant(call, 1).value_or("?"));
  if (encoding == "base64" || encoding == "base64url") {
    const auto bytes = decode_base64(*constant_text);
    return bytes ? std::optional<Value>(decoded(call, *bytes, "base64")) : std::nullopt;
  }
  if (encoding == "hex") {
    const auto bytes = decode_hex(*constant_text);
    return bytes ? std::optional<Value>(decoded(call, *bytes, "hex")) : std::nullopt;
  }
  if (encoding == "latin1" || encoding == "binary") {
    const auto bytes = utf8_to_latin1(*constant_text);
    return bytes ? std::optional<Value>(Value::bytes(*bytes).with(source.from, source.trace)) : std::nullopt;
  }
  return Value::bytes(*constant_text).with(source.from, source.trace);
}
std::optional<Value> inflate(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  const auto bytes = inflate_any(*source.text);
  if (!bytes || !call.interpreter.spend_text(bytes->size())) return std::nullopt;
  return decoded(call, *bytes, "zlib");
}
std::optional<Value> array_make(PureCall& call) {
  constexpr double most = 100'000;
  if (call.arguments.size() == 1 && call.argument(0).is(ValueKind::number)) {
    if (!(call.argument(0).number >= 0) || call.argument(0).number > most) return std::nullopt;
    return call.interpreter.make_list(std::vector<Value>(static_cast<std::size_t>(call.argument(0).number), Value::undefined()));
  }
  return call.interpreter.make_list(call.arguments);
}
std::optional<Value> array_from(PureCall& call) {
  const Value& source = call.argument(0);
  std::vector<Value> items;
  if (source.is(ValueKind::list)) {
    if (source.object->open) return std::nullopt;
    items = source.object->items;
  } else if (source.is(ValueKind::bytes) && source.complete) {
    for (const char byte : *source.text) items.push_back(Value::of_number(static_cast<unsigned char>(byte)).with(source.from));
  } else if (source.is_constant_text()) {
    for (std::size_t at = 0; at < source.text->size();) {
      const std::size_t before = at;
      next_code_point(*source.text, at);
      items.push_back(Value::string(source.text->substr(before, at - before)).with(source.from));
    }
  } else {
    return std::nullopt;
  }
  if (!call.interpreter.spend(items.size())) return std::nullopt;
  if (is_callable(call.argument(1))) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i] = call.interpreter.call(call.frame, call.argument(1), Value::undefined(), {items[i], Value::of_number(static_cast<double>(i))}, call.site);
    }
  }
  return call.interpreter.make_list(std::move(items));
}
std::optional<Value> object_keys(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open || source.object->has_fallback) return std::nullopt;
  std::vector<Value> keys;
  for (const auto& property : source.object->properties) keys.push_back(Value::string(std::string(call.interpreter.names()[property.first])));
  return call.interpreter.make_list(std::move(keys));
}
std::optional<Value> object_values(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open) return std::nullopt;
  std::vector<Value> values;
  for (const auto& property : source.object->properties) values.push_back(property.second);
  return call.interpreter.make_list(std::move(values));
}
std::optional<Value> object_entries(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open) return std::nullopt;
  std::vector<Value> entries;
  for (const auto& [name, value] : source.object->properties) {
    entries.push_back(call.interpreter.make_list({Value::string(std::string(call.interpreter.names()[name])), value}));
  }
  return call.interpreter.make_list(std::move(entries));
}
std::optional<Value> object_assign(PureCall& call) {
  if (!call.argument(0).is(ValueKind::object)) return std::nullopt;
  Object* target = call.argument(0).object;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    const Value& source = call.arguments[i];
    if (source.is(ValueKind::object)) {
      for (const auto& [name, value] : source.object->properties) target->set(name, value);
      target->open = target->open || source.object->open;
      target->from |= source.object->from | source.from;
    } else {
      target->open = true;
      target->from |= call.interpreter.sources_of(source);
      if (target->trace == 0) target->trace = call.interpreter.trace_of(source, target->from);
    }
  }
  return call.argument(0);
}
std::optional<Value> define_property(PureCall& call) {
  const auto name = constant(call, 1);
  if (!name || !call.argument(2).is(ValueKind::object)) return std::nullopt;
  const auto find = [&](std::string_view key) { return call.argument(2).object->find(call.interpreter.names().intern(key)); };
  const NameId id = call.interpreter.names().intern(*name);
  if (const Value* value = find("value")) {
    call.interpreter.set_property(call.frame, call.argument(0), id, *value, call.site);
  } else if (const Value* getter = find("get"); getter != nullptr && getter->is(ValueKind::function)) {
    call.interpreter.set_property(call.frame, call.argument(0), id, call.interpreter.call(call.frame, *getter, call.argument(0), {}, call.site), call.site);
  }
  return call.argument(0);
}
std::optional<Value> same_object(PureCall& call) { return call.argument(0); }
std::optional<Value> reflect_get(PureCall& call) { return call.interpreter.element(call.frame, call.argument(0), call.argument(1)); }

std::string normalise_path(std::string_view path) {
  std::vector<std::string_view> parts;
  const bool absolute = path.starts_with('/');
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") parts.pop_back();
    else parts.push_back(part);
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '/';
    out += parts[i];
  }
  return out;
}
std::optional<Value> join_paths(PureCall& call) {
  std::string out;
  bool complete = true;
  Sources from;
  std::uint32_t trace = 0;
  for (const Value& argument : call.arguments) {
    from |= call.interpreter.sources_of(argument);
    trace = trace != 0 ? trace : argument.trace;
    const std::string part = call.interpreter.show(argument);
    complete = complete && argument.is_constant_text();
    if (part.starts_with(package_root) || (part.starts_with('/') && out.empty())) out = part;
    else out += (out.empty() ? "" : "/") + part;
  }
  out = normalise_path(out);
  Value value = Value::string(std::move(out), complete);
  return value.with(from, trace);
}
std::optional<Value> path_dirname(PureCall& call) {
  if (!call.argument(0).is_textual()) return std::nullopt;
  const std::string& path = *call.argument(0).text;
  const std::size_t slash = path.rfind('/');
  Value value = Value::string(slash == std::string::npos ? "." : path.substr(0, slash), call.argument(0).complete);
  return value.with(call.argument(0).from, call.argument(0).trace);
}
std::optional<Value> path_basename(PureCall& call) {
  if (!call.argument(0).is_textual()) return std::nullopt;
  const std::string& path = *call.argument(0).text;
  const std::size_t slash = path.rfind('/');
  Value value = Value::string(slash == std::string::npos ? path : path.substr(slash + 1), call.argument(0).complete);
  return value.with(call.argument(0).from, call.argument(0).trace);
}
std::optional<Value> json_parse(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  auto value = read_json_value(call.interpreter, *call.argument(0).text);
  if (!value) return std::nullopt;
  return value->with(call.argument(0).from, call.argument(0).trace);
}
std::optional<Value> json_stringify(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is_constant_text()) return text(call, "\"" + *value.text + "\"");
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
std::optional<Value> string_raw(PureCall& call) { return call.argument(0); }
std::optional<Value> boolean(PureCall& call) {
  const auto value = truth(call.argument(0), Language::javascript);
  return value ? std::optional<Value>(Value::boolean(*value)) : std::nullopt;
}
// createDecipheriv(name, key, iv).update(bytes, encoding) with constants.
std::optional<Value> decipher_update(PureCall& call) {
  const Object* made = call.self.object;
  if (made == nullptr || made->items.size() < 3) return std::nullopt;
  for (const Value& item : made->items) {
    if (!item.is_constant_text()) return std::nullopt;
  }
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  const std::string encoding = call.argument(0).is(ValueKind::bytes) ? "" : constant(call, 1).value_or("");
  const auto bytes = encoding == "hex" ? decode_hex(*call.argument(0).text)
                     : encoding == "base64" ? decode_base64(*call.argument(0).text)
                                            : std::optional<std::string>(*call.argument(0).text);
  if (!bytes) return std::nullopt;
  const auto plain = decrypt_cipher(*made->items[0].text, *made->items[1].text, *made->items[2].text, *bytes);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  Value value = decoded(call, *plain, *made->items[0].text);
  value.kind = ValueKind::string;
  return value.with(Source::decrypted);
}

constexpr Row functions[] = {
    {"String.fromCharCode", from_char_code}, {"String.fromCodePoint", from_char_code}, {"String.raw", string_raw},
    {"parseInt", parse_int}, {"Number.parseInt", parse_int}, {"parseFloat", parse_float}, {"Number", to_number_function},
    {"String", to_string_function}, {"Boolean", boolean}, {"atob", atob}, {"base-64.decode", atob}, {"js-base64.decode", atob},
    {"unescape", unescape}, {"escape", escape_text}, {"decodeURIComponent", decode_uri}, {"decodeURI", decode_uri},
    {"querystring.unescape", decode_uri}, {"Buffer.from", buffer_from}, {"Buffer", buffer_from}, {"buffer.Buffer.from", buffer_from},
    {"Uint8Array", buffer_from}, {"Uint8Array.from", buffer_from}, {"TextDecoder().decode", same_object}, {"TextEncoder().encode", same_object},
    {"zlib.inflateSync", inflate}, {"zlib.gunzipSync", inflate}, {"zlib.unzipSync", inflate}, {"zlib.inflateRawSync", inflate},
    {"pako.inflate", inflate}, {"pako.ungzip", inflate}, {"pako.inflateRaw", inflate},
    {"Array", array_make}, {"Array.of", array_make}, {"Array.from", array_from}, {"Object.keys", object_keys},
    {"Object.values", object_values}, {"Object.entries", object_entries}, {"Object.assign", object_assign},
    {"Object.defineProperty", define_property}, {"Object.freeze", same_object}, {"Object.create", same_object}, {"Object", same_object},
    {"Reflect.get", reflect_get}, {"path.join", join_paths}, {"path.resolve", join_paths}, {"path.posix.join", join_paths},
    {"path.win32.join", join_paths}, {"path.normalize", join_paths}, {"path.dirname", path_dirname}, {"path.basename", path_basename},
    {"JSON.parse", json_parse}, {"JSON.stringify", json_stringify}, {"URL", url_make}, {"url.parse", url_make}, {"url.URL", url_make},
    {"url.fileURLToPath", same_object}, {"encodeURI", url_make}, {"Math.floor", math_floor}, {"Math.trunc", math_floor}, {"Math.pow", math_pow},
    {"Math.min", math_min}, {"Math.max", math_max}, {"crypto.createDecipheriv().update", decipher_update}};

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
    for (const Row& row : functions) built.emplace(row.name, row.pure);
    return built;
  }();
  const auto found = index.find(path);
  return found == index.end() ? nullptr : found->second;
}

Pure find_javascript_method(const Value& self, std::string_view name) {
  switch (self.kind) {
    case ValueKind::string: case ValueKind::bytes: return find_in(text_methods, name);
    case ValueKind::number: return name == "toString" ? text_to_string : nullptr;
    case ValueKind::list: return find_in(list_methods, name);
    case ValueKind::object: return find_in(object_methods, name);
    default: return nullptr;
  }
}

}  // namespace assay::code
