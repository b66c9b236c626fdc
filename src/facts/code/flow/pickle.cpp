#include "facts/code/flow/pickle.h"

#include <map>

#include "base/text.h"

namespace assay::code {
namespace {

constexpr std::size_t max_opcodes = 20'000;
constexpr std::size_t max_stack = 10'000;

class Unpickler {
 public:
  Unpickler(PureCall& call, std::string_view stream) : call_(call), rest_(stream) {}

  Value run() {
    for (std::size_t count = 0; count < max_opcodes && !rest_.empty() && !stopped_; ++count) {
      if (!call_.interpreter.spend(1)) break;
      const auto opcode = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      step(opcode);
      if (stack_.size() > max_stack) break;
    }
    return stack_.empty() ? Value::unknown() : stack_.back();
  }

 private:
  void step(unsigned char opcode) {
    switch (opcode) {
      case '.': stopped_ = true; break;
      case 0x80: take(1); break;  // PROTO
      case 0x95: take(8); break;  // FRAME
      case '(': marks_.push_back(stack_.size()); break;
      case '0': pop(); break;
      case '1': items_to_mark(); break;
      case '2':
        if (!stack_.empty()) push(Value(stack_.back()));
        break;
      case 'N': push(Value::null()); break;
      case 0x88:
      case 0x89: push(Value::boolean(opcode == 0x88)); break;
      case 'c':
      case 'i': {
        const std::string_view module = line(), name = line();
        push(global(module, name));
        if (opcode == 'i') reduce(call_.interpreter.make_list(items_to_mark()));
        break;
      }
      case 0x93: {
        const Value name = pop(), module = pop();
        push(global(module.text ? *module.text : "", name.text ? *name.text : ""));
        break;
      }
      case 'R':
      case 0x81: reduce(pop()); break;
      case 'o': {
        std::vector<Value> items = items_to_mark();
        if (items.empty()) break;
        push(Value(items[0]));
        items.erase(items.begin());
        reduce(call_.interpreter.make_list(std::move(items)));
        break;
      }
      case 'b': pop(); break;
      default:
        if (!text(opcode) && !number(opcode) && !container(opcode) && !memo(opcode))
          stopped_ = true;
    }
  }

  bool text(unsigned char opcode) {
    switch (opcode) {
      case 'S':
      case 'V': push(Value::string(unquoted(line(), opcode == 'V'))); return true;
      case 'U':
      case 'C':
      case 0x8c: push_text(1, opcode == 'C'); return true;
      case 'T':
      case 'X':
      case 'B': push_text(4, opcode == 'B'); return true;
      case 0x8d:
      case 0x8e: push_text(8, opcode == 0x8e); return true;
      default: return false;
    }
  }

  bool number(unsigned char opcode) {
    switch (opcode) {
      case 'I':
      case 'L':
      case 'F':
        push(Value::of_number(std::strtod(std::string(line()).c_str(), nullptr)));
        return true;
      case 'K': push(Value::of_number(static_cast<double>(size(1)))); return true;
      case 'M': push(Value::of_number(static_cast<double>(size(2)))); return true;
      case 'J':
        push(Value::of_number(static_cast<double>(static_cast<std::int32_t>(size(4)))));
        return true;
      case 'G':
        take(8);
        push(Value::unknown());
        return true;
      case 0x8a:
        take(size(1));
        push(Value::unknown());
        return true;
      default: return false;
    }
  }

  bool container(unsigned char opcode) {
    Interpreter& interpreter = call_.interpreter;
    switch (opcode) {
      case 't':
      case 'l':
      case 0x90:
      case 0x91: push(interpreter.make_list(items_to_mark())); return true;
      case ')':
      case ']':
      case 0x8f: push(interpreter.make_list({})); return true;
      case 0x85:
      case 0x86:
      case 0x87: {
        std::vector<Value> items(opcode - 0x84u);
        for (std::size_t i = items.size(); i-- > 0;) items[i] = pop();
        push(interpreter.make_list(std::move(items)));
        return true;
      }
      case '}': push(Value::of_object(ValueKind::object, interpreter.make_object())); return true;
      case 'd':
        items_to_mark();
        push(Value::of_object(ValueKind::object, interpreter.make_object()));
        return true;
      case 'a': pop(); return true;
      case 's':
        pop();
        pop();
        return true;
      case 'e':
      case 'u': items_to_mark(); return true;
      default: return false;
    }
  }

  bool memo(unsigned char opcode) {
    std::uint64_t key = 0;
    switch (opcode) {
      case 'p':
      case 'g': key = hash(line()); break;
      case 'q':
      case 'h': key = hash(std::to_string(size(1))); break;
      case 'r':
      case 'j': key = hash(std::to_string(size(4))); break;
      case 0x94: key = hash(std::to_string(memo_.size())); break;
      default: return false;
    }
    if (opcode == 'g' || opcode == 'h' || opcode == 'j') {
      push(Value(memo_[key]));
    } else if (!stack_.empty() && memo_.size() < max_stack) {
      memo_[key] = stack_.back();
    }
    return true;
  }

  static std::uint64_t hash(std::string_view key) { return std::hash<std::string_view>{}(key); }

  void push(Value value) { stack_.push_back(std::move(value)); }
  Value pop() {
    if (stack_.empty()) return Value::unknown();
    Value value = std::move(stack_.back());
    stack_.pop_back();
    return value;
  }
  std::vector<Value> items_to_mark() {
    const std::size_t mark = marks_.empty() ? 0 : std::min(marks_.back(), stack_.size());
    if (!marks_.empty()) marks_.pop_back();
    std::vector<Value> items(stack_.begin() + static_cast<std::ptrdiff_t>(mark), stack_.end());
    stack_.resize(mark);
    return items;
  }

  std::string_view take(std::uint64_t count) {
    const std::string_view part =
        rest_.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(count, rest_.size())));
    rest_.remove_prefix(part.size());
    return part;
  }
  std::string_view line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view part = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return part;
  }
  std::uint64_t size(int bytes) {
    std::uint64_t value = 0;
    const std::string_view part = take(static_cast<std::uint64_t>(bytes));
    for (std::size_t i = part.size(); i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(part[i]);
    return value;
  }
  void push_text(int bytes, bool is_bytes) {
    Value value = Value::string(std::string(take(size(bytes))));
    if (is_bytes) value.kind = ValueKind::bytes;
    push(std::move(value));
  }

  // 'text' with escapes, or raw text in which only \uXXXX is one.
  static std::string unquoted(std::string_view text, bool is_raw) {
    if (!is_raw && text.size() >= 2) text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\' || i + 1 >= text.size()) {
        out += text[i];
        continue;
      }
      const char kind = text[i + 1];
      const std::size_t digits = kind == 'u' ? 4 : kind == 'x' && !is_raw ? 2 : 0;
      if (digits > 0 && i + 1 + digits < text.size()) {
        append_utf8(out, static_cast<char32_t>(std::strtoul(
                             std::string(text.substr(i + 2, digits)).c_str(), nullptr, 16)));
        i += 1 + digits;
      } else if (is_raw) {
        out += '\\';
      } else {
        out += kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
        ++i;
      }
    }
    return out;
  }

  Value global(std::string_view module, std::string_view name) {
    const bool is_builtin = module == "builtins" || module == "__builtin__";
    return Value::of_api(call_.interpreter.names().intern(
        is_builtin ? std::string(name) : std::string(module) + "." + std::string(name)));
  }

  void reduce(const Value& arguments) {
    const Value callee = pop();
    std::vector<Value> given;
    if (arguments.is(ValueKind::list)) given = arguments.object->items;
    for (Value& each : given) each = each.with(call_.argument(0).from, call_.argument(0).trace);
    push(call_.interpreter.call(call_.frame, callee, Value::undefined(), std::move(given),
                                call_.site));
  }

  PureCall& call_;
  std::string_view rest_;
  bool stopped_ = false;
  std::vector<Value> stack_;
  std::vector<std::size_t> marks_;
  std::map<std::uint64_t, Value> memo_;
};

}  // namespace

Value run_pickle(PureCall& call, std::string_view stream) { return Unpickler(call, stream).run(); }

}  // namespace assay::code
