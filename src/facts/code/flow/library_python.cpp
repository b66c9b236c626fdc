// Python's own library on constants: what decoders and string builders need.
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

Sources from_of(PureCall& call) {
  Sources from = call.self.from;
  for (const Value& argument : call.arguments) {
    if (!argument.is(ValueKind::function)) from |= argument.from;
  }
  return from;
}

std::uint32_t trace_before(PureCall& call) {
  for (const Value& argument : call.arguments) {
    if (argument.trace != 0) return argument.trace;
  }
  return call.self.trace;
}

Value like_self(PureCall& call, std::string value) {
  Value result = Value::string(std::move(value), call.self.complete);
  result.kind = call.self.kind;
  return result.with(from_of(call), trace_before(call));
}

std::optional<std::string> constant(const Value& value) { return to_constant_string(value, Language::python); }

Value decoded(PureCall& call, std::string value, std::string how, Disguise kind = Disguise::encoded_blob, bool is_bytes = true) {
  constexpr std::size_t telling = 4;
  Value result = is_bytes ? Value::bytes(std::move(value)) : Value::string(std::move(value));
  result.from = from_of(call) | Source::decoded;
  if (result.text->size() < telling) return result;
  result.trace = call.interpreter.add_step(call.frame, call.site, std::move(how), trace_before(call));
  call.interpreter.disguise(call.frame, call.site, kind, *result.text);
  return result;
}

// --- text methods

std::optional<Value> join(PureCall& call) {
  const Value& list = call.argument(0);
  if (!call.self.is_textual()) return std::nullopt;
  std::vector<Value> items;
  bool complete = call.self.complete;
  if (list.is(ValueKind::list)) {
    items = list.object->items;
    complete = complete && !list.object->open;
  } else if (list.is_constant_text()) {
    for (std::size_t at = 0; at < list.text->size();) {
      const std::size_t before = at;
      next_code_point(*list.text, at);
      items.push_back(Value::string(list.text->substr(before, at - before)));
    }
  } else {
    return std::nullopt;
  }
  std::string out;
  Sources from = from_of(call) | (list.object != nullptr ? list.object->from : Sources());
  std::uint32_t trace = trace_before(call);
  std::size_t short_parts = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += *call.self.text;
    from |= call.interpreter.sources_of(items[i]);
    trace = trace != 0 ? trace : items[i].trace;
    complete = complete && items[i].is_constant_text();
    out += call.interpreter.show(items[i]);
    if (items[i].is_textual() && items[i].text->size() <= 2) ++short_parts;
    if (out.size() > max_text) return std::nullopt;
  }
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 8;
  if (complete && short_parts >= telling && call.self.text->empty()) call.interpreter.disguise(call.frame, call.site, Disguise::split_string, out);
  Value value = Value::string(std::move(out), complete);
  value.kind = call.self.kind;
  return value.with(from, trace);
}

std::optional<Value> replace(PureCall& call) {
  const auto from = constant(call.argument(0)), to = constant(call.argument(1));
  if (!call.self.is_textual() || !from || !to || from->empty()) return std::nullopt;
  if (!call.interpreter.spend_text(call.self.text->size())) return std::nullopt;
  std::string out = replace_all(*call.self.text, *from, *to);
  if (out.size() > max_text) return std::nullopt;
  return like_self(call, std::move(out));
}
std::optional<Value> lower(PureCall& call) { return like_self(call, to_lower_ascii(*call.self.text)); }
std::optional<Value> upper(PureCall& call) {
  std::string out = *call.self.text;
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return like_self(call, std::move(out));
}
std::optional<Value> swap_case(PureCall& call) {
  std::string out = *call.self.text;
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    else if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return like_self(call, std::move(out));
}
std::optional<Value> strip_text(PureCall& call) {
  if (call.arguments.empty()) return like_self(call, std::string(trim(*call.self.text)));
  const auto set = constant(call.argument(0));
  if (!set) return std::nullopt;
  std::string_view out = *call.self.text;
  while (!out.empty() && set->find(out.front()) != std::string::npos) out.remove_prefix(1);
  while (!out.empty() && set->find(out.back()) != std::string::npos) out.remove_suffix(1);
  return like_self(call, std::string(out));
}
std::optional<Value> split_text(PureCall& call) {
  if (!call.self.is_constant_text() || !call.interpreter.spend_text(call.self.text->size() * 2)) return std::nullopt;
  std::vector<Value> parts;
  const auto add = [&](std::string_view part) {
    Value value = Value::string(std::string(part));
    value.kind = call.self.kind;
    parts.push_back(value.with(call.self.from, call.self.trace));
  };
  const auto separator = call.arguments.empty() || call.argument(0).is_nothing() ? std::optional<std::string>() : constant(call.argument(0));
  std::string_view rest = *call.self.text;
  if (!separator) {
    if (!call.arguments.empty() && !call.argument(0).is_nothing()) return std::nullopt;
    while (true) {
      rest = trim(rest);
      if (rest.empty()) break;
      const std::size_t at = rest.find_first_of(" \t\r\n\f\v");
      add(rest.substr(0, at));
      if (at == std::string_view::npos) break;
      rest.remove_prefix(at);
    }
  } else {
    if (separator->empty()) return std::nullopt;
    while (true) {
      const std::size_t at = rest.find(*separator);
      add(rest.substr(0, at));
      if (at == std::string_view::npos) break;
      rest.remove_prefix(at + separator->size());
    }
  }
  return call.interpreter.make_list(std::move(parts));
}
std::optional<Value> split_lines_text(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  std::vector<Value> parts;
  for (const std::string_view line : split_lines(*call.self.text)) parts.push_back(Value::string(std::string(line)).with(call.self.from));
  if (!call.interpreter.spend(parts.size())) return std::nullopt;
  return call.interpreter.make_list(std::move(parts));
}
std::optional<Value> same_text(PureCall& call) {
  Value value = call.self;
  return value;
}
std::optional<Value> encode(PureCall& call) {
  const std::string codec = to_lower_ascii(call.arguments.empty() ? "utf-8" : constant(call.argument(0)).value_or("?"));
  if (codec == "rot13" || codec == "rot_13") return decoded(call, rot13(*call.self.text), "rot13", Disguise::encoded_blob, false);
  Value value = call.self;
  value.kind = ValueKind::bytes;
  if (codec == "latin-1" || codec == "latin1" || codec == "iso-8859-1") {
    std::string out;
    for (std::size_t at = 0; at < call.self.text->size();) {
      const char32_t c = next_code_point(*call.self.text, at);
      if (c > 0xFF) return std::nullopt;
      out += static_cast<char>(c);
    }
    value = Value::bytes(std::move(out)).with(call.self.from, call.self.trace);
  }
  value.complete = call.self.complete;
  return value;
}
std::optional<Value> decode_by_codec(PureCall& call, const Value& source, const std::string& codec) {
  if (!source.is_textual()) return std::nullopt;
  if (!source.complete) return std::nullopt;
  if (codec == "rot13" || codec == "rot_13") return decoded(call, rot13(*source.text), "rot13", Disguise::encoded_blob, false);
  if (codec == "hex" || codec == "hex_codec") {
    const auto out = decode_hex(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "hex")) : std::nullopt;
  }
  if (codec == "base64" || codec == "base64_codec" || codec == "base-64") {
    const auto out = decode_base64(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "base64")) : std::nullopt;
  }
  if (codec == "zlib" || codec == "zip" || codec == "zlib_codec") {
    const auto out = inflate_any(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "zlib")) : std::nullopt;
  }
  if (codec == "bz2" || codec == "bz2_codec") {
    const auto out = decode_bzip2(*source.text);
    return out ? std::optional<Value>(decoded(call, *out, "bz2")) : std::nullopt;
  }
  if (codec == "utf-16" || codec == "utf-16-le" || codec == "utf_16" || codec == "utf16") {
    std::string out;
    for (std::size_t i = 0; i + 1 < source.text->size(); i += 2) {
      const char32_t unit = static_cast<unsigned char>((*source.text)[i]) | (static_cast<char32_t>(static_cast<unsigned char>((*source.text)[i + 1])) << 8);
      if (unit != 0xFEFF) append_utf8(out, unit);
    }
    return Value::string(std::move(out)).with(from_of(call), trace_before(call));
  }
  if (codec == "unicode_escape" || codec == "unicode-escape" || codec == "raw_unicode_escape") {
    std::string quoted = "\"" + replace_all(*source.text, "\"", "\\\"") + "\"";
    auto value = read_json_value(call.interpreter, quoted);
    return value ? std::optional<Value>(value->with(from_of(call), trace_before(call))) : std::nullopt;
  }
  if (codec == "latin-1" || codec == "latin1" || codec == "iso-8859-1") {
    std::string out;
    for (const char byte : *source.text) append_utf8(out, static_cast<unsigned char>(byte));
    return Value::string(std::move(out)).with(from_of(call), trace_before(call));
  }
  Value value = source;
  value.kind = ValueKind::string;
  return value.with(from_of(call), trace_before(call));
}
std::optional<Value> decode(PureCall& call) {
  std::string codec = call.arguments.empty() ? "utf-8" : constant(call.argument(0)).value_or("?");
  if (const Value* named = call.keyword("encoding")) codec = constant(*named).value_or("?");
  return decode_by_codec(call, call.self, to_lower_ascii(codec));
}
std::optional<Value> format(PureCall& call) {
  if (!call.self.is_textual()) return std::nullopt;
  std::string out;
  bool complete = call.self.complete;
  Sources from = from_of(call);
  std::uint32_t trace = trace_before(call);
  std::size_t next = 0;
  const std::string& pattern = *call.self.text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
      out += c;
      ++i;
      continue;
    }
    const std::size_t close = c == '{' ? pattern.find('}', i) : std::string::npos;
    if (close == std::string::npos) {
      out += c;
      continue;
    }
    const std::string field = pattern.substr(i + 1, close - i - 1);
    const std::string name = field.substr(0, field.find_first_of(".[:!"));
    Value value = Value::unknown();
    if (name.empty()) {
      value = call.argument(next++);
    } else if (name.find_first_not_of("0123456789") == std::string::npos) {
      value = call.argument(static_cast<std::size_t>(std::strtoul(name.c_str(), nullptr, 10)));
    } else if (const Value* named = call.keyword(name)) {
      value = *named;
    }
    const auto text = name.size() == field.size() ? constant(value) : std::optional<std::string>();
    complete = complete && text.has_value() && !value.is(ValueKind::undefined);
    out += text ? *text : call.interpreter.show(value);
    from |= call.interpreter.sources_of(value);
    trace = trace != 0 ? trace : call.interpreter.trace_of(value, from);
    i = close;
    if (out.size() > max_text) return std::nullopt;
  }
  for (const Keyword& keyword : call.keywords) from |= call.interpreter.sources_of(keyword.value);
  return Value::string(std::move(out), complete).with(from, trace);
}
std::optional<Value> find_text(PureCall& call) {
  const auto part = constant(call.argument(0));
  if (!call.self.is_constant_text() || !part) return std::nullopt;
  const std::size_t at = call.self.text->find(*part);
  return Value::of_number(at == std::string::npos ? -1 : static_cast<double>(at));
}
std::optional<Value> starts_with(PureCall& call) {
  if (!call.self.is_constant_text() || !call.argument(0).is_constant_text()) return std::nullopt;
  return Value::boolean(call.self.text->starts_with(*call.argument(0).text));
}
std::optional<Value> ends_with(PureCall& call) {
  if (!call.self.is_constant_text() || !call.argument(0).is_constant_text()) return std::nullopt;
  return Value::boolean(call.self.text->ends_with(*call.argument(0).text));
}
std::optional<Value> translate(PureCall& call) {
  const Value& table = call.argument(0);
  if (!call.self.is_constant_text()) return std::nullopt;
  if (table.is_constant_text() && table.text->size() == 256) {
    std::string out = *call.self.text;
    for (char& c : out) c = (*table.text)[static_cast<unsigned char>(c)];
    return decoded(call, std::move(out), "translate", Disguise::decoder_loop, call.self.is(ValueKind::bytes));
  }
  if (!table.is(ValueKind::object) || table.object->open) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < call.self.text->size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(*call.self.text, at);
    const Value* mapped = table.object->find(call.interpreter.names().intern(std::to_string(static_cast<unsigned>(c))));
    if (mapped == nullptr) out += call.self.text->substr(before, at - before);
    else if (mapped->is(ValueKind::number)) append_utf8(out, static_cast<char32_t>(mapped->number));
    else if (mapped->is_constant_text()) out += *mapped->text;
  }
  return decoded(call, std::move(out), "translate", Disguise::decoder_loop, false);
}
std::optional<Value> to_hex(PureCall& call) {
  if (!call.self.is_constant_text()) return std::nullopt;
  return Value::string(hex(*call.self.text)).with(call.self.from, call.self.trace);
}
std::optional<Value> zfill(PureCall& call) {
  if (!call.self.is_constant_text() || !call.argument(0).is(ValueKind::number)) return std::nullopt;
  std::string out = *call.self.text;
  constexpr double widest = 4096;
  while (static_cast<double>(out.size()) < std::min(call.argument(0).number, widest)) out.insert(0, "0");
  return like_self(call, std::move(out));
}
std::optional<Value> count(PureCall& call) {
  const auto part = constant(call.argument(0));
  if (!call.self.is_constant_text() || !part || part->empty()) return std::nullopt;
  double found = 0;
  for (std::size_t at = call.self.text->find(*part); at != std::string::npos; at = call.self.text->find(*part, at + part->size())) ++found;
  return Value::of_number(found);
}

// --- list and dict methods

std::optional<Value> append(PureCall& call) {
  if (call.self.is(ValueKind::list)) append_bounded(*call.self.object, call.argument(0));
  return Value::null();
}
std::optional<Value> extend(PureCall& call) {
  const Value& more = call.argument(0);
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  if (!more.is(ValueKind::list)) {
    call.self.object->open = true;
    call.self.object->from |= call.interpreter.sources_of(more);
    return Value::null();
  }
  const std::vector<Value> items = more.object->items;
  if (!call.interpreter.spend(items.size())) return std::nullopt;
  call.self.object->items.insert(call.self.object->items.end(), items.begin(), items.end());
  call.self.object->open = call.self.object->open || more.object->open;
  return Value::null();
}
std::optional<Value> insert(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !call.argument(0).is(ValueKind::number)) return std::nullopt;
  auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  const double at = std::clamp(call.argument(0).number < 0 ? call.argument(0).number + size : call.argument(0).number, 0.0, size);
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), call.argument(1));
  return Value::null();
}
std::optional<Value> pop(PureCall& call) {
  if (call.self.is(ValueKind::list)) {
    auto& items = call.self.object->items;
    if (items.empty()) return std::nullopt;
    const double at = call.argument(0).is(ValueKind::number) ? call.argument(0).number : -1;
    const auto i = static_cast<std::ptrdiff_t>(at < 0 ? at + static_cast<double>(items.size()) : at);
    if (i < 0 || i >= static_cast<std::ptrdiff_t>(items.size())) return std::nullopt;
    Value value = items[static_cast<std::size_t>(i)];
    items.erase(items.begin() + i);
    return value;
  }
  return std::nullopt;
}
std::optional<Value> reverse(PureCall& call) {
  if (call.self.is(ValueKind::list)) std::ranges::reverse(call.self.object->items);
  return Value::null();
}
std::optional<Value> dict_get(PureCall& call) {
  if (!call.self.is(ValueKind::object)) return std::nullopt;
  const auto name = constant(call.argument(0));
  if (!name) return std::nullopt;
  if (const Value* found = call.self.object->find(call.interpreter.names().intern(*name))) return *found;
  if (call.self.object->open) return std::nullopt;
  return call.arguments.size() > 1 ? call.argument(1) : Value::null();
}
std::optional<Value> dict_items(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open || call.self.object->made_by != nullptr) return std::nullopt;
  std::vector<Value> entries;
  for (const auto& [name, value] : call.self.object->properties) {
    entries.push_back(call.interpreter.make_list({Value::string(std::string(call.interpreter.names()[name])), value}));
  }
  return call.interpreter.make_list(std::move(entries));
}
std::optional<Value> dict_values(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open || call.self.object->made_by != nullptr) return std::nullopt;
  std::vector<Value> values;
  for (const auto& property : call.self.object->properties) values.push_back(property.second);
  return call.interpreter.make_list(std::move(values));
}
std::optional<Value> dict_keys(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open || call.self.object->made_by != nullptr) return std::nullopt;
  std::vector<Value> keys;
  for (const auto& property : call.self.object->properties) keys.push_back(Value::string(std::string(call.interpreter.names()[property.first])));
  return call.interpreter.make_list(std::move(keys));
}
std::optional<Value> dict_update(PureCall& call) {
  if (!call.self.is(ValueKind::object)) return std::nullopt;
  Object* target = call.self.object;
  for (const Value& source : call.arguments) {
    if (source.is(ValueKind::object)) {
      for (const auto& [name, value] : std::vector(source.object->properties)) target->set(name, value);
      target->open = target->open || source.object->open;
      target->from |= source.object->from | source.from;
    } else {
      target->open = true;
      target->from |= call.interpreter.sources_of(source);
      if (target->trace == 0) target->trace = call.interpreter.trace_of(source, target->from);
    }
  }
  for (const Keyword& keyword : call.keywords) target->set(keyword.name, keyword.value);
  return Value::null();
}

constexpr Row text_methods[] = {
    {"capitalize", same_text}, {"count", count}, {"decode", decode}, {"encode", encode}, {"endswith", ends_with},
    {"expandtabs", same_text}, {"find", find_text}, {"format", format}, {"hex", to_hex}, {"index", find_text}, {"join", join},
    {"lower", lower}, {"lstrip", strip_text}, {"replace", replace}, {"rstrip", strip_text}, {"split", split_text},
    {"rsplit", split_text}, {"splitlines", split_lines_text}, {"startswith", starts_with}, {"strip", strip_text},
    {"swapcase", swap_case}, {"translate", translate}, {"upper", upper}, {"zfill", zfill}, {"casefold", lower},
    {"tobytes", same_text}, {"__str__", same_text}};
constexpr Row list_methods[] = {{"append", append}, {"extend", extend}, {"insert", insert}, {"pop", pop}, {"reverse", reverse},
                                {"add", append}};
constexpr Row object_methods[] = {{"get", dict_get}, {"items", dict_items}, {"iteritems", dict_items}, {"values", dict_values},
                                  {"keys", dict_keys}, {"update", dict_update}};

// --- functions

std::optional<Value> chr(PureCall& call) {
  if (!call.argument(0).is(ValueKind::number)) return std::nullopt;
  std::string out;
  append_utf8(out, static_cast<char32_t>(std::max(0.0, std::min(call.argument(0).number, 1114111.0))));
  return Value::string(std::move(out)).with(from_of(call), trace_before(call));
}
std::optional<Value> ord(PureCall& call) {
  const Value& value = call.argument(0);
  if (!value.is_constant_text() || value.text->empty()) return std::nullopt;
  if (value.is(ValueKind::bytes)) return Value::of_number(static_cast<unsigned char>((*value.text)[0])).with(value.from);
  std::size_t at = 0;
  return Value::of_number(next_code_point(*value.text, at)).with(value.from);
}
std::optional<Value> length(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::list) && !value.object->open) return Value::of_number(static_cast<double>(value.object->items.size()));
  if (value.is(ValueKind::bytes) && value.complete) return Value::of_number(static_cast<double>(value.text->size()));
  if (value.is_constant_text()) return Value::of_number(static_cast<double>(call.interpreter.characters(value.text, false).size()));
  return Value::unknown();
}
std::optional<Value> to_int(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::number) || value.is(ValueKind::boolean)) return Value::of_number(std::trunc(value.number)).with(value.from);
  if (!value.is_constant_text()) return std::nullopt;
  int base = call.argument(1).is(ValueKind::number) ? static_cast<int>(call.argument(1).number) : 10;
  std::string text(trim(*value.text));
  if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) text = text.substr(2);
  if (base == 2 && text.starts_with("0b")) text = text.substr(2);
  char* end = nullptr;
  const long long number = std::strtoll(text.c_str(), &end, base);
  if (text.empty() || *end != '\0') return std::nullopt;
  return Value::of_number(static_cast<double>(number)).with(value.from, value.trace);
}
std::optional<Value> to_str(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::bytes) && (call.arguments.size() > 1 || call.keyword("encoding") != nullptr)) {
    Value text = value;
    text.kind = ValueKind::string;
    return text;
  }
  if (value.is_textual()) {
    Value text = value;
    text.kind = ValueKind::string;
    return text;
  }
  const auto text = constant(value);
  if (!text || value.is(ValueKind::undefined)) {
    const Sources from = call.interpreter.sources_of(value);
    Value shown = Value::string(call.interpreter.show(value), false);
    return shown.with(from, call.interpreter.trace_of(value, from));
  }
  return Value::string(*text).with(value.from, value.trace);
}
std::optional<Value> to_bytes(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is_textual()) {
    Value out = value;
    out.kind = ValueKind::bytes;
    return out;
  }
  if (!value.is(ValueKind::list) || value.object->open) return std::nullopt;
  std::string out;
  for (const Value& item : value.object->items) {
    if (!item.is(ValueKind::number)) return std::nullopt;
    out += static_cast<char>(static_cast<int>(item.number) & 0xFF);
  }
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 5;
  if (out.size() < telling) return Value::bytes(std::move(out));
  return decoded(call, std::move(out), "byte values", Disguise::character_codes);
}
std::optional<Value> range(PureCall& call) {
  double from = 0, to = 0, step = 1;
  for (const Value& argument : call.arguments) {
    if (!argument.is(ValueKind::number)) return std::nullopt;
  }
  if (call.arguments.size() == 1) to = call.argument(0).number;
  if (call.arguments.size() >= 2) from = call.argument(0).number, to = call.argument(1).number;
  if (call.arguments.size() >= 3) step = call.argument(2).number;
  constexpr double most = 300'000;
  if (step == 0 || call.arguments.empty() || std::fabs((to - from) / step) > most) return std::nullopt;
  std::vector<Value> items;
  for (double i = from; step > 0 ? i < to : i > to; i += step) items.push_back(Value::of_number(i));
  if (!call.interpreter.spend(items.size() / 4)) return std::nullopt;
  return call.interpreter.make_list(std::move(items));
}
std::optional<std::vector<Value>> items_of(PureCall& call, const Value& value) {
  std::vector<Value> items;
  if (value.is(ValueKind::list)) {
    if (value.object->open) return std::nullopt;
    items = value.object->items;
  } else if (value.is(ValueKind::bytes) && value.complete) {
    for (const char byte : *value.text) items.push_back(Value::of_number(static_cast<unsigned char>(byte)).with(value.from, value.trace));
  } else if (value.is_constant_text()) {
    for (std::size_t at = 0; at < value.text->size();) {
      const std::size_t before = at;
      next_code_point(*value.text, at);
      items.push_back(Value::string(value.text->substr(before, at - before)).with(value.from, value.trace));
    }
  } else {
    return std::nullopt;
  }
  if (!call.interpreter.spend(items.size() / 2)) return std::nullopt;
  return items;
}
std::optional<Value> to_list(PureCall& call) {
  if (call.arguments.empty()) return call.interpreter.make_list({});
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  return call.interpreter.make_list(std::move(*items));
}
std::optional<Value> to_dict(PureCall& call) {
  Object* object = call.interpreter.make_object();
  if (call.argument(0).is(ValueKind::object)) {
    for (const auto& [name, value] : call.argument(0).object->properties) object->set(name, value);
    object->open = call.argument(0).object->open;
    object->from = call.argument(0).object->from;
  } else if (call.argument(0).is(ValueKind::list)) {
    for (const Value& pair : call.argument(0).object->items) {
      if (!pair.is(ValueKind::list) || pair.object->items.size() != 2) continue;
      if (const auto name = constant(pair.object->items[0])) object->set(call.interpreter.names().intern(*name), pair.object->items[1]);
    }
  } else if (!call.arguments.empty()) {
    object->open = true;
    object->from = call.interpreter.sources_of(call.argument(0));
    object->trace = call.interpreter.trace_of(call.argument(0), object->from);
  }
  for (const Keyword& keyword : call.keywords) object->set(keyword.name, keyword.value);
  return Value::of_object(ValueKind::object, object);
}
std::optional<Value> reversed(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  std::ranges::reverse(*items);
  return call.interpreter.make_list(std::move(*items));
}
std::optional<Value> enumerate(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < items->size(); ++i) out.push_back(call.interpreter.make_list({Value::of_number(static_cast<double>(i)), (*items)[i]}));
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> zip(PureCall& call) {
  std::vector<std::vector<Value>> columns;
  std::size_t shortest = SIZE_MAX;
  for (const Value& argument : call.arguments) {
    auto items = items_of(call, argument);
    if (!items) return std::nullopt;
    shortest = std::min(shortest, items->size());
    columns.push_back(std::move(*items));
  }
  if (columns.empty() || !call.interpreter.spend(shortest * columns.size())) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < shortest; ++i) {
    std::vector<Value> row;
    for (const auto& column : columns) row.push_back(column[i]);
    out.push_back(call.interpreter.make_list(std::move(row)));
  }
  return call.interpreter.make_list(std::move(out));
}
// itertools.cycle: as long as anything it can be zipped with here.
std::optional<Value> cycle(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items || items->empty()) return std::nullopt;
  constexpr std::size_t enough = 65'536;
  std::vector<Value> out;
  while (out.size() < enough && call.interpreter.spend(items->size())) out.insert(out.end(), items->begin(), items->end());
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> map_values(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items) {
    Value once = call.interpreter.call(call.frame, call.argument(0), Value::undefined(),
                                       {Value::unknown(call.interpreter.sources_of(call.argument(1)))}, call.site);
    Value list = call.interpreter.make_list({once});
    list.object->open = true;
    return list;
  }
  std::vector<Value> out;
  for (const Value& item : *items) {
    if (!call.interpreter.spend(1)) break;
    out.push_back(call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site));
  }
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> filter_values(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items) return std::nullopt;
  std::vector<Value> out;
  for (const Value& item : *items) {
    const auto keeps = truth(call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site), Language::python);
    if (!keeps || *keeps) out.push_back(item);
  }
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> reduce(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items || items->empty()) return std::nullopt;
  Value total = call.arguments.size() > 2 ? call.argument(2) : (*items)[0];
  for (std::size_t i = call.arguments.size() > 2 ? 0 : 1; i < items->size() && call.interpreter.spend(1); ++i) {
    total = call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {total, (*items)[i]}, call.site);
  }
  return total;
}
std::optional<Value> get_attribute(PureCall& call) {
  const auto name = constant(call.argument(1));
  if (!name || !call.argument(1).is_textual()) {
    return Value::unknown(call.interpreter.sources_of(call.argument(0)) | Source::unresolved);
  }
  const Value& object = call.argument(0);
  if (object.is(ValueKind::api)) call.interpreter.disguise(call.frame, call.site, Disguise::computed_member, *name);
  Value value = call.interpreter.property(call.frame, object, call.interpreter.names().intern(*name));
  if ((value.is(ValueKind::unknown) || value.is_nothing()) && call.arguments.size() > 2 && !object.is(ValueKind::api)) return call.argument(2);
  return value;
}
std::optional<Value> set_attribute(PureCall& call) {
  const auto name = constant(call.argument(1));
  if (name) call.interpreter.set_property(call.frame, call.argument(0), call.interpreter.names().intern(*name), call.argument(2), call.site);
  return Value::null();
}
std::optional<Value> globals(PureCall& call) { return Value::of_api(call.interpreter.names().intern("globals()")); }
std::optional<Value> vars(PureCall& call) {
  return call.arguments.empty() ? Value::of_api(call.interpreter.names().intern("globals()")) : call.argument(0);
}
std::optional<Value> first_argument(PureCall& call) { return call.argument(0); }
std::optional<Value> compile_text(PureCall& call) { return call.argument(0).is_textual() ? std::optional<Value>(call.argument(0)) : std::nullopt; }

using Decoder = std::optional<std::string> (*)(std::string_view);
std::optional<Value> decode_with(PureCall& call, Decoder decoder, std::string how) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  const auto out = decoder(*source.text);
  if (!out || !call.interpreter.spend_text(out->size())) return std::nullopt;
  return decoded(call, *out, std::move(how));
}
std::optional<Value> b64(PureCall& call) { return decode_with(call, decode_base64, "base64"); }
std::optional<Value> b32(PureCall& call) { return decode_with(call, decode_base32, "base32"); }
std::optional<Value> b85(PureCall& call) { return decode_with(call, decode_base85, "base85"); }
std::optional<Value> a85(PureCall& call) { return decode_with(call, decode_ascii85, "ascii85"); }
std::optional<Value> unhex(PureCall& call) { return decode_with(call, decode_hex, "hex"); }
std::optional<Value> zlib(PureCall& call) { return decode_with(call, inflate_any, "zlib"); }
std::optional<Value> bzip2(PureCall& call) { return decode_with(call, decode_bzip2, "bz2"); }
std::optional<Value> lzma(PureCall& call) { return decode_with(call, decode_lzma, "lzma"); }
std::optional<Value> unquote(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text()) return std::nullopt;
  std::string out = decode_percent(*source.text);
  if (out == *source.text) return source;
  return decoded(call, std::move(out), "percent-encoding", Disguise::encoded_blob, false);
}
std::optional<Value> codecs_decode(PureCall& call) {
  return decode_by_codec(call, call.argument(0), to_lower_ascii(constant(call.argument(1)).value_or("utf-8")));
}
std::optional<Value> marshal_loads(PureCall& call) {
  const Value& source = call.argument(0);
  Value value = Value::unknown(source.from | Source::decoded);
  value.trace = call.interpreter.add_step(call.frame, call.site, "marshal", source.trace);
  return value;
}
// The i-th argument that the receiver was made with.
const Value* made_with(PureCall& call, std::size_t i) {
  const Object* made = call.self.object;
  return made != nullptr && i < made->items.size() ? &made->items[i] : nullptr;
}
Value decrypted(PureCall& call, std::string text, std::string how) {
  Value value = decoded(call, std::move(text), std::move(how));
  return value.with(Source::decrypted);
}
// Fernet(key).decrypt(token) with both constant.
std::optional<Value> fernet_decrypt(PureCall& call) {
  const Value* key = made_with(call, 0);
  if (key == nullptr || !key->is_constant_text() || !call.argument(0).is_constant_text()) return std::nullopt;
  const auto plain = decrypt_fernet(*key->text, *call.argument(0).text);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  return decrypted(call, *plain, "fernet");
}
// AES.new(key, AES.MODE_x, iv).decrypt(bytes) with all constant.
std::optional<Value> aes_decrypt(PureCall& call) {
  const Value *key = made_with(call, 0), *mode = made_with(call, 1), *iv = made_with(call, 2);
  if (key == nullptr || !key->is_constant_text() || mode == nullptr || !mode->is(ValueKind::api) || !call.argument(0).is_constant_text()) return std::nullopt;
  const std::string_view mode_name = call.interpreter.names()[mode->api];
  const std::string_view cipher_mode = mode_name.ends_with("CBC") ? "cbc" : mode_name.ends_with("ECB") ? "ecb" : mode_name.ends_with("CTR") ? "ctr" : "";
  if (cipher_mode.empty()) return std::nullopt;
  const std::string name = "aes-" + std::to_string(key->text->size() * 8) + "-" + std::string(cipher_mode);
  const auto plain = decrypt_cipher(name, *key->text, iv != nullptr && iv->is_constant_text() ? *iv->text : "", *call.argument(0).text);
  if (!plain || !call.interpreter.spend_text(plain->size())) return std::nullopt;
  return decrypted(call, *plain, name);
}
std::optional<Value> int_from_bytes(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is_constant_text() || source.text->size() > 6) return std::nullopt;
  double value = 0;
  std::string bytes = *source.text;
  if (constant(call.argument(1)).value_or("big") == "little") std::ranges::reverse(bytes);
  for (const char byte : bytes) value = value * 256 + static_cast<unsigned char>(byte);
  return Value::of_number(value).with(source.from);
}
std::optional<Value> bytes_from_hex(PureCall& call) { return unhex(call); }
std::optional<Value> make_translation(PureCall& call) {
  const Value &from = call.argument(0), &to = call.argument(1);
  Object* table = call.interpreter.make_object();
  if (from.is(ValueKind::object)) {
    for (const auto& [name, value] : from.object->properties) {
      std::string key(call.interpreter.names()[name]);
      std::size_t at = 0;
      if (key.find_first_not_of("0123456789") != std::string::npos) key = std::to_string(static_cast<unsigned>(next_code_point(key, at)));
      table->set(call.interpreter.names().intern(key), value);
    }
    return Value::of_object(ValueKind::object, table);
  }
  if (!from.is_constant_text() || !to.is_constant_text()) return std::nullopt;
  std::size_t at = 0, to_at = 0;
  while (at < from.text->size() && to_at < to.text->size()) {
    const char32_t a = next_code_point(*from.text, at), b = next_code_point(*to.text, to_at);
    table->set(call.interpreter.names().intern(std::to_string(static_cast<unsigned>(a))), Value::of_number(b));
  }
  return Value::of_object(ValueKind::object, table);
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
    if (part.starts_with('/')) out = part;
    else out += (out.empty() || out.ends_with('/') ? "" : "/") + part;
  }
  if (out.size() > max_path_bytes || !call.interpreter.spend_text(out.size())) return Value::unknown(from, trace);
  return Value::string(std::move(out), complete).with(from, trace);
}
std::optional<Value> dirname(PureCall& call) {
  const Value& path = call.argument(0);
  if (!path.is_textual()) return std::nullopt;
  const std::size_t slash = path.text->rfind('/');
  return Value::string(slash == std::string::npos ? "" : path.text->substr(0, slash), path.complete).with(path.from, path.trace);
}
std::optional<Value> basename(PureCall& call) {
  const Value& path = call.argument(0);
  if (!path.is_textual()) return std::nullopt;
  const std::size_t slash = path.text->rfind('/');
  return Value::string(slash == std::string::npos ? *path.text : path.text->substr(slash + 1), path.complete).with(path.from, path.trace);
}
std::optional<Value> json_loads(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  auto value = read_json_value(call.interpreter, *call.argument(0).text);
  return value ? std::optional<Value>(value->with(call.argument(0).from, call.argument(0).trace)) : std::nullopt;
}
std::optional<Value> json_dumps(PureCall& call) {
  const Sources from = call.interpreter.sources_of(call.argument(0));
  Value out = Value::string(call.interpreter.show(call.argument(0)), false);
  return out.with(from, call.interpreter.trace_of(call.argument(0), from));
}
std::optional<Value> path_make(PureCall& call) {
  std::string out;
  Sources from;
  for (const Value& argument : call.arguments) {
    out += (out.empty() ? "" : "/") + call.interpreter.show(argument);
    from |= call.interpreter.sources_of(argument);
  }
  Object* made = call.interpreter.make_object();
  made->items.push_back(Value::string(out, !contains(out, hole)).with(from));
  Value value = Value::of_api(call.interpreter.names().intern("pathlib.Path()"));
  value.object = made;
  return value;
}
std::optional<Value> sum(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  double total = 0;
  for (const Value& item : *items) {
    if (!item.is(ValueKind::number)) return std::nullopt;
    total += item.number;
  }
  return Value::of_number(total);
}

constexpr Row functions[] = {
    {"chr", chr}, {"unichr", chr}, {"ord", ord}, {"len", length}, {"int", to_int}, {"str", to_str}, {"repr", to_str},
    {"bytes", to_bytes}, {"bytearray", to_bytes}, {"memoryview", first_argument}, {"range", range}, {"xrange", range}, {"list", to_list},
    {"tuple", to_list}, {"set", to_list}, {"iter", to_list}, {"dict", to_dict}, {"reversed", reversed}, {"enumerate", enumerate},
    {"zip", zip}, {"itertools.cycle", cycle}, {"map", map_values}, {"filter", filter_values}, {"functools.reduce", reduce},
    {"reduce", reduce}, {"sum", sum}, {"getattr", get_attribute}, {"setattr", set_attribute}, {"globals", globals}, {"locals", globals},
    {"vars", vars}, {"compile", compile_text}, {"functools.partial", first_argument}, {"base64.b64decode", b64},
    {"base64.standard_b64decode", b64}, {"base64.urlsafe_b64decode", b64}, {"base64.decodebytes", b64}, {"base64.decodestring", b64},
    {"binascii.a2b_base64", b64}, {"base64.b32decode", b32}, {"base64.b16decode", unhex}, {"base64.b85decode", b85},
    {"base64.a85decode", a85}, {"binascii.unhexlify", unhex}, {"binascii.a2b_hex", unhex}, {"bytes.fromhex", bytes_from_hex},
    {"bytearray.fromhex", bytes_from_hex}, {"zlib.decompress", zlib}, {"gzip.decompress", zlib}, {"bz2.decompress", bzip2},
    {"lzma.decompress", lzma}, {"urllib.parse.unquote", unquote}, {"urllib.unquote", unquote}, {"codecs.decode", codecs_decode},
    {"marshal.loads", marshal_loads}, {"int.from_bytes", int_from_bytes}, {"str.maketrans", make_translation},
    {"bytes.maketrans", make_translation}, {"string.maketrans", make_translation}, {"os.path.join", join_paths}, {"posixpath.join", join_paths},
    {"ntpath.join", join_paths}, {"os.path.dirname", dirname}, {"os.path.basename", basename}, {"os.path.abspath", first_argument},
    {"os.path.realpath", first_argument}, {"os.path.normpath", first_argument}, {"os.path.expandvars", first_argument}, {"os.fspath", first_argument},
    {"json.loads", json_loads}, {"json.dumps", json_dumps}, {"pathlib.Path", path_make}, {"pathlib.PurePath", path_make},
    {"pathlib.PosixPath", path_make}, {"pathlib.WindowsPath", path_make}, {"io.BytesIO", first_argument}, {"io.StringIO", first_argument},
    {"copy.copy", first_argument}, {"copy.deepcopy", first_argument}, {"cryptography.fernet.Fernet().decrypt", fernet_decrypt}, {"fernet.Fernet().decrypt", fernet_decrypt},
    {"Crypto.Cipher.AES.new().decrypt", aes_decrypt}, {"Cryptodome.Cipher.AES.new().decrypt", aes_decrypt},
    {"textwrap.dedent", first_argument}, {"shlex.split", nullptr}, {"staticmethod", first_argument}, {"classmethod", first_argument},
    {"property", first_argument}, {"asyncio.run", nullptr}};

Pure find_in(std::span<const Row> rows, std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return row.pure;
  }
  return nullptr;
}

}  // namespace

Pure find_python_function(std::string_view path) {
  static const std::unordered_map<std::string_view, Pure> index = [] {
    std::unordered_map<std::string_view, Pure> built;
    for (const Row& row : functions) built.emplace(row.name, row.pure);
    return built;
  }();
  const auto found = index.find(path);
  return found == index.end() ? nullptr : found->second;
}

Pure find_python_method(const Value& self, std::string_view name) {
  switch (self.kind) {
    case ValueKind::string: case ValueKind::bytes: return find_in(text_methods, name);
    case ValueKind::list: return find_in(list_methods, name);
    case ValueKind::object: return find_in(object_methods, name);
    default: return nullptr;
  }
}

}  // namespace assay::code
