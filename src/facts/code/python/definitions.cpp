// Functions, classes, their decorators and parameters.
#include <algorithm>

#include "facts/code/python/grammar.h"

namespace assay::code::python {

// Decorators, and the definition below them. Without one they are statements.
bool Parser::decorated() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = decorators_.size();
  while (kind() == TokenKind::at) {
    const std::uint32_t at = token_.begin;
    advance();
    const std::size_t mark = builder_.mark();
    builder_.push(expression());
    decorators_.push_back(finish(Kind::decorator, at, mark));
    while (accept(TokenKind::newline)) {
    }
  }
  const bool is_async = kind() == TokenKind::kw_async && lexer_.peek_word(token_.end) == "def";
  if (is_async) advance();
  if (kind() == TokenKind::kw_def) {
    return function_definition(begin, first, is_async ? flag_async : 0);
  }
  if (kind() == TokenKind::kw_class) return class_definition(begin, first);
  complain("definition expected after a decorator");
  for (std::size_t i = first; i < decorators_.size(); ++i) {
    builder_.push(tree_.child(decorators_[i], 0));
  }
  decorators_.resize(first);
  return false;
}

bool Parser::function_statement() {
  return function_definition(token_.begin, decorators_.size(), 0);
}

bool Parser::class_statement() { return class_definition(token_.begin, decorators_.size()); }

void Parser::push_decorators(std::size_t first) {
  for (std::size_t i = first; i < decorators_.size(); ++i) builder_.push(decorators_[i]);
  decorators_.resize(first);
}

// At `def`. `decorators` is where those of this function begin.
bool Parser::function_definition(std::uint32_t begin, std::size_t decorators, std::uint16_t flags) {
  advance();
  const std::string_view name = definition_name();
  type_parameters();
  const std::size_t mark = builder_.mark();
  const bool in_class = in_class_;
  const bool outer_yield = saw_yield_;
  builder_.push(bracketed_parameters());
  if (accept(TokenKind::arrow)) annotation();
  saw_yield_ = in_class_ = false;
  builder_.push(block());
  flags |= flag_statement;
  if (in_class) flags |= flag_method;
  if (saw_yield_) flags |= flag_generator;
  in_class_ = in_class;
  saw_yield_ = outer_yield;
  push_decorators(decorators);
  builder_.push(finish(Kind::function, begin, mark, Op::none, flags, name));
  return false;
}

// At `class`.
bool Parser::class_definition(std::uint32_t begin, std::size_t decorators) {
  advance();
  const std::string_view name = definition_name();
  type_parameters();
  const std::size_t mark = builder_.mark();
  if (accept(TokenKind::left_paren)) {
    items(&Parser::argument);
    close(TokenKind::right_paren);
  }
  const bool outer = in_class_;
  in_class_ = true;
  builder_.push(block());
  in_class_ = outer;
  // The block goes first.
  const std::span<NodeId> parts = builder_.since(mark);
  std::rotate(parts.begin(), parts.end() - 1, parts.end());
  push_decorators(decorators);
  builder_.push(finish(Kind::class_, begin, mark, Op::none, flag_statement, name));
  return false;
}

std::string_view Parser::definition_name() {
  if (!at_word()) {
    complain("name expected");
    return {};
  }
  const std::string_view name = word_text();
  advance();
  return name;
}

NodeId Parser::bracketed_parameters() {
  if (!accept(TokenKind::left_paren)) {
    complain("parameters expected");
    return builder_.leaf(Kind::parameters, token_.begin, token_.begin);
  }
  const NodeId list = parameters(TokenKind::right_paren);
  if (!at_close()) hoisted_.push_back(rest_of_bracket("parameter expected"));
  close(TokenKind::right_paren);
  return list;
}

// Up to the closer, which stays: a bracket, or the colon of a lambda.
NodeId Parser::parameters(TokenKind closer) {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  while (kind() != closer && !at_close()) {
    parameter(closer);
    if (!accept(TokenKind::comma)) break;
  }
  return finish(Kind::parameters, begin, mark);
}

// The markers `*` and `/` alone leave nothing.
void Parser::parameter(TokenKind closer) {
  const std::uint32_t begin = token_.begin;
  const Op star = kind() == TokenKind::star          ? Op::one_star
                  : kind() == TokenKind::double_star ? Op::two_star
                                                     : Op::none;
  if (star != Op::none || kind() == TokenKind::slash) advance();
  const std::size_t mark = builder_.mark();
  if (at_word() && kind() != TokenKind::kw_lambda) {
    builder_.push(name());
  } else if (kind() == TokenKind::left_paren) {
    builder_.push(operators(bit_or_level));  // Python 2: def f(a, (b, c))
  } else {
    return;
  }
  if (star != Op::none) {
    const std::size_t target = builder_.mark() - 1;
    builder_.push(finish(Kind::spread, begin, target, star));
  }
  if (closer != TokenKind::colon && accept(TokenKind::colon)) annotation();
  builder_.push(accept(TokenKind::assign) ? expression() : no_node);
  builder_.push(finish(Kind::parameter, begin, mark));
}

// [T: bound = default, *Ts, **P] of a function, class or alias.
void Parser::type_parameters() {
  if (!accept(TokenKind::left_bracket)) return;
  while (!at_close()) {
    const std::uint32_t begin = token_.begin;
    if (!accept(TokenKind::star)) accept(TokenKind::double_star);
    if (at_word()) advance();
    if (accept(TokenKind::colon)) annotation();
    if (accept(TokenKind::assign)) annotation();
    if (accept(TokenKind::comma) || at_close()) continue;
    builder_.skip(token_.begin, token_.end, "comma expected");
    if (token_.begin == begin) advance();
  }
  close(TokenKind::right_bracket);
}

}  // namespace assay::code::python
