// Operands: names, literals, brackets, and the member accesses, calls and subscripts behind them.
#include "facts/code/python/grammar.h"

namespace assay::code::python {

NodeId Parser::atom() {
  switch (kind()) {
    case TokenKind::name:
    case TokenKind::kw_async: return name();
    case TokenKind::string:
    case TokenKind::fstring: return strings();
    case TokenKind::number: {
      const Token number = token_;
      advance();
      return builder_.leaf(Kind::number, number.begin, number.end,
                           text_between(number.begin, number.end));
    }
    case TokenKind::left_paren: return parenthesised();
    case TokenKind::left_bracket: return list_display();
    case TokenKind::left_brace: return brace_display();
    case TokenKind::kw_none: return literal(Op::null_);
    case TokenKind::kw_true: return literal(Op::true_);
    case TokenKind::kw_false: return literal(Op::false_);
    case TokenKind::ellipsis: return literal(Op::ellipsis);
    case TokenKind::kw_lambda: return lambda();
    case TokenKind::kw_yield: return yield();
    case TokenKind::backtick: return backticks();
    default: return missing();
  }
}

NodeId Parser::literal(Op op) {
  const Token word = token_;
  advance();
  return builder_.leaf(Kind::literal, word.begin, word.end, {}, op);
}

NodeId Parser::name() {
  const std::uint32_t begin = token_.begin;
  const std::uint32_t end = token_.end;
  const std::string_view text = word_text();
  advance();
  return builder_.leaf(Kind::name, begin, end, text);
}

NodeId Parser::trailers(NodeId value) {
  for (;;) {
    switch (kind()) {
      case TokenKind::dot: value = member(value); break;
      case TokenKind::left_paren: value = call(value); break;
      case TokenKind::left_bracket: value = index(value); break;
      default: return value;
    }
  }
}

NodeId Parser::member(NodeId object) {
  advance();
  if (!at_word()) {
    complain("name expected after a dot");
    return object;
  }
  const std::string_view property = word_text();
  const std::size_t mark = builder_.mark();
  builder_.push(object);
  advance();
  return finish(Kind::member, begin_of(object), mark, Op::none, 0, property);
}

NodeId Parser::call(NodeId callee) {
  const std::size_t mark = builder_.mark();
  builder_.push(callee);
  advance();
  items(&Parser::argument);
  close(TokenKind::right_paren);
  ++calls_;
  return finish(Kind::call, begin_of(callee), mark);
}

NodeId Parser::argument() {
  if (kind() == TokenKind::star || kind() == TokenKind::double_star) return star_expression();
  const NodeId value = expression();
  if (kind() == TokenKind::assign && tree_[value].kind == Kind::name)
    return keyword_argument(value);
  if (!at_comprehension()) return value;
  return comprehension(value, Op::generator, begin_of(value), TokenKind::end);
}

NodeId Parser::keyword_argument(NodeId name) {
  const std::string_view text = tree_[name].text;
  const std::uint32_t begin = begin_of(name);
  if (name + 1 == tree_.nodes.size()) tree_.nodes.pop_back();  // the name is not a use of it
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(expression());
  return finish(Kind::keyword, begin, mark, Op::none, 0, text);
}

NodeId Parser::index(NodeId object) {
  const std::size_t mark = builder_.mark();
  builder_.push(object);
  advance();
  const std::uint32_t begin = token_.begin;
  const NodeId first = at_close() ? missing() : subscript();
  const bool is_tuple = tree_[first].kind == Kind::spread;
  if (accept(TokenKind::comma) || is_tuple) {
    const std::size_t parts = builder_.mark();
    builder_.push(first);
    items(&Parser::subscript);
    builder_.push(finish(Kind::array, begin, parts, Op::tuple));
  } else {
    builder_.push(first);
    if (!at_close()) {
      builder_.skip(token_.begin, token_.end, "comma expected");
      items(&Parser::subscript);
    }
  }
  close(TokenKind::right_bracket);
  return finish(Kind::index, begin_of(object), mark);
}

NodeId Parser::subscript() {
  const std::uint32_t begin = token_.begin;
  const NodeId from = kind() == TokenKind::colon ? no_node : star_expression();
  if (kind() != TokenKind::colon) return from;
  const std::size_t mark = builder_.mark();
  builder_.push(from);
  for (int part = 0; part < 2; ++part) {
    const bool written = accept(TokenKind::colon) && starts_operand(kind());
    builder_.push(written ? expression() : no_node);
  }
  return finish(Kind::slice, begin, mark);
}

NodeId Parser::parenthesised() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  advance();
  if (!at_close()) {
    const NodeId first = star_expression();
    if (accept(TokenKind::right_paren)) return first;
    if (at_comprehension()) {
      return comprehension(first, Op::generator, begin, TokenKind::right_paren);
    }
    builder_.push(first);
    if (!accept(TokenKind::comma)) {
      if (!at_close()) {
        builder_.skip(token_.begin, token_.end, "comma expected");
        items(&Parser::star_expression);
      }
      if (builder_.since(mark).size() == 1) {
        builder_.drop_to(mark);
        close(TokenKind::right_paren);
        return first;
      }
    }
    items(&Parser::star_expression);
  }
  close(TokenKind::right_paren);
  return finish(Kind::array, begin, mark, Op::tuple);
}

NodeId Parser::list_display() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  advance();
  if (!at_close()) {
    const NodeId first = star_expression();
    if (at_comprehension()) {
      return comprehension(first, Op::list, begin, TokenKind::right_bracket);
    }
    builder_.push(first);
    if (!accept(TokenKind::comma) && !at_close()) {
      builder_.skip(token_.begin, token_.end, "comma expected");
    }
    items(&Parser::star_expression);
  }
  close(TokenKind::right_bracket);
  return finish(Kind::array, begin, mark, Op::list);
}

NodeId Parser::brace_display() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  advance();
  bool is_set = false;
  if (!at_close()) {
    const NodeId first = brace_item();
    const Node& node = tree_[first];
    is_set = node.kind != Kind::pair && !(node.kind == Kind::spread && node.op == Op::two_star);
    if (at_comprehension()) {
      return comprehension(first, is_set ? Op::set : Op::dict, begin, TokenKind::right_brace);
    }
    builder_.push(first);
    if (!accept(TokenKind::comma) && !at_close()) {
      builder_.skip(token_.begin, token_.end, "comma expected");
    }
    items(&Parser::brace_item);
  }
  close(TokenKind::right_brace);
  if (is_set) return finish(Kind::array, begin, mark, Op::set);
  return finish(Kind::object, begin, mark);
}

// A value, a spread, or a pair.
NodeId Parser::brace_item() {
  const NodeId key = star_expression();
  if (kind() != TokenKind::colon) return key;
  const std::size_t mark = builder_.mark();
  builder_.push(key);
  advance();
  builder_.push(expression());
  return finish(Kind::pair, begin_of(key), mark);
}

// Python 2 for repr(...).
NodeId Parser::backticks() {
  const std::uint32_t begin = token_.begin;
  advance();
  const NodeId value = expression_list();
  expect(TokenKind::backtick, "backtick expected");
  return call_of("repr", begin, value, no_node);
}

bool Parser::at_comprehension() const {
  return kind() == TokenKind::kw_for ||
         (kind() == TokenKind::kw_async && lexer_.peek_word(token_.end) == "for");
}

// `closer` is TokenKind::end for the bare generator that is an argument.
NodeId Parser::comprehension(NodeId element, Op op, std::uint32_t begin, TokenKind closer) {
  const std::size_t mark = builder_.mark();
  builder_.push(element);
  clauses(closer);
  if (closer != TokenKind::end) {
    if (!at_close()) builder_.push(rest_of_bracket("end of a comprehension expected"));
    close(closer);
  }
  return finish(Kind::comprehension, begin, mark, op);
}

void Parser::clauses(TokenKind closer) {
  const Nesting nesting(*this);
  if (nesting.too_deep()) return builder_.push(skip_nested());
  while (at_comprehension()) {
    const std::uint32_t begin = token_.begin;
    const std::uint16_t flags = accept(TokenKind::kw_async) ? flag_async : 0;
    advance();
    const std::size_t mark = builder_.mark();
    builder_.push(target_list());
    expect(TokenKind::kw_in, "`in` expected");
    builder_.push(iterable(closer));
    while (accept(TokenKind::kw_if)) builder_.push(operators(or_level));
    builder_.push(finish(Kind::clause, begin, mark, Op::none, flags));
  }
}

// Python 2 allows a tuple without brackets in a list: [x for x in 1, 2].
NodeId Parser::iterable(TokenKind closer) {
  const NodeId first = operators(or_level);
  if (kind() != TokenKind::comma || closer != TokenKind::right_bracket) return first;
  const std::size_t mark = builder_.mark();
  builder_.push(first);
  while (accept(TokenKind::comma) && starts_operand(kind())) builder_.push(operators(or_level));
  return finish(Kind::array, begin_of(first), mark, Op::tuple);
}

}  // namespace assay::code::python
