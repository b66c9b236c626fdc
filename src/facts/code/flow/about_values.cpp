// What is known of a value: where it came from, how it reads, whether it is constant.

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {

Value Interpreter::join(const Value& a, const Value& b) {
  const auto mixed = [&](Value value) {
    return value.with(a.from | b.from, a.trace != 0 ? a.trace : b.trace);
  };
  if (a.is_nothing()) return mixed(b);
  if (b.is_nothing()) return mixed(a);
  if (a.kind == b.kind && a.object == b.object && a.api == b.api && a.number == b.number &&
      (a.text == b.text || (a.text && b.text && *a.text == *b.text))) {
    return mixed(a);
  }
  if (b.is(ValueKind::unknown)) return mixed(a.is_textual() ? b : a);
  if (a.is(ValueKind::unknown)) return mixed(b);
  constexpr std::size_t most = 6;
  Object* both = make_object();
  for (const Value* side : {&a, &b}) {
    if (side->is(ValueKind::either)) {
      for (const Value& item : side->object->items) {
        if (both->items.size() < most) both->items.push_back(item);
      }
    } else if (both->items.size() < most) {
      both->items.push_back(*side);
    }
  }
  return mixed(Value::of_object(ValueKind::either, both));
}

namespace {

// Values are graphs and may be large: a look into one ends after so many parts.
constexpr int max_parts = 300;

void gather_sources(const Value& value, int depth, int& parts, Sources& sources) {
  sources |= value.from;
  if (value.object == nullptr || depth == 0 || --parts <= 0) return;
  sources |= value.object->from;
  if (value.is(ValueKind::function) || value.is(ValueKind::klass) || value.is(ValueKind::module))
    return;
  for (const Value& item : value.object->items) {
    if (parts <= 0) return;
    gather_sources(item, depth - 1, parts, sources);
  }
  for (const auto& property : value.object->properties) {
    if (parts <= 0) return;
    gather_sources(property.second, depth - 1, parts, sources);
  }
}

std::uint32_t find_trace(const Value& value, Sources wanted, int depth, int& parts) {
  if (value.trace != 0 && value.from.any(wanted)) return value.trace;
  if (value.object == nullptr || depth == 0 || --parts <= 0) return 0;
  if (value.object->trace != 0 && value.object->from.any(wanted)) return value.object->trace;
  for (const Value& item : value.object->items) {
    if (parts <= 0) return 0;
    if (const std::uint32_t found = find_trace(item, wanted, depth - 1, parts)) return found;
  }
  for (const auto& property : value.object->properties) {
    if (parts <= 0) return 0;
    if (const std::uint32_t found = find_trace(property.second, wanted, depth - 1, parts))
      return found;
  }
  return 0;
}

}  // namespace

Sources Interpreter::sources_of(const Value& value, int depth) const {
  Sources sources;
  int parts = max_parts;
  gather_sources(value, depth, parts, sources);
  return sources;
}

std::uint32_t Interpreter::trace_of(const Value& value, Sources wanted, int depth) const {
  if (wanted.empty()) return value.trace;
  int parts = max_parts;
  const std::uint32_t found = find_trace(value, wanted, depth, parts);
  return found != 0 ? found : value.trace;
}

// A callback of map or forEach is given the whole list each time: a long one is only looked through
// again after so many uses that the work stays in proportion to them.
bool Interpreter::is_constant(const Value& value, int depth) {
  constexpr std::size_t long_list = 64, items_a_use = 4;
  if (value.is_primitive_constant()) return true;
  if (depth == 0 || value.object == nullptr || value.object->open) return false;
  if (!value.is(ValueKind::list) && !value.is(ValueKind::object)) return false;
  if (value.object->made_by != nullptr || value.object->items.size() > 100'000) return false;
  const std::size_t size = value.object->items.size();
  const bool is_seen =
      size > long_list && value.object == constant_list_.list && size == constant_list_.size;
  if (is_seen && draw_from(constant_list_.uses_left, 1)) return true;
  for (const Value& item : value.object->items) {
    if (!is_constant(item, depth - 1)) return false;
  }
  for (const auto& property : value.object->properties) {
    if (!is_constant(property.second, depth - 1)) return false;
  }
  if (size > long_list) constant_list_ = {value.object, size, size / items_a_use};
  return true;
}

// A text for people and for matching: constants as they are, everything else a hole.
std::string Interpreter::show(const Value& value, int depth) const {
  constexpr std::size_t most_bytes = 64 * 1024;
  switch (value.kind) {
    case ValueKind::string:
    case ValueKind::bytes: return value.text->substr(0, most_bytes);
    case ValueKind::number: return number_to_string(value.number, Language::javascript);
    case ValueKind::boolean: return value.number != 0 ? "true" : "false";
    case ValueKind::undefined:
    case ValueKind::null: return "";
    case ValueKind::api: {
      // Instances of paths and requests read as what they were made from.
      if (value.object != nullptr && !value.object->items.empty() && depth > 0) {
        const std::string_view path = names_[value.api];
        if (path == "pathlib.Path()" || path == "open()" || path == "URL()" ||
            path.ends_with("Request()")) {
          return show(value.object->items[0], depth - 1);
        }
      }
      return std::string(hole);
    }
    case ValueKind::list: {
      if (depth == 0 || value.object == nullptr) return std::string(hole);
      std::string out;
      for (const Value& item : value.object->items) {
        if (!out.empty()) out += ' ';
        out += show(item, depth - 1);
        if (out.size() > most_bytes) break;
      }
      return out;
    }
    case ValueKind::object: {
      if (depth == 0 || value.object == nullptr) return std::string(hole);
      std::string out;
      for (const auto& [name, item] : value.object->properties) {
        if (item.is(ValueKind::function)) continue;
        if (!out.empty()) out += ' ';
        out += names_[name];
        out += '=';
        out += show(item, depth - 1);
        if (out.size() > most_bytes) break;
      }
      return out;
    }
    case ValueKind::either: {
      for (const Value& item : value.object->items) {
        if (item.is_constant_text()) return show(item, depth - 1);
      }
      return value.object->items.empty() || depth == 0 ? std::string(hole)
                                                       : show(value.object->items[0], depth - 1);
    }
    default: return std::string(hole);
  }
}

const std::u32string& Interpreter::characters(const std::shared_ptr<std::string>& text,
                                              bool utf16) {
  if (characters_of_ == text && characters_utf16_ == utf16) return characters_;
  characters_.clear();
  for (std::size_t at = 0; at < text->size();) {
    const char32_t c = next_code_point(*text, at);
    if (utf16 && c > 0xFFFF) {
      characters_ += 0xD800 + ((c - 0x10000) >> 10);
      characters_ += 0xDC00 + ((c - 0x10000) & 0x3FF);
    } else {
      characters_ += c;
    }
  }
  characters_of_ = text;
  characters_utf16_ = utf16;
  spend(text->size() / 64);
  return characters_;
}

}  // namespace assay::code
