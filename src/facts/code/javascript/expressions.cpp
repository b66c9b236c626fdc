// Operators, from the comma down to calls and members.
#include <array>

#include "facts/code/javascript/parsing.h"

namespace assay::code {
namespace {

struct Operator {
  Kind kind = Kind::none;
  Op op = Op::none;
  std::uint8_t precedence = 0;  // 0: no binary operator
};

struct OperatorRow {
  Tok token;
  Operator info;
};

constexpr std::uint8_t relational = 8;

constexpr OperatorRow binary_rows[] = {
    {Tok::nullish, {Kind::logical, Op::coalesce, 1}},
    {Tok::or_or, {Kind::logical, Op::or_, 2}},
    {Tok::and_and, {Kind::logical, Op::and_, 3}},
    {Tok::pipe, {Kind::binary, Op::bit_or, 4}},
    {Tok::caret, {Kind::binary, Op::bit_xor, 5}},
    {Tok::ampersand, {Kind::binary, Op::bit_and, 6}},
    {Tok::equal_equal, {Kind::compare, Op::equal, 7}},
    {Tok::not_equal, {Kind::compare, Op::not_equal, 7}},
    {Tok::strict_equal, {Kind::compare, Op::strict_equal, 7}},
    {Tok::strict_not_equal, {Kind::compare, Op::strict_not_equal, 7}},
    {Tok::less, {Kind::compare, Op::less, relational}},
    {Tok::less_equal, {Kind::compare, Op::less_equal, relational}},
    {Tok::greater, {Kind::compare, Op::greater, relational}},
    {Tok::greater_equal, {Kind::compare, Op::greater_equal, relational}},
    {Tok::in, {Kind::compare, Op::in, relational}},
    {Tok::instanceof, {Kind::compare, Op::instance_of, relational}},
    {Tok::shift_left, {Kind::binary, Op::shift_left, 9}},
    {Tok::shift_right, {Kind::binary, Op::shift_right, 9}},
    {Tok::shift_right_unsigned, {Kind::binary, Op::shift_right_unsigned, 9}},
    {Tok::plus, {Kind::binary, Op::add, 10}},
    {Tok::minus, {Kind::binary, Op::subtract, 10}},
    {Tok::star, {Kind::binary, Op::multiply, 11}},
    {Tok::slash, {Kind::binary, Op::divide, 11}},
    {Tok::percent, {Kind::binary, Op::modulo, 11}},
};
constexpr std::size_t precedence_levels = 12;

constexpr std::array<Operator, 256> operators = [] {
  std::array<Operator, 256> table{};
  for (const OperatorRow& row : binary_rows) table[static_cast<std::size_t>(row.token)] = row.info;
  return table;
}();

struct AssignRow {
  Tok token;
  Op op;
};

constexpr AssignRow assign_rows[] = {
    {Tok::assign, Op::assign},
    {Tok::plus_assign, Op::add},
    {Tok::minus_assign, Op::subtract},
    {Tok::star_assign, Op::multiply},
    {Tok::slash_assign, Op::divide},
    {Tok::percent_assign, Op::modulo},
    {Tok::star_star_assign, Op::power},
    {Tok::ampersand_assign, Op::bit_and},
    {Tok::pipe_assign, Op::bit_or},
    {Tok::caret_assign, Op::bit_xor},
    {Tok::shift_left_assign, Op::shift_left},
    {Tok::shift_right_assign, Op::shift_right},
    {Tok::shift_right_unsigned_assign, Op::shift_right_unsigned},
    {Tok::and_assign, Op::and_},
    {Tok::or_assign, Op::or_},
    {Tok::nullish_assign, Op::coalesce},
};

constexpr std::array<Op, 256> assign_operators = [] {
  std::array<Op, 256> table{};
  for (const AssignRow& row : assign_rows) table[static_cast<std::size_t>(row.token)] = row.op;
  return table;
}();

constexpr const Operator& operator_of(Tok kind) {
  return operators[static_cast<std::size_t>(kind)];
}

}  // namespace

NodeId Parser::parse_expression() {
  const std::uint32_t begin = token_.begin;
  const NodeId first = parse_assignment();
  if (!at(Tok::comma)) return first;
  const std::size_t items = mark();
  push(first);
  while (accept(Tok::comma)) push(parse_assignment());
  return finish(Kind::sequence, begin, items);
}

NodeId Parser::parse_assignment() {
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  if (at(Tok::yield) && is_yield()) return parse_yield();
  const std::uint32_t begin = token_.begin;
  return parse_assignment_after(parse_conditional(), begin);
}

// a = b = c: targets are gathered and folded from the right.
NodeId Parser::parse_assignment_after(NodeId left, std::uint32_t begin) {
  Op op = assign_operators[static_cast<std::size_t>(token_.kind)];
  if (op == Op::none || after_arrow()) return left;
  const std::size_t first = mark();
  const std::size_t open_base = pending_.size();
  while (op != Op::none && !after_arrow()) {
    push(left);
    pending_.push_back({begin, op});
    advance();
    begin = token_.begin;
    const bool yields = at(Tok::yield) && is_yield();
    left = yields ? parse_yield() : parse_conditional();
    op = assign_operators[static_cast<std::size_t>(token_.kind)];
  }
  push(left);
  return fold(Kind::assign, first, open_base, 2);
}

NodeId Parser::parse_conditional() {
  const std::uint32_t begin = token_.begin;
  const NodeId test = parse_binary();
  if (!at(Tok::question) || after_arrow()) return test;
  return parse_conditional_after(test, begin);
}

// a ? b : c ? d : e: the chain of tests is gathered and folded from the right.
NodeId Parser::parse_conditional_after(NodeId test, std::uint32_t begin) {
  const std::size_t first = mark();
  const std::size_t open_base = pending_.size();
  while (at(Tok::question) && !after_arrow()) {
    // The `?` of an optional parameter, (a?, b?: T) => 0, belongs to the caller.
    const Tok following = peek_kind();
    if (following == Tok::comma || following == Tok::close_paren || following == Tok::colon ||
        following == Tok::assign) {
      break;
    }
    push(test);
    pending_.push_back({begin, Op::none});
    advance();
    {
      const Scoped<Context> scope(context_);
      context_.in_allowed = true;
      context_.in_conditional = true;
      push(parse_assignment());
    }
    if (!expect(Tok::colon, "no : after ?")) {
      test = no_node;
      break;
    }
    begin = token_.begin;
    test = at(Tok::yield) && is_yield() ? parse_yield() : parse_binary();
  }
  if (pending_.size() == open_base) return test;
  // a ? b : c = d assigns in the last branch.
  push(parse_assignment_after(test, begin));
  return fold(Kind::conditional, first, open_base, 3);
}

bool Parser::is_binary_operator() {
  if (operator_of(token_.kind).precedence == 0 || after_arrow()) return false;
  return !at(Tok::in) || context_.in_allowed;
}

// Binary operators by a stack of the open ones, each binding tighter than the one below, so that no
// expression is too long. Equal operators side by side share one node, comparisons do not.
NodeId Parser::parse_binary() {
  struct Open {
    Tok token;
    std::uint32_t first_operand;
    std::uint32_t begin;
  };
  std::uint32_t begin = token_.begin;
  const NodeId first = parse_power();
  const bool may_be_cast = types_ && (at(Tok::as) || at(Tok::satisfies));
  if (!is_binary_operator() && !may_be_cast) return first;

  Open open[precedence_levels];
  std::size_t count = 0;
  push(first);
  const auto reduce = [&] {
    const Open& top = open[--count];
    const Operator& info = operator_of(top.token);
    begin = top.begin;
    push(finish(info.kind, top.begin, top.first_operand, {}, info.op));
  };
  for (;;) {
    if (types_ && !token_.newline_before && (at(Tok::as) || at(Tok::satisfies))) {
      advance();
      skip_type();
      continue;
    }
    if (!is_binary_operator()) break;
    const Tok token = token_.kind;
    const Operator& info = operator_of(token);
    while (count > 0 && operator_of(open[count - 1].token).precedence > info.precedence) reduce();
    if (count > 0 && operator_of(open[count - 1].token).precedence == info.precedence &&
        (open[count - 1].token != token || info.kind == Kind::compare)) {
      reduce();
    }
    if (count == 0 || open[count - 1].token != token)
      open[count++] = {token, static_cast<std::uint32_t>(mark() - 1), begin};
    advance();
    begin = token_.begin;
    push(parse_power());
  }
  while (count > 0) reduce();
  const NodeId result = builder_.since(mark() - 1)[0];
  builder_.drop_to(mark() - 1);
  return result;
}

// a ** b ** c is a ** (b ** c).
NodeId Parser::parse_power() {
  std::uint32_t begin = token_.begin;
  NodeId operand = parse_unary();
  if (!at(Tok::star_star) || after_arrow()) return operand;
  const std::size_t first = mark();
  const std::size_t open_base = pending_.size();
  while (at(Tok::star_star)) {
    push(operand);
    pending_.push_back({begin, Op::power});
    advance();
    begin = token_.begin;
    operand = parse_unary();
  }
  push(operand);
  return fold(Kind::binary, first, open_base, 2);
}

NodeId Parser::parse_unary() {
  switch (token_.kind) {
    case Tok::bang: return parse_prefixed(Kind::unary, Op::not_);
    case Tok::tilde: return parse_prefixed(Kind::unary, Op::bit_not);
    case Tok::plus: return parse_prefixed(Kind::unary, Op::plus);
    case Tok::minus: return parse_prefixed(Kind::unary, Op::minus);
    case Tok::typeof_: return parse_prefixed(Kind::unary, Op::type_of);
    case Tok::void_: return parse_prefixed(Kind::unary, Op::void_);
    case Tok::delete_: return parse_prefixed(Kind::delete_, Op::none);
    case Tok::increment:
    case Tok::decrement: return parse_prefix_update();
    case Tok::await: return is_await() ? parse_prefixed(Kind::await, Op::none) : parse_postfix();
    default: return parse_postfix();
  }
}

NodeId Parser::parse_prefixed(Kind kind, Op op) {
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  const std::uint32_t begin = token_.begin;
  advance();
  const NodeId operand = parse_unary();
  const std::size_t first = mark();
  push(operand);
  return finish(kind, begin, first, {}, op);
}

NodeId Parser::parse_prefix_update() {
  const Op op = at(Tok::increment) ? Op::increment : Op::decrement;
  const NodeId id = parse_prefixed(Kind::update, op);
  if (is_kind(id, Kind::update)) set_flags(id, flag_prefix);
  return id;
}

// Whether a token of this kind can only begin an operand, never go on with an expression.
bool Parser::starts_operand(Tok kind) const {
  switch (kind) {
    case Tok::number:
    case Tok::string:
    case Tok::open_brace:
    case Tok::bang:
    case Tok::tilde:
    case Tok::function:
    case Tok::class_:
    case Tok::new_:
    case Tok::this_:
    case Tok::super:
    case Tok::null_:
    case Tok::true_:
    case Tok::false_:
    case Tok::typeof_:
    case Tok::void_:
    case Tok::delete_:
    case Tok::import_:
    case Tok::private_name: return true;
    default: return is_name(kind);
  }
}

// In async functions and at the top of a module `await` is the operator; elsewhere it is a name
// unless an operand follows on its line.
bool Parser::is_await() {
  const Token following = peek();
  if (starts_operand(following.kind)) {
    return context_.in_async || !context_.in_function || !following.newline_before;
  }
  const bool ambiguous = following.kind == Tok::open_paren || following.kind == Tok::open_bracket ||
                         following.kind == Tok::plus || following.kind == Tok::minus ||
                         following.kind == Tok::slash || following.kind == Tok::template_whole ||
                         following.kind == Tok::template_head || following.kind == Tok::increment ||
                         following.kind == Tok::decrement || following.kind == Tok::less;
  if (!ambiguous) return false;
  return context_.in_async ||
         (!context_.in_function && following.kind != Tok::plus && following.kind != Tok::minus &&
          following.kind != Tok::slash && following.kind != Tok::less);
}

bool Parser::is_yield() {
  if (context_.in_generator) return true;
  const Token following = peek();
  return !following.newline_before && starts_operand(following.kind) && following.kind != Tok::of &&
         following.kind != Tok::as && following.kind != Tok::satisfies;
}

NodeId Parser::parse_yield() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t first = mark();
  std::uint32_t flags = 0;
  if (at(Tok::star) && !token_.newline_before) {
    advance();
    flags = flag_delegate;
  }
  const bool ends = at(Tok::close_paren) || at(Tok::close_bracket) || at(Tok::close_brace) ||
                    at(Tok::comma) || at(Tok::semicolon) || at(Tok::colon) || at(Tok::in) ||
                    at(Tok::of) || at(Tok::end) || (token_.newline_before && flags == 0);
  push(ends ? no_node : parse_assignment());
  return finish(Kind::yield, begin, first, {}, Op::none, flags);
}

NodeId Parser::parse_postfix() {
  const std::uint32_t begin = token_.begin;
  const NodeId primary = at(Tok::new_) ? parse_new() : parse_primary();
  if (after_arrow()) return primary;
  const NodeId operand = parse_chain(primary, begin, true);
  if ((!at(Tok::increment) && !at(Tok::decrement)) || token_.newline_before) return operand;
  const Op op = at(Tok::increment) ? Op::increment : Op::decrement;
  advance();
  const std::size_t first = mark();
  push(operand);
  return finish(Kind::update, begin, first, {}, op);
}

NodeId Parser::parse_chain(NodeId left, std::uint32_t begin, bool with_calls) {
  for (;;) {
    const NodeId longer = parse_link(left, begin, with_calls);
    if (longer == no_node) return left;
    left = longer;
  }
}

// One more member, call or index on `left`, or no_node when nothing follows. Type arguments and
// TypeScript's `!` are read and give `left` itself.
NodeId Parser::parse_link(NodeId left, std::uint32_t begin, bool with_calls) {
  switch (token_.kind) {
    case Tok::dot: advance(); return parse_member(left, begin, 0);
    case Tok::open_paren: return with_calls ? parse_call(left, begin, 0) : no_node;
    case Tok::open_bracket: return parse_index(left, begin, 0);
    case Tok::optional_dot:
      if (!with_calls) return no_node;
      advance();
      return parse_optional_link(left, begin);
    case Tok::template_whole:
    case Tok::template_head: return parse_tagged(left, begin);
    case Tok::bang:
      if (!types_ || token_.newline_before) return no_node;
      advance();
      return left;
    case Tok::less:
    case Tok::shift_left: return types_ && try_type_arguments() ? left : no_node;
    default: return no_node;
  }
}

NodeId Parser::parse_member(NodeId object, std::uint32_t begin, std::uint32_t flags) {
  const std::size_t first = mark();
  push(object);
  std::string_view property;
  if (is_word(token_.kind) || at(Tok::private_name)) {
    property = name_text(token_);
    advance();
  } else {
    report(token_.begin, token_.begin, "no property after .");
  }
  return finish(Kind::member, begin, first, property, Op::none, flags);
}

NodeId Parser::parse_index(NodeId object, std::uint32_t begin, std::uint32_t flags) {
  advance();
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  const NodeId key = parse_expression();
  expect(Tok::close_bracket, "no closing ]");
  const std::size_t first = mark();
  push(object);
  push(key);
  return finish(Kind::index, begin, first, {}, Op::none, flags);
}

NodeId Parser::parse_call(NodeId callee, std::uint32_t begin, std::uint32_t flags) {
  const std::size_t first = mark();
  push(callee);
  parse_arguments();
  return finish(Kind::call, begin, first, {}, Op::none, flags);
}

NodeId Parser::parse_optional_link(NodeId left, std::uint32_t begin) {
  if (types_ && at(Tok::less)) try_type_arguments();
  switch (token_.kind) {
    case Tok::open_paren: return parse_call(left, begin, flag_optional);
    case Tok::open_bracket: return parse_index(left, begin, flag_optional);
    case Tok::template_whole:
    case Tok::template_head: return parse_tagged(left, begin);
    default: return parse_member(left, begin, flag_optional);
  }
}

NodeId Parser::parse_tagged(NodeId tag, std::uint32_t begin) {
  const std::size_t first = mark();
  push(tag);
  push(parse_template());
  return finish(Kind::call, begin, first, {}, Op::none, flag_tagged);
}

// Pushes them. An argument list that never closes ends where no argument can go on.
void Parser::parse_arguments() {
  advance();
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  while (!at(Tok::close_paren) && !at(Tok::end)) {
    push(parse_argument());
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::close_paren, "no closing )");
}

NodeId Parser::parse_argument() { return at(Tok::ellipsis) ? parse_spread() : parse_assignment(); }

NodeId Parser::parse_new() {
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  const Token new_token = token_;
  advance();
  if (accept(Tok::dot)) return parse_member(leaf(Kind::name, new_token, "new"), new_token.begin, 0);
  const std::uint32_t begin = token_.begin;
  const NodeId primary = at(Tok::new_) ? parse_new() : parse_primary();
  const NodeId callee = parse_chain(primary, begin, false);
  const std::size_t first = mark();
  push(callee);
  if (at(Tok::open_paren)) parse_arguments();
  return finish(Kind::new_, new_token.begin, first);
}

}  // namespace assay::code
