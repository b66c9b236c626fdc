// One code object as lines of Python, see bytecode.h: a stack of texts in place of values, and a
// block for each part that a jump leads around.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/code/python/bytecode_objects.h"
#include "facts/code/python/bytecode_operations.h"
#include "facts/code/python/bytecode_writer.h"

namespace assay::code::python {

using Names = std::vector<std::string>;

// What the stack of the interpreter would hold, as text.
struct Item {
  std::string text = "None";
  int code = -1;            // a function that was made of this code object and has no name yet
  std::string module = {};  // of import_name: what `from` takes names out of
  bool is_null = false;     // what calls put beside a function
  bool is_fresh = false;    // an empty list literal, or a module without a list of names
  Names names = {};         // of a constant tuple of texts
};

// A part of the instructions that a jump leads around.
struct Block {
  std::size_t end = 0;
  std::size_t depth = 0;  // of the stack where it began
  bool is_loop = false;
  bool is_else = false;
  std::string value;  // of both branches of a conditional expression
};

// `a and b`: the right side ends there.
struct Junction {
  std::size_t at = 0;
  std::string left;
};

constexpr int max_nesting = 40;
constexpr std::size_t max_simple = 48;

class CodeWriter {
 public:
  CodeWriter(const Bytecode& bytecode, int number, Writer& out, int nesting)
      : bytecode_(bytecode),
        code_(bytecode.codes[static_cast<std::size_t>(number)]),
        out_(out),
        minor_(out.minor()),
        nesting_(nesting) {}

  void write() {
    const bool is_wide = minor_ < 0;
    std::uint32_t extended = 0;
    for (std::size_t at = 0; at < code_.code.size() && out_.has_room();) {
      const std::size_t begin = at;
      const auto opcode = static_cast<unsigned char>(code_.code[at]);
      std::uint32_t argument = 0;
      if (!is_wide) {
        if (at + 1 < code_.code.size()) argument = static_cast<unsigned char>(code_.code[at + 1]);
        at += 2;
      } else if (++at; opcode >= 90) {
        for (std::size_t i = 2; i-- > 0;)
          argument =
              argument << 8 |
              (at + i < code_.code.size() ? static_cast<unsigned char>(code_.code[at + i]) : 0u);
        at += 2;
      }
      const Meaning meaning = meaning_of(minor_, opcode);
      argument |= extended << (is_wide ? 16 : 8);
      extended = meaning.operation == Operation::extended ? argument : 0;
      if (meaning.operation == Operation::extended) continue;
      next_ = at;
      // From 3.11 on the instruction's own cache follows, and jumps count from behind it.
      while (minor_ >= 11 && next_ + 1 < code_.code.size() && code_.code[next_] == 0) next_ += 2;
      close_blocks(begin);
      step(meaning, argument);
      if (meaning.operation != Operation::nothing) last_ = meaning.operation;
    }
    close_blocks(code_.code.size() + 1);
  }

 private:
  // --- the stack
  void push(std::string text) { stack_.push_back({.text = std::move(text)}); }
  void push_null() { stack_.push_back({.is_null = true}); }
  Item take() {
    if (stack_.empty()) return {};
    Item item = std::move(stack_.back());
    stack_.pop_back();
    return item;
  }
  std::string pop() { return text_of(take()); }
  // Functions get their name and body where they are first used.
  std::string text_of(const Item& item) {
    if (item.is_null) return "None";
    return item.code < 0 ? item.text : define(item.code);
  }
  std::vector<std::string> pop_many(std::uint32_t count) {
    std::vector<std::string> items(std::min<std::size_t>(count, stack_.size()));
    for (std::size_t i = items.size(); i-- > 0;) items[i] = pop();
    return items;
  }
  // A name for what is used more than once, so that no text doubles and no call is made twice.
  std::string settle(Item& item) {
    const bool is_simple = item.code < 0 && item.text.size() <= max_simple &&
                           item.text.find_first_of("([{ ") == std::string::npos;
    if (item.is_null || is_simple) return item.text;
    const std::string name = out_.new_name("v");
    line(name + " = " + text_of(item));
    item = {.text = name, .module = item.module};
    return name;
  }
  Item* from_top(std::uint32_t depth) {
    return depth == 0 || depth > stack_.size() ? nullptr : &stack_[stack_.size() - depth];
  }

  static std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
  }
  void line(const std::string& text) { out_.line(text); }
  static std::string at(const Names& names, std::size_t i) {
    return i < names.size() ? names[i] : "_";
  }
  std::string variable(std::size_t i) const {
    const std::string name = at(code_.variables, i);
    return name.starts_with(".") ? "arg" + name.substr(1) : name;
  }
  std::string cell(std::size_t i) const { return minor_ >= 11 ? variable(i) : at(code_.cells, i); }
  const CodeObject::Constant& constant(std::size_t i) const {
    static const CodeObject::Constant none{"None", -1, {}};
    return i < code_.constants.size() ? code_.constants[i] : none;
  }

  // --- functions and classes
  static std::string identifier(std::string_view name) {
    std::string out;
    for (const char c : name) {
      const bool is_letter =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (is_letter) out += c;
    }
    return out.empty() || (out[0] >= '0' && out[0] <= '9') ? "f" + out : out;
  }

  void body(const std::string& head, int number) {
    line(head);
    out_.indent(1);
    if (nesting_ >= max_nesting) {
      out_.not_understood();
    } else {
      CodeWriter(bytecode_, number, out_, nesting_ + 1).write();
    }
    line("pass");
    out_.indent(-1);
  }

  std::string define(int number) {
    const CodeObject& made = bytecode_.codes[static_cast<std::size_t>(number)];
    const auto known = defined_.find(number);
    if (known != defined_.end()) return known->second;
    const std::string name = out_.new_name(identifier(made.name));
    std::string parameters;
    std::size_t count =
        std::min<std::size_t>(made.arguments + made.keyword_only, made.variables.size());
    const auto add = [&](std::string_view prefix, std::size_t i) {
      std::string parameter = at(made.variables, i);
      if (parameter.starts_with(".")) parameter = "arg" + parameter.substr(1);
      parameters += (parameters.empty() ? "" : ", ") + std::string(prefix) + parameter;
    };
    for (std::size_t i = 0; i < count; ++i) add("", i);
    constexpr std::uint32_t takes_rest = 4, takes_keywords = 8;
    if ((made.flags & takes_rest) != 0) add("*", count++);
    if ((made.flags & takes_keywords) != 0) add("**", count);
    defined_[number] = name;
    body("def " + name + "(" + parameters + "):", number);
    return name;
  }

  // --- calls
  void finish_call(Item callee, std::vector<Item> arguments, const Names& keywords) {
    if (callee.text == "__build_class__" && !arguments.empty() && arguments[0].code >= 0) {
      std::vector<std::string> bases;
      for (std::size_t i = 2; i < arguments.size(); ++i) bases.push_back(text_of(arguments[i]));
      const std::string name = out_.new_name(
          identifier(bytecode_.codes[static_cast<std::size_t>(arguments[0].code)].name));
      body("class " + name + "(" + joined(bases) + "):", arguments[0].code);
      push(name);
      return;
    }
    const std::size_t positional = arguments.size() - std::min(arguments.size(), keywords.size());
    std::string text = text_of(callee) + "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (i > 0) text += ", ";
      if (i >= positional) text += keywords[i - positional] + "=";
      text += text_of(arguments[i]);
    }
    push(text + ")");
  }
  std::vector<Item> take_many(std::size_t count) {
    count = std::min(count, stack_.size());
    std::vector<Item> items(
        std::make_move_iterator(stack_.end() - static_cast<std::ptrdiff_t>(count)),
        std::make_move_iterator(stack_.end()));
    stack_.resize(stack_.size() - count);
    return items;
  }
  // The two below the arguments: a function and nothing, in either order, or a function and the
  // first of its arguments.
  void call_above_pair(std::size_t count, const Names& keywords) {
    std::vector<Item> arguments = take_many(count);
    Item upper = take(), lower = take();
    if (lower.is_null) {
      finish_call(std::move(upper), std::move(arguments), keywords);
      return;
    }
    if (!upper.is_null) arguments.insert(arguments.begin(), std::move(upper));
    finish_call(std::move(lower), std::move(arguments), keywords);
  }
  void call_unpacked(bool has_keywords) {
    std::string text;
    const std::string named = has_keywords ? ", **" + pop() : "";
    const std::string rest = pop();
    Item callee = take();
    if (callee.is_null || (minor_ >= 11 && !stack_.empty() && stack_.back().is_null)) {
      Item other = take();
      if (callee.is_null) callee = std::move(other);
    }
    push(text_of(callee) + "(*" + rest + named + ")");
  }
  void call_old(std::uint32_t argument, bool has_rest, bool has_keywords) {
    const std::string named = has_keywords ? ", **" + pop() : "",
                      rest = has_rest ? ", *" + pop() : "";
    std::vector<std::string> pairs;
    for (std::uint32_t i = 0; i < (argument >> 8) && !stack_.empty(); ++i) {
      const std::string value = pop();
      std::string name = pop();
      if (name.size() > 2) name = identifier(name);
      pairs.insert(pairs.begin(), name + "=" + value);
    }
    std::vector<Item> arguments = take_many(argument & 0xFF);
    if (pairs.empty() && rest.empty() && named.empty()) {
      Item callee = take();
      finish_call(std::move(callee), std::move(arguments), {});
      return;
    }
    std::vector<std::string> texts;
    for (const Item& item : arguments) texts.push_back(text_of(item));
    texts.insert(texts.end(), pairs.begin(), pairs.end());
    std::string all = joined(texts) + rest + named;
    if (all.starts_with(", ")) all = all.substr(2);
    push(pop() + "(" + all + ")");
  }

  // --- blocks
  std::size_t unit() const { return minor_ >= 10 ? 2 : 1; }
  std::size_t forward(std::uint32_t argument) const { return next_ + argument * unit(); }
  std::size_t target(std::uint32_t argument) const {
    return minor_ >= 11 ? forward(argument) : argument * unit();
  }

  void open(std::string head, std::size_t end, bool is_loop) {
    line(head);
    out_.indent(1);
    if (!blocks_.empty()) end = std::min(end, blocks_.back().end);
    blocks_.push_back({end, stack_.size(), is_loop, false, {}});
  }
  void close_blocks(std::size_t begin) {
    while (!blocks_.empty() && blocks_.back().end <= begin) {
      Block block = blocks_.back();
      const bool has_value = !block.is_loop && stack_.size() == block.depth + 1;
      const bool goes_on = !block.is_loop && !block.is_else && last_ == Operation::jump_forward &&
                           jump_ > begin && block.value.empty();
      if (has_value && (goes_on || !block.value.empty())) {
        if (block.value.empty()) block.value = out_.new_name("v");
        const std::string value = pop();
        line(block.value + " = " + value);
      }
      line("pass");
      out_.indent(-1);
      blocks_.pop_back();
      if (stack_.size() > block.depth) stack_.resize(block.depth);
      if (goes_on && begin <= code_.code.size()) {
        open("else:", jump_, false);
        blocks_.back().is_else = true;
        blocks_.back().value = block.value;
        last_ = Operation::nothing;
        break;
      }
      if (!block.value.empty()) push(block.value);
    }
    for (std::size_t i = junctions_.size(); i-- > 0;) {
      if (junctions_[i].at > begin) continue;
      if (!stack_.empty()) push("(" + junctions_[i].left + " " + pop() + ")");
      junctions_.erase(junctions_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  void branch(std::string condition, bool jumps_if, std::uint32_t argument) {
    const std::size_t end = target(argument);
    // `a and b` of 3.12: a copy is tested, and the original dropped.
    const bool keeps = last_ == Operation::copy && minor_ >= 12 && !stack_.empty();
    if (keeps && end > next_) {
      junctions_.push_back({end, "(" + pop() + (jumps_if ? ") or" : ") and")});
      drops_top_ = true;
      return;
    }
    if (end <= next_) return;
    open("if " + std::string(jumps_if ? "not (" : "(") + condition + "):", end, false);
  }
  // Inside a condition it ends that branch only; elsewhere a handler that is not followed may have
  // led here.
  void leave(const std::string& statement) {
    const bool is_last = next_ >= code_.code.size();
    const bool is_plain =
        is_last || std::ranges::any_of(blocks_, [](const Block& block) { return !block.is_loop; });
    if (is_plain) {
      line(statement);
    } else {
      line("if may_end:");
      out_.indent(1);
      line(statement);
      out_.indent(-1);
    }
  }

  void step(const Meaning& meaning, std::uint32_t argument);
  bool step_load(Operation operation, std::uint32_t argument);
  bool step_store(Operation operation, std::uint32_t argument);
  bool step_build(Operation operation, std::uint32_t argument);
  bool step_call(const Meaning& meaning, std::uint32_t argument);
  bool step_compute(const Meaning& meaning, std::uint32_t argument);
  bool step_flow(Operation operation, std::uint32_t argument);
  bool step_stack(const Meaning& meaning, std::uint32_t argument);
  void import_name(std::uint32_t argument);
  void store(const std::string& name);
  void load_attribute(const std::string& name, bool is_method);

  const Bytecode& bytecode_;
  const CodeObject& code_;
  Writer& out_;
  int minor_;
  int nesting_;
  std::vector<Item> stack_;
  std::vector<Block> blocks_;
  std::vector<Junction> junctions_;
  std::map<int, std::string> defined_;
  std::set<std::string> declared_;
  Names keywords_;        // of the next call
  std::size_t next_ = 0;  // behind the instruction
  std::size_t jump_ = 0;  // where the last jump_forward leads
  Operation last_ = Operation::nothing;
  bool drops_top_ = false;  // the next pop_top belongs to an `and`
  bool awaits_ = false;
};

}  // namespace assay::code::python
