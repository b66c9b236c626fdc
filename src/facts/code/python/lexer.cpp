#include "facts/code/python/lexer.h"

#include <algorithm>
#include <cstring>

#include "facts/code/python/characters.h"

namespace assay::code::python {
namespace {

constexpr std::string_view keyword_words[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

constexpr std::size_t longest_keyword = 8;

// A perfect hash over the keywords; the assertion below holds it to that.
constexpr std::size_t keyword_slot(std::string_view word) {
  return (static_cast<std::size_t>(word[0]) * 25 + static_cast<std::size_t>(word[1]) * 55 +
          static_cast<std::size_t>(word.back()) * 24 + word.size()) &
         63;
}

constexpr std::array<std::uint8_t, 64> keyword_table = [] {
  std::array<std::uint8_t, 64> table{};
  for (std::size_t i = 0; i < std::size(keyword_words); ++i) {
    table[keyword_slot(keyword_words[i])] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();
static_assert(std::ranges::count_if(keyword_table, [](std::uint8_t i) { return i != 0; }) ==
              std::ssize(keyword_words));

TokenKind keyword(std::string_view word) {
  if (word.size() < 2 || word.size() > longest_keyword) return TokenKind::name;
  const std::uint8_t index = keyword_table[keyword_slot(word)];
  if (index == 0 || keyword_words[index - 1] != word) return TokenKind::name;
  return static_cast<TokenKind>(static_cast<std::size_t>(TokenKind::kw_false) + index - 1);
}

// Keywords that no line inside brackets can start with.
constexpr TokenKind statement_words[] = {
    TokenKind::kw_def,    TokenKind::kw_class,  TokenKind::kw_import,   TokenKind::kw_return,
    TokenKind::kw_while,  TokenKind::kw_with,   TokenKind::kw_try,      TokenKind::kw_raise,
    TokenKind::kw_global, TokenKind::kw_del,    TokenKind::kw_assert,   TokenKind::kw_pass,
    TokenKind::kw_break,  TokenKind::kw_except, TokenKind::kw_continue, TokenKind::kw_finally,
    TokenKind::kw_elif};

}  // namespace

Lexer::Lexer(std::string_view source, TreeBuilder& builder, std::uint32_t from)
    : source_(source.data()),
      size_(static_cast<std::uint32_t>(source.size())),
      builder_(builder),
      cursor_(from) {}

void Lexer::next(Token& token) {
  if (!at_line_start_ || !start_line(token)) {
    while (!read(token)) {
    }
  }
  last_ = token.kind;
}

// Reads the token at the cursor; false when what stands there is none, and was passed over.
bool Lexer::read(Token& token) {
  if (cursor_ >= size_) return end_file(token);
  switch (class_of(source_[cursor_])) {
    case CharacterClass::blank: ++cursor_; return false;
    case CharacterClass::letter: return word(token);
    case CharacterClass::punctuation: return punctuation(token);
    case CharacterClass::digit: return number(token);
    case CharacterClass::quote: return string(token, cursor_);
    case CharacterClass::line_break: return end_line(token);
    case CharacterClass::hash: skip_comment(); return false;
    case CharacterClass::backslash:
      if (!is_line_break(at(cursor_ + 1))) break;
      cursor_ = after_line_break(cursor_ + 1);
      return false;
    case CharacterClass::bad: break;
  }
  skip_bad_bytes();
  return false;
}

// Sets the column of the next line that holds a token, and emits the INDENT or the DEDENTs.
bool Lexer::start_line(Token& token) {
  if (pending_dedents_ == 0) {
    const std::uint32_t column = read_indentation();
    if (cursor_ >= size_) {
      pending_dedents_ = static_cast<std::uint32_t>(indents_.size() - 1);
      indents_.resize(1);
    } else if (column > indents_.back()) {
      indents_.push_back(column);
      at_line_start_ = false;
      finish(token, TokenKind::indent, cursor_);
      return true;
    } else if (column < indents_.back()) {
      dedent_to(column);
    }
  }
  if (pending_dedents_ > 0) {
    --pending_dedents_;
    if (pending_dedents_ == 0 && cursor_ < size_) at_line_start_ = false;
    finish(token, TokenKind::dedent, cursor_);
    return true;
  }
  if (cursor_ >= size_) {
    finish(token, TokenKind::end, cursor_);
    return true;
  }
  at_line_start_ = false;
  return false;
}

// Skips lines without a token. A tab goes to the next multiple of eight, as in both Pythons.
std::uint32_t Lexer::read_indentation() {
  std::uint32_t column = 0;
  std::uint32_t continued = 0;  // the column of a line that holds only a backslash
  for (;; ++cursor_) {
    if (cursor_ >= size_) return 0;
    const char c = source_[cursor_];
    if (c == ' ') {
      ++column;
    } else if (c == '\t') {
      column = (column / 8 + 1) * 8;
    } else if (c == '\f') {
      column = 0;
    } else if (c == '#') {
      skip_comment();
      --cursor_;
    } else if (is_line_break(c)) {
      column = continued = 0;
    } else if (c == '\\' && is_line_break(at(cursor_ + 1))) {
      if (continued == 0) continued = column;
      column = 0;
      cursor_ = after_line_break(cursor_ + 1) - 1;
    } else {
      return continued != 0 ? continued : column;
    }
  }
}

// A column that no open block has keeps the line in the block it leaves.
void Lexer::dedent_to(std::uint32_t column) {
  while (indents_.back() > column) {
    indents_.pop_back();
    ++pending_dedents_;
  }
  if (indents_.back() == column) return;
  builder_.skip(cursor_, cursor_, "indentation fits no open block");
  indents_.push_back(column);
  --pending_dedents_;
  if (pending_dedents_ == 0) at_line_start_ = false;
}

bool Lexer::end_line(Token& token) {
  const std::uint32_t after = after_line_break(cursor_);
  if (bracket_depth_ == 0) {
    at_line_start_ = true;
    finish(token, TokenKind::newline, after);
    return true;
  }
  cursor_ = after;
  if (!starts_statement(cursor_)) return false;
  builder_.skip(cursor_, cursor_, "bracket left open");
  bracket_depth_ = 0;
  at_line_start_ = true;
  finish(token, TokenKind::newline, cursor_);
  return true;
}

bool Lexer::end_file(Token& token) {
  if (bracket_depth_ > 0) builder_.skip(size_, size_, "bracket left open");
  bracket_depth_ = 0;
  at_line_start_ = true;
  finish(token, TokenKind::newline, size_);
  return true;
}

bool Lexer::word(Token& token) {
  std::uint32_t end = cursor_;
  unsigned char bits = 0;
  while (end < size_ && is_word(source_[end])) bits |= static_cast<unsigned char>(source_[end++]);
  if (end - cursor_ <= 2 && end < size_ && (source_[end] == '"' || source_[end] == '\'') &&
      string(token, end)) {
    return true;
  }
  const std::string_view text(source_ + cursor_, end - cursor_);
  token.non_ascii = bits >= 0x80;
  return finish(token, keyword(text), end);
}

std::uint32_t Lexer::digits(std::uint32_t offset, int base) const {
  while (offset < size_ && (digit_value(source_[offset]) < base || source_[offset] == '_'))
    ++offset;
  return offset;
}

// Stops where the number does, so that `1if x else 2` and `0or 1` are read as Python reads them.
bool Lexer::number(Token& token) {
  std::uint32_t end = cursor_;
  const char second = static_cast<char>(at(cursor_ + 1) | 0x20);
  const int base = source_[cursor_] != '0' ? 10
                   : second == 'x'         ? 16
                   : second == 'o'         ? 8
                   : second == 'b'         ? 2
                                           : 10;
  if (base != 10 && digits(cursor_ + 2, base) > cursor_ + 2) {
    end = digits(cursor_ + 2, base);
  } else {
    end = digits(end, 10);
    if (at(end) == '.') end = digits(end + 1, 10);
    if ((at(end) | 0x20) == 'e') {
      const std::uint32_t exponent = at(end + 1) == '+' || at(end + 1) == '-' ? end + 2 : end + 1;
      if (digit_value(at(exponent)) < 10) end = digits(exponent, 10);
    }
  }
  const int suffix = at(end) | 0x20;
  if (suffix == 'l' || suffix == 'j') {
    // `1and` and `1jif` end a number; the suffix itself must not start a longer word.
    if (!is_word(at(end + 1)) || suffix == 'j') ++end;
  }
  return finish(token, TokenKind::number, end);
}

void Lexer::skip_comment() {
  const char* begin = source_ + cursor_;
  const char* end = source_ + size_;
  const auto find = [&](char c) {
    const void* found = std::memchr(begin, c, static_cast<std::size_t>(end - begin));
    return found ? static_cast<const char*>(found) : end;
  };
  end = find('\n');
  end = find('\r');
  cursor_ = static_cast<std::uint32_t>(end - source_);
}

void Lexer::skip_bad_bytes() {
  const std::uint32_t begin = cursor_;
  do {
    ++cursor_;
  } while (cursor_ < size_ && class_of(source_[cursor_]) == CharacterClass::bad);
  builder_.skip(begin, cursor_, "bytes that no token starts with");
}

std::uint32_t Lexer::after_line_break(std::uint32_t offset) const {
  return offset + (source_[offset] == '\r' && at(offset + 1) == '\n' ? 2 : 1);
}

void Lexer::rewind(const Token& token) {
  cursor_ = token.end;
  bracket_depth_ = 0;
  at_line_start_ = false;
  last_ = token.kind;
}

void Lexer::stop() {
  cursor_ = size_;
  bracket_depth_ = 0;
}

std::uint32_t Lexer::skip_blanks(std::uint32_t offset) const {
  while (offset < size_) {
    if (class_of(source_[offset]) == CharacterClass::blank) {
      ++offset;
    } else if (source_[offset] == '\\' && is_line_break(at(offset + 1))) {
      offset = after_line_break(offset + 1);
    } else {
      break;
    }
  }
  return offset;
}

std::string_view Lexer::peek_word(std::uint32_t offset) const {
  offset = skip_blanks(offset);
  std::uint32_t end = offset;
  while (end < size_ && is_word(source_[end])) ++end;
  return {source_ + offset, end - offset};
}

// Whether the line can only be the start of a statement: it is indented no deeper than the current
// block and starts with a keyword that nothing inside brackets may start a line with.
bool Lexer::starts_statement(std::uint32_t line) const {
  std::uint32_t column = 0;
  for (; line < size_; ++line) {
    if (source_[line] == ' ') {
      ++column;
    } else if (source_[line] == '\t') {
      column = (column / 8 + 1) * 8;
    } else {
      break;
    }
  }
  if (column > indents_.back() || line >= size_ || !is_lower(source_[line])) return false;
  const TokenKind word = keyword(peek_word(line));
  switch (word) {
    case TokenKind::kw_from: return last_ != TokenKind::kw_yield;
    case TokenKind::kw_async: return keyword(peek_word(line + 5)) == TokenKind::kw_def;
    case TokenKind::kw_if:
    case TokenKind::kw_for:
    case TokenKind::kw_else: return is_header_line(line);
    default: return std::ranges::count(statement_words, word) != 0;
  }
}

// `if`, `for` and `else` also continue an expression. They cannot when their line is balanced, ends
// with a colon, and holds no other word that could claim that colon.
bool Lexer::is_header_line(std::uint32_t line) const {
  int depth = 0;
  char last = 0;
  std::uint32_t words = 0;
  for (std::uint32_t i = line; i < size_ && !is_line_break(source_[i]) && source_[i] != '#'; ++i) {
    const char c = source_[i];
    if (class_of(c) == CharacterClass::letter) {
      const std::string_view text = peek_word(i);
      if (words++ > 0 && (text == "else" || text == "lambda")) return false;
      i += static_cast<std::uint32_t>(text.size()) - 1;
    } else if (c == '"' || c == '\'') {
      do {
        i += at(i) == '\\' ? 2 : 1;
      } while (i < size_ && source_[i] != c && !is_line_break(source_[i]));
      if (at(i) != c) return false;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth < 0) return false;
    }
    if (class_of(c) != CharacterClass::blank) last = c;
  }
  return depth == 0 && last == ':';
}

}  // namespace assay::code::python
