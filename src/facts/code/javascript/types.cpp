// TypeScript's types, and what Flow adds to them. They leave no node, so they are read as balanced
// tokens with just enough grammar to find their end; none of it recurses.
#include "facts/code/javascript/parsing.h"

namespace assay::code {
namespace {

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

// Whether a token of a type, after these two, cannot be part of a call, an assignment, a function's
// body or anything else that does something when it turns out to be an expression.
bool cannot_run(Tok earlier, Tok before, Tok kind, bool in_braces) {
  switch (kind) {
    case Tok::open_paren: {
      const bool is_method = in_braces && is_word(before) &&
                             (earlier == Tok::open_brace || earlier == Tok::semicolon ||
                              earlier == Tok::comma || earlier == Tok::get || earlier == Tok::set);
      return is_method || !ends_operand(before) || before == Tok::keyof ||
             before == Tok::readonly || before == Tok::is || before == Tok::as;
    }
    case Tok::open_brace:
    case Tok::template_whole:
    case Tok::template_head:
      return !ends_operand(before) || before == Tok::keyof || before == Tok::readonly ||
             before == Tok::is || before == Tok::as;
    case Tok::assign:
    case Tok::star:
    case Tok::optional_dot: return false;
    case Tok::colon:
    case Tok::question: return true;
    default: return before != Tok::new_;
  }
}

}  // namespace

// `: type`
void Parser::skip_annotation() {
  advance();
  const std::uint32_t begin = token_.begin;
  if (!at(Tok::percent) && !skip_type()) report(begin, token_.begin, "no type");
  skip_flow_predicate();
}

// The %checks after or instead of a return type.
void Parser::skip_flow_predicate() {
  if (options_.typescript || !accept(Tok::percent)) return;
  if (is_word(token_.kind)) advance();
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
      case Tok::open_paren: {
        const bool is_function = starts_function_type();
        if (!skip_type_group()) return false;
        if (!is_function || !accept(Tok::arrow)) return true;
        continue;
      }
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

// Whether the parenthesis here holds parameters. `(): (() => T) => f` returns what `() => T` is.
bool Parser::starts_function_type() {
  const Point point = here();
  advance();
  bool found = at(Tok::close_paren) || at(Tok::ellipsis);
  const bool is_pattern = at(Tok::open_brace) || at(Tok::open_bracket);
  if (is_pattern ? skip_type_group() : is_word(token_.kind)) {
    if (!is_pattern) advance();
    found = at(Tok::colon) || at(Tok::comma) || at(Tok::question) || at(Tok::assign);
    if (accept(Tok::close_paren)) found = at(Tok::arrow);
  }
  back_to(point);
  return found;
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
    // Flow marks variance as in <+T>.
    case Tok::plus: return in_braces || (in_angles && !options_.typescript);
    case Tok::semicolon:
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
// comparison. What compares runs, so nothing that could run is taken for a type. Flow is run as
// JavaScript, where it is always a comparison.
bool Parser::try_type_arguments() {
  if (!options_.typescript || !may_try(token_.begin)) return false;
  const Point point = here();
  if (skip_harmless_type_group() && ends_type_arguments()) return true;
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return false;
}

bool Parser::skip_harmless_type_group() {
  const std::size_t base = open_.size();
  Tok earlier = Tok::end;
  Tok before = Tok::end;
  bool good = true;
  do {
    const Tok kind = token_.kind;
    const bool in_braces = open_.size() > base && open_.back() == Tok::close_brace;
    const bool is_harmless = kind == Tok::open_paren && before == Tok::new_
                                 ? holds_constructor_type()
                                 : cannot_run(earlier, before, kind, in_braces);
    good = is_harmless && skip_type_token(base);
    earlier = before;
    before = token_.kind;
    if (good) advance();
  } while (good && open_.size() > base);
  open_.resize(base);
  return good;
}

// Whether the parenthesis after `new` holds the parameters of a constructor type.
bool Parser::holds_constructor_type() {
  if (!may_try(token_.begin)) return false;
  const Point point = here();
  const bool found = skip_type_group() && at(Tok::arrow);
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return found;
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
  const bool found = at(Tok::percent) || skip_type();
  skip_flow_predicate();
  if (found && at(Tok::arrow)) return true;
  tried_bytes_ += lexer_.position() - point.position;
  back_to(point);
  return false;
}

}  // namespace assay::code
