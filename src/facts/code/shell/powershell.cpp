// Statements, pipelines and commands of PowerShell.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/powershell_parser.h"

namespace assay::code::shell {
namespace {

constexpr std::array<std::string_view, 24> keywords = {
    "if",      "else",    "elseif", "while", "for",   "foreach", "switch",   "try",
    "catch",   "finally", "do",     "until", "param", "return",  "throw",    "begin",
    "process", "end",     "in",     "class", "using", "trap",    "function", "filter"};

bool ends_statement(char c) {
  return c == '\0' || c == ';' || c == '\n' || c == '|' || c == ')' || c == '}' || c == ']';
}

}  // namespace

void parse_powershell(Session& session, std::string_view text, const Context& context) {
  PowerShellParser(session, text, context).parse();
}

bool PowerShellParser::enter() {
  if (nesting_ >= 4 * max_depth) {
    session_.script.cut = true;
    return false;
  }
  ++nesting_;
  return true;
}

void PowerShellParser::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '`' && (peek(1) == '\n' || peek(1) == '\r')) {
      at_ += peek(1) == '\r' ? 3 : 2;
    } else if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '<' && peek(1) == '#') {
      const std::size_t close = text_.find("#>", at_ + 2);
      at_ = close == std::string_view::npos ? text_.size() : close + 2;
    } else {
      break;
    }
  }
  at_ = std::min(at_, text_.size());
}

void PowerShellParser::skip_space() {
  while (true) {
    skip_blanks();
    if (peek() != '\n' || at_ >= text_.size()) return;
    ++at_;
  }
}

// Up to the closing bracket, which is passed. Gives the value of the last pipeline, with the
// commands of all of them.
PsValue PowerShellParser::parse_statements(char closing) {
  PsValue result;
  result.is_nothing = true;
  if (!enter()) {
    at_ = std::min(at_ + 1, text_.size());
    return result;
  }
  while (true) {
    skip_space();
    if (done()) break;
    const char c = peek();
    if (c == closing) {
      ++at_;
      break;
    }
    if (c == ';' || c == ')' || c == '}' || c == ']' || c == ',' || c == '|') {
      ++at_;
      continue;
    }
    const std::size_t before = at_;
    PsValue value = parse_pipeline();
    if (at_ == before) ++at_;
    PsValue origins;
    add_origins(origins, result);
    add_origins(origins, value);
    if (!value.is_nothing || result.is_nothing) result = std::move(value);
    result.from = std::move(origins.from);
    result.unset = std::move(origins.unset);
  }
  leave();
  return result;
}

PsValue PowerShellParser::parse_pipeline() {
  PsValue value;
  value.is_nothing = true;
  const std::int32_t first = session_.count();
  std::int32_t piped = -1;
  bool has_input = false;
  while (true) {
    skip_blanks();
    const std::size_t before = at_;
    PsValue input = std::move(value);
    value = parse_element(piped, has_input ? &input : nullptr);
    skip_blanks();
    if (peek() != '|' || peek(1) == '|' || done()) break;
    ++at_;
    skip_space();
    if (at_ == before) break;
    has_input = true;
    piped = value.from.empty() ? -1 : value.from.back();
  }
  if (peek() == '&' && peek(1) != '&') {
    ++at_;
    for (std::int32_t i = first; i < session_.count(); ++i)
      session_.command(i).in_background = true;
  } else if ((peek() == '&' || peek() == '|') && peek(1) == peek()) {
    at_ += 2;
  }
  return value;
}

PsValue PowerShellParser::parse_element(std::int32_t piped, const PsValue* input) {
  const std::size_t begin = at_;
  const char c = peek();
  PsValue value;
  if (c == '\0' || ends_statement(c)) {
    value.is_nothing = true;
    return value;
  }
  if ((c == '&' || c == '.') && peek(1) != '&' && !(peek(1) >= 'a' && peek(1) <= 'z') &&
      peek(1) != '\\' && peek(1) != '/') {
    ++at_;
    skip_blanks();
    if (peek() == '{') {
      ++at_;
      return parse_statements('}');
    }
    PsValue name = parse_operand();
    return parse_command(std::move(name), begin, piped, input);
  }
  if (c == '{') {
    ++at_;
    return parse_statements('}');
  }
  if (parse_assignment(value) || parse_keyword(value)) return value;
  const bool is_expression = c == '$' || c == '\'' || c == '"' || c == '(' || c == '[' ||
                             c == '@' || c == '-' || c == '!' || (c >= '0' && c <= '9');
  if (is_expression) return parse_expression();
  const std::string name = read_bareword(false);
  if (name.empty()) {
    ++at_;
    value.is_nothing = true;
    return value;
  }
  return parse_command(constant(name), begin, piped, input);
}

bool PowerShellParser::parse_keyword(PsValue& value) {
  std::size_t length = 0;
  while (length < 10 && ((peek(length) | 0x20) >= 'a' && (peek(length) | 0x20) <= 'z')) ++length;
  const std::string word = to_lower_ascii(text_.substr(at_, length));
  const char next = peek(length);
  const bool is_whole = next == '\0' || next == ' ' || next == '\t' || next == '\n' ||
                        next == '\r' || next == '(' || next == '{' || next == ';';
  if (!is_whole || std::ranges::find(keywords, word) == keywords.end()) return false;
  at_ += length;
  skip_blanks();
  if (word == "function" || word == "filter" || word == "class") {
    read_bareword(false);
    skip_blanks();
  }
  value = PsValue();
  value.is_nothing = true;
  if (word == "return" || word == "throw" || word == "in") {
    value = parse_pipeline();
  } else if (peek() == '(') {
    ++at_;
    parse_statements(')');
  }
  return true;
}

// $name = pipeline, $name += pipeline, [type]$name = …
bool PowerShellParser::parse_assignment(PsValue& value) {
  if (peek() != '$') return false;
  std::size_t ahead = 1;
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '{' || c == '}';
  };
  while (ahead < 128 && is_name(peek(ahead))) ++ahead;
  std::string name = to_lower_ascii(text_.substr(at_ + 1, ahead - 1));
  while (peek(ahead) == ' ' || peek(ahead) == '\t') ++ahead;
  const bool appends = peek(ahead) == '+' && peek(ahead + 1) == '=';
  if (!appends && (peek(ahead) != '=' || peek(ahead + 1) == '=')) return false;
  if (!enter()) return false;
  at_ += ahead + (appends ? 2 : 1);
  skip_space();
  PsValue assigned = parse_pipeline();
  leave();
  std::erase_if(name, [](char c) { return c == '{' || c == '}'; });
  Variable& variable = session_.windows_variables[name];
  const std::string text = assigned.is_nothing ? std::string() : text_of(assigned);
  if (!session_.spend(text.size())) return true;
  if (!appends) {
    variable.value.clear();
    variable.from.clear();
    variable.unset.clear();
  }
  variable.value += text;
  variable.items.clear();
  if (assigned.is_array && !appends) variable.items = std::move(assigned.items);
  for (const std::int32_t i : assigned.from) {
    if (variable.from.size() < max_mentions) variable.from.push_back(i);
  }
  for (const std::string& unset : assigned.unset) {
    if (variable.unset.size() < max_mentions) variable.unset.push_back(unset);
  }
  variable.type = assigned.type;
  value = PsValue();
  value.is_nothing = true;
  return true;
}

PsValue PowerShellParser::parse_command(PsValue name, std::size_t begin, std::int32_t piped,
                                        const PsValue* input) {
  const std::int32_t index = session_.add(context_, ShellDialect::powershell, begin);
  PsValue value;
  value.is_nothing = true;
  if (index < 0) return value;
  // The name may itself hold commands, which were added before: & (gcm i*x)
  add_use(index, name);
  session_.add_word(index, powershell_command_name(text_of(name)), name.at);
  if (piped >= 0) session_.command(index).reads_from = piped;
  if (input != nullptr && input->is_known && session_.spend(text_of(*input).size())) {
    session_.command(index).input = text_of(*input);
  }
  if (input != nullptr) add_use(index, *input);
  std::size_t end = at_;
  while (true) {
    skip_blanks();
    if (done() || ends_statement(peek()) || (peek() == '&' && peek(1) == '&')) break;
    const std::size_t before = at_;
    if (!parse_redirect(index)) parse_argument(index);
    if (at_ == before) break;
    end = at_;
  }
  if (context_.exact) session_.command(index).end = context_.place(end, true);
  return complete(index);
}

bool PowerShellParser::parse_redirect(std::int32_t index) {
  std::size_t ahead = peek() == '*' || (peek() >= '1' && peek() <= '6') ? 1 : 0;
  if (peek(ahead) != '>') return false;
  const bool is_error = peek() == '2';
  const bool is_all = peek() == '*';
  at_ += ahead + 1;
  const bool appends = peek() == '>';
  if (appends) ++at_;
  if (peek() == '&') {
    at_ = std::min(at_ + 2, text_.size());
    return true;
  }
  skip_blanks();
  const PsValue target = parse_operand();
  ShellCommand& command = session_.command(index);
  const std::string path = text_of(target);
  if (is_null_device(path) || path.empty()) {
    if (!is_error) command.output_is_hidden = true;
    if (is_error || is_all) command.errors_are_hidden = true;
  } else if (command.writes_to.size() < max_mentions) {
    command.writes_to.push_back(path);
    session_.notes_of(index).appends = appends;
  }
  return true;
}

bool PowerShellParser::parse_argument(std::int32_t index) {
  const char c = peek();
  if (c == '{') {
    parse_block();
    session_.add_word(index, std::string(hole));
    return true;
  }
  if (c == '-' && peek(1) != '\0' &&
      std::string_view("$('\"").find(peek(1)) == std::string_view::npos) {
    std::string option = read_bareword(true);
    if (option.ends_with(':')) option.pop_back();
    session_.add_word(index, std::move(option));
    return true;
  }
  if (c == ',') {
    ++at_;
    return true;
  }
  if (c == '@' && peek(1) != '(' && peek(1) != '{' && peek(1) != '\'' && peek(1) != '"') ++at_;
  if (c == '$' || c == '\'' || c == '"' || c == '(' || c == '@') {
    add_argument(index, parse_operand());
    return true;
  }
  const std::size_t begin = at_;
  std::string word = read_bareword(true);
  if (at_ == begin) return false;
  session_.add_word(index, std::move(word));
  return true;
}

void PowerShellParser::add_use(std::int32_t index, const PsValue& value) {
  session_.add_substitutes(index, value.from);
  for (const std::string& name : value.unset) session_.add_unset_variable(index, name);
}

void PowerShellParser::add_argument(std::int32_t index, PsValue value) {
  add_use(index, value);
  if (!value.is_known) {
    session_.add_word(index, value.items.size() == 1 ? value.items.front() : std::string(hole));
    return;
  }
  const std::int64_t at = value.at >= 0 && context_.exact && value.items.size() == 1
                              ? value.at + static_cast<std::int64_t>(context_.begin)
                              : -1;
  for (std::string& item : value.items) session_.add_word(index, std::move(item), at);
}

// { … } as an argument: its commands run sooner or later.
void PowerShellParser::parse_block() {
  ++at_;
  ++context_.depth;
  if (context_.depth > max_depth) {
    session_.script.cut = true;
  } else {
    parse_statements('}');
  }
  --context_.depth;
}

}  // namespace assay::code::shell
