// Names, literals, arrays and objects. The last two are also how patterns are read.
#include <cmath>

#include "facts/code/javascript/literals.h"
#include "facts/code/javascript/parsing.h"

namespace assay::code {

NodeId Parser::parse_primary() {
  switch (token_.kind) {
    case Tok::number: return parse_number();
    case Tok::string: return parse_string();
    case Tok::template_whole:
    case Tok::template_head: return parse_template();
    case Tok::slash:
    case Tok::slash_assign: return parse_regex();
    case Tok::open_paren: return parse_parenthesised();
    case Tok::open_bracket: return parse_array();
    case Tok::open_brace: return parse_object();
    case Tok::async: return parse_async();
    case Tok::private_name: return parse_private_name();
    case Tok::less: return parse_angle_primary();
    case Tok::at: {
      const std::size_t decorators = mark();
      const std::uint32_t begin = token_.begin;
      parse_decorators();
      if (at(Tok::class_)) return parse_class(begin, 0, decorators);
      builder_.drop_to(decorators);
      return missing("no class after a decorator");
    }
    // What these close or separate was opened by a caller.
    case Tok::end:
    case Tok::close_paren:
    case Tok::close_bracket:
    case Tok::close_brace:
    case Tok::comma:
    case Tok::semicolon:
    case Tok::colon:
    case Tok::arrow: return missing("no expression");
    default:
      if (is_name(token_.kind)) return parse_name();
      if (is_word(token_.kind)) return parse_word_primary();
      return skip_unexpected();
  }
}

NodeId Parser::parse_name() {
  const Token name = token_;
  advance();
  if (at(Tok::arrow) && !token_.newline_before) return arrow_from_name(name, name.begin, 0);
  return leaf(Kind::name, name, name_text(name));
}

NodeId Parser::parse_word_primary() {
  const Token word = token_;
  switch (word.kind) {
    case Tok::this_: advance(); return leaf(Kind::name, word, "this");
    case Tok::super: advance(); return leaf(Kind::name, word, "super");
    case Tok::null_: advance(); return leaf(Kind::literal, word, {}, Op::null_);
    case Tok::true_: advance(); return leaf(Kind::literal, word, {}, Op::true_);
    case Tok::false_: advance(); return leaf(Kind::literal, word, {}, Op::false_);
    case Tok::function: return parse_function(word.begin, 0);
    case Tok::class_: return parse_class(word.begin, 0, mark());
    case Tok::import_: return parse_import_expression();
    // Words in the middle of a statement cannot begin one, the others probably do.
    case Tok::else_:
    case Tok::extends:
    case Tok::in:
    case Tok::instanceof:
    case Tok::enum_: return skip_unexpected();
    default: return missing("no expression");
  }
}

// `async` as a name, a function or an arrow function.
NodeId Parser::parse_async() {
  const Token async = token_;
  const Point point = here();
  advance();
  if (token_.newline_before) {
    back_to(point);
    return parse_name();
  }
  if (at(Tok::function)) return parse_function(async.begin, flag_async);
  if (is_name(token_.kind)) {
    const Token name = token_;
    advance();
    if (at(Tok::arrow) && !token_.newline_before) {
      return arrow_from_name(name, async.begin, flag_async);
    }
  } else if (at(Tok::open_paren)) {
    return parse_arrow_or_call_of_async(async);
  } else if (at(Tok::less) && skip_arrow_type_parameters() && at(Tok::open_paren)) {
    return parse_arrow_or_call_of_async(async);
  }
  back_to(point);
  return parse_name();
}

NodeId Parser::parse_private_name() {
  const Token name = token_;
  advance();
  return leaf(Kind::name, name, name_text(name));
}

NodeId Parser::parse_number() {
  const Token number = token_;
  advance();
  return leaf(Kind::number, number, source_text(number));
}

NodeId Parser::parse_string() {
  const Token string = token_;
  if (string.unterminated) report(string.begin, string.end, "unterminated string");
  advance();
  return leaf(Kind::string, string, string_text(string));
}

NodeId Parser::parse_regex() {
  const Token token = lexer_.rescan_regex(token_);
  token_ = token;
  advance();
  if (token.unterminated) {
    report(token.begin, token.end, "unterminated regular expression");
    return leaf(Kind::error, token, {});
  }
  const std::string_view text = source_text(token);
  return leaf(Kind::regex, token, text.substr(1, text.rfind('/') - 1));
}

void Parser::push_template_text(const Token& token) {
  if (token.unterminated) report(token.begin, token.end, "unterminated template");
  const std::string_view text = string_text(token);
  if (!text.empty()) push(leaf(Kind::string, token, text));
}

NodeId Parser::parse_template() {
  const std::uint32_t begin = token_.begin;
  if (at(Tok::template_whole)) return parse_string();
  const std::size_t first = mark();
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  for (;;) {
    push_template_text(token_);
    if (at(Tok::template_tail)) break;
    advance();
    push(parse_expression());
    if (!at(Tok::close_brace)) {
      report(token_.begin, token_.begin, "no closing } in a template");
      skip_until_closer(false, false);
      while (accept(Tok::semicolon)) skip_until_closer(false, false);
      if (!at(Tok::close_brace)) return finish(Kind::template_string, begin, first);
    }
    token_ = lexer_.rescan_template(token_);
  }
  advance();
  return finish(Kind::template_string, begin, first);
}

NodeId Parser::parse_spread() {
  const std::uint32_t begin = token_.begin;
  advance();
  const NodeId value = parse_assignment();
  const std::size_t first = mark();
  push(value);
  return finish(Kind::spread, begin, first, {}, Op::one_star);
}

NodeId Parser::parse_array() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  advance();
  while (!at(Tok::close_bracket) && !at(Tok::end)) {
    if (accept(Tok::comma)) {
      push(no_node);
      continue;
    }
    push(parse_argument());
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::close_bracket, "no closing ]");
  return finish(Kind::array, begin, first, {}, Op::list);
}

NodeId Parser::parse_object() {
  const std::uint32_t begin = token_.begin;
  const std::size_t first = mark();
  const Scoped<Context> scope(context_);
  context_.in_allowed = true;
  context_.in_conditional = false;
  advance();
  while (!at(Tok::close_brace) && !at(Tok::end)) {
    const NodeId member = parse_object_member();
    if (member == no_node) break;
    push(member);
    if (!accept(Tok::comma)) break;
  }
  expect(Tok::close_brace, "no closing }");
  return finish(Kind::object, begin, first);
}

// Or no_node when none begins here.
NodeId Parser::parse_object_member() {
  if (at(Tok::ellipsis)) return parse_spread();
  const Point point = here();
  Member member;
  member.begin = token_.begin;
  member.flags = flag_method;
  member.decorators = mark();
  parse_member_modifiers(member);
  const bool has_key = is_word(token_.kind) || at(Tok::string) || at(Tok::number) ||
                       at(Tok::open_bracket) || at(Tok::private_name) || at(Tok::template_whole);
  if (!has_key) return no_node;
  parse_member_key(member);
  const NodeId value = parse_object_value(member);
  if (value == no_node) {
    // The object was never closed: what is here belongs to a statement.
    back_to(point);
    return no_node;
  }
  if (member.is_method && !member.is_computed) return value;
  const NodeId key =
      member.is_computed ? member.key : leaf(Kind::string, member.key_token, member.name);
  const std::size_t first = mark();
  push(key);
  push(value);
  return finish(Kind::pair, member.begin, first);
}

// What follows the key of a member; no_node when that cannot be one.
NodeId Parser::parse_object_value(Member& member) {
  if (at(Tok::open_paren) || at(Tok::less)) {
    member.is_method = true;
    const NodeId method =
        parse_function_rest(member.begin, member.name, member.flags, member.decorators);
    return method == no_node ? missing("no method body") : method;
  }
  if (accept(Tok::colon)) return parse_assignment();
  if (member.is_computed) return missing("no value");
  const bool ends = at(Tok::comma) || at(Tok::close_brace) || at(Tok::assign) || at(Tok::end);
  if (!ends || !is_word(member.key_token.kind)) return no_node;
  const NodeId name = leaf(Kind::name, member.key_token, member.name);
  return parse_assignment_after(name, member.begin);
}

// import(x), import.meta, import.source(x).
NodeId Parser::parse_import_expression() {
  const Token import = token_;
  advance();
  if (accept(Tok::dot)) {
    if (at(Tok::meta) || peek_kind() != Tok::open_paren) {
      return parse_member(leaf(Kind::name, import, "import"), import.begin, 0);
    }
    advance();
  }
  if (!at(Tok::open_paren)) return missing("no ( after import");
  const std::size_t first = mark();
  parse_arguments();
  return finish(Kind::import_call, import.begin, first);
}

}  // namespace assay::code
