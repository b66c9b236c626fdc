// Conversions and operators of JavaScript and Python on constants.
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr std::size_t max_text = 8u << 20;

std::int32_t to_int32(double number) {
  if (!std::isfinite(number)) return 0;
  const double wrapped = std::fmod(std::trunc(number), 4294967296.0);
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(wrapped)));
}

std::string describe_function(const Value& value, Interpreter* interpreter) {
  std::string name;
  if (value.is(ValueKind::api) && interpreter != nullptr) {
    const std::string_view path = interpreter->names()[value.api];
    name = path.substr(path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.') + 1);
  }
  return "function " + name + "() { [native code] }";
}

// Has a conversion of its own, or is not what it seems.
bool describes_itself(const Object& object, Interpreter* interpreter) {
  if (object.properties.empty()) return false;
  if (interpreter == nullptr) return true;
  for (const std::string_view name :
       {"toString", "valueOf", "Symbol.toPrimitive", "Symbol.toStringTag", "__proto__"}) {
    if (object.find(interpreter->names().intern(name)) != nullptr) return true;
  }
  return false;
}

std::optional<std::string> text_of_pattern(const Object& pattern, Names& names) {
  const Value* source = pattern.find(names.intern("source"));
  const Value* flags = pattern.find(names.intern("flags"));
  if (source == nullptr || !source->is_constant_text()) return std::nullopt;
  const bool has_flags = flags != nullptr && flags->is_constant_text();
  return "/" + *source->text + "/" + (has_flags ? *flags->text : "");
}

}  // namespace

std::optional<std::string> javascript_text(const Value& value, Interpreter* interpreter,
                                           int depth) {
  if (const auto plain = to_constant_string(value, Language::javascript)) return plain;
  if (depth == 0) return std::nullopt;
  if (value.is(ValueKind::list) && !value.object->open) {
    if (interpreter != nullptr && !value.object->properties.empty() &&
        value.object->find(interpreter->names().intern("Symbol.toStringTag")) != nullptr) {
      return "[object Array Iterator]";
    }
    std::string out;
    for (std::size_t i = 0; i < value.object->items.size(); ++i) {
      if (i > 0) out += ',';
      if (value.object->items[i].is_nothing()) continue;
      const auto item = javascript_text(value.object->items[i], interpreter, depth - 1);
      if (!item) return std::nullopt;
      out += *item;
      if (out.size() > max_text) return std::nullopt;
    }
    return out;
  }
  if (value.is(ValueKind::object) && value.object->made_by == nullptr && !value.object->open &&
      !value.object->has_fallback && !value.object->is_proxy &&
      !describes_itself(*value.object, interpreter)) {
    return "[object Object]";
  }
  if (value.is(ValueKind::object) && value.object->has_fallback && interpreter != nullptr &&
      interpreter->names()[value.object->fallback] == "RegExp()") {
    return text_of_pattern(*value.object, interpreter->names());
  }
  if (value.is(ValueKind::api) && value.object == nullptr && interpreter != nullptr &&
      value.from.empty()) {
    const std::string_view path = interpreter->names()[value.api];
    if (path.starts_with("Array") || path.starts_with("String") || path.starts_with("Number") ||
        path.starts_with("Boolean") || path.starts_with("Function") || path.starts_with("Object")) {
      return describe_function(value, interpreter);
    }
  }
  return std::nullopt;
}

namespace {

Value text_with_holes(Interpreter& interpreter, const Value& left, const Value& right) {
  std::string text = interpreter.show(left);
  text += interpreter.show(right);
  if (text.size() > max_text || !interpreter.spend_text(text.size()))
    return Value::unknown(left.from | right.from);
  return Value::string(std::move(text), false);
}

}  // namespace

std::optional<bool> truth(const Value& value, Language language) {
  switch (value.kind) {
    case ValueKind::undefined:
    case ValueKind::null: return false;
    case ValueKind::boolean: return value.number != 0;
    case ValueKind::number: return value.number != 0 && !std::isnan(value.number);
    case ValueKind::string:
    case ValueKind::bytes:
      if (!value.text->empty()) return true;
      return value.complete ? std::optional<bool>(false) : std::nullopt;
    case ValueKind::list:
      if (language == Language::javascript) return true;
      if (value.object->open) return std::nullopt;
      return !value.object->items.empty();
    case ValueKind::object:
      if (language == Language::javascript) return true;
      if (value.object->open || value.object->made_by != nullptr) return std::nullopt;
      return !value.object->properties.empty();
    case ValueKind::function:
    case ValueKind::klass:
    case ValueKind::module: return true;
    default: return std::nullopt;
  }
}

std::optional<double> to_number(const Value& value) {
  switch (value.kind) {
    case ValueKind::undefined: return std::nan("");
    case ValueKind::null: return 0.0;
    case ValueKind::boolean:
    case ValueKind::number: return value.number;
    case ValueKind::string: {
      if (!value.complete) return std::nullopt;
      const std::string text(trim(*value.text));
      if (text.empty()) return 0.0;
      if (text == "Infinity") return HUGE_VAL;
      if (text.size() > 2 && text[0] == '0' &&
          (text[1] == 'x' || text[1] == 'o' || text[1] == 'b' || text[1] == 'X')) {
        return number_value(text);
      }
      char* end = nullptr;
      const double number = std::strtod(text.c_str(), &end);
      if (*end != '\0' || text.find_first_of("xXpPnN") != std::string::npos) return std::nan("");
      return number;
    }
    case ValueKind::list:
      if (value.object->open) return std::nullopt;
      if (value.object->items.empty()) return 0.0;
      if (value.object->items.size() == 1 && !value.object->items[0].is(ValueKind::list))
        return to_number(value.object->items[0]);
      return std::nan("");
    default: return std::nullopt;
  }
}

std::string number_to_string(double number, Language language, int radix) {
  if (std::isnan(number)) return language == Language::python ? "nan" : "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  constexpr double exact = 9007199254740992.0;
  if (radix != 10) {
    std::string digits;
    double whole = std::trunc(std::fabs(number));
    double fraction = std::fabs(number) - whole;
    do {
      const int digit = static_cast<int>(std::fmod(whole, radix));
      digits.insert(digits.begin(), static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10));
      whole = std::floor(whole / radix);
    } while (whole > 0 && digits.size() < 1100);
    if (fraction > 0) {
      digits += '.';
      for (int i = 0; i < 52 && fraction > 0; ++i) {
        fraction *= radix;
        const int digit = static_cast<int>(fraction);
        digits += static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10);
        fraction -= digit;
      }
    }
    return number < 0 ? "-" + digits : digits;
  }
  if (number == std::trunc(number) && std::fabs(number) < exact) {
    return std::to_string(static_cast<long long>(number));
  }
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  std::string text(buffer, end);
  return text;
}

std::optional<std::string> to_constant_string(const Value& value, Language language) {
  switch (value.kind) {
    case ValueKind::string:
    case ValueKind::bytes:
      if (!value.complete) return std::nullopt;
      return *value.text;
    case ValueKind::number: return number_to_string(value.number, language);
    case ValueKind::boolean:
      if (language == Language::python) return value.number != 0 ? "True" : "False";
      return value.number != 0 ? "true" : "false";
    case ValueKind::undefined: return "undefined";
    case ValueKind::null: return language == Language::python ? "None" : "null";
    default: return std::nullopt;
  }
}

std::optional<bool> compare_values(Op op, const Value& left, const Value& right,
                                   Language language) {
  const bool negates =
      op == Op::not_equal || op == Op::strict_not_equal || op == Op::is_not || op == Op::not_in;
  if (op == Op::in || op == Op::not_in) {
    if (left.is_constant_text() && right.is_constant_text() && language == Language::python) {
      return contains(*right.text, *left.text) != negates;
    }
    if (right.is(ValueKind::list) && !right.object->open && left.is_primitive_constant() &&
        language == Language::python) {
      for (const Value& item : right.object->items) {
        const auto same = compare_values(Op::equal, left, item, language);
        if (!same) return std::nullopt;
        if (*same) return !negates;
      }
      return negates;
    }
    return std::nullopt;
  }
  if (op == Op::instance_of) return std::nullopt;
  const bool is_equality = negates || op == Op::equal || op == Op::strict_equal || op == Op::is;
  if (is_equality) {
    if (left.is_nothing() && right.is_nothing()) {
      return (op == Op::equal || op == Op::not_equal || left.kind == right.kind) != negates;
    }
    if (left.is_textual() && right.is_textual()) {
      if (!left.complete || !right.complete) return std::nullopt;
      return (*left.text == *right.text &&
              (left.kind == right.kind || language == Language::javascript)) != negates;
    }
    const auto is_number = [](const Value& value) {
      return value.is(ValueKind::number) || value.is(ValueKind::boolean);
    };
    if (is_number(left) && is_number(right)) return (left.number == right.number) != negates;
    const auto is_known = [](const Value& value) {
      return value.is_primitive_constant() || value.is(ValueKind::function) ||
             value.is(ValueKind::list) || value.is(ValueKind::klass);
    };
    if (op == Op::strict_equal || op == Op::strict_not_equal || op == Op::is || op == Op::is_not) {
      if (is_known(left) && is_known(right) && left.kind != right.kind) return negates;
    } else if (left.is_nothing() != right.is_nothing() && is_known(left) && is_known(right)) {
      return negates;
    } else if (left.is_primitive_constant() && right.is_primitive_constant() &&
               language == Language::javascript) {
      const auto a = to_number(left), b = to_number(right);
      if (a && b) return (*a == *b) != negates;
    }
    return std::nullopt;
  }
  if (left.is_constant_text() && right.is_constant_text()) {
    const int order = left.text->compare(*right.text);
    switch (op) {
      case Op::less: return order < 0;
      case Op::less_equal: return order <= 0;
      case Op::greater: return order > 0;
      case Op::greater_equal: return order >= 0;
      default: return std::nullopt;
    }
  }
  const auto a = to_number(left), b = to_number(right);
  if (!a || !b) return std::nullopt;
  switch (op) {
    case Op::less: return *a < *b;
    case Op::less_equal: return *a <= *b;
    case Op::greater: return *a > *b;
    case Op::greater_equal: return *a >= *b;
    default: return std::nullopt;
  }
}

namespace {

std::optional<double> arithmetic(Op op, double a, double b, Language language) {
  switch (op) {
    case Op::add: return a + b;
    case Op::subtract: return a - b;
    case Op::multiply: return a * b;
    case Op::divide: return a / b;
    case Op::floor_divide: return b == 0 ? std::optional<double>() : std::floor(a / b);
    case Op::modulo:
      if (language == Language::python)
        return b == 0 ? std::optional<double>() : a - b * std::floor(a / b);
      return std::fmod(a, b);
    case Op::power: return std::pow(a, b);
    default: break;
  }
  if (language == Language::javascript) {
    const std::int32_t x = to_int32(a), y = to_int32(b);
    switch (op) {
      case Op::bit_and: return x & y;
      case Op::bit_or: return x | y;
      case Op::bit_xor: return x ^ y;
      case Op::shift_left:
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << (y & 31));
      case Op::shift_right: return x >> (y & 31);
      case Op::shift_right_unsigned: return static_cast<std::uint32_t>(x) >> (y & 31);
      default: return std::nullopt;
    }
  }
  constexpr double exact = 9007199254740992.0;
  if (std::fabs(a) > exact || std::fabs(b) > exact) return std::nullopt;
  const auto x = static_cast<std::int64_t>(a), y = static_cast<std::int64_t>(b);
  switch (op) {
    case Op::bit_and: return static_cast<double>(x & y);
    case Op::bit_or: return static_cast<double>(x | y);
    case Op::bit_xor: return static_cast<double>(x ^ y);
    case Op::shift_left:
      return y < 0 || y > 52 ? std::optional<double>() : std::ldexp(a, static_cast<int>(y));
    case Op::shift_right:
      return y < 0 || y > 62 ? std::optional<double>() : static_cast<double>(x >> y);
    default: return std::nullopt;
  }
}

// text * n, list * n, text % values, list + list, dict | dict.
std::optional<Value> python_operation(Interpreter& interpreter, Op op, const Value& left,
                                      const Value& right) {
  if (op == Op::multiply) {
    const Value& sequence = left.is(ValueKind::number) ? right : left;
    const Value& count = left.is(ValueKind::number) ? left : right;
    if (count.is(ValueKind::number) && sequence.is_constant_text()) {
      const double bytes = count.number * static_cast<double>(sequence.text->size());
      if (count.number < 0 || bytes > static_cast<double>(max_text) ||
          !interpreter.spend_text(static_cast<std::size_t>(bytes)))
        return std::nullopt;
      std::string text;
      for (int i = 0; i < static_cast<int>(count.number); ++i) text += *sequence.text;
      Value value = Value::string(std::move(text));
      value.kind = sequence.kind;
      return value.with(left.from | right.from);
    }
    if (count.is(ValueKind::number) && sequence.is(ValueKind::list) && count.number >= 0 &&
        count.number * static_cast<double>(sequence.object->items.size()) < 100'000) {
      std::vector<Value> items;
      for (int i = 0; i < static_cast<int>(count.number); ++i) {
        items.insert(items.end(), sequence.object->items.begin(), sequence.object->items.end());
      }
      return interpreter.make_list(std::move(items));
    }
  }
  if (op == Op::add && left.is(ValueKind::list) && right.is(ValueKind::list)) {
    std::vector<Value> items = left.object->items;
    items.insert(items.end(), right.object->items.begin(), right.object->items.end());
    if (!interpreter.spend(items.size() / 8)) return std::nullopt;
    Value list = interpreter.make_list(std::move(items));
    list.object->open = left.object->open || right.object->open;
    list.object->from = left.object->from | right.object->from;
    return list.with(left.from | right.from);
  }
  if (op == Op::modulo && left.is_textual()) {
    std::vector<Value> values =
        right.is(ValueKind::list) ? right.object->items : std::vector<Value>{right};
    std::string out;
    bool complete = left.complete;
    std::size_t next = 0;
    const std::string& format = *left.text;
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 >= format.size()) {
        out += format[i];
        continue;
      }
      std::size_t end = i + 1;
      std::string key;
      if (format[end] == '(') {
        const std::size_t close = format.find(')', end);
        if (close == std::string::npos) break;
        key = format.substr(end + 1, close - end - 1);
        end = close + 1;
      }
      while (end < format.size() && contains("0123456789.+-# *", std::string_view(&format[end], 1)))
        ++end;
      if (end >= format.size()) break;
      if (format[end] == '%') {
        out += '%';
      } else {
        Value value = Value::unknown();
        if (!key.empty() && right.is(ValueKind::object)) {
          if (const Value* found = right.object->find(interpreter.names().intern(key)))
            value = *found;
        } else if (next < values.size()) {
          value = values[next++];
        }
        if (format[end] == 'c' && value.is(ValueKind::number)) {
          append_utf8(out, static_cast<char32_t>(value.number));
        } else {
          const auto text = to_constant_string(value, Language::python);
          complete = complete && text.has_value();
          out += text ? *text : interpreter.show(value);
        }
      }
      i = end;
      if (out.size() > max_text) return std::nullopt;
    }
    Value value = Value::string(std::move(out), complete);
    value.kind = left.kind;
    return value.with(interpreter.sources_of(left) | interpreter.sources_of(right),
                      interpreter.trace_of(right, {}));
  }
  return std::nullopt;
}

}  // namespace

Value binary_operation(Interpreter& interpreter, Op op, const Value& left, const Value& right,
                       Language language) {
  const Sources from = left.from | right.from;
  const std::uint32_t trace = left.trace != 0 ? left.trace : right.trace;
  if (language == Language::python) {
    if (const auto value = python_operation(interpreter, op, left, right)) return *value;
    // pathlib: path / "name"
    if (op == Op::divide && (left.is(ValueKind::api) || left.is_textual()) &&
        !right.is(ValueKind::number)) {
      const std::string text = interpreter.show(left) + "/" + interpreter.show(right);
      Value path = Value::string(text, !contains(text, hole));
      if (left.is_textual()) return path.with(from, trace);
      Object* made = interpreter.make_object();
      made->items.push_back(
          path.with(interpreter.sources_of(left) | interpreter.sources_of(right)));
      Value value = Value::of_api(interpreter.names().intern("pathlib.Path()"));
      value.object = made;
      return value.with(from, trace);
    }
  }
  if (op == Op::add) {
    if (left.is_textual() && right.is_textual()) {
      if (left.text->size() + right.text->size() > max_text ||
          !interpreter.spend_text(left.text->size() + right.text->size())) {
        return Value::unknown(from, trace);
      }
      Value value = Value::string(*left.text + *right.text, left.complete && right.complete);
      if (left.is(ValueKind::bytes) && right.is(ValueKind::bytes)) value.kind = ValueKind::bytes;
      return value.with(from, trace);
    }
    const bool numeric =
        (left.is(ValueKind::number) || left.is(ValueKind::boolean) || left.is_nothing()) &&
        (right.is(ValueKind::number) || right.is(ValueKind::boolean) || right.is_nothing());
    if (language == Language::javascript && !numeric) {
      const auto a = javascript_text(left, &interpreter, 4),
                 b = javascript_text(right, &interpreter, 4);
      if (a && b) {
        if (!interpreter.spend_text(a->size() + b->size())) return Value::unknown(from, trace);
        return Value::string(*a + *b).with(from, trace);
      }
    }
    if (left.is_textual() || right.is_textual()) {
      return text_with_holes(interpreter, left, right)
          .with(interpreter.sources_of(left) | interpreter.sources_of(right),
                trace != 0 ? trace : interpreter.trace_of(right, {}));
    }
  }
  const auto is_numeric = [&](const Value& value) {
    return value.is(ValueKind::number) || value.is(ValueKind::boolean) ||
           (language == Language::javascript &&
            (value.is(ValueKind::string) || value.is_nothing() || value.is(ValueKind::list)));
  };
  if (is_numeric(left) && is_numeric(right)) {
    const auto a = to_number(left), b = to_number(right);
    if (a && b) {
      if (const auto result = arithmetic(op, *a, *b, language)) {
        // Python has little other use for it than to undo what was done to a text.
        const bool undoes = op == Op::bit_xor && language == Language::python;
        return Value::of_number(*result).with(undoes ? from | Source::decoded : from, trace);
      }
    }
  }
  return Value::unknown(interpreter.sources_of(left) | interpreter.sources_of(right), trace);
}

}  // namespace assay::code
