// The tokens of Python, 2 and 3 together, and the tables that say what an operator means.
#pragma once

#include <array>
#include <cstdint>

#include "facts/code/syntax/tree.h"

namespace assay::code::python {

enum class TokenKind : std::uint8_t {
  end,
  newline,
  indent,
  dedent,
  name,
  number,
  string,   // with its whole body
  fstring,  // f'' or t'': only the prefix and the opening quote; see strings.cpp
  left_paren,
  right_paren,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  comma,
  colon,
  semicolon,
  dot,
  ellipsis,
  arrow,
  assign,
  walrus,
  backtick,
  exclamation,
  augmented,  // += and the like; Token::op says which
  tilde,
  // Binary operators.
  plus,
  minus,
  star,
  double_star,
  slash,
  double_slash,
  percent,
  at,
  ampersand,
  bar,
  caret,
  shift_left,
  shift_right,
  less,
  greater,
  less_equal,
  greater_equal,
  equal,
  not_equal,
  // Keywords, in the order of keyword_words in lexer.cpp. Soft keywords are names.
  kw_false,
  kw_none,
  kw_true,
  kw_and,
  kw_as,
  kw_assert,
  kw_async,
  kw_await,
  kw_break,
  kw_class,
  kw_continue,
  kw_def,
  kw_del,
  kw_elif,
  kw_else,
  kw_except,
  kw_finally,
  kw_for,
  kw_from,
  kw_global,
  kw_if,
  kw_import,
  kw_in,
  kw_is,
  kw_lambda,
  kw_nonlocal,
  kw_not,
  kw_or,
  kw_pass,
  kw_raise,
  kw_return,
  kw_try,
  kw_while,
  kw_with,
  kw_yield,
  count,
};

inline constexpr std::size_t token_kinds = static_cast<std::size_t>(TokenKind::count);

struct Token {
  TokenKind kind = TokenKind::end;
  Op op = Op::none;        // of an augmented assignment
  bool non_ascii = false;  // a name that wants folding, see names.h
  bool escaped = false;    // a string whose value differs from its body
  bool raw = false, bytes = false;
  char quote = 0;  // of a string
  bool triple = false;
  std::uint32_t begin = 0, end = 0;
  std::uint32_t body_begin = 0, body_end = 0;  // between the quotes of a string
};

// From loosest to tightest; 0 is no binary operator. `not` lies between and_ and compare.
enum Precedence : std::uint8_t {
  no_operator,
  or_level,
  and_level,
  compare_level,
  bit_or_level,
  bit_xor_level,
  bit_and_level,
  shift_level,
  sum_level,
  product_level,
};

struct BinaryOperator {
  Precedence precedence = no_operator;
  Op op = Op::none;
};

// What a token means between two operands. `not` and `is` may take a second word.
inline constexpr std::array<BinaryOperator, token_kinds> binary_operators = [] {
  std::array<BinaryOperator, token_kinds> table{};
  const auto set = [&](TokenKind kind, Precedence precedence, Op op) {
    table[static_cast<std::size_t>(kind)] = {precedence, op};
  };
  set(TokenKind::kw_or, or_level, Op::or_);
  set(TokenKind::kw_and, and_level, Op::and_);
  set(TokenKind::less, compare_level, Op::less);
  set(TokenKind::greater, compare_level, Op::greater);
  set(TokenKind::less_equal, compare_level, Op::less_equal);
  set(TokenKind::greater_equal, compare_level, Op::greater_equal);
  set(TokenKind::equal, compare_level, Op::equal);
  set(TokenKind::not_equal, compare_level, Op::not_equal);
  set(TokenKind::kw_in, compare_level, Op::in);
  set(TokenKind::kw_not, compare_level, Op::not_in);
  set(TokenKind::kw_is, compare_level, Op::is);
  set(TokenKind::bar, bit_or_level, Op::bit_or);
  set(TokenKind::caret, bit_xor_level, Op::bit_xor);
  set(TokenKind::ampersand, bit_and_level, Op::bit_and);
  set(TokenKind::shift_left, shift_level, Op::shift_left);
  set(TokenKind::shift_right, shift_level, Op::shift_right);
  set(TokenKind::plus, sum_level, Op::add);
  set(TokenKind::minus, sum_level, Op::subtract);
  set(TokenKind::star, product_level, Op::multiply);
  set(TokenKind::slash, product_level, Op::divide);
  set(TokenKind::double_slash, product_level, Op::floor_divide);
  set(TokenKind::percent, product_level, Op::modulo);
  set(TokenKind::at, product_level, Op::matrix_multiply);
  return table;
}();

constexpr BinaryOperator binary_operator(TokenKind kind) {
  return binary_operators[static_cast<std::size_t>(kind)];
}

constexpr bool opens(TokenKind kind) {
  return kind == TokenKind::left_paren || kind == TokenKind::left_bracket ||
         kind == TokenKind::left_brace;
}

constexpr bool closes(TokenKind kind) {
  return kind == TokenKind::right_paren || kind == TokenKind::right_bracket ||
         kind == TokenKind::right_brace;
}

// The end of a logical line, or what stands at one.
constexpr bool ends_line(TokenKind kind) { return kind <= TokenKind::dedent; }

// Whether an operand can start with this token.
constexpr bool starts_operand(TokenKind kind) {
  switch (kind) {
    case TokenKind::name:
    case TokenKind::number:
    case TokenKind::string:
    case TokenKind::fstring:
    case TokenKind::left_paren:
    case TokenKind::left_bracket:
    case TokenKind::left_brace:
    case TokenKind::ellipsis:
    case TokenKind::backtick:
    case TokenKind::tilde:
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::star:
    case TokenKind::double_star:
    case TokenKind::kw_false:
    case TokenKind::kw_none:
    case TokenKind::kw_true:
    case TokenKind::kw_async:
    case TokenKind::kw_await:
    case TokenKind::kw_lambda:
    case TokenKind::kw_not:
    case TokenKind::kw_yield: return true;
    default: return false;
  }
}

}  // namespace assay::code::python
