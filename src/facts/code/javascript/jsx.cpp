// JSX elements. Between tags the lexer reads text, so the token after `>` and `}` is asked for by
// whoever knows what surrounds them: these functions end at their last token, not behind it.
#include "facts/code/javascript/parsing.h"

namespace assay::code {
NodeId Parser::parse_jsx() {
  const NodeId element = parse_jsx_element();
  advance();
  return element;
}

// Ends at the `>` of the closing tag.
NodeId Parser::parse_jsx_element() {
  const std::uint32_t begin = token_.begin;
  if (too_deep()) {
    skip_jsx_element();
    report(begin, previous_end_, "nested too deeply");
    return finish(Kind::error, begin, mark());
  }
  const Nesting nesting(*this);
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  const std::size_t first = mark();
  advance();
  if (parse_jsx_tag()) parse_jsx_children();
  previous_end_ = token_.end;
  return finish(Kind::jsx, begin, first);
}

// An opening tag up to its `>`. Returns whether children follow.
bool Parser::parse_jsx_tag() {
  push(is_word(token_.kind) ? parse_jsx_tag_name() : no_node);
  if (at(Tok::less)) skip_type_group();
  while (!at(Tok::end)) {
    if (starts_with_greater(token_.kind)) {
      token_ = lexer_.rescan_first(token_, Tok::greater);
      return true;
    }
    if (at(Tok::slash)) {
      advance();
      if (!starts_with_greater(token_.kind)) continue;
      token_ = lexer_.rescan_first(token_, Tok::greater);
      return false;
    }
    if (is_word(token_.kind)) {
      parse_jsx_attribute();
    } else if (at(Tok::open_brace)) {
      push_statement(parse_jsx_container());
      advance();
    } else {
      push(skip_unexpected());
    }
  }
  report(token_.begin, token_.begin, "no closing >");
  return false;
}

// name, name-with-dashes, name:space, name.member
NodeId Parser::parse_jsx_tag_name() {
  const std::uint32_t begin = token_.begin;
  Token name = lexer_.rescan_jsx_name(token_);
  token_ = name;
  advance();
  if (at(Tok::colon)) {
    advance();
    token_ = lexer_.rescan_jsx_name(token_);
    name.end = token_.end;
    advance();
  }
  NodeId tag = leaf(Kind::name, name, name.kind == Tok::name ? name_text(name) : source_text(name));
  while (accept(Tok::dot)) tag = parse_member(tag, begin, 0);
  return tag;
}

void Parser::parse_jsx_attribute() {
  token_ = lexer_.rescan_jsx_name(token_);
  advance();
  if (accept(Tok::colon)) {
    token_ = lexer_.rescan_jsx_name(token_);
    advance();
  }
  if (!at(Tok::assign)) return;
  previous_end_ = token_.end;
  token_ = lexer_.next_jsx_value();
  if (at(Tok::string)) {
    push(parse_string());
  } else if (at(Tok::open_brace)) {
    push_statement(parse_jsx_container());
    advance();
  } else if (at(Tok::less)) {
    push(parse_jsx());
  }
}

// Up to the `>` of the closing tag.
void Parser::parse_jsx_children() {
  for (;;) {
    previous_end_ = token_.end;
    token_ = lexer_.next_jsx_child();
    if (at(Tok::end)) {
      report(token_.begin, token_.begin, "no closing tag");
      return;
    }
    if (at(Tok::open_brace)) {
      push_statement(parse_jsx_container());
    } else if (peek_kind() == Tok::slash) {
      skip_jsx_tag();
      return;
    } else {
      push(parse_jsx_element());
    }
  }
}

// { expression }, { ...spread } or {}, which gives no_node. Ends at the closing brace.
NodeId Parser::parse_jsx_container() {
  advance();
  NodeId value = no_node;
  if (!at(Tok::close_brace)) value = at(Tok::ellipsis) ? parse_spread() : parse_expression();
  if (!at(Tok::close_brace)) {
    report(token_.begin, token_.begin, "no closing } in an element");
    do skip_until_closer(false, false);
    while (accept(Tok::semicolon));
  }
  return value;
}

// From `<` to the `>` that ends this tag. Returns what it does to the number of open elements.
int Parser::skip_jsx_tag() {
  advance();
  const bool is_closing = at(Tok::slash);
  bool is_empty = false;
  while (!at(Tok::end) && !starts_with_greater(token_.kind)) {
    is_empty = at(Tok::slash);
    if (at(Tok::open_brace)) {
      skip_group();
    } else {
      advance();
    }
  }
  if (!at(Tok::end)) token_ = lexer_.rescan_first(token_, Tok::greater);
  return is_closing ? -1 : is_empty ? 0 : 1;
}

// An element that is nested too deeply, without recursion.
void Parser::skip_jsx_element() {
  int open = skip_jsx_tag();
  while (open > 0 && !at(Tok::end)) {
    previous_end_ = token_.end;
    token_ = lexer_.next_jsx_child();
    if (at(Tok::less)) {
      open += skip_jsx_tag();
    } else if (at(Tok::open_brace)) {
      skip_group();
      lexer_.go_to(previous_end_);
      token_.end = previous_end_;
    }
  }
  previous_end_ = token_.end;
}

}  // namespace assay::code
