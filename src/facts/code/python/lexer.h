// Cuts Python source into tokens, one at a time, with INDENT and DEDENT as tokens. Inside brackets
// line ends are blanks; when a line there can only be the start of a statement, the brackets count
// as closed. Damage is recorded as skipped and never stops it.
#pragma once

#include <string_view>
#include <vector>

#include "facts/code/python/token.h"

namespace assay::code::python {

class Lexer {
 public:
  // `source` must be under 4 GB. Starts at `from`, behind a byte order mark.
  Lexer(std::string_view source, TreeBuilder& builder, std::uint32_t from);

  void next(Token& token);

  // For f-strings, whose text the parser reads by itself. The cursor is where next() goes on.
  std::uint32_t cursor() const { return cursor_; }
  void move_to(std::uint32_t offset) { cursor_ = offset; }
  int bracket_depth() const { return bracket_depth_; }
  void set_bracket_depth(int depth) { bracket_depth_ = depth; }
  // Behind the body of a string that starts at the cursor, read without regard to its fields.
  void skip_string_body(Token& string);

  // To the state after `token` was read outside brackets, in a line that is still open.
  void rewind(const Token& token);
  // The next token is the end of the file, after the dedents it needs.
  void stop();

  // The first offset from this one on that holds no blank and does not join lines; and the word
  // that starts there.
  std::uint32_t skip_blanks(std::uint32_t offset) const;
  std::string_view peek_word(std::uint32_t offset) const;

 private:
  bool start_line(Token& token);
  std::uint32_t read_indentation();
  void dedent_to(std::uint32_t column);
  bool end_line(Token& token);
  bool end_file(Token& token);
  bool read(Token& token);
  bool word(Token& token);
  bool number(Token& token);
  bool string(Token& token, std::uint32_t prefix);
  void string_body(Token& token);
  bool punctuation(Token& token);
  void skip_bad_bytes();
  void skip_comment();
  bool starts_statement(std::uint32_t line) const;
  bool is_header_line(std::uint32_t line) const;
  std::uint32_t digits(std::uint32_t at, int base) const;
  std::uint32_t after_line_break(std::uint32_t at) const;

  char at(std::uint32_t offset) const { return offset < size_ ? source_[offset] : '\0'; }
  bool finish(Token& token, TokenKind kind, std::uint32_t end) {
    token.kind = kind;
    token.begin = cursor_;
    token.end = end;
    cursor_ = end;
    return true;
  }

  const char* source_;
  std::uint32_t size_;
  TreeBuilder& builder_;
  std::uint32_t cursor_;
  int bracket_depth_ = 0;
  bool at_line_start_ = true;
  std::uint32_t pending_dedents_ = 0;
  std::vector<std::uint32_t> indents_{0};
  TokenKind last_ = TokenKind::newline;
};

}  // namespace assay::code::python
