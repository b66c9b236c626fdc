#include "facts/code/javascript/lexer.h"

#include <array>
#include <cstring>

namespace assay::code {
namespace {

// What a byte can be part of; several bits each.
enum : std::uint16_t {
  word_part = 1,   // a-z A-Z 0-9 _ $
  word_start = 2,  // a-z A-Z _ $
  digit = 4,
  blank = 8,            // space and tab
  stops_string = 16,    // quotes, backslash, line ends
  stops_template = 32,  // ` \ $ and \r
  stops_line = 64,      // line ends, and the first byte of the Unicode ones
  stops_regex = 128,
  starts_blank = 256,  // blanks, line ends, and what may begin a comment or a Unicode blank
};

constexpr std::array<std::uint16_t, 256> classes = [] {
  std::array<std::uint16_t, 256> table{};
  const auto mark = [&](std::string_view bytes, int bits) {
    for (const char c : bytes) {
      std::uint16_t& entry = table[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint16_t>(entry | bits);
    }
  };
  mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", word_part | word_start);
  mark("0123456789", word_part | digit);
  mark(" \t\v\f", blank);
  mark("'\"\\\r\n", stops_string);
  mark("`\\$\r", stops_template);
  mark("\r\n\xe2", stops_line);
  mark("/\\[]\r\n\xe2", stops_regex);
  mark(" \t\v\f\r\n/<-", starts_blank);
  for (std::size_t c = 0x80; c < table.size(); ++c) table[c] |= starts_blank;
  return table;
}();

struct LoneToken {
  char byte;
  Tok kind;
};

// Bytes that are a token of their own whatever follows.
constexpr LoneToken lone_rows[] = {
    {'(', Tok::open_paren},    {')', Tok::close_paren}, {'[', Tok::open_bracket},
    {']', Tok::close_bracket}, {'{', Tok::open_brace},  {'}', Tok::close_brace},
    {',', Tok::comma},         {';', Tok::semicolon},   {':', Tok::colon},
    {'~', Tok::tilde},         {'@', Tok::at},
};

constexpr std::array<Tok, 256> lone_tokens = [] {
  std::array<Tok, 256> table{};
  table.fill(Tok::error);
  for (const LoneToken& row : lone_rows) table[static_cast<unsigned char>(row.byte)] = row.kind;
  return table;
}();

constexpr bool is(unsigned char c, int bits) { return (classes[c] & bits) != 0; }

}  // namespace

UnicodeBlank find_unicode_blank(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const int a = at(0), b = at(1), c = at(2);
  if (a == 0xc2 && b == 0xa0) return {2, false};
  if (a == 0xe2 && b == 0x80 && (c == 0xa8 || c == 0xa9)) return {3, true};
  if (a == 0xe2 && b == 0x80 && ((c >= 0x80 && c <= 0x8a) || c == 0xaf)) return {3, false};
  if (a == 0xe2 && b == 0x81 && c == 0x9f) return {3, false};
  if (a == 0xe1 && b == 0x9a && c == 0x80) return {3, false};
  if (a == 0xe3 && b == 0x80 && c == 0x80) return {3, false};
  if (a == 0xef && b == 0xbb && c == 0xbf) return {3, false};
  return {};
}

Lexer::Lexer(std::string_view source)
    : data_(source.data()),
      size_(static_cast<std::uint32_t>(source.size())),
      regex_budget_(65'536 + 8 * std::uint64_t{source.size()}) {
  if (source.starts_with("\xef\xbb\xbf")) at_ = 3;
  if (source.substr(at_).starts_with("#!")) skip_line();
}

std::uint32_t Lexer::four_bytes() const {
  std::uint32_t bytes = 0;
  if (size_ - at_ >= 4) {
    std::memcpy(&bytes, data_ + at_, 4);  // x86-64 and arm64 keep the first byte lowest
  } else {
    for (std::uint32_t i = 0; at_ + i < size_; ++i) bytes |= std::uint32_t{peek(i)} << (8 * i);
  }
  return bytes;
}

// Blanks and comments. Returns whether a line ended in them.
bool Lexer::skip_blanks() {
  bool newline = false;
  std::uint32_t at = at_;
  for (;;) {
    while (at < size_ && is(static_cast<unsigned char>(data_[at]), blank)) ++at;
    at_ = at;
    const unsigned char c = peek();
    if (!is(c, starts_blank)) break;
    if (c == '\n' || c == '\r') {
      newline = true;
      ++at_;
    } else if (c < 0x80 ? !skip_comment(newline) : !skip_unicode_blank(newline)) {
      break;
    }
    at = at_;
  }
  return newline;
}

bool Lexer::skip_unicode_blank(bool& newline) {
  const UnicodeBlank found = find_unicode_blank({data_ + at_, size_ - at_});
  at_ += found.length;
  newline |= found.ends_line;
  return found.length != 0;
}

bool Lexer::skip_comment(bool& newline) {
  const unsigned char second = peek(1);
  if (second != '/' && second != '*' && second != '!' && second != '-') return false;
  const std::string_view rest(data_ + at_, size_ - at_);
  if (rest.starts_with("/*")) {
    skip_block_comment(newline);
    return true;
  }
  if (rest.starts_with("//")) {
    skip_line();
    return true;
  }
  const bool line_start = newline || !any_token_;
  if (!html_comments_ || !(rest.starts_with("<!--") || (line_start && rest.starts_with("-->")))) {
    return false;
  }
  const std::uint32_t begin = at_;
  skip_line();
  if (html_comment_.end == 0) html_comment_ = {begin, at_};
  return true;
}

void Lexer::skip_line() {
  while (at_ < size_) {
    const unsigned char c = peek();
    if (is(c, stops_line) &&
        (c < 0x80 || find_unicode_blank({data_ + at_, size_ - at_}).ends_line)) {
      return;
    }
    ++at_;
  }
}

void Lexer::skip_block_comment(bool& newline) {
  const std::uint32_t begin = at_;
  const std::size_t close = std::string_view(data_, size_).find("*/", at_ + 2);
  at_ = close == std::string_view::npos ? size_ : static_cast<std::uint32_t>(close + 2);
  const std::string_view text(data_ + begin, at_ - begin);
  newline = newline || text.find('\n') != std::string_view::npos ||
            text.find('\r') != std::string_view::npos ||
            text.find("\xe2\x80\xa8") != std::string_view::npos ||
            text.find("\xe2\x80\xa9") != std::string_view::npos;
}

Token Lexer::next() {
  Token token;
  if (is(peek(), starts_blank)) token.newline_before = skip_blanks();
  any_token_ = true;
  token.begin = at_;
  const unsigned char c = peek();
  if (is(c, word_start)) {
    read_word(token);
  } else if (lone_tokens[c] != Tok::error) {
    token.kind = lone_tokens[c];
    ++at_;
  } else if (at_ < size_) {
    const Punctuator found = find_punctuator(four_bytes());
    if (found.kind == Tok::error || (c == '.' && is(peek(1), digit))) {
      read_other(token);
    } else {
      read_punctuator(token, found);
    }
  }
  token.end = at_;
  return token;
}

void Lexer::read_punctuator(Token& token, const Punctuator& found) {
  token.kind = found.kind;
  at_ += found.length;
  // `a?.5:b` is a conditional.
  if (found.kind == Tok::optional_dot && is(peek(), digit)) {
    token.kind = Tok::question;
    --at_;
  }
}

void Lexer::read_other(Token& token) {
  const unsigned char c = peek();
  if (c == '"' || c == '\'') {
    read_string(token, static_cast<char>(c));
  } else if (c == '`') {
    ++at_;
    read_template(token, Tok::template_whole);
  } else if (is(c, digit) || c == '.') {
    token.kind = Tok::number;
    read_number();
  } else if (c == '#' && (is(peek(1), word_start) || peek(1) >= 0x80 || peek(1) == '\\')) {
    ++at_;
    read_rest_of_word(token);
    token.kind = Tok::private_name;
  } else if (c >= 0x80 || c == '\\') {
    const std::uint32_t begin = at_;
    read_rest_of_word(token);
    token.kind = at_ == begin ? Tok::error : Tok::name;
    if (at_ == begin) ++at_;
  } else {
    token.kind = Tok::error;
    ++at_;
  }
}

void Lexer::read_word(Token& token) {
  const std::uint32_t begin = at_;
  std::uint32_t at = at_ + 1;
  while (at < size_ && is(static_cast<unsigned char>(data_[at]), word_part)) ++at;
  at_ = at;
  if (peek() >= 0x80 || peek() == '\\') read_rest_of_word(token);
  // An escaped keyword is never a keyword.
  token.kind = token.escaped ? Tok::name : find_word({data_ + begin, at_ - begin});
}

// Bytes above ASCII all count as letters, save spaces and line ends.
void Lexer::read_rest_of_word(Token& token) {
  while (at_ < size_) {
    const unsigned char c = peek();
    if (is(c, word_part)) {
      ++at_;
    } else if (c >= 0x80) {
      if (find_unicode_blank({data_ + at_, size_ - at_}).length != 0) return;
      ++at_;
    } else if (c == '\\' && read_identifier_escape()) {
      token.escaped = true;
    } else {
      return;
    }
  }
}

bool Lexer::read_identifier_escape() {
  if (peek(1) != 'u') return false;
  const auto is_hex = [](unsigned char c) {
    return is(c, digit) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  std::uint32_t length = 2;
  if (peek(length) == '{') {
    // 0x10ffff with leading zeros; longer ones are no escapes anybody writes.
    for (++length; length < 32 && is_hex(peek(length)); ++length) {
    }
    if (length == 3 || peek(length) != '}') return false;
    ++length;
  } else {
    for (; length < 6; ++length) {
      if (!is_hex(peek(length))) return false;
    }
  }
  at_ += length;
  return true;
}

void Lexer::read_digits() {
  while (at_ < size_ && (is(peek(), digit) || peek() == '_')) ++at_;
}

void Lexer::read_number() {
  const unsigned char second = peek(1) | 0x20;
  if (peek() == '0' && (second == 'x' || second == 'o' || second == 'b')) {
    at_ += 2;
    while (at_ < size_ && is(peek(), word_part)) ++at_;
    return;
  }
  const std::uint32_t begin = at_;
  read_digits();
  // 017.toString() reads the property of a legacy octal; 09.5 is a decimal fraction.
  const std::string_view whole(data_ + begin, at_ - begin);
  const bool legacy_octal = whole.size() > 1 && whole[0] == '0' &&
                            whole.find_first_not_of("01234567") == std::string_view::npos;
  if (peek() == '.' && !legacy_octal) {
    ++at_;
    read_digits();
  }
  const bool is_signed = peek(1) == '+' || peek(1) == '-';
  if ((peek() | 0x20) == 'e' && is(peek(is_signed ? 2 : 1), digit)) {
    at_ += is_signed ? 2 : 1;
    read_digits();
  }
  if (peek() == 'n') ++at_;
}

void Lexer::read_string(Token& token, char quote) {
  token.kind = Tok::string;
  std::uint32_t at = at_ + 1;
  token.unterminated = true;
  for (; at < size_; ++at) {
    const char c = data_[at];
    if (!is(static_cast<unsigned char>(c), stops_string)) continue;
    if (c == quote) {
      token.unterminated = false;
      ++at;
      break;
    }
    if (c == '\n' || c == '\r') break;
    if (c == '\\') {
      token.escaped = true;
      at_ = ++at;
      if (peek() == '\r' && peek(1) == '\n') ++at;
    }
  }
  at_ = at < size_ ? at : size_;
}

// From behind the opening ` or }. `whole` is what to call it when it ends without substitution.
void Lexer::read_template(Token& token, Tok whole) {
  token.kind = whole;
  while (at_ < size_) {
    const char c = data_[at_++];
    if (!is(static_cast<unsigned char>(c), stops_template)) continue;
    if (c == '`') return;
    if (c == '$' && peek() == '{') {
      ++at_;
      token.kind = Tok::template_head;
      return;
    }
    if (c == '\\') {
      token.escaped = true;
      if (at_ < size_) ++at_;
    } else if (c == '\r') {
      token.escaped = true;
    }
  }
  token.unterminated = true;
}

Token Lexer::rescan_template(const Token& close_brace) {
  Token token = close_brace;
  token.escaped = false;
  at_ = close_brace.begin + 1;
  read_template(token, Tok::template_tail);
  token.end = at_;
  return token;
}

bool Lexer::read_regex_body() {
  bool in_class = false;
  while (at_ < size_) {
    const unsigned char c = peek();
    if (is(c, stops_regex)) {
      if (c == '/' && !in_class) return true;
      if (c == '\n' || c == '\r' || find_unicode_blank({data_ + at_, size_ - at_}).ends_line) {
        return false;
      }
      if (c == '\\' && at_ + 1 < size_ && peek(1) != '\n' && peek(1) != '\r') ++at_;
      if (c == '[') in_class = true;
      if (c == ']') in_class = false;
    }
    ++at_;
  }
  return false;
}

Token Lexer::rescan_regex(const Token& slash) {
  Token token = slash;
  token.kind = Tok::regex;
  at_ = slash.begin + 1;
  if (read_regex_body()) {
    ++at_;
    while (at_ < size_ && is(peek(), word_part)) ++at_;
  } else {
    token.unterminated = true;
    const std::uint32_t tried = at_ - slash.begin;
    // Only the slash is wrong then, unless such slashes have cost too much already.
    if (tried <= regex_budget_) {
      regex_budget_ -= tried;
      at_ = slash.begin + 1;
    }
  }
  token.end = at_;
  return token;
}

Token Lexer::rescan_first(const Token& token, Tok kind) {
  Token first = token;
  first.kind = kind;
  first.end = at_ = token.begin + 1;
  return first;
}

Token Lexer::rescan_jsx_name(const Token& word) {
  Token token = word;
  token.kind = Tok::name;
  at_ = word.end;
  while (at_ < size_ && (peek() == '-' || is(peek(), word_part) || peek() >= 0x80)) ++at_;
  token.end = at_;
  return token;
}

Token Lexer::next_jsx_child() {
  while (at_ < size_ && peek() != '<' && peek() != '{') ++at_;
  Token token;
  token.begin = at_;
  if (at_ < size_) token.kind = peek() == '<' ? Tok::less : Tok::open_brace;
  if (at_ < size_) ++at_;
  token.end = at_;
  return token;
}

Token Lexer::next_jsx_value() {
  const bool newline = skip_blanks();
  const unsigned char quote = peek();
  if (quote != '"' && quote != '\'') {
    Token token = next();
    token.newline_before |= newline;
    return token;
  }
  Token token;
  token.kind = Tok::string;
  token.newline_before = newline;
  token.begin = at_++;
  const std::size_t close = std::string_view(data_, size_).find(static_cast<char>(quote), at_);
  token.unterminated = close == std::string_view::npos;
  token.end = at_ = token.unterminated ? size_ : static_cast<std::uint32_t>(close + 1);
  return token;
}

}  // namespace assay::code
