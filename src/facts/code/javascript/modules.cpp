// import and export statements.
#include "facts/code/javascript/parsing.h"

namespace assay::code {

void Parser::note_module() {
  is_module_ = true;
  lexer_.set_html_comments(false);
}

NodeId Parser::parse_import() {
  const Tok following = peek_kind();
  if (following == Tok::open_paren || following == Tok::dot) return parse_expression_statement();
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  note_module();
  advance();
  if (skip_type_only_import()) return no_node;
  if (at(Tok::string)) return finish_import(begin, first);
  // import defer * as x, import source x from: a word before what is imported.
  if (at(Tok::name) && (source_text(token_) == "defer" || source_text(token_) == "source")) {
    const Tok next = peek_kind();
    if (next == Tok::star || (is_name(next) && next != Tok::from)) advance();
  }
  if (is_name(token_.kind)) {
    const Token name = token_;
    advance();
    if (at(Tok::assign)) return parse_import_equals(begin, name);
    const NodeId local = leaf(Kind::name, name, name_text(name));
    const std::size_t children = mark();
    push(local);
    push(finish(Kind::import_name, name.begin, children, "default"));
    accept(Tok::comma);
  }
  if (at(Tok::star)) {
    parse_import_namespace();
  } else if (at(Tok::open_brace)) {
    parse_name_list();
  }
  expect(Tok::from, "no from in import");
  return finish_import(begin, first);
}

// import type ... from, import typeof ... from. They leave no node.
bool Parser::skip_type_only_import() {
  if (!at(Tok::type) && !at(Tok::typeof_)) return false;
  const Token following = peek();
  if (at(Tok::type) && (following.kind == Tok::comma || following.kind == Tok::assign))
    return false;
  if (at(Tok::type) && following.kind == Tok::from) {
    // `import type from 'x'` imports a default named type, `import type from from 'x'` a type.
    const Point point = here();
    advance();
    const bool is_default = peek_kind() == Tok::string;
    back_to(point);
    if (is_default) return false;
  }
  while (!at(Tok::string) && !at(Tok::semicolon) && !at(Tok::end)) {
    if (at(Tok::open_brace)) {
      skip_group();
    } else {
      advance();
      if (at(Tok::assign)) break;
    }
  }
  if (at(Tok::assign)) {
    // import type x = require('y')
    advance();
    skip_type();
    if (at(Tok::open_paren)) skip_group();
  }
  if (at(Tok::string)) advance();
  skip_import_attributes();
  consume_semicolon();
  return true;
}

NodeId Parser::finish_import(std::uint32_t begin, std::size_t first) {
  const std::string_view module = parse_module_source();
  const NodeId import = finish(Kind::import_, begin, first, module, Op::from);
  consume_semicolon();
  return import;
}

// * as name
void Parser::parse_import_namespace() {
  const std::uint32_t begin = token_.begin;
  advance();
  expect(Tok::as, "no as after *");
  const NodeId local = parse_binding_target();
  const std::size_t children = mark();
  push(local);
  push(finish(Kind::import_name, begin, children, "*"));
}

// import x = require('y'), import x = A.B
NodeId Parser::parse_import_equals(std::uint32_t begin, const Token& name) {
  const std::size_t first = mark();
  const NodeId target = leaf(Kind::name, name, name_text(name));
  advance();
  const NodeId value = parse_assignment();
  const std::size_t declarator = mark();
  push(target);
  push(value);
  push(finish(Kind::declarator, name.begin, declarator));
  const NodeId declaration = finish(Kind::declaration, begin, first, {}, Op::const_);
  consume_semicolon();
  return declaration;
}

// { a, b as c, type D, "string" as e }
void Parser::parse_name_list() {
  advance();
  while (!at(Tok::close_brace) && !at(Tok::end)) {
    if (!is_word(token_.kind) && !at(Tok::string)) break;
    parse_name_list_entry();
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::close_brace, "no closing }");
}

bool Parser::is_type_only_entry() {
  if (!at(Tok::type) && !at(Tok::typeof_)) return false;
  const Point point = here();
  advance();
  bool types = is_word(token_.kind) || at(Tok::string);
  if (types && at(Tok::as)) {
    // `type as`, `type as as x` and `type as x`: only the first two name a type.
    advance();
    types = !is_word(token_.kind) || at(Tok::as);
    if (types && at(Tok::as)) {
      advance();
      types = is_word(token_.kind);
    }
  }
  back_to(point);
  return types;
}

void Parser::parse_name_list_entry() {
  const std::uint32_t begin = token_.begin;
  const bool is_type = is_type_only_entry();
  if (is_type) advance();
  const Token original = token_;
  advance();
  Token renamed = original;
  if (at(Tok::as)) {
    advance();
    renamed = token_;
    if (is_word(token_.kind) || at(Tok::string)) advance();
  }
  if (is_type) return;
  const auto text = [&](const Token& token) {
    return token.kind == Tok::string ? string_text(token) : name_text(token);
  };
  // The node names what is local when importing, what is seen outside when exporting.
  const NodeId local = leaf(Kind::name, renamed, text(renamed));
  const std::string_view imported = text(original);
  const std::size_t children = mark();
  push(local);
  push(finish(Kind::import_name, begin, children, imported));
}

std::string_view Parser::parse_module_source() {
  std::string_view module;
  if (at(Tok::string) || at(Tok::template_whole)) {
    module = string_text(token_);
    advance();
  } else {
    report(token_.begin, token_.begin, "no module name");
  }
  skip_import_attributes();
  return module;
}

// with { type: "json" }, assert { type: "json" }
void Parser::skip_import_attributes() {
  const bool is_assert = at(Tok::name) && !token_.newline_before && source_text(token_) == "assert";
  if (!at(Tok::with) && !is_assert) return;
  if (peek_kind() != Tok::open_brace) return;
  advance();
  skip_group();
}

NodeId Parser::parse_export() {
  const std::uint32_t begin = token_.begin;
  note_module();
  advance();
  switch (token_.kind) {
    case Tok::default_: return parse_export_default(begin, mark());
    case Tok::star: return parse_export_star(begin);
    case Tok::open_brace: return parse_export_names(begin);
    case Tok::assign: return parse_export_default(begin, mark());
    case Tok::as:
      // export as namespace Name
      advance();
      accept(Tok::namespace_);
      if (is_name(token_.kind)) advance();
      consume_semicolon();
      return no_node;
    case Tok::type: {
      const Tok following = peek_kind();
      if (following != Tok::star && following != Tok::open_brace) break;
      const NodeId nodes_before = static_cast<NodeId>(tree_.nodes.size());
      const std::size_t children_before = tree_.child_ids.size();
      advance();
      following == Tok::star ? parse_export_star(begin) : parse_export_names(begin);
      if (!stopped_) forget_nodes_from(nodes_before, children_before);
      return no_node;
    }
    default: break;
  }
  return finish_export(begin, parse_statement(), {});
}

// Nothing to export, as for an interface, gives no node.
NodeId Parser::finish_export(std::uint32_t begin, NodeId value, std::string_view name) {
  if (value == no_node) return no_node;
  const std::size_t first = mark();
  push(value);
  return finish(Kind::export_, begin, first, name);
}

// @decorator export class, @decorator export default class; decorators were pushed already.
NodeId Parser::parse_export_decorated(std::size_t decorators) {
  const std::uint32_t begin = token_.begin;
  note_module();
  advance();
  if (at(Tok::default_)) return parse_export_default(begin, decorators);
  if (at(Tok::abstract_)) advance();
  if (!at(Tok::class_)) return no_node;
  return finish_export(begin, parse_class(token_.begin, flag_statement, decorators), {});
}

// From `default` or the `=` of `export =` on.
NodeId Parser::parse_export_default(std::uint32_t begin, std::size_t decorators) {
  advance();
  const std::uint32_t value_begin = token_.begin;
  if (at(Tok::at)) parse_decorators();
  if (at(Tok::abstract_) && peek_kind() == Tok::class_) advance();
  NodeId value = no_node;
  if (at(Tok::class_)) {
    value = parse_class(value_begin, flag_statement, decorators);
  } else if (at(Tok::function)) {
    value = parse_function(value_begin, flag_statement);
  } else if (at(Tok::async) && peek_kind() == Tok::function) {
    value = parse_async_statement();
  } else if (at(Tok::interface_) && is_name(peek_kind())) {
    value = parse_type_statement();
  } else {
    value = parse_assignment();
    consume_semicolon();
  }
  return finish_export(begin, value, "default");
}

// export * from 'x', export * as name from 'x'
NodeId Parser::parse_export_star(std::uint32_t begin) {
  const std::size_t first = mark();
  const std::uint32_t star_begin = token_.begin;
  advance();
  NodeId local = no_node;
  if (accept(Tok::as) && (is_word(token_.kind) || at(Tok::string))) {
    const Token name = token_;
    advance();
    local = leaf(Kind::name, name, name.kind == Tok::string ? string_text(name) : name_text(name));
  }
  const std::size_t children = mark();
  push_statement(local);
  push(finish(Kind::import_name, star_begin, children, "*"));
  expect(Tok::from, "no from in export");
  const std::string_view module = parse_module_source();
  const NodeId exported = finish(Kind::export_, begin, first, module, Op::from);
  consume_semicolon();
  return exported;
}

NodeId Parser::parse_export_names(std::uint32_t begin) {
  const std::size_t first = mark();
  parse_name_list();
  const bool from = accept(Tok::from);
  const std::string_view module = from ? parse_module_source() : std::string_view{};
  const NodeId exported = finish(Kind::export_, begin, first, module, from ? Op::from : Op::names);
  consume_semicolon();
  return exported;
}

}  // namespace assay::code
