// Expressions down to their operands. Left-associative operators of every level are parsed by one
// loop with a small stack of open operators, so that neither long nor mixed chains recurse.
#include <algorithm>

#include "facts/code/python/grammar.h"

namespace assay::code::python {

NodeId Parser::expression() {
  const Nesting nesting(*this);
  if (nesting.too_deep()) return skip_nested();
  const NodeId value = operators(or_level);
  switch (kind()) {
    case TokenKind::kw_if:
    case TokenKind::kw_as:
    case TokenKind::walrus: return after_operand(value);
    default: return value;
  }
}

// `if ... else`, `:=`, and in patterns `as`.
NodeId Parser::after_operand(NodeId value) {
  if (in_pattern_) {
    if (!accept(TokenKind::kw_as)) return value;
  } else if (kind() == TokenKind::kw_if) {
    return conditional(value);
  } else if (kind() == TokenKind::walrus && lexer_.bracket_depth() != field_depth_) {
    advance();
  } else {
    return value;
  }
  const std::size_t mark = builder_.mark();
  if (in_pattern_) {
    builder_.push(at_word() ? name() : missing());
    builder_.push(value);
  } else {
    builder_.push(value);
    builder_.push(expression());
  }
  return finish(Kind::assign, begin_of(value), mark, Op::assign);
}

// yes if test else no, where `no` may be the next one: read as a list, folded from the right.
NodeId Parser::conditional(NodeId yes) {
  const std::size_t mark = builder_.mark();
  builder_.push(yes);
  while (accept(TokenKind::kw_if)) {
    builder_.push(operators(or_level));
    if (!accept(TokenKind::kw_else)) {
      builder_.push(missing());
      break;
    }
    builder_.push(operators(or_level));
  }
  std::size_t pairs = builder_.since(mark).size() / 2;
  if (pairs > static_cast<std::size_t>(std::max(0, limits_.max_depth - depth_))) {
    builder_.skip(begin_of(yes), previous_end_, "nested too deeply");
    return finish(Kind::error, begin_of(yes), mark);
  }
  NodeId result = builder_.since(mark)[pairs * 2];
  while (pairs-- > 0) {
    const NodeId value = builder_.since(mark)[pairs * 2];
    const NodeId test = builder_.since(mark)[pairs * 2 + 1];
    const std::size_t parts = builder_.mark();
    builder_.push(test);
    builder_.push(value);
    builder_.push(result);
    result = finish(Kind::conditional, begin_of(value), parts);
  }
  builder_.drop_to(mark);
  return result;
}

// One expression, or a tuple without brackets.
NodeId Parser::expression_list() {
  const NodeId first = star_expression();
  if (kind() != TokenKind::comma) return first;
  const std::size_t mark = builder_.mark();
  builder_.push(first);
  while (accept(TokenKind::comma) && starts_operand(kind())) builder_.push(star_expression());
  return finish(Kind::array, begin_of(first), mark, Op::tuple);
}

NodeId Parser::star_expression() {
  if (kind() != TokenKind::star && kind() != TokenKind::double_star) return expression();
  const std::uint32_t begin = token_.begin;
  const Op op = kind() == TokenKind::star ? Op::one_star : Op::two_star;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(expression());
  return finish(Kind::spread, begin, mark, op);
}

// The targets of `for`, which end before `in`.
NodeId Parser::target_list() {
  const std::size_t mark = builder_.mark();
  const std::uint32_t begin = token_.begin;
  bool tuple = false;
  while (starts_operand(kind())) {
    const std::uint32_t star = token_.begin;
    if (accept(TokenKind::star)) {
      const std::size_t inner = builder_.mark();
      builder_.push(operators(bit_or_level));
      builder_.push(finish(Kind::spread, star, inner, Op::one_star));
    } else {
      builder_.push(operators(bit_or_level));
    }
    if (!accept(TokenKind::comma)) break;
    tuple = true;
  }
  if (builder_.mark() == mark) return missing();
  if (tuple) return finish(Kind::array, begin, mark, Op::tuple);
  const NodeId only = builder_.since(mark)[0];
  builder_.drop_to(mark);
  return only;
}

NodeId Parser::operators(Precedence lowest) {
  constexpr std::size_t levels = product_level;
  OpenOperator open[levels];
  std::size_t count = 0;
  NodeId left = unary();
  for (;;) {
    BinaryOperator next = binary_operator(kind());
    if (next.precedence < lowest) next.precedence = no_operator;
    while (count > 0 && (open[count - 1].now.precedence > next.precedence ||
                         (open[count - 1].now.precedence == next.precedence &&
                          open[count - 1].now.op != next.op && next.precedence != compare_level))) {
      left = close_operator(open[--count], left);
    }
    if (next.precedence == no_operator) return left;
    advance();
    if (next.precedence == compare_level) second_word(next);
    if (count > 0 && open[count - 1].now.precedence == next.precedence) {
      OpenOperator& top = open[count - 1];
      if (next.precedence == compare_level) {
        extend_compare(top, left, next.op);
      } else {
        builder_.push(left);
      }
    } else {
      open[count++] = {next, false, builder_.mark()};
      builder_.push(left);
    }
    left = unary();
  }
}

// `not in` and `is not`.
void Parser::second_word(BinaryOperator& now) {
  if (now.op == Op::not_in) {
    expect(TokenKind::kw_in, "`in` expected after `not`");
  } else if (now.op == Op::is && accept(TokenKind::kw_not)) {
    now.op = Op::is_not;
  }
}

NodeId Parser::close_operator(const OpenOperator& open, NodeId right) {
  builder_.push(right);
  const std::uint32_t begin = begin_of(builder_.since(open.mark)[0]);
  const Op op = open.now.op;
  switch (open.now.precedence) {
    case or_level:
    case and_level: return finish(Kind::logical, begin, open.mark, op);
    case compare_level: break;
    default: return finish(Kind::binary, begin, open.mark, op);
  }
  if (!open.chained) return finish(Kind::compare, begin, open.mark, op);
  const std::size_t last = builder_.mark() - 2;
  builder_.push(finish(Kind::compare, begin_of(builder_.since(last)[0]), last, op));
  return finish(Kind::logical, begin, open.mark, Op::and_);
}

// From here on the scratch stack holds the compares so far and the operand they share with the
// next one.
void Parser::extend_compare(OpenOperator& open, NodeId right, Op next) {
  builder_.push(right);
  const std::size_t last = builder_.mark() - 2;
  builder_.push(finish(Kind::compare, begin_of(builder_.since(last)[0]), last, open.now.op));
  builder_.push(right);
  open.chained = true;
  open.now.op = next;
}

NodeId Parser::unary() {
  switch (kind()) {
    case TokenKind::kw_not:
    case TokenKind::minus:
    case TokenKind::plus:
    case TokenKind::tilde: return prefixed();
    default: return power();
  }
}

// A run of `not`, which binds looser than a compare, or of - + ~, which bind tighter than *.
NodeId Parser::prefixed() {
  const Nesting nesting(*this);
  if (nesting.too_deep()) return skip_nested();
  const std::size_t first = prefixes_.size();
  const bool is_not = kind() == TokenKind::kw_not;
  for (;; advance()) {
    const Op op = kind() == TokenKind::kw_not  ? Op::not_
                  : kind() == TokenKind::minus ? Op::minus
                  : kind() == TokenKind::plus  ? Op::plus
                  : kind() == TokenKind::tilde ? Op::bit_not
                                               : Op::none;
    if (op == Op::none || (op == Op::not_) != is_not) break;
    prefixes_.push_back({op, token_.begin});
  }
  const std::size_t room = static_cast<std::size_t>(limits_.max_depth - depth_) + 1;
  if (prefixes_.size() - first > room) {
    builder_.skip(prefixes_[first].begin, prefixes_[prefixes_.size() - room].begin,
                  "nested too deeply");
    prefixes_.erase(prefixes_.begin() + static_cast<std::ptrdiff_t>(first),
                    prefixes_.end() - static_cast<std::ptrdiff_t>(room));
  }
  NodeId value = is_not ? operators(compare_level) : unary_operand();
  while (prefixes_.size() > first) {
    const Prefix prefix = prefixes_.back();
    prefixes_.pop_back();
    const std::size_t mark = builder_.mark();
    builder_.push(value);
    value = finish(Kind::unary, prefix.begin, mark, prefix.op);
  }
  return value;
}

NodeId Parser::unary_operand() { return kind() == TokenKind::kw_not ? prefixed() : power(); }

NodeId Parser::power() {
  const NodeId base = kind() == TokenKind::kw_await ? await() : trailers(atom());
  if (kind() != TokenKind::double_star) return base;
  const Nesting nesting(*this);
  if (nesting.too_deep()) return skip_nested();
  const std::size_t mark = builder_.mark();
  builder_.push(base);
  advance();
  builder_.push(unary());
  return finish(Kind::binary, begin_of(base), mark, Op::power);
}

// Before Python 3.7 `await` is a name; it is taken for one where no operand follows.
NodeId Parser::await() {
  const Nesting nesting(*this);
  if (nesting.too_deep()) return skip_nested();
  const Token word = token_;
  advance();
  switch (kind()) {
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::star:
    case TokenKind::double_star:
    case TokenKind::kw_not: break;
    default:
      if (!starts_operand(kind())) break;
      const std::size_t mark = builder_.mark();
      builder_.push(kind() == TokenKind::kw_await ? await() : trailers(atom()));
      ++calls_;
      return finish(Kind::await, word.begin, mark);
  }
  return trailers(
      builder_.leaf(Kind::name, word.begin, word.end, text_between(word.begin, word.end)));
}

NodeId Parser::yield() {
  const std::uint32_t begin = token_.begin;
  advance();
  saw_yield_ = true;
  ++calls_;
  const std::size_t mark = builder_.mark();
  if (accept(TokenKind::kw_from)) {
    builder_.push(expression());
    return finish(Kind::yield, begin, mark, Op::none, flag_delegate);
  }
  builder_.push(starts_operand(kind()) ? expression_list() : no_node);
  return finish(Kind::yield, begin, mark);
}

NodeId Parser::lambda() {
  const std::uint32_t begin = token_.begin;
  const bool outer_yield = saw_yield_;
  saw_yield_ = false;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(parameters(TokenKind::colon));
  expect(TokenKind::colon, "colon expected");
  builder_.push(expression());
  const auto flags =
      static_cast<std::uint16_t>(flag_expression_body | (saw_yield_ ? flag_generator : 0));
  saw_yield_ = outer_yield;
  return finish(Kind::function, begin, mark, Op::none, flags);
}

// A call that the source only implies, such as that of repr for backticks. The range of its callee
// is empty, which tells it from one that was written.
NodeId Parser::call_of(std::string_view callee, std::uint32_t begin, NodeId argument,
                       NodeId second) {
  const std::size_t mark = builder_.mark();
  builder_.push(builder_.leaf(Kind::name, begin, begin, callee));
  builder_.push(argument);
  if (second != no_node) builder_.push(second);
  return finish(Kind::call, begin, mark);
}

}  // namespace assay::code::python
