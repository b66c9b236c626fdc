// What TypeScript and Flow add besides types: generic arrow functions, casts, and the statements
// that declare only types (no node), enums and namespaces (declarations and blocks).
#include "facts/code/javascript/parsing.h"

namespace assay::code {
namespace {

// What may follow `declare`. Others make it a name: `declare in x`.
bool is_declared_word(Tok kind) {
  switch (kind) {
    case Tok::var:
    case Tok::const_:
    case Tok::function:
    case Tok::class_:
    case Tok::enum_:
    case Tok::import_:
    case Tok::export_: return true;
    default: return is_name(kind);
  }
}

}  // namespace

// Where elements may stand, only `<T,` and `<T extends` begin the parameters of an arrow function,
// and in Flow what has an arrow behind its parameters.
bool Parser::is_generic_arrow() {
  if (!options_.typescript) return is_flow_arrow();
  const Point point = here();
  advance();
  accept(Tok::const_);
  bool found = is_name(token_.kind);
  if (found) {
    advance();
    found = at(Tok::comma);
    if (accept(Tok::extends)) {
      found = !at(Tok::assign) && !at(Tok::slash) && !starts_with_greater(token_.kind);
    }
  }
  back_to(point);
  return found;
}

// The `<T>` of `async <T>(x: T) => x`.
bool Parser::skip_arrow_type_parameters() {
  if (options_.typescript) return try_type_arguments();
  return types_ && is_flow_arrow() && skip_type_group();
}

bool Parser::is_flow_arrow() {
  if (!may_try(token_.begin)) return false;
  const Point point = here();
  bool found = skip_type_group() && at(Tok::open_paren);
  if (found) {
    skip_group();
    found = at(Tok::arrow) || at(Tok::colon);
  }
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return found;
}

// `<` where an operand is expected: an element, a cast or the parameters of an arrow function.
NodeId Parser::parse_angle_primary() {
  if (options_.jsx && !(types_ && is_generic_arrow())) {
    const Tok following = peek_kind();
    if (is_word(following) || starts_with_greater(following)) return parse_jsx();
    return skip_unexpected();
  }
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  const Point point = here();
  if (may_try(token_.begin) && skip_type_group()) return parse_unary();
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return skip_unexpected();
}

// Statements that begin with a word that may be a name as well.
NodeId Parser::parse_type_statement() {
  const Token following = peek();
  const bool same_line = !following.newline_before;
  const bool named = same_line && is_name(following.kind);
  switch (token_.kind) {
    case Tok::type:
      if (named) return skip_type_alias();
      break;
    case Tok::opaque:
      if (same_line && following.kind == Tok::type) return skip_type_alias();
      break;
    case Tok::interface_:
      if (named) return skip_interface();
      break;
    case Tok::namespace_:
    case Tok::module:
      if (named) return parse_namespace();
      break;
    case Tok::declare:
      if (same_line && is_declared_word(following.kind)) return skip_declared();
      break;
    case Tok::abstract_:
      if (same_line && following.kind == Tok::class_) {
        const std::uint32_t begin = token_.begin;
        advance();
        return parse_class(begin, flag_statement, mark());
      }
      break;
    default: break;
  }
  return parse_expression_statement();
}

// type Name<T> = ..., opaque type Name: Super = ...
NodeId Parser::skip_type_alias() {
  accept(Tok::opaque);
  advance();
  advance();
  skip_type_parameters();
  if (at(Tok::colon)) skip_annotation();
  const std::uint32_t begin = token_.begin;
  if (accept(Tok::assign) && !skip_type()) report(begin, token_.begin, "no type");
  consume_semicolon();
  return no_node;
}

NodeId Parser::skip_interface() {
  advance();
  advance();
  skip_type_parameters();
  if (accept(Tok::extends)) {
    do skip_type();
    while (accept(Tok::comma));
  }
  if (at(Tok::open_brace)) {
    skip_group();
  } else {
    report(token_.begin, token_.begin, "no interface body");
  }
  return no_node;
}

// `declare` and what it declares, which is somewhere else: no node.
NodeId Parser::skip_declared() {
  advance();
  switch (token_.kind) {
    case Tok::var:
    case Tok::let:
    case Tok::const_:
    case Tok::function:
    case Tok::type:
    case Tok::opaque:
    case Tok::async:
    case Tok::interface_: {
      if (at(Tok::const_) && peek_kind() == Tok::enum_) break;
      const Scoped<bool> scope(types_, true);
      const NodeId nodes_before = static_cast<NodeId>(tree_.nodes.size());
      const std::size_t children_before = tree_.child_ids.size();
      parse_statement();
      if (!stopped_) forget_nodes_from(nodes_before, children_before);
      return no_node;
    }
    default: break;
  }
  skip_declared_head();
  if (at(Tok::open_brace)) {
    skip_group();
  } else {
    consume_semicolon();
  }
  return no_node;
}

// Of a class, enum, namespace, module or global: up to the braces, or to the end of the statement.
void Parser::skip_declared_head() {
  while (!at(Tok::open_brace) && !at(Tok::semicolon) && !at(Tok::end)) {
    if (at(Tok::less)) {
      if (!skip_type_group()) return;
    } else if (at(Tok::extends) || at(Tok::comma) || source_text(token_) == "implements") {
      advance();
      skip_type();
    } else if (token_.newline_before) {
      return;
    } else {
      advance();
    }
  }
}

// namespace A.B { ... } is a block.
NodeId Parser::parse_namespace() {
  advance();
  advance();
  while (accept(Tok::dot)) {
    if (is_word(token_.kind)) advance();
  }
  if (at(Tok::open_brace)) return parse_block();
  report(token_.begin, token_.begin, "no namespace body");
  return no_node;
}

// enum Name { A, B = 5 } is const Name = {A: 0, B: 5}.
NodeId Parser::parse_enum() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  const NodeId target = parse_binding_target();
  // Flow: enum Name of string
  if (accept(Tok::of)) skip_type();
  const std::uint32_t object_begin = token_.begin;
  const std::size_t members = mark();
  if (expect(Tok::open_brace, "no enum body")) {
    double next = 0;
    bool known = true;
    while (!at(Tok::close_brace) && !at(Tok::end)) {
      const NodeId member = parse_enum_member(next, known);
      if (member == no_node) break;
      push(member);
      if (!accept(Tok::comma)) break;
    }
    expect(Tok::close_brace, "no closing }");
  }
  const NodeId object = finish(Kind::object, object_begin, members);
  const std::size_t declarator = mark();
  push(target);
  push(object);
  push(finish(Kind::declarator, begin, declarator));
  return finish(Kind::declaration, begin, first, {}, Op::const_);
}

// `next` is the value of a member without one, as long as it is `known`.
NodeId Parser::parse_enum_member(double& next, bool& known) {
  Member member;
  member.begin = token_.begin;
  if (!is_word(token_.kind) && !at(Tok::string) && !at(Tok::number) && !at(Tok::open_bracket)) {
    return no_node;
  }
  parse_member_key(member);
  const NodeId key =
      member.is_computed ? member.key : leaf(Kind::string, member.key_token, member.name);
  NodeId value = no_node;
  if (accept(Tok::assign)) {
    value = parse_assignment();
    known = is_kind(value, Kind::number);
    if (known) next = number_value(builder_.node(value).text);
  } else if (known) {
    const std::string text = std::to_string(static_cast<std::int64_t>(next));
    value = leaf(Kind::number, member.key_token, builder_.keep(text));
  }
  next = next < 1e15 ? next + 1 : 0;
  const std::size_t first = mark();
  push(key);
  push(value);
  return finish(Kind::pair, member.begin, first);
}

}  // namespace assay::code
