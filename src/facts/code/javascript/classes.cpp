// Classes, and the keys and modifiers that their members share with those of objects.
#include <cmath>

#include "facts/code/javascript/parsing.h"

namespace assay::code {
namespace {

// What marks a member that has no modifier left: the word before was its name.
bool ends_member_name(Tok kind) {
  switch (kind) {
    case Tok::open_paren:
    case Tok::less:
    case Tok::assign:
    case Tok::semicolon:
    case Tok::comma:
    case Tok::colon:
    case Tok::question:
    case Tok::bang:
    case Tok::close_brace:
    case Tok::end: return true;
    default: return false;
  }
}

}  // namespace

// From the word `class` on; decorators were pushed since `decorators`.
NodeId Parser::parse_class(std::uint32_t begin, std::uint32_t flags, std::size_t decorators) {
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  const auto decorated = builder_.since(decorators);
  const std::vector<NodeId> kept(decorated.begin(), decorated.end());
  builder_.drop_to(decorators);
  advance();
  std::string_view name;
  // `class implements I {}` of TypeScript has no name; nobody names a class so.
  if (is_name(token_.kind) && source_text(token_) != "implements") {
    name = name_text(token_);
    advance();
  }
  skip_type_parameters();
  const std::size_t bases = mark();
  parse_heritage();
  const auto found = builder_.since(bases);
  const NodeId base = found.empty() ? no_node : found[0];
  builder_.drop_to(bases);
  push(parse_class_body());
  if (base != no_node) push(base);
  for (const NodeId decorator : kept) push(decorator);
  return finish(Kind::class_, begin, decorators, name, Op::none, flags);
}

// Pushes the base, if there is one.
void Parser::parse_heritage() {
  if (accept(Tok::extends)) {
    const std::uint32_t begin = token_.begin;
    const NodeId primary = at(Tok::new_) ? parse_new() : parse_primary();
    push(parse_chain(primary, begin, true));
    if (at(Tok::less)) skip_type_group();
  }
  if (!is_name(token_.kind) || source_text(token_) != "implements") return;
  do {
    advance();
    skip_type();
  } while (at(Tok::comma));
}

NodeId Parser::parse_class_body() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  const Scoped<Context> scope(context_);
  context_ = {};
  context_.in_function = true;
  if (!expect(Tok::open_brace, "no class body")) return finish(Kind::block, begin, first);
  while (!at(Tok::close_brace) && !at(Tok::end)) {
    if (accept(Tok::semicolon)) continue;
    const std::uint32_t before = token_.begin;
    parse_class_member();
    if (token_.begin == before && !at(Tok::end)) {
      // Closers of the wrong kind and statements mean that the class was never closed.
      if (at(Tok::close_paren) || at(Tok::close_bracket) || is_word(token_.kind)) break;
      push(skip_unexpected());
    }
  }
  expect(Tok::close_brace, "no closing }");
  return finish(Kind::block, begin, first);
}

// Whether the word here is a modifier of the member that follows it.
bool Parser::is_modifier_here() {
  const Token following = peek();
  if (ends_member_name(following.kind)) return false;
  switch (token_.kind) {
    case Tok::get:
    case Tok::set:
    case Tok::static_: return true;
    default: return !following.newline_before;
  }
}

void Parser::parse_member_modifiers(Member& member) {
  for (bool more = true; more;) {
    std::uint32_t flag = 0;
    switch (token_.kind) {
      case Tok::async: flag = flag_async; break;
      case Tok::get: flag = flag_getter; break;
      case Tok::set: flag = flag_setter; break;
      case Tok::static_: flag = flag_static; break;
      case Tok::abstract_:
      case Tok::declare:
      case Tok::public_:
      case Tok::private_:
      case Tok::protected_:
      case Tok::override_:
      case Tok::readonly:
      case Tok::accessor: break;
      default: more = false; continue;
    }
    if (!is_modifier_here()) break;
    if (at(Tok::abstract_) || at(Tok::declare)) member.is_bodiless = true;
    member.flags |= flag;
    advance();
  }
  if (accept(Tok::star)) member.flags |= flag_generator;
}

void Parser::parse_member_key(Member& member) {
  member.key_token = token_;
  if (at(Tok::open_bracket)) {
    member.is_computed = true;
    advance();
    const Scoped<Context> scope(context_);
    context_.in_allowed = true;
    context_.in_conditional = false;
    member.key = parse_assignment();
    expect(Tok::close_bracket, "no closing ]");
    return;
  }
  if (at(Tok::string) || at(Tok::template_whole)) {
    member.name = string_text(token_);
  } else if (at(Tok::number)) {
    member.name = source_text(token_);
    // { 0x10: x } has the key "16".
    const double value = number_value(member.name);
    const bool is_plain = member.name.find_first_not_of("0123456789") == std::string_view::npos &&
                          (member.name[0] != '0' || member.name.size() == 1);
    if (!is_plain && value >= 0 && value < 1e15 && value == std::floor(value)) {
      member.name = builder_.keep(std::to_string(static_cast<std::int64_t>(value)));
    }
  } else {
    member.name = name_text(token_);
  }
  advance();
}

void Parser::parse_class_member() {
  Member member;
  member.begin = token_.begin;
  member.flags = flag_method;
  member.decorators = mark();
  if (at(Tok::at)) parse_decorators();
  if (at(Tok::static_) && peek_kind() == Tok::open_brace) {
    advance();
    context_.in_async = true;  // where await is an error, so it cannot be a name
    const NodeId block = parse_block_body(parameter_properties_.size());
    context_.in_async = false;
    set_flags(block, flag_static);
    push(block);
    return;
  }
  parse_member_modifiers(member);
  // Flow marks the variance of a field.
  if ((at(Tok::plus) || at(Tok::minus)) && !options_.typescript) advance();
  const bool has_key = is_word(token_.kind) || at(Tok::string) || at(Tok::number) ||
                       at(Tok::open_bracket) || at(Tok::private_name);
  if (!has_key) return;
  // [key: string]: T
  if (types_ && at(Tok::open_bracket)) {
    const Point point = here();
    advance();
    if (is_name(token_.kind) && peek_kind() == Tok::colon) {
      back_to(point);
      skip_group();
      if (at(Tok::colon)) skip_annotation();
      consume_semicolon();
      return;
    }
    back_to(point);
  }
  parse_member_key(member);
  if ((at(Tok::question) || at(Tok::bang)) && !token_.newline_before) advance();
  if (at(Tok::open_paren) || at(Tok::less)) {
    parse_method(member);
  } else {
    parse_field(member);
  }
}

// A computed name is dropped from the method but evaluated: it stands before it in the block.
void Parser::parse_method(Member& member) {
  if (member.is_computed) {
    // Below the decorators, which the method takes.
    const auto decorated = builder_.since(member.decorators);
    const std::vector<NodeId> kept(decorated.begin(), decorated.end());
    builder_.drop_to(member.decorators);
    push(member.key);
    member.decorators = mark();
    for (const NodeId decorator : kept) push(decorator);
  }
  push_statement(parse_function_rest(member.begin, member.name, member.flags, member.decorators));
}

// name = value; its decorators stand before it in the block.
void Parser::parse_field(Member& member) {
  if (at(Tok::colon)) skip_annotation();
  NodeId target = no_node;
  if (!member.is_computed) {
    target = leaf(Kind::name, member.key_token, member.name);
  } else {
    const std::size_t first = mark();
    push(leaf(Kind::name, member.key_token, "this"));
    push(member.key);
    target = finish(Kind::index, member.key_token.begin, first);
  }
  NodeId value = no_node;
  if (accept(Tok::assign)) value = parse_assignment();
  consume_semicolon();
  if (member.is_bodiless && value == no_node) return;
  const std::size_t first = mark();
  push(target);
  push(value);
  push(finish(Kind::assign, member.begin, first, {}, Op::assign, member.flags & flag_static));
}

void Parser::parse_decorators() {
  while (at(Tok::at)) push(parse_decorator());
}

// @name.name(arguments) or @(expression)
NodeId Parser::parse_decorator() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::uint32_t expression_begin = token_.begin;
  NodeId expression = no_node;
  if (at(Tok::open_paren)) {
    expression = parse_parenthesised();
  } else if (is_word(token_.kind)) {
    const Token name = token_;
    advance();
    expression = leaf(Kind::name, name, name_text(name));
    // `[` begins a computed member, it does not index the decorator.
    while (!at(Tok::open_bracket) && !at(Tok::template_whole) && !at(Tok::template_head) &&
           !at(Tok::bang)) {
      const NodeId longer = parse_link(expression, expression_begin, true);
      if (longer == no_node) break;
      expression = longer;
    }
  } else {
    expression = missing("no decorator");
  }
  const std::size_t first = mark();
  push(expression);
  return finish(Kind::decorator, begin, first);
}

}  // namespace assay::code
