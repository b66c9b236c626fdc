// The longer tokens of the lexer: strings and punctuation.
#include <array>
#include <string_view>

#include "facts/code/python/characters.h"
#include "facts/code/python/lexer.h"

namespace assay::code::python {
namespace {

struct Prefix {
  bool raw = false, bytes = false, formatted = false, valid = true;
};

Prefix read_prefix(std::string_view letters) {
  Prefix prefix;
  for (const char c : letters) {
    switch (c | 0x20) {
      case 'r': prefix.raw = true; break;
      case 'b': prefix.bytes = true; break;
      case 'f':
      case 't': prefix.formatted = true; break;
      case 'u': break;
      default: prefix.valid = false; break;
    }
  }
  return prefix;
}

// Bytes at which the search for the end of a string stops.
constexpr std::array<bool, 256> string_stops = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("'\"\\\n\r")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

struct Punctuation {
  TokenKind single = TokenKind::end;
  TokenKind doubled = TokenKind::end;      // written twice
  TokenKind with_equals = TokenKind::end;  // followed by =
  Op assign = Op::none;                    // what with_equals does, when it is an assignment
  Op doubled_assign = Op::none;
  int depth = 0;  // what it does to the bracket depth
};

constexpr std::array<Punctuation, 256> punctuation_table = [] {
  using enum TokenKind;
  std::array<Punctuation, 256> table{};
  const auto entry = [&](char c) -> Punctuation& { return table[static_cast<unsigned char>(c)]; };
  entry('(') = {.single = left_paren, .depth = 1};
  entry('[') = {.single = left_bracket, .depth = 1};
  entry('{') = {.single = left_brace, .depth = 1};
  entry(')') = {.single = right_paren, .depth = -1};
  entry(']') = {.single = right_bracket, .depth = -1};
  entry('}') = {.single = right_brace, .depth = -1};
  entry(',') = {.single = comma};
  entry(';') = {.single = semicolon};
  entry('`') = {.single = backtick};
  entry('~') = {.single = tilde};
  entry('.') = {.single = dot};
  entry(':') = {.single = colon, .with_equals = walrus};
  entry('=') = {.single = assign, .with_equals = equal};
  entry('!') = {.single = exclamation, .with_equals = not_equal};
  entry('+') = {.single = plus, .with_equals = augmented, .assign = Op::add};
  entry('-') = {.single = minus, .with_equals = augmented, .assign = Op::subtract};
  entry('%') = {.single = percent, .with_equals = augmented, .assign = Op::modulo};
  entry('@') = {.single = at, .with_equals = augmented, .assign = Op::matrix_multiply};
  entry('&') = {.single = ampersand, .with_equals = augmented, .assign = Op::bit_and};
  entry('|') = {.single = bar, .with_equals = augmented, .assign = Op::bit_or};
  entry('^') = {.single = caret, .with_equals = augmented, .assign = Op::bit_xor};
  entry('*') = {star, double_star, augmented, Op::multiply, Op::power};
  entry('/') = {slash, double_slash, augmented, Op::divide, Op::floor_divide};
  entry('<') = {less, shift_left, less_equal, Op::none, Op::shift_left};
  entry('>') = {greater, shift_right, greater_equal, Op::none, Op::shift_right};
  return table;
}();

}  // namespace

// A string whose opening quote is at `quote`; its prefix is what lies between. False when those
// letters are no prefix.
bool Lexer::string(Token& token, std::uint32_t quote) {
  const Prefix prefix = read_prefix({source_ + cursor_, quote - cursor_});
  if (!prefix.valid) return false;
  const char q = source_[quote];
  token.quote = q;
  token.raw = prefix.raw;
  token.bytes = prefix.bytes;
  token.triple = at(quote + 1) == q && at(quote + 2) == q;
  token.escaped = false;
  token.body_begin = quote + (token.triple ? 3 : 1);
  token.begin = cursor_;
  cursor_ = token.body_begin;
  if (prefix.formatted) {
    token.kind = TokenKind::fstring;
  } else {
    token.kind = TokenKind::string;
    string_body(token);
  }
  token.end = cursor_;
  return true;
}

void Lexer::skip_string_body(Token& token) {
  cursor_ = token.body_begin;
  string_body(token);
  token.end = cursor_;
}

void Lexer::string_body(Token& token) {
  std::uint32_t i = cursor_;
  for (;; ++i) {
    while (i < size_ && !string_stops[static_cast<unsigned char>(source_[i])]) ++i;
    if (i >= size_) break;
    const char c = source_[i];
    if (c == token.quote) {
      if (!token.triple || (at(i + 1) == c && at(i + 2) == c)) {
        token.body_end = i;
        cursor_ = i + (token.triple ? 3 : 1);
        return;
      }
    } else if (c == '\\') {
      if (!token.raw) token.escaped = true;
      ++i;
      if (at(i) == '\r') {
        token.escaped = true;
        if (at(i + 1) == '\n') ++i;
      }
    } else if (is_line_break(c)) {
      if (!token.triple) break;
      if (c == '\r') token.escaped = true;
    }
  }
  i = i < size_ ? i : size_;
  builder_.skip(token.begin, i, "string without an end");
  token.body_end = cursor_ = i;
}

bool Lexer::punctuation(Token& token) {
  const char first = source_[cursor_];
  const char second = at(cursor_ + 1);
  const Punctuation& mark = punctuation_table[static_cast<unsigned char>(first)];
  if (mark.depth != 0) {
    bracket_depth_ += bracket_depth_ > 0 || mark.depth > 0 ? mark.depth : 0;
    return finish(token, mark.single, cursor_ + 1);
  }
  if (second == first && mark.doubled != TokenKind::end) {
    if (at(cursor_ + 2) != '=' || mark.doubled_assign == Op::none) {
      return finish(token, mark.doubled, cursor_ + 2);
    }
    token.op = mark.doubled_assign;
    return finish(token, TokenKind::augmented, cursor_ + 3);
  }
  if (second == '=' && mark.with_equals != TokenKind::end) {
    token.op = mark.assign;
    return finish(token, mark.with_equals, cursor_ + 2);
  }
  if (first == '.') {
    if (digit_value(second) < 10) return number(token);
    if (second == '.' && at(cursor_ + 2) == '.') {
      return finish(token, TokenKind::ellipsis, cursor_ + 3);
    }
  }
  if (first == '-' && second == '>') return finish(token, TokenKind::arrow, cursor_ + 2);
  if (first == '<' && second == '>') return finish(token, TokenKind::not_equal, cursor_ + 2);
  return finish(token, mark.single, cursor_ + 1);
}

}  // namespace assay::code::python
