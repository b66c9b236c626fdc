#include "facts/code/javascript/parsing.h"

namespace assay::code {

// The statements of a module (`until_brace` false) or up to the brace that closes them; pushes
// them.
void Parser::parse_statements(bool until_brace) {
  while (!at(Tok::end)) {
    if (at(Tok::close_brace) && until_brace) return;
    if (at(Tok::close_brace) || at(Tok::close_paren) || at(Tok::close_bracket)) {
      push(skip_unexpected());
      continue;
    }
    const std::uint32_t before = token_.begin;
    push_statement(parse_statement());
    if (token_.begin == before && !at(Tok::end) && !at(Tok::close_brace)) push(skip_unexpected());
  }
}

NodeId Parser::parse_statement() {
  if (too_deep()) return skip_nested(false);
  const Nesting nesting(*this);
  if (!is_word(token_.kind)) {
    switch (token_.kind) {
      case Tok::open_brace: return parse_block();
      case Tok::semicolon: return parse_empty();
      case Tok::at: return parse_decorated_statement();
      default: return parse_expression_statement();
    }
  }
  return parse_word_statement();
}

NodeId Parser::parse_word_statement() {
  switch (token_.kind) {
    case Tok::name: return parse_expression_statement();
    case Tok::var: return parse_var();
    case Tok::const_: return parse_const();
    case Tok::let: return parse_let();
    case Tok::using_:
    case Tok::await: return parse_using();
    case Tok::function: return parse_function(token_.begin, flag_statement);
    case Tok::async: return parse_async_statement();
    case Tok::class_: return parse_class(token_.begin, flag_statement, mark());
    case Tok::if_: return parse_if();
    case Tok::for_: return parse_for();
    case Tok::while_: return parse_while();
    case Tok::do_: return parse_do();
    case Tok::return_: return parse_exit(Kind::return_);
    case Tok::throw_: return parse_exit(Kind::throw_);
    case Tok::break_: return parse_jump(Kind::break_);
    case Tok::continue_: return parse_jump(Kind::continue_);
    case Tok::try_: return parse_try();
    case Tok::switch_: return parse_switch();
    case Tok::with: return parse_with();
    case Tok::import_: return parse_import();
    case Tok::export_: return parse_export();
    case Tok::debugger: return parse_debugger();
    case Tok::enum_: return parse_enum();
    case Tok::type:
    case Tok::opaque:
    case Tok::interface_:
    case Tok::declare:
    case Tok::abstract_:
    case Tok::namespace_:
    case Tok::module: return parse_type_statement();
    default: return parse_expression_statement();
  }
}

NodeId Parser::parse_empty() {
  advance();
  return no_node;
}

NodeId Parser::parse_block() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  parse_statements(true);
  expect(Tok::close_brace, "no closing }");
  return finish(Kind::block, begin, first);
}

NodeId Parser::parse_expression_statement() {
  const Token start = token_;
  const NodeId nodes_before = static_cast<NodeId>(tree_.nodes.size());
  const std::size_t children_before = tree_.child_ids.size();
  const NodeId expression = parse_expression();
  const bool is_label = at(Tok::colon) && is_name(start.kind) && previous_end_ == start.end;
  if (!is_label) {
    consume_semicolon();
    return expression;
  }
  forget_nodes_from(nodes_before, children_before);
  advance();
  const NodeId statement = parse_statement();
  const std::size_t first = mark();
  push(statement);
  return finish(Kind::labelled, start.begin, first, name_text(start));
}

// The `(expression)` of if, while, switch and with.
NodeId Parser::parse_parenthesised_head(std::string_view reason) {
  if (!expect(Tok::open_paren, reason)) {
    if (at(Tok::open_brace)) return no_node;
    return parse_expression();
  }
  const NodeId head = parse_expression();
  expect(Tok::close_paren, "no closing )");
  return head;
}

// Declarations

NodeId Parser::parse_var() {
  const std::uint32_t begin = token_.begin;
  advance();
  const NodeId declaration = parse_declarators(Op::var, begin);
  consume_semicolon();
  return declaration;
}

NodeId Parser::parse_const() {
  const std::uint32_t begin = token_.begin;
  advance();
  if (at(Tok::enum_)) return parse_enum();
  const NodeId declaration = parse_declarators(Op::const_, begin);
  consume_semicolon();
  return declaration;
}

NodeId Parser::parse_let() {
  const Point point = here();
  advance();
  if (!at_declaration_name()) {
    back_to(point);
    return parse_expression_statement();
  }
  const NodeId declaration = parse_declarators(Op::let, point.token.begin);
  consume_semicolon();
  return declaration;
}

// Whether what follows `let` makes it a declaration.
bool Parser::at_declaration_name() {
  return is_name(token_.kind) || at(Tok::open_bracket) || at(Tok::open_brace);
}

// using x = y; await using x = y; otherwise both are names or the operator.
NodeId Parser::parse_using() {
  const Point point = here();
  const bool awaits = accept(Tok::await);
  if (at(Tok::using_) && !(awaits && token_.newline_before)) {
    advance();
    if (is_name(token_.kind) && !token_.newline_before) {
      const NodeId declaration = parse_declarators(Op::const_, point.token.begin);
      consume_semicolon();
      return declaration;
    }
  }
  back_to(point);
  return parse_expression_statement();
}

// From behind the word that declares.
NodeId Parser::parse_declarators(Op op, std::uint32_t begin) {
  const std::size_t first = mark();
  do push(parse_declarator());
  while (accept(Tok::comma));
  return finish(Kind::declaration, begin, first, {}, op);
}

NodeId Parser::parse_declarator() {
  const std::uint32_t begin = token_.begin;
  const NodeId target = parse_binding_target();
  if (at(Tok::bang) && types_ && !token_.newline_before) advance();
  if (at(Tok::colon)) skip_annotation();
  const NodeId value = accept(Tok::assign) ? parse_assignment() : no_node;
  const std::size_t first = mark();
  push(target);
  push(value);
  return finish(Kind::declarator, begin, first);
}

NodeId Parser::parse_async_statement() {
  const Token async = token_;
  const Token following = peek();
  if (following.kind != Tok::function || following.newline_before) {
    return parse_expression_statement();
  }
  advance();
  return parse_function(async.begin, flag_async | flag_statement);
}

// @decorator class, also before export.
NodeId Parser::parse_decorated_statement() {
  const std::uint32_t begin = token_.begin;
  const std::size_t decorators = mark();
  parse_decorators();
  const bool is_abstract = at(Tok::abstract_) && peek_kind() == Tok::class_;
  if (is_abstract) advance();
  if (at(Tok::class_)) return parse_class(begin, flag_statement, decorators);
  if (at(Tok::export_)) {
    const NodeId exported = parse_export_decorated(decorators);
    if (exported != no_node) return exported;
  }
  report(token_.begin, token_.begin, "no class after a decorator");
  return finish(Kind::error, begin, decorators);
}

NodeId Parser::parse_debugger() {
  const Token word = token_;
  advance();
  consume_semicolon();
  return leaf(Kind::name, word, "debugger");
}

// Branches and loops

// else if is a chain, folded from its end.
NodeId Parser::parse_if() {
  const std::size_t first = mark();
  const std::size_t open_base = pending_.size();
  for (;;) {
    pending_.push_back({token_.begin, Op::none});
    advance();
    push(parse_parenthesised_head("no ( after if"));
    push(parse_statement());
    if (!accept(Tok::else_)) {
      push(no_node);
      break;
    }
    if (at(Tok::if_)) continue;
    push(parse_statement());
    break;
  }
  return fold(Kind::if_, first, open_base, 3);
}

NodeId Parser::parse_for() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::uint32_t flags = accept(Tok::await) ? flag_async : 0;
  if (!expect(Tok::open_paren, "no ( after for")) return missing("no loop");
  const std::size_t first = mark();
  const NodeId init = at(Tok::semicolon) ? no_node : parse_for_init();
  push(init);
  if (at(Tok::of) || at(Tok::in)) {
    const Op op = at(Tok::of) ? Op::of : Op::in;
    advance();
    push(op == Op::of ? parse_assignment() : parse_expression());
    expect(Tok::close_paren, "no closing )");
    push(parse_statement());
    push(no_node);
    return finish(Kind::for_each, begin, first, {}, op, flags);
  }
  expect(Tok::semicolon, "no ; in for");
  push(at(Tok::semicolon) ? no_node : parse_expression());
  expect(Tok::semicolon, "no ; in for");
  push(at(Tok::close_paren) ? no_node : parse_expression());
  expect(Tok::close_paren, "no closing )");
  push(parse_statement());
  return finish(Kind::for_, begin, first);
}

NodeId Parser::parse_for_init() {
  const Scoped<Context> scope(context_);
  context_.in_allowed = false;
  const Point point = here();
  const std::uint32_t begin = token_.begin;
  if (accept(Tok::var)) return parse_declarators(Op::var, begin);
  if (accept(Tok::const_)) return parse_declarators(Op::const_, begin);
  if (accept(Tok::let) && at_declaration_name()) return parse_declarators(Op::let, begin);
  if (point.token.kind == Tok::using_ || point.token.kind == Tok::await) {
    accept(Tok::await);
    if (accept(Tok::using_) && is_name(token_.kind) && !at(Tok::of)) {
      return parse_declarators(Op::const_, begin);
    }
  }
  back_to(point);
  return parse_expression();
}

NodeId Parser::parse_while() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  push(parse_parenthesised_head("no ( after while"));
  push(parse_statement());
  push(no_node);
  return finish(Kind::while_, begin, first);
}

NodeId Parser::parse_do() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  push(parse_statement());
  if (expect(Tok::while_, "no while after do")) {
    push(parse_parenthesised_head("no ( after while"));
    accept(Tok::semicolon);
  } else {
    push(no_node);
  }
  return finish(Kind::do_while, begin, first);
}

NodeId Parser::parse_switch() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  push(parse_parenthesised_head("no ( after switch"));
  if (expect(Tok::open_brace, "no { after switch")) {
    while (!at(Tok::close_brace) && !at(Tok::end)) {
      if (at(Tok::case_) || at(Tok::default_)) {
        push(parse_case());
      } else {
        const std::uint32_t stray = token_.begin;
        const std::size_t saved = mark();
        report(stray, stray, "no case");
        parse_case_body();
        push(finish(Kind::error, stray, saved));
      }
    }
    expect(Tok::close_brace, "no closing }");
  }
  return finish(Kind::switch_, begin, first);
}

NodeId Parser::parse_case() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  const bool is_default = at(Tok::default_);
  advance();
  if (is_default) {
    push(no_node);
  } else {
    // As between ? and :, what follows `(a)` and a colon is no return type.
    const Scoped<Context> scope(context_);
    context_.in_conditional = true;
    push(parse_expression());
  }
  expect(Tok::colon, "no : after case");
  parse_case_body();
  return finish(Kind::case_, begin, first);
}

void Parser::parse_case_body() {
  while (!at(Tok::case_) && !at(Tok::default_) && !at(Tok::close_brace) && !at(Tok::end)) {
    const std::uint32_t before = token_.begin;
    push_statement(parse_statement());
    if (token_.begin == before && !at(Tok::end)) push(skip_unexpected());
  }
}

// Jumps

NodeId Parser::parse_exit(Kind kind) {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  const bool ends =
      token_.newline_before || at(Tok::semicolon) || at(Tok::close_brace) || at(Tok::end);
  push(ends ? no_node : parse_expression());
  const NodeId exit = finish(kind, begin, first);
  consume_semicolon();
  return exit;
}

NodeId Parser::parse_jump(Kind kind) {
  const std::uint32_t begin = token_.begin;
  advance();
  std::string_view label;
  if (is_name(token_.kind) && !token_.newline_before) {
    label = name_text(token_);
    advance();
  }
  const NodeId jump = finish(kind, begin, mark(), label);
  consume_semicolon();
  return jump;
}

NodeId Parser::parse_try() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  const auto push_block = [&] {
    if (at(Tok::open_brace)) {
      push(parse_block());
    } else {
      push(missing("no {"));
    }
  };
  push_block();
  if (at(Tok::catch_)) push(parse_catch());
  if (accept(Tok::finally)) {
    push_block();
  } else {
    push(no_node);
  }
  push(no_node);
  return finish(Kind::try_, begin, first);
}

NodeId Parser::parse_catch() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  NodeId target = no_node;
  if (accept(Tok::open_paren)) {
    target = parse_binding_target();
    if (at(Tok::colon)) skip_annotation();
    expect(Tok::close_paren, "no closing )");
  }
  push(target);
  push(no_node);
  push(at(Tok::open_brace) ? parse_block() : missing("no {"));
  return finish(Kind::catch_, begin, first);
}

NodeId Parser::parse_with() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  advance();
  const std::uint32_t item_begin = token_.begin;
  const NodeId object = parse_parenthesised_head("no ( after with");
  const std::size_t item = mark();
  push(object);
  push(no_node);
  push(finish(Kind::with_item, item_begin, item));
  push(parse_statement());
  return finish(Kind::with_, begin, first);
}

}  // namespace assay::code
