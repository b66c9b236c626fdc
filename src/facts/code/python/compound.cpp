// Statements that hold blocks, except definitions.
#include "facts/code/python/grammar.h"

namespace assay::code::python {

NodeId Parser::block() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  suite();
  return finish(Kind::block, begin, mark);
}

// A colon, and an indented block or the rest of the line; pushes the statements.
void Parser::suite() {
  const Nesting nesting(*this);
  if (nesting.too_deep()) return builder_.push(skip_suite());
  if (!accept(TokenKind::colon)) {
    complain("colon expected");
    // What stands before the colon is kept as statements of the block.
    while (kind() != TokenKind::colon && !ends_line(kind())) {
      if (starts_operand(kind())) {
        builder_.push(expression_list());
      } else {
        advance();
      }
    }
    accept(TokenKind::colon);
  }
  if (!accept(TokenKind::newline)) {
    bool open = !ends_line(kind());
    while (open) {
      open = statement();
      while (accept(TokenKind::semicolon)) {
      }
      if (accept(TokenKind::newline) || ends_line(kind())) open = false;
    }
  } else if (accept(TokenKind::indent)) {
    statements();
  } else {
    complain("block expected");
  }
}

NodeId Parser::else_or_none() { return accept(TokenKind::kw_else) ? block() : no_node; }

// The chain of `elif` is read as a list and folded from the right.
bool Parser::if_statement() {
  std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  do {
    advance();
    builder_.push(expression_list());
    builder_.push(block());
  } while (kind() == TokenKind::kw_elif);
  NodeId otherwise = else_or_none();
  for (std::size_t branches = builder_.since(mark).size() / 2; branches-- > 0;) {
    const NodeId test = builder_.since(mark)[branches * 2];
    const NodeId then = builder_.since(mark)[branches * 2 + 1];
    const std::size_t parts = builder_.mark();
    builder_.push(test);
    builder_.push(then);
    builder_.push(otherwise);
    otherwise = finish(Kind::if_, branches == 0 ? begin : begin_of(test), parts);
  }
  builder_.drop_to(mark);
  builder_.push(otherwise);
  return false;
}

bool Parser::while_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(expression_list());
  builder_.push(block());
  builder_.push(else_or_none());
  builder_.push(finish(Kind::while_, begin, mark));
  return false;
}

bool Parser::for_statement() { return for_loop(token_.begin, 0); }

bool Parser::for_loop(std::uint32_t begin, std::uint16_t flags) {
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(target_list());
  expect(TokenKind::kw_in, "`in` expected");
  builder_.push(starts_operand(kind()) ? expression_list() : missing());
  builder_.push(block());
  builder_.push(else_or_none());
  builder_.push(finish(Kind::for_each, begin, mark, Op::of, flags));
  return false;
}

bool Parser::try_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(block());
  while (kind() == TokenKind::kw_except) catch_clause();
  const NodeId otherwise = else_or_none();
  builder_.push(accept(TokenKind::kw_finally) ? block() : no_node);
  builder_.push(otherwise);
  builder_.push(finish(Kind::try_, begin, mark));
  return false;
}

// except [*] [type [as name]]. In `except A, b` the second is Python 2's target when it looks like
// a variable, else another type (PEP 758).
void Parser::catch_clause() {
  const std::uint32_t begin = token_.begin;
  advance();
  accept(TokenKind::star);
  NodeId type = starts_operand(kind()) ? expression_list() : no_node;
  NodeId target = no_node;
  if (accept(TokenKind::kw_as)) {
    target = operators(bit_or_level);
  } else if (tree_[type].kind == Kind::array && tree_[type].child_count == 2 &&
             tree_[type].begin == begin_of(tree_.child(type, 0))) {
    const NodeId second = tree_.child(type, 1);
    if (tree_[second].kind == Kind::name && !tree_[second].text.empty() &&
        !(tree_[second].text[0] >= 'A' && tree_[second].text[0] <= 'Z')) {
      target = second;
      type = tree_.child(type, 0);
    }
  }
  const std::size_t mark = builder_.mark();
  builder_.push(target);
  builder_.push(type);
  builder_.push(block());
  builder_.push(finish(Kind::catch_, begin, mark));
}

bool Parser::with_statement() { return with_items(token_.begin, 0); }

bool Parser::with_items(std::uint32_t begin, std::uint16_t flags) {
  const std::size_t mark = builder_.mark();
  const Checkpoint start = checkpoint();
  advance();
  if (kind() != TokenKind::left_paren || !parenthesised_with_items(start)) {
    do {
      with_item();
    } while (accept(TokenKind::comma) && starts_operand(kind()));
  }
  builder_.push(block());
  builder_.push(finish(Kind::with_, begin, mark, Op::none, flags));
  return false;
}

// with (a as b, c): where it turns out that the bracket belongs to an expression, all is as it was
// before.
bool Parser::parenthesised_with_items(const Checkpoint& start) {
  const std::size_t mark = builder_.mark();
  advance();
  while (!at_close()) {
    with_item();
    if (!accept(TokenKind::comma)) break;
  }
  if (accept(TokenKind::right_paren) && kind() == TokenKind::colon) return true;
  if (tree_.stopped_early) return true;
  builder_.drop_to(mark);
  return_to(start);
  advance();
  return false;
}

void Parser::with_item() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  builder_.push(expression());
  builder_.push(accept(TokenKind::kw_as) ? operators(bit_or_level) : no_node);
  builder_.push(finish(Kind::with_item, begin, mark));
}

// `else` and the like without what they belong to: what they hold is kept.
bool Parser::stray_clause() {
  const std::uint32_t begin = token_.begin;
  complain("clause without a statement");
  advance();
  accept(TokenKind::star);
  const std::size_t mark = builder_.mark();
  if (starts_operand(kind())) builder_.push(expression_list());
  if (accept(TokenKind::kw_as)) builder_.push(operators(bit_or_level));
  builder_.push(block());
  builder_.push(finish(Kind::error, begin, mark));
  return false;
}

bool Parser::async_statement() {
  const std::uint32_t begin = token_.begin;
  const std::string_view next = lexer_.peek_word(token_.end);
  if (next != "def" && next != "for" && next != "with") return expression_statement();
  advance();
  if (next == "def") return function_definition(begin, decorators_.size(), flag_async);
  return next == "for" ? for_loop(begin, flag_async) : with_items(begin, flag_async);
}

// From the name `match` on.
bool Parser::match_statement() {
  const Nesting nesting(*this);
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(expression_list());
  line_is_open_ = false;
  if (nesting.too_deep()) {
    builder_.push(skip_suite());
  } else {
    expect(TokenKind::colon, "colon expected");
    if (accept(TokenKind::newline) && accept(TokenKind::indent)) {
      cases();
    } else {
      complain("cases expected");
      line_is_open_ = !ends_line(kind());
    }
  }
  builder_.push(finish(Kind::switch_, begin, mark));
  return line_is_open_;
}

// Up to the dedent behind the last case. Other statements between the cases are kept as errors.
void Parser::cases() {
  while (kind() != TokenKind::end && !accept(TokenKind::dedent)) {
    if (kind() == TokenKind::name && text_between(token_.begin, token_.end) == "case") {
      case_clause();
    } else if (!accept(TokenKind::newline) && !accept(TokenKind::semicolon)) {
      const std::uint32_t begin = token_.begin;
      const std::size_t mark = builder_.mark();
      complain("case expected");
      if (accept(TokenKind::indent)) {
        statements();
      } else {
        statement();
      }
      builder_.push(finish(Kind::error, begin, mark));
    }
  }
  line_is_open_ = false;
}

// case pattern [if guard]: the pattern is read as an expression in which `as` assigns; `_` alone is
// the default; a guard is an `if` around the statements.
void Parser::case_clause() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  in_pattern_ = true;
  const NodeId pattern = expression_list();
  in_pattern_ = false;
  const bool is_default = tree_[pattern].kind == Kind::name && tree_[pattern].text == "_";
  builder_.push(is_default ? no_node : pattern);
  const std::uint32_t guard_begin = token_.begin;
  if (accept(TokenKind::kw_if)) {
    const std::size_t parts = builder_.mark();
    builder_.push(expression());
    builder_.push(block());
    builder_.push(no_node);
    builder_.push(finish(Kind::if_, guard_begin, parts));
  } else {
    suite();
  }
  builder_.push(finish(Kind::case_, begin, mark));
}

}  // namespace assay::code::python
