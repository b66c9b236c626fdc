// Python's methods of str and bytes on constants.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/decoders.h"
#include "facts/code/flow/library_python.h"

namespace assay::code::python_library {

namespace {

Value like_self(PureCall& call, std::string value) {
  Value result = Value::string(std::move(value), call.self.complete);
  result.kind = call.self.kind;
  return result.with(from_of(call), trace_before(call));
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
  if (complete && short_parts >= telling && call.self.text->empty())
    call.interpreter.disguise(call.frame, call.site, Disguise::split_string, out);
  if (complete && short_parts >= telling && call.self.text->empty()) from |= Source::decoded;
  Value value = Value::string(std::move(out), complete);
  value.kind = call.self.kind;
  return value.with(from, trace);
}

std::optional<Value> replace(PureCall& call) {
  const auto from = constant(call.argument(0));
  const Value& to = call.argument(1);
  if (!call.self.is_textual() || !from || from->empty() || to.is(ValueKind::undefined))
    return std::nullopt;
  if (!call.interpreter.spend_text(call.self.text->size())) return std::nullopt;
  // What is put in need not be known: a template with one blank is still a text.
  const auto known = constant(to);
  const bool changes = contains(*call.self.text, *from);
  std::optional<std::string> out = replace_all_within(
      *call.self.text, *from, known ? *known : call.interpreter.show(to), max_text);
  if (!out || !call.interpreter.spend_text(out->size())) return std::nullopt;
  Value result = like_self(call, *std::move(out));
  result.complete = result.complete && (known.has_value() || !changes);
  if (changes) result.from |= call.interpreter.sources_of(to);
  return result;
}
std::optional<Value> lower(PureCall& call) {
  return like_self(call, to_lower_ascii(*call.self.text));
}
std::optional<Value> upper(PureCall& call) {
  std::string out = *call.self.text;
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return like_self(call, std::move(out));
}
std::optional<Value> swap_case(PureCall& call) {
  std::string out = *call.self.text;
  for (char& c : out) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
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
  if (!call.self.is_constant_text() || !call.interpreter.spend_text(call.self.text->size() * 2))
    return std::nullopt;
  std::vector<Value> parts;
  const auto add = [&](std::string_view part) {
    Value value = Value::string(std::string(part));
    value.kind = call.self.kind;
    parts.push_back(value.with(call.self.from, call.self.trace));
  };
  const auto separator = call.arguments.empty() || call.argument(0).is_nothing()
                             ? std::optional<std::string>()
                             : constant(call.argument(0));
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
  for (const std::string_view line : split_lines(*call.self.text))
    parts.push_back(Value::string(std::string(line)).with(call.self.from));
  if (!call.interpreter.spend(parts.size())) return std::nullopt;
  return call.interpreter.make_list(std::move(parts));
}
std::optional<Value> same_text(PureCall& call) {
  Value value = call.self;
  return value;
}
std::optional<Value> encode(PureCall& call) {
  const std::string codec =
      to_lower_ascii(call.arguments.empty() ? "utf-8" : constant(call.argument(0)).value_or("?"));
  if (codec == "rot13" || codec == "rot_13")
    return decoded(call, rot13(*call.self.text), "rot13", Disguise::encoded_blob, false);
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
// One text, or a tuple of which any will do.
template <bool (*meets)(std::string_view, std::string_view)>
std::optional<Value> begins_or_ends(PureCall& call) {
  const Value& given = call.argument(0);
  if (!call.self.is_constant_text() || call.arguments.size() != 1) return std::nullopt;
  if (given.is_constant_text()) return Value::boolean(meets(*call.self.text, *given.text));
  if (!given.is(ValueKind::list) || given.object->open) return std::nullopt;
  for (const Value& each : given.object->items) {
    if (!each.is_constant_text()) return std::nullopt;
    if (meets(*call.self.text, *each.text)) return Value::boolean(true);
  }
  return Value::boolean(false);
}
bool begins_with(std::string_view text, std::string_view part) { return text.starts_with(part); }
bool finishes_with(std::string_view text, std::string_view part) { return text.ends_with(part); }
std::optional<Value> translate(PureCall& call) {
  const Value& table = call.argument(0);
  if (!call.self.is_constant_text()) return std::nullopt;
  if (table.is_constant_text() && table.text->size() == 256) {
    std::string out = *call.self.text;
    for (char& c : out) c = (*table.text)[static_cast<unsigned char>(c)];
    return decoded(call, std::move(out), "translate", Disguise::decoder_loop,
                   call.self.is(ValueKind::bytes));
  }
  if (!table.is(ValueKind::object) || table.object->open) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < call.self.text->size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(*call.self.text, at);
    const Value* mapped = table.object->find(
        call.interpreter.names().intern(std::to_string(static_cast<unsigned>(c))));
    if (mapped == nullptr)
      out += call.self.text->substr(before, at - before);
    else if (mapped->is(ValueKind::number))
      append_utf8(out, static_cast<char32_t>(mapped->number));
    else if (mapped->is_constant_text())
      out += *mapped->text;
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
  while (static_cast<double>(out.size()) < std::min(call.argument(0).number, widest))
    out.insert(0, "0");
  return like_self(call, std::move(out));
}
std::optional<Value> count(PureCall& call) {
  const auto part = constant(call.argument(0));
  if (!call.self.is_constant_text() || !part || part->empty()) return std::nullopt;
  double found = 0;
  for (std::size_t at = call.self.text->find(*part); at != std::string::npos;
       at = call.self.text->find(*part, at + part->size()))
    ++found;
  return Value::of_number(found);
}

constexpr Row methods[] = {{"capitalize", same_text},
                           {"count", count},
                           {"decode", decode},
                           {"encode", encode},
                           {"endswith", begins_or_ends<finishes_with>},
                           {"expandtabs", same_text},
                           {"find", find_text},
                           {"format", format},
                           {"hex", to_hex},
                           {"index", find_text},
                           {"join", join},
                           {"lower", lower},
                           {"lstrip", strip_text},
                           {"replace", replace},
                           {"rstrip", strip_text},
                           {"split", split_text},
                           {"rsplit", split_text},
                           {"splitlines", split_lines_text},
                           {"startswith", begins_or_ends<begins_with>},
                           {"strip", strip_text},
                           {"swapcase", swap_case},
                           {"translate", translate},
                           {"upper", upper},
                           {"zfill", zfill},
                           {"casefold", lower},
                           {"tobytes", same_text},
                           {"__str__", same_text}};

std::optional<Value> chr(PureCall& call) {
  if (!call.argument(0).is(ValueKind::number)) return std::nullopt;
  std::string out;
  append_utf8(out,
              static_cast<char32_t>(std::max(0.0, std::min(call.argument(0).number, 1114111.0))));
  return Value::string(std::move(out)).with(from_of(call), trace_before(call));
}
std::optional<Value> ord(PureCall& call) {
  const Value& value = call.argument(0);
  if (!value.is_constant_text() || value.text->empty()) return std::nullopt;
  if (value.is(ValueKind::bytes))
    return Value::of_number(static_cast<unsigned char>((*value.text)[0])).with(value.from);
  std::size_t at = 0;
  return Value::of_number(next_code_point(*value.text, at)).with(value.from);
}
std::optional<Value> to_int(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::number) || value.is(ValueKind::boolean))
    return Value::of_number(std::trunc(value.number)).with(value.from);
  if (!value.is_constant_text()) return std::nullopt;
  int base =
      call.argument(1).is(ValueKind::number) ? static_cast<int>(call.argument(1).number) : 10;
  std::string text(trim(*value.text));
  if (base == 16 && (text.starts_with("0x") || text.starts_with("0X"))) text = text.substr(2);
  if (base == 2 && text.starts_with("0b")) text = text.substr(2);
  char* end = nullptr;
  const long long number = std::strtoll(text.c_str(), &end, base);
  // Python throws here: no number that anything equals.
  if (text.empty() || *end != '\0')
    return Value::of_number(std::nan("")).with(value.from, value.trace);
  return Value::of_number(static_cast<double>(number)).with(value.from, value.trace);
}
std::optional<Value> to_str(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::bytes) &&
      (call.arguments.size() > 1 || call.keyword("encoding") != nullptr)) {
    Value text = value;
    text.kind = ValueKind::string;
    return text;
  }
  if (value.is_textual()) {
    Value text = value;
    text.kind = ValueKind::string;
    return text;
  }
  if (value.is(ValueKind::object) && value.object->made_by != nullptr)
    return call.interpreter.as_primitive(call.frame, value, "__str__");
  const auto text = constant(value);
  if (!text || value.is(ValueKind::undefined)) {
    const Sources from = call.interpreter.sources_of(value);
    Value shown = Value::string(call.interpreter.show(value), false);
    return shown.with(from, call.interpreter.trace_of(value, from));
  }
  return Value::string(*text).with(value.from, value.trace);
}
// A text as Python writes it: in single quotes, unless it holds some and no double ones.
std::optional<Value> to_repr(PureCall& call) {
  const Value& value = call.argument(0);
  if (!value.is_textual()) return to_str(call);
  if (!call.interpreter.spend_text(value.text->size() * 4)) return std::nullopt;
  const bool is_bytes = value.is(ValueKind::bytes);
  const char quote = contains(*value.text, "'") && !contains(*value.text, "\"") ? '"' : '\'';
  std::string out = is_bytes ? "b" : "";
  out += quote;
  for (const char c : *value.text) {
    const auto byte = static_cast<unsigned char>(c);
    const char escape = c == quote || c == '\\' ? c
                        : c == '\n'             ? 'n'
                        : c == '\r'             ? 'r'
                        : c == '\t'             ? 't'
                                                : '\0';
    if (escape != '\0') {
      out += '\\';
      out += escape;
    } else if (byte < 0x20 || byte == 0x7F || (is_bytes && byte >= 0x80)) {
      out += "\\x" + hex(std::string_view(&c, 1));
    } else {
      out += c;
    }
  }
  out += quote;
  Value text = Value::string(std::move(out), value.complete);
  return text.with(value.from, value.trace);
}
std::optional<Value> to_bytes(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is_textual()) {
    Value out = value;
    out.kind = ValueKind::bytes;
    return out;
  }
  if (call.arguments.empty()) return call.interpreter.make_list({});
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
std::optional<Value> make_translation(PureCall& call) {
  const Value &from = call.argument(0), &to = call.argument(1);
  Object* table = call.interpreter.make_object();
  if (from.is(ValueKind::object)) {
    for (const auto& [name, value] : from.object->properties) {
      std::string key(call.interpreter.names()[name]);
      std::size_t at = 0;
      if (key.find_first_not_of("0123456789") != std::string::npos)
        key = std::to_string(static_cast<unsigned>(next_code_point(key, at)));
      table->set(call.interpreter.names().intern(key), value);
    }
    return Value::of_object(ValueKind::object, table);
  }
  if (!from.is_constant_text() || !to.is_constant_text()) return std::nullopt;
  std::size_t at = 0, to_at = 0;
  while (at < from.text->size() && to_at < to.text->size()) {
    const char32_t a = next_code_point(*from.text, at), b = next_code_point(*to.text, to_at);
    table->set(call.interpreter.names().intern(std::to_string(static_cast<unsigned>(a))),
               Value::of_number(b));
  }
  return Value::of_object(ValueKind::object, table);
}
constexpr Row functions[] = {{"chr", chr},
                             {"unichr", chr},
                             {"ord", ord},
                             {"int", to_int},
                             {"str", to_str},
                             {"repr", to_repr},
                             {"bytes", to_bytes},
                             {"bytearray", to_bytes},
                             {"memoryview", first_argument},
                             {"str.maketrans", make_translation},
                             {"bytes.maketrans", make_translation},
                             {"string.maketrans", make_translation},
                             {"textwrap.dedent", first_argument}};

}  // namespace

std::span<const Row> text_methods() { return methods; }
std::span<const Row> text_functions() { return functions; }

}  // namespace assay::code::python_library
