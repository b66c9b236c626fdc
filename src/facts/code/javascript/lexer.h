// Cuts JavaScript source into tokens, on demand: whether `/` starts a regular expression, `}` goes
// on with a template or `<` opens an element is known only to the parser, which then has the token
// read again as such. Reads each byte a bounded number of times; any bytes are fine.
#pragma once

#include <cstdint>
#include <string_view>

#include "facts/code/javascript/tokens.h"

namespace assay::code {

class Lexer {
 public:
  // Skips a byte order mark and a #! line.
  explicit Lexer(std::string_view source);

  Token next();

  // Each reads `token`, the one returned last, in another way, and goes on after it.
  Token rescan_regex(const Token& slash);
  Token rescan_template(const Token& close_brace);   // template_head or template_tail
  Token rescan_first(const Token& token, Tok kind);  // only the first byte, as `kind`
  Token rescan_jsx_name(const Token& word);          // with dashes
  // After the `>` of a tag: skips text to `<`, `{` or the end.
  Token next_jsx_child();
  // After the `=` of an attribute: strings have no escapes and may span lines.
  Token next_jsx_value();

  std::uint32_t position() const { return at_; }
  void go_to(std::uint32_t offset) { at_ = offset; }

  // In modules `<!--` and `-->` are operators, in scripts they start comments.
  void set_html_comments(bool are_comments) { html_comments_ = are_comments; }
  // The first such comment; empty if there was none.
  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  Range html_comment() const { return html_comment_; }

 private:
  unsigned char peek(std::uint32_t ahead = 0) const {
    const std::uint32_t offset = at_ + ahead;
    return offset < size_ ? static_cast<unsigned char>(data_[offset]) : 0;
  }
  std::uint32_t four_bytes() const;
  bool skip_blanks();
  bool skip_unicode_blank(bool& newline);
  bool skip_comment(bool& newline);
  void skip_line();
  void skip_block_comment(bool& newline);
  void read_word(Token& token);
  void read_punctuator(Token& token, const Punctuator& found);
  void read_rest_of_word(Token& token);
  bool read_identifier_escape();
  void read_number();
  void read_digits();
  void read_string(Token& token, char quote);
  void read_template(Token& token, Tok whole);
  bool read_regex_body();
  void read_other(Token& token);

  const char* data_;
  std::uint32_t size_;
  std::uint32_t at_ = 0;
  bool html_comments_ = true;
  Range html_comment_;
  bool any_token_ = false;
  // Where regular expressions that never end may still be looked for: a failed search is repeated
  // from the next `/`, so the total is capped.
  std::uint64_t regex_budget_;
};

// The length of the Unicode space or line end at the start of `text`, or 0; ASCII is not looked at.
struct UnicodeBlank {
  std::uint8_t length = 0;
  bool ends_line = false;
};
UnicodeBlank find_unicode_blank(std::string_view text);

}  // namespace assay::code
