// Expressions of PowerShell: strings, variables, members, calls, casts and operators.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/powershell_parser.h"

namespace assay::code::shell {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

PsValue constant(std::string text) {
  PsValue value;
  value.items.push_back(std::move(text));
  value.is_known = true;
  return value;
}

std::string text_of(const PsValue& value) {
  if (value.items.size() == 1) return value.items.front();
  std::string out;
  for (const std::string& item : value.items) {
    if (!out.empty()) out += ' ';
    out += item;
  }
  return out;
}

PsValue PowerShellParser::parse_expression() {
  PsValue value = parse_operand();
  while (!done() && parse_binary(value)) {
  }
  return value;
}

PsValue PowerShellParser::parse_operand() {
  PsValue value;
  if (!enter()) {
    at_ = std::min(at_ + 1, text_.size());
    return value;
  }
  skip_blanks();
  if (peek() == '!') {
    ++at_;
    value = parse_operand();
    value.is_known = false;
  } else if (peek() == ',') {
    ++at_;
    value = parse_operand();
  } else if (peek() == '-' && is_name_start(peek(1))) {
    const std::string operation = read_operator();
    PsValue nothing;
    nothing.is_nothing = true;
    PsValue right = parse_operand();
    // `-join 'a','b'`: the comma binds tighter.
    skip_blanks();
    while (peek() == ',' && !done()) {
      ++at_;
      skip_space();
      append_items(right, parse_operand());
      skip_blanks();
    }
    value = evaluate_binary(session_, operation, operation == "-join" ? right : nothing,
                            operation == "-join" ? constant("") : right);
  } else if (peek() == '[') {
    value = parse_cast();
  } else {
    value = parse_postfix(parse_primary());
  }
  leave();
  return value;
}

PsValue PowerShellParser::parse_primary() {
  const char c = peek();
  if (c == '$' && peek(1) == '(') {
    ++at_;
    return parse_parenthesis();
  }
  if (c == '$') return parse_variable();
  if (c == '\'') return parse_single_quoted();
  if (c == '"') return parse_double_quoted();
  if (c == '@' && (peek(1) == '\'' || peek(1) == '"')) return parse_here_string();
  if (c == '(') return parse_parenthesis();
  if (c == '@' && peek(1) == '(') {
    ++at_;
    return parse_parenthesis();
  }
  PsValue value;
  if (c == '@' && peek(1) == '{') {
    return parse_hash_table();
  }
  if (c == '{') {
    parse_block();
    value.items.emplace_back(hole);
    return value;
  }
  const std::string word = read_bareword(true);
  if (word.empty()) {
    value.is_nothing = true;
    return value;
  }
  return constant(word);
}

// (…): the value of what is inside; commas make arrays.
PsValue PowerShellParser::parse_parenthesis() {
  ++at_;
  return parse_statements(')');
}

// @{ name = pipeline; … }
PsValue PowerShellParser::parse_hash_table() {
  PsValue table;
  table.items.emplace_back(hole);
  at_ += 2;
  while (true) {
    skip_space();
    if (done()) return table;
    const std::size_t before = at_;
    if (peek() == '}') {
      ++at_;
      return table;
    }
    while (!done() && peek() != '=' && peek() != '}' && peek() != '\n' && peek() != ';') ++at_;
    if (peek() == '=') {
      ++at_;
      add_origins(table, parse_pipeline());
    } else if (at_ == before) {
      ++at_;
    }
  }
}

// [type]value, [type]::Member(…)
PsValue PowerShellParser::parse_cast() {
  ++at_;
  std::string type;
  int open = 1;
  while (at_ < text_.size() && type.size() < 256) {
    const char c = text_[at_++];
    if (c == '[') ++open;
    if (c == ']' && --open == 0) break;
    if (c != ' ' && c != '`') type += c;
  }
  type = to_lower_ascii(type);
  if (type.starts_with("system.")) type.erase(0, 7);
  PsValue value;
  value.type = type;
  if (peek() == ':' && peek(1) == ':') return parse_postfix(std::move(value));
  skip_blanks();
  if (done() || std::string_view("=|;)}]\n,").contains(peek())) return value;
  return evaluate_cast(type, parse_operand());
}

PsValue PowerShellParser::parse_postfix(PsValue value) {
  while (!done()) {
    if (peek() == ':' && peek(1) == ':') {
      at_ += 2;
      value = parse_member(std::move(value), true);
    } else if (peek() == '.' && (is_name_start(peek(1)) || peek(1) == '\'' || peek(1) == '"' ||
                                 peek(1) == '$' || peek(1) == '(')) {
      ++at_;
      value = parse_member(std::move(value), false);
    } else if (peek() == '[') {
      value = parse_index(std::move(value));
    } else {
      break;
    }
  }
  return value;
}

PsValue PowerShellParser::parse_member(PsValue object, bool is_static) {
  const std::size_t begin = at_;
  std::string name;
  if (is_name_start(peek())) {
    name = read_name();
  } else {
    PsValue computed = parse_primary();
    name = text_of(computed);
  }
  name = to_lower_ascii(name);
  if (peek() == '(') {
    std::vector<PsValue> arguments = parse_arguments();
    PsValue result = evaluate_call(session_, object, name, arguments);
    if (!result.is_nothing) return result;
    return call(object, name, std::move(arguments), begin);
  }
  // A property: what it holds came from the object; [Text.Encoding]::UTF8 is a type of its own.
  object.is_known = false;
  object.items.assign(1, std::string(hole));
  if (is_static || !object.type.empty()) object.type += "." + name;
  if (object.type.empty() && name != "content" && name != "value") object.type = "." + name;
  return object;
}

PsValue PowerShellParser::call(const PsValue& object, const std::string& name,
                               std::vector<PsValue> arguments, std::size_t begin) {
  PsValue value;
  value.items.emplace_back(hole);
  const std::int32_t index = session_.add(context_, ShellDialect::powershell, begin);
  if (index < 0) return value;
  const std::string type = object.type.starts_with('.') ? object.type.substr(1) : object.type;
  session_.add_word(index, type + "." + name);
  add_use(index, object);
  for (PsValue& argument : arguments) add_argument(index, std::move(argument));
  if (context_.exact) session_.command(index).end = context_.place(at_, true);
  value.from.push_back(index);
  // [Net.WebRequest]::Create(…).GetResponse() speaks of the same type.
  if (name == "create" || name == "new") value.type = object.type;
  finish(session_, index, context_);
  return value;
}

std::vector<PsValue> PowerShellParser::parse_arguments() {
  ++at_;
  std::vector<PsValue> arguments;
  while (true) {
    skip_space();
    if (done()) break;
    if (peek() == ')') {
      ++at_;
      break;
    }
    if (peek() == ',') {
      ++at_;
      continue;
    }
    const std::size_t before = at_;
    PsValue value = parse_operand();
    // A comma separates arguments here; every other operator belongs to one of them.
    while (!done() && (skip_space(), peek() != ',') && parse_binary(value)) {
    }
    if (at_ == before) {
      ++at_;
    } else if (!value.is_nothing) {
      arguments.push_back(std::move(value));
    }
  }
  return arguments;
}

// $s[0], $s[4,26,25], $s[-1..-5]
PsValue PowerShellParser::parse_index(PsValue value) {
  ++at_;
  const PsValue indexes = parse_statements(']');
  PsValue result;
  add_origins(result, value);
  result.is_array = true;
  const bool is_text = value.items.size() == 1 && !value.is_array;
  const auto size = static_cast<long>(is_text ? value.items.front().size() : value.items.size());
  if (value.is_known && indexes.is_known && size > 0) {
    for (const std::string& item : indexes.items) {
      const bool is_number =
          !item.empty() && item.size() < 9 &&
          item.find_first_not_of("0123456789", item[0] == '-' ? 1 : 0) == item.npos && item != "-";
      if (!is_number) continue;
      long at = std::stol(item);
      if (at < 0) at += size;
      if (at < 0 || at >= size) continue;
      const auto i = static_cast<std::size_t>(at);
      result.items.push_back(is_text ? std::string(1, value.items.front()[i]) : value.items[i]);
    }
    result.is_known = !result.items.empty();
  }
  if (result.items.empty()) result.items.emplace_back(hole);
  result.is_array = result.items.size() > 1;
  return result;
}

std::string PowerShellParser::read_operator() {
  const std::size_t begin = at_++;
  while (is_name_start(peek())) ++at_;
  return to_lower_ascii(text_.substr(begin, at_ - begin));
}

// An operator and its right side, folded into `left`. False where there is none.
bool PowerShellParser::parse_binary(PsValue& left) {
  skip_blanks();
  const char c = peek();
  std::string operation;
  if (c == '-' && is_name_start(peek(1))) {
    operation = read_operator();
  } else if (c == '.' && peek(1) == '.') {
    operation = "..";
    at_ += 2;
  } else if (c == '+' || c == ',' || c == '*' || c == '/' || c == '%' || c == '-') {
    operation = c;
    ++at_;
  } else if (c == '=' && peek(1) != '=') {
    operation = c;  // a member is assigned: $x.y = …
    ++at_;
  } else {
    return false;
  }
  skip_space();
  if (operation == "=") {
    PsValue right = parse_pipeline();
    left = PsValue();
    left.is_nothing = true;
    left.from = std::move(right.from);
    return false;
  }
  PsValue right = parse_operand();
  if (operation == ",") {
    append_items(left, std::move(right));
    return true;
  }
  const bool takes_list =
      operation == "-f" || operation == "-join" || operation.ends_with("replace");
  skip_blanks();
  while (takes_list && peek() == ',' && !done()) {
    ++at_;
    skip_space();
    append_items(right, parse_operand());
    skip_blanks();
  }
  if (operation == "+" && !left.is_array) {
    append_text(session_, left, right);
  } else {
    left = evaluate_binary(session_, operation, left, right);
  }
  return true;
}

}  // namespace assay::code::shell
