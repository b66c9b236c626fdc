// TypeScript's types and the declarations that hold only types, and what Flow shares with them.
// Types are read as balanced tokens with just enough grammar to find their end; none of it
// recurses.
#include "facts/code/javascript/parsing.h"

namespace assay::code {
namespace {

bool starts_with_greater(Tok kind) {
  return kind == Tok::greater || kind == Tok::greater_equal || kind == Tok::shift_right ||
         kind == Tok::shift_right_unsigned || kind == Tok::shift_right_assign ||
         kind == Tok::shift_right_unsigned_assign;
}

bool starts_with_less(Tok kind) { return kind == Tok::less || kind == Tok::shift_left; }

// Words that begin a type rather than name one, when more follows.
bool is_type_prefix(Tok kind) {
  switch (kind) {
    case Tok::keyof:
    case Tok::unique:
    case Tok::readonly:
    case Tok::infer:
    case Tok::asserts:
    case Tok::abstract_: return true;
    default: return false;
  }
}

bool starts_type(Tok kind) {
  switch (kind) {
    case Tok::string:
    case Tok::number:
    case Tok::template_whole:
    case Tok::template_head:
    case Tok::open_paren:
    case Tok::open_bracket:
    case Tok::open_brace:
    case Tok::void_:
    case Tok::null_:
    case Tok::true_:
    case Tok::false_:
    case Tok::this_:
    case Tok::typeof_:
    case Tok::new_:
    case Tok::import_:
    case Tok::const_: return true;
    default: return is_name(kind) && kind != Tok::is;
  }
}

// Tokens that occur between the brackets of a type.
bool belongs_to_type(Tok kind) {
  switch (kind) {
    case Tok::number:
    case Tok::string:
    case Tok::template_whole:
    case Tok::template_head:
    case Tok::template_tail:
    case Tok::private_name:
    case Tok::open_paren:
    case Tok::close_paren:
    case Tok::open_bracket:
    case Tok::close_bracket:
    case Tok::open_brace:
    case Tok::close_brace:
    case Tok::comma:
    case Tok::colon:
    case Tok::question:
    case Tok::dot:
    case Tok::ellipsis:
    case Tok::arrow:
    case Tok::pipe:
    case Tok::ampersand:
    case Tok::assign:
    case Tok::star:
    case Tok::minus:
    case Tok::optional_dot: return true;
    default: return is_word(kind) || starts_with_greater(kind) || starts_with_less(kind);
  }
}

}  // namespace

// `: type`
void Parser::skip_annotation() {
  advance();
  const std::uint32_t begin = token_.begin;
  if (!skip_type()) report(begin, token_.begin, "no type");
}

void Parser::skip_type_parameters() {
  if (!at(Tok::less)) return;
  const std::uint32_t begin = token_.begin;
  if (!skip_type_group()) report(begin, token_.begin, "no type parameters");
}

// False when no type is here or it breaks off; the tokens up to there are read then.
bool Parser::skip_type() {
  int extends = 0;  // of conditional types whose ? is to come
  int questions = 0;
  for (;;) {
    if (!skip_type_operand()) return false;
    for (bool complete = true; complete;) {
      switch (token_.kind) {
        case Tok::dot:
          advance();
          if (!is_word(token_.kind) && !at(Tok::private_name)) return false;
          advance();
          break;
        case Tok::open_bracket:
        case Tok::less:
        case Tok::shift_left:
          if (token_.newline_before) return true;
          if (!skip_type_group()) return false;
          break;
        case Tok::pipe:
        case Tok::ampersand: complete = false; break;
        case Tok::extends:
          if (token_.newline_before) return true;
          ++extends;
          complete = false;
          break;
        case Tok::is:
          if (token_.newline_before) return true;
          complete = false;
          break;
        case Tok::question:
          if (extends == 0) return true;
          --extends;
          ++questions;
          complete = false;
          break;
        case Tok::colon:
          if (questions == 0) return true;
          --questions;
          complete = false;
          break;
        default: return true;
      }
    }
    advance();
  }
}

// One operand of a type, with the words before it, and the arrows of function types.
bool Parser::skip_type_operand() {
  for (;;) {
    switch (token_.kind) {
      case Tok::pipe:
      case Tok::ampersand:
      case Tok::question:
      case Tok::minus:
      case Tok::ellipsis:
      case Tok::typeof_:
      case Tok::new_: advance(); continue;
      case Tok::less:
      case Tok::shift_left:
        if (!skip_type_group() || !at(Tok::open_paren)) return false;
        continue;
      case Tok::open_paren:
        if (!skip_type_group()) return false;
        if (!accept(Tok::arrow)) return true;
        continue;
      case Tok::open_bracket:
      case Tok::open_brace:
      case Tok::template_head: return skip_type_group();
      case Tok::star:
      case Tok::number:
      case Tok::string:
      case Tok::template_whole: advance(); return true;
      case Tok::import_: advance(); return !at(Tok::open_paren) || skip_type_group();
      default: break;
    }
    if (is_type_prefix(token_.kind)) {
      const Token following = peek();
      if (starts_type(following.kind) && !following.newline_before) {
        advance();
        continue;
      }
    }
    if (!starts_type(token_.kind) && !at(Tok::is)) return false;
    advance();
    return true;
  }
}

// From an opening bracket (or `<`, or a template's head) past the one that closes it. False at a
// token that no type has, or at the end.
bool Parser::skip_type_group() {
  const std::size_t base = open_.size();
  bool good = true;
  do {
    good = skip_type_token(base);
    if (good) advance();
  } while (good && open_.size() > base);
  open_.resize(base);
  return good;
}

bool Parser::skip_type_token(std::size_t base) {
  const bool in_angles = open_.size() == base || open_.back() == Tok::greater;
  const bool in_braces = open_.size() > base && open_.back() == Tok::close_brace;
  switch (token_.kind) {
    case Tok::open_paren: open_.push_back(Tok::close_paren); return true;
    case Tok::open_bracket: open_.push_back(Tok::close_bracket); return true;
    case Tok::open_brace: open_.push_back(Tok::close_brace); return true;
    case Tok::template_head: open_.push_back(Tok::template_tail); return true;
    case Tok::close_brace:
      if (open_.back() == Tok::template_tail) {
        token_ = lexer_.rescan_template(token_);
        if (at(Tok::template_tail)) open_.pop_back();
        return true;
      }
      [[fallthrough]];
    case Tok::close_paren:
    case Tok::close_bracket:
      if (open_.back() != token_.kind) return false;
      open_.pop_back();
      return true;
    case Tok::semicolon:
    case Tok::plus:
    case Tok::or_or:  // Flow's exact object without members is {||}.
    case Tok::percent: return in_braces;
    default: break;
  }
  if (in_angles && starts_with_less(token_.kind)) {
    token_ = lexer_.rescan_first(token_, Tok::less);
    open_.push_back(Tok::greater);
    return true;
  }
  if (in_angles && starts_with_greater(token_.kind)) {
    token_ = lexer_.rescan_first(token_, Tok::greater);
    open_.pop_back();
    return true;
  }
  return belongs_to_type(token_.kind);
}

// `<T>` in an expression: type arguments, when they close and no operand follows, else a
// comparison.
bool Parser::try_type_arguments() {
  if (!may_try(token_.begin)) return false;
  const Point point = here();
  if (skip_type_group() && ends_type_arguments()) return true;
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return false;
}

bool Parser::ends_type_arguments() const {
  // In `a < b >= c` and `a < b >> c` the last token was no bracket.
  const char after = previous_end_ < source_.size() ? source_[previous_end_] : ' ';
  if (after == '=' || after == '>') return false;
  switch (token_.kind) {
    case Tok::open_paren:
    case Tok::template_whole:
    case Tok::template_head: return true;
    case Tok::less:
    case Tok::greater:
    case Tok::plus:
    case Tok::minus:
    case Tok::open_bracket:
    case Tok::slash:
    case Tok::slash_assign:
    case Tok::increment:
    case Tok::decrement:
    case Tok::at: return false;
    default:
      return token_.newline_before || at(Tok::as) || at(Tok::satisfies) ||
             !starts_operand(token_.kind);
  }
}

// The return type of an arrow function, from the colon; taken back unless `=>` follows.
bool Parser::try_return_type() {
  if (!may_try(token_.begin)) return false;
  const Point point = here();
  advance();
  bool found = skip_type();
  if (at(Tok::percent)) {
    // Flow's %checks.
    advance();
    if (is_word(token_.kind)) advance();
  }
  found = found && at(Tok::arrow);
  if (found) return true;
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return false;
}

// Where elements may stand, only `<T,` and `<T extends` begin the parameters of an arrow function.
bool Parser::is_generic_arrow() {
  const Point point = here();
  advance();
  accept(Tok::const_);
  bool found = is_name(token_.kind);
  if (found) {
    advance();
    found = at(Tok::comma) || (at(Tok::colon) && !options_.typescript);
    if (accept(Tok::extends)) {
      found = !at(Tok::assign) && !at(Tok::slash) && !starts_with_greater(token_.kind);
    }
  }
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
      if (same_line && is_word(following.kind)) return skip_declared();
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
