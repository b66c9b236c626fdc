// Statements whose first word is a name elsewhere: `match` and `type`, and of Python 2 `print` and
// `exec`.
#include "facts/code/python/characters.h"
#include "facts/code/python/grammar.h"

namespace assay::code::python {
namespace {

// Words that continue an expression whose first operand is the word before.
bool continues_expression(std::string_view word) {
  return word == "in" || word == "is" || word == "and" || word == "or" || word == "if" ||
         word == "else" || word == "for" || word == "as" || word == "from" || word == "import";
}

// Whether these bytes, behind a name, can only start an operand of a statement that the name is
// the keyword of.
bool starts_only_operand(char next, std::string_view word, std::string_view second) {
  if (word == "not") return second != "in";
  if (!word.empty()) return !continues_expression(word);
  return next == '"' || next == '\'' || next == '`' || next == '{' || next == '~';
}

}  // namespace

// Whether the name at hand is the keyword of a statement, which then has been read.
bool Parser::soft_keyword() {
  const std::uint32_t size = token_.end - token_.begin;
  if (size != 4 && size != 5) return false;
  const std::string_view word = text_between(token_.begin, token_.end);
  if (word != "print" && word != "match" && word != "exec" && word != "type") return false;
  const std::uint32_t next = lexer_.skip_blanks(token_.end);
  const std::string_view rest = source_.substr(next);
  const std::string_view next_word = lexer_.peek_word(next);
  const std::string_view second =
      lexer_.peek_word(next + static_cast<std::uint32_t>(next_word.size()));
  line_is_open_ = true;
  const bool certain = !rest.empty() && starts_only_operand(rest[0], next_word, second);
  if (word == "print" && rest.starts_with(">>") && !rest.starts_with(">>=")) {
    return print_statement();
  }
  if (word == "match" && rest.starts_with("...")) {
    match_statement();
    return true;
  }
  if (!certain) return false;
  if (word == "print") return print_statement();
  if (word == "exec") return exec_statement();
  if (word == "match") {
    match_statement();
    return true;
  }
  return class_of(rest[0]) == CharacterClass::letter && type_alias();
}

// Whether a statement that was read as `match(x)`, `match[x]`, `match - x` and so on, up to a
// colon, is a match statement: an annotation would have to follow in the same line.
bool Parser::is_match_header(const Token& first) const {
  if (text_between(first.begin, first.end) != "match") return false;
  const std::uint32_t next = lexer_.skip_blanks(token_.end);
  return next >= source_.size() || source_[next] == '#' || is_line_break(source_[next]);
}

// print [>>file,] value, ...
bool Parser::print_statement() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  builder_.push(name());
  NodeId file = no_node;
  if (kind() == TokenKind::shift_right) {
    const std::uint32_t at = token_.begin;
    advance();
    const std::size_t parts = builder_.mark();
    builder_.push(expression());
    file = finish(Kind::keyword, at, parts, Op::none, 0, "file");
    accept(TokenKind::comma);
  }
  while (starts_operand(kind())) {
    builder_.push(expression());
    if (!accept(TokenKind::comma)) break;
  }
  if (file != no_node) builder_.push(file);
  ++calls_;
  builder_.push(finish(Kind::call, begin, mark));
  return true;
}

// exec code [in globals[, locals]]
bool Parser::exec_statement() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  builder_.push(name());
  builder_.push(operators(bit_or_level));
  if (accept(TokenKind::kw_in)) {
    do {
      builder_.push(expression());
    } while (accept(TokenKind::comma));
  }
  ++calls_;
  builder_.push(finish(Kind::call, begin, mark));
  return true;
}

// exec(code) in globals, locals: read as an expression so far, made one call of exec.
NodeId Parser::exec_call(NodeId value) {
  if (tree_[value].kind != Kind::compare && tree_[value].kind != Kind::array) return value;
  const NodeId compare = tree_[value].kind == Kind::array ? tree_.child(value, 0) : value;
  const NodeId call = tree_.child(compare, 0);
  const Node& callee = tree_[tree_.child(call, 0)];
  if (tree_[compare].kind != Kind::compare || tree_[compare].op != Op::in ||
      tree_[call].kind != Kind::call || callee.kind != Kind::name || callee.text != "exec") {
    return value;
  }
  const std::size_t mark = builder_.mark();
  for (const NodeId part : tree_.children(call)) builder_.push(part);
  builder_.push(tree_.child(compare, 1));
  if (compare != value) {
    for (const NodeId more : tree_.children(value).subspan(1)) builder_.push(more);
  }
  return finish(Kind::call, begin_of(value), mark);
}

// type Name[parameters] = value
bool Parser::type_alias() {
  advance();
  const std::size_t mark = builder_.mark();
  const std::uint32_t begin = token_.begin;
  builder_.push(name());
  type_parameters();
  if (!accept(TokenKind::assign)) {
    complain("value of a type alias expected");
    const NodeId only = builder_.since(mark)[0];
    builder_.drop_to(mark);
    builder_.push(only);
    return true;
  }
  builder_.push(expression());
  builder_.push(finish(Kind::assign, begin, mark, Op::assign));
  return true;
}

}  // namespace assay::code::python
