// The words and punctuation of JavaScript and TypeScript. Words that are only sometimes keywords
// have kinds of their own but count as names; the parser decides from the context.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::code {

enum class Tok : std::uint8_t {
  end,
  error,  // a byte that starts no token

  number,
  string,
  template_whole,  // `text` without substitution
  template_head,   // `text${ or, when continued, }text${
  template_tail,   // }text`
  regex,           // only from Lexer::rescan_regex
  private_name,    // #name

  open_paren,
  close_paren,
  open_bracket,
  close_bracket,
  open_brace,
  close_brace,
  comma,
  semicolon,
  colon,
  question,
  optional_dot,
  dot,
  ellipsis,
  arrow,
  at,
  tilde,
  bang,
  increment,
  decrement,

  plus,
  minus,
  star,
  slash,
  percent,
  star_star,
  ampersand,
  pipe,
  caret,
  shift_left,
  shift_right,
  shift_right_unsigned,
  and_and,
  or_or,
  nullish,
  equal_equal,
  not_equal,
  strict_equal,
  strict_not_equal,
  less,
  less_equal,
  greater,
  greater_equal,

  assign,
  plus_assign,
  minus_assign,
  star_assign,
  slash_assign,
  percent_assign,
  star_star_assign,
  ampersand_assign,
  pipe_assign,
  caret_assign,
  shift_left_assign,
  shift_right_assign,
  shift_right_unsigned_assign,
  and_assign,
  or_assign,
  nullish_assign,

  // From here on words; up to last_name they are usable as names.
  name,
  abstract_,
  accessor,
  as,
  asserts,
  async,
  await,
  declare,
  from,
  get,
  global,
  infer,
  interface_,
  is,
  keyof,
  let,
  meta,
  module,
  namespace_,
  of,
  opaque,
  out,
  override_,
  private_,
  protected_,
  public_,
  readonly,
  satisfies,
  set,
  static_,
  target,
  type,
  unique,
  using_,
  yield,
  last_name = yield,

  break_,
  case_,
  catch_,
  class_,
  const_,
  continue_,
  debugger,
  default_,
  delete_,
  do_,
  else_,
  enum_,
  export_,
  extends,
  false_,
  finally,
  for_,
  function,
  if_,
  import_,
  in,
  instanceof,
  new_,
  null_,
  return_,
  super,
  switch_,
  this_,
  throw_,
  true_,
  try_,
  typeof_,
  var,
  void_,
  while_,
  with,
};

constexpr bool is_word(Tok kind) { return kind >= Tok::name; }
constexpr bool is_name(Tok kind) { return kind >= Tok::name && kind <= Tok::last_name; }

// Whether the token can be the last of an operand. Where text is read without its grammar, `/`
// after it divides and `(` after it calls.
constexpr bool ends_operand(Tok kind) {
  switch (kind) {
    case Tok::number:
    case Tok::string:
    case Tok::template_whole:
    case Tok::template_tail:
    case Tok::regex:
    case Tok::private_name:
    case Tok::close_paren:
    case Tok::close_bracket:
    case Tok::close_brace:
    case Tok::increment:
    case Tok::decrement:
    case Tok::this_:
    case Tok::super:
    case Tok::null_:
    case Tok::true_:
    case Tok::false_: return true;
    default: return is_name(kind);
  }
}

constexpr bool starts_with_greater(Tok kind) {
  return kind == Tok::greater || kind == Tok::greater_equal || kind == Tok::shift_right ||
         kind == Tok::shift_right_unsigned || kind == Tok::shift_right_assign ||
         kind == Tok::shift_right_unsigned_assign;
}

struct Token {
  Tok kind = Tok::end;
  bool newline_before = false;
  bool escaped = false;       // the text has escapes (or \r in a template) and must be decoded
  bool unterminated = false;  // a string, template or regex that ran into its end of line or file
  std::uint32_t begin = 0, end = 0;
};

// Tok::name for everything that is no keyword.
Tok find_word(std::string_view text);

struct Punctuator {
  Tok kind;
  std::uint8_t length;  // 0 when `bytes` starts with none
};
// `bytes` holds the next four source bytes, the first one lowest; zero past the end.
Punctuator find_punctuator(std::uint32_t bytes);

}  // namespace assay::code
