// Words of POSIX sh: quoting, fields and brace expansion.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "facts/code/shell/posix_parser.h"

namespace assay::code::shell {
namespace {

// {a,b,…}: droppers use it to write words without spaces.
constexpr std::size_t max_alternatives = 64;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// Up to `most` digits of the base from `at` on, which moves past them.
char32_t read_number(std::string_view text, std::size_t& at, std::size_t end, int base, int most) {
  char32_t value = 0;
  while (most-- > 0 && at < end && digit_value(text[at]) < base) {
    value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit_value(text[at++]));
  }
  return value;
}

char simple_escape(char c) {
  constexpr std::string_view letters = "abeEfnrtv";
  constexpr std::string_view values = "\a\b\x1b\x1b\f\n\r\t\v";
  const std::size_t at = letters.find(c);
  return at == std::string_view::npos ? c : values[at];
}

// Positions of the first {…} that has a comma and no brace inside; nothing otherwise.
std::vector<std::size_t> first_alternatives(std::string_view text,
                                            const std::vector<std::size_t>& braces) {
  std::vector<std::size_t> found;
  for (const std::size_t at : braces) {
    if (text[at] == '{') {
      found.assign(1, at);
    } else if (!found.empty()) {
      found.push_back(at);
      if (text[at] == '}' && found.size() > 2) return found;
      if (text[at] == '}') found.clear();
    }
  }
  return {};
}

}  // namespace

void WordBuilder::append(char c, std::size_t at) {
  const auto place = static_cast<std::int64_t>(at);
  if (current.text.empty()) {
    current.at = place;
  } else if (current.at >= 0 && current.at + std::ssize(current.text) != place) {
    current.at = -1;
  }
  current.text += c;
  is_open = true;
}

void WordBuilder::append(std::string_view piece) {
  if (!piece.empty()) current.at = -1;
  current.text += piece;
  is_open = true;
}

void WordBuilder::append_value(std::string_view value, bool quoted) {
  if (quoted || !splits) {
    append(value);
    return;
  }
  while (!value.empty()) {
    if (is_blank(value.front())) {
      end_field();
      value.remove_prefix(1);
      continue;
    }
    const std::size_t length = std::min(value.find_first_of(" \t\r\n"), value.size());
    append(value.substr(0, length));
    value.remove_prefix(length);
  }
}

void WordBuilder::end_field() {
  if (!is_open) return;
  is_open = false;
  Word word = std::exchange(current, Word{});
  const std::vector<std::size_t> group =
      first_alternatives(word.text, std::exchange(braces, std::vector<std::size_t>{}));
  if (group.empty() || group.size() > max_alternatives) {
    words.push_back(std::move(word));
    return;
  }
  for (std::size_t i = 0; i + 1 < group.size(); ++i) {
    Word alternative;
    alternative.text = word.text.substr(0, group.front());
    alternative.text += word.text.substr(group[i] + 1, group[i + 1] - group[i] - 1);
    alternative.text += word.text.substr(group.back() + 1);
    words.push_back(std::move(alternative));
  }
}

std::vector<Word> PosixParser::read_word(std::int32_t host) {
  WordBuilder out;
  read_pieces(out, host);
  out.end_field();
  return std::move(out.words);
}

std::string PosixParser::read_single(std::int32_t host) {
  WordBuilder out;
  out.splits = false;
  read_pieces(out, host);
  return std::move(out.current.text);
}

void PosixParser::read_pieces(WordBuilder& out, std::int32_t host) {
  while (!done() && read_piece(out, host)) {
  }
}

bool PosixParser::read_piece(WordBuilder& out, std::int32_t host) {
  const char c = peek();
  switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r': return false;
    case ';':
    case '&':
    case '|':
    case '(':
    case ')':
      if (!in_conditional_) return false;
      break;
    case '<':
    case '>':
      if (peek(1) == '(' && !out.is_open) {
        expand_process(out, host);
        return true;
      }
      if (!in_conditional_) return false;
      break;
    case '\'': read_single_quoted(out); return true;
    case '"':
      ++at_;
      read_double_quoted(out, host, false);
      return true;
    case '$': expand_dollar(out, false, host); return true;
    case '`': expand_backticks(out, false, host); return true;
    case '\\':
      if (peek(1) == '\n') {
        at_ += 2;
        return true;
      }
      ++at_;
      if (at_ < end_) out.append(text_[at_], at_);
      at_ = std::min(at_ + 1, end_);
      return true;
    case '{':
    case ',':
    case '}':
      if (out.splits) out.braces.push_back(out.current.text.size());
      break;
    default: break;
  }
  out.append(c, at_++);
  return true;
}

void PosixParser::read_single_quoted(WordBuilder& out) {
  out.current.quoted = out.is_open = true;
  for (++at_; at_ < end_ && text_[at_] != '\''; ++at_) out.append(text_[at_], at_);
  at_ = std::min(at_ + 1, end_);
}

// From behind the quote to behind the next. In a here-document the quote is an ordinary character
// and the end of the text ends it.
void PosixParser::read_double_quoted(WordBuilder& out, std::int32_t host, bool is_heredoc) {
  out.current.quoted = out.is_open = true;
  while (!done()) {
    const char c = peek();
    if (c == '"' && !is_heredoc) {
      ++at_;
      return;
    }
    if (c == '$') {
      expand_dollar(out, true, host);
    } else if (c == '`') {
      expand_backticks(out, true, host);
    } else if (c == '\\' && peek(1) == '\n') {
      at_ += 2;
    } else if (c == '\\' && (peek(1) == '$' || peek(1) == '`' || peek(1) == '\\' ||
                             (peek(1) == '"' && !is_heredoc))) {
      out.append(text_[at_ + 1], at_ + 1);
      at_ += 2;
    } else {
      out.append(c, at_++);
    }
  }
}

// $'…', from the dollar on.
void PosixParser::read_ansi_quoted(WordBuilder& out) {
  out.current.quoted = out.is_open = true;
  at_ += 2;
  while (at_ < end_ && text_[at_] != '\'') {
    if (text_[at_] != '\\' || at_ + 1 >= end_) {
      out.append(text_[at_], at_);
      ++at_;
      continue;
    }
    const char c = text_[at_ + 1];
    at_ += 2;
    std::string value;
    if (c == 'x') {
      value = static_cast<char>(read_number(text_, at_, end_, 16, 2));
    } else if (c == 'u' || c == 'U') {
      append_utf8(value, read_number(text_, at_, end_, 16, c == 'u' ? 4 : 8));
    } else if (c >= '0' && c <= '7') {
      --at_;
      value = static_cast<char>(read_number(text_, at_, end_, 8, 3) & 0xFF);
    } else {
      value = simple_escape(c);
    }
    out.append(value);
  }
  at_ = std::min(at_ + 1, end_);
}

}  // namespace assay::code::shell
