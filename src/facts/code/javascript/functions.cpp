// Functions, arrow functions, and the parentheses that may turn out to be their parameters.
#include "facts/code/javascript/parsing.h"

namespace assay::code {

// Reads `( item, item )`, pushing the items: an expression, or the parameters of an arrow function
// with their annotations.
Parser::ParenList Parser::parse_list_of_parens() {
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  ParenList list;
  list.ends_in_comma = true;  // or is empty
  advance();
  while (!at(Tok::close_paren) && !at(Tok::end)) {
    list.is_annotated |= at(Tok::ellipsis);
    push(parse_parenthesised_item(list));
    list.ends_in_comma = accept(Tok::comma);
    if (!list.ends_in_comma) break;
  }
  expect(Tok::close_paren, "no closing )");
  return list;
}

// An expression, `...rest`, or a parameter with `?`, `: type` and a default.
NodeId Parser::parse_parenthesised_item(ParenList& list) {
  const std::uint32_t begin = token_.begin;
  NodeId item = parse_argument();
  const bool is_optional = accept(Tok::question);
  list.is_annotated |= is_optional || at(Tok::colon);
  if (at(Tok::colon)) {
    skip_annotation();
    item = parse_assignment_after(item, begin);
  } else if (at(Tok::assign)) {
    item = parse_assignment_after(item, begin);
  }
  return item;
}

NodeId Parser::parse_parenthesised() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  const ParenList list = parse_list_of_parens();
  if (at_arrow_after_parens(list)) {
    to_parameters(first, begin);
    return finish_arrow(begin, first, 0);
  }
  const std::size_t count = builder_.since(first).size();
  if (count == 0) return missing("no expression in ()");
  if (list.ends_in_comma) report(previous_end_ - 1, previous_end_, "no arrow after parameters");
  if (count > 1) return finish(Kind::sequence, begin, first);
  const NodeId only = builder_.since(first)[0];
  builder_.drop_to(first);
  return only;
}

// Whether `=>` follows the closing parenthesis, after a return type perhaps, which is skipped.
// Between ? and : the colon of `(a) : b => c` is the conditional's, unless only parameters can be
// written so.
bool Parser::at_arrow_after_parens(const ParenList& list) {
  if (at(Tok::arrow)) return true;
  const bool may_have_type = !context_.in_conditional || list.is_annotated || list.ends_in_comma;
  return at(Tok::colon) && types_ && may_have_type && try_return_type();
}

NodeId Parser::parse_arrow_or_call_of_async(const Token& async) {
  const std::size_t first = mark();
  push(leaf(Kind::name, async, "async"));
  const ParenList list = parse_list_of_parens();
  if (!at_arrow_after_parens(list)) return finish(Kind::call, async.begin, first);
  to_parameters(first + 1, async.begin);
  const NodeId parameters = builder_.since(first)[1];
  builder_.drop_to(first);
  push(parameters);
  return finish_arrow(async.begin, first, flag_async);
}

// Turns the expressions pushed since `first` into one parameters node.
void Parser::to_parameters(std::size_t first, std::uint32_t begin) {
  const std::size_t count = builder_.since(first).size();
  for (std::size_t i = 0; i < count; ++i) {
    const NodeId item = builder_.since(first)[i];
    Node& node = builder_.node(item);
    if (node.kind == Kind::assign && node.op == Op::assign) {
      node.kind = Kind::parameter;  // [target, default] as well
      node.op = Op::none;
      continue;
    }
    const std::size_t children = mark();
    const std::uint32_t item_begin = node.begin;
    const std::uint32_t item_end = node.end;
    push(item);
    push(no_node);
    const NodeId parameter = finish(Kind::parameter, item_begin, children);
    builder_.node(parameter).end = item_end;
    builder_.since(first)[i] = parameter;
  }
  push(finish(Kind::parameters, begin, first));
}

NodeId Parser::arrow_from_name(const Token& name, std::uint32_t begin, std::uint32_t flags) {
  const std::size_t first = mark();
  push(leaf(Kind::name, name, name_text(name)));
  to_parameters(first, name.begin);
  return finish_arrow(begin, first, flags);
}

// From `=>` on; the parameters are what was pushed since `first`.
NodeId Parser::finish_arrow(std::uint32_t begin, std::size_t first, std::uint32_t flags) {
  advance();
  flags |= flag_arrow;
  const Scoped<Context> scope(context_);
  context_.in_function = true;
  context_.in_async = (flags & flag_async) != 0;
  context_.in_generator = false;
  if (at(Tok::open_brace)) {
    push(parse_block_body(parameter_properties_.size()));
  } else {
    flags |= flag_expression_body;
    push(parse_assignment());
  }
  const NodeId arrow = finish(Kind::function, begin, first, {}, Op::none, flags);
  arrow_end_ = previous_end_;
  return arrow;
}

// From the word `function` on.
NodeId Parser::parse_function(std::uint32_t begin, std::uint32_t flags) {
  if (too_deep()) return skip_nested(true);
  const Nesting nesting(*this);
  advance();
  if (accept(Tok::star)) flags |= flag_generator;
  std::string_view name;
  if (is_word(token_.kind)) {
    name = name_text(token_);
    advance();
  }
  return parse_function_rest(begin, name, flags, mark());
}

// From the parameters on. Decorators were pushed since `decorators`. An overload or abstract method
// has no body, no run-time meaning and gives no_node.
NodeId Parser::parse_function_rest(std::uint32_t begin, std::string_view name, std::uint32_t flags,
                                   std::size_t decorators) {
  const NodeId nodes_before = static_cast<NodeId>(tree_.nodes.size());
  const std::size_t children_before = tree_.child_ids.size();
  const std::size_t properties = parameter_properties_.size();
  const Scoped<Context> scope(context_);
  context_.in_function = true;
  context_.in_allowed = true;
  context_.in_conditional = false;
  context_.in_async = (flags & flag_async) != 0;
  context_.in_generator = (flags & flag_generator) != 0;
  skip_type_parameters();
  const NodeId parameters = parse_parameters();
  if (at(Tok::colon)) skip_annotation();
  NodeId body = no_node;
  if (at(Tok::open_brace)) {
    body = parse_block_body(properties);
  } else if (types_ && !stopped_) {
    parameter_properties_.resize(properties);
    builder_.drop_to(decorators);
    forget_nodes_from(nodes_before, children_before);
    consume_semicolon();
    return no_node;
  } else {
    report(token_.begin, token_.begin, "no function body");
  }
  parameter_properties_.resize(properties);
  // [parameters, body, decorator ...]
  const auto decorated = builder_.since(decorators);
  const std::vector<NodeId> kept(decorated.begin(), decorated.end());
  builder_.drop_to(decorators);
  push(parameters);
  push(body);
  for (const NodeId decorator : kept) push(decorator);
  return finish(Kind::function, begin, decorators, name, Op::none, flags);
}

NodeId Parser::parse_parameters() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  if (!expect(Tok::open_paren, "no ( before parameters")) {
    return finish(Kind::parameters, begin, first);
  }
  while (!at(Tok::close_paren) && !at(Tok::end)) {
    push_statement(parse_parameter());
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::close_paren, "no closing )");
  return finish(Kind::parameters, begin, first);
}

// [target, default or none, decorator ...]. TypeScript's `this: T` gives no_node.
NodeId Parser::parse_parameter() {
  const std::uint32_t begin = token_.begin;
  const std::size_t decorators = mark();
  if (at(Tok::at)) parse_decorators();
  if (skip_parameter_modifiers()) parameter_properties_.push_back(token_);
  if (at(Tok::this_)) {
    builder_.drop_to(decorators);
    advance();
    if (at(Tok::colon)) skip_annotation();
    return no_node;
  }
  NodeId target = no_node;
  if (at(Tok::ellipsis)) {
    const std::uint32_t spread_begin = token_.begin;
    advance();
    const NodeId rest = parse_binding_target();
    const std::size_t first = mark();
    push(rest);
    target = finish(Kind::spread, spread_begin, first, {}, Op::one_star);
  } else {
    target = parse_binding_target();
  }
  accept(Tok::question);
  if (at(Tok::colon)) skip_annotation();
  const NodeId value = accept(Tok::assign) ? parse_assignment() : no_node;
  const auto decorated = builder_.since(decorators);
  const std::vector<NodeId> kept(decorated.begin(), decorated.end());
  builder_.drop_to(decorators);
  push(target);
  push(value);
  for (const NodeId decorator : kept) push(decorator);
  return finish(Kind::parameter, begin, decorators);
}

// `private readonly` before a constructor's parameter, which make it a property. Returns whether
// there were any.
bool Parser::skip_parameter_modifiers() {
  bool any = false;
  while (token_.kind == Tok::public_ || token_.kind == Tok::private_ ||
         token_.kind == Tok::protected_ || token_.kind == Tok::readonly ||
         token_.kind == Tok::override_) {
    const Tok following = peek_kind();
    if (!is_name(following) && following != Tok::open_brace && following != Tok::open_bracket)
      break;
    advance();
    any = true;
  }
  return any && is_name(token_.kind);
}

// A name or a pattern.
NodeId Parser::parse_binding_target() {
  if (at(Tok::open_bracket) || at(Tok::open_brace)) {
    if (too_deep()) return skip_nested(true);
    const Nesting nesting(*this);
    return at(Tok::open_bracket) ? parse_array() : parse_object();
  }
  if (!is_name(token_.kind)) return missing("no name");
  const Token name = token_;
  advance();
  return leaf(Kind::name, name, name_text(name));
}

// The braces of a function. Constructor parameters that are properties, those since
// `first_property`, are assigned first.
NodeId Parser::parse_block_body(std::size_t first_property) {
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  for (std::size_t i = first_property; i < parameter_properties_.size(); ++i) {
    const Token& token = parameter_properties_[i];
    const std::string_view name = name_text(token);
    const std::size_t member = mark();
    push(leaf(Kind::name, token, "this"));
    const NodeId target = finish(Kind::member, token.begin, member, name);
    const NodeId value = leaf(Kind::name, token, name);
    const std::size_t assign = mark();
    push(target);
    push(value);
    push(finish(Kind::assign, token.begin, assign, {}, Op::assign));
  }
  parameter_properties_.resize(first_property);
  advance();
  parse_statements(true);
  expect(Tok::close_brace, "no closing }");
  return finish(Kind::block, begin, first);
}

}  // namespace assay::code
