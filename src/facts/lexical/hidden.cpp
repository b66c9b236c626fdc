#include "facts/lexical/hidden.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "facts/lexical/characters.h"
#include "facts/lexical/regions.h"

namespace assay::lexical {
namespace {

constexpr std::size_t min_blanks = 120;
// A run of min_blanks holds at least one multiple of this.
constexpr std::size_t blank_stride = 64;
constexpr std::size_t min_invisible = 16;
// Findings of one kind kept for a file.
constexpr std::size_t max_spans = 64;

// Space, tab, and the bytes of a no-break space, which JavaScript takes for a blank.
constexpr std::array<bool, 256> blank_bytes = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view(" \t\v\f\xC2\xA0"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();
bool is_blank(char c) { return blank_bytes[static_cast<unsigned char>(c)]; }

Span span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void keep(std::vector<Span>& spans, std::size_t begin, std::size_t end) {
  if (spans.size() < max_spans) spans.push_back(span_of(begin, end));
}

struct Line {
  std::size_t begin, end;
};

Line line_around(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return {before == std::string_view::npos ? 0 : before + 1,
          std::min(text.find('\n', at), text.size())};
}

// Something that does something, rather than the end of a table or a comment.
bool looks_like_code(std::string_view tail, bool is_python) {
  tail = trim(tail);
  while (!is_python && tail.starts_with("/*")) {
    const std::size_t close = tail.find("*/", 2);
    if (close == std::string_view::npos) return false;
    tail = trim(tail.substr(close + 2));
  }
  if (tail.size() < 8 || tail.starts_with(is_python ? "#" : "//")) return false;
  return tail.find('(') != std::string_view::npos || tail.find('=') != std::string_view::npos;
}

// Continued lines are aligned with what they continue: the line above reaches as far.
bool is_aligned(std::string_view text, const Line& line, std::size_t column) {
  std::size_t begin = line.begin;
  for (int i = 0; i < 3 && begin > 0; ++i) {
    const Line above = line_around(text, begin - 1);
    if (above.end - above.begin >= column) return true;
    begin = above.begin;
  }
  return false;
}

}  // namespace

void find_hidden_columns(std::string_view text, LexicalFacts& facts) {
  std::optional<Regions> regions;  // most files need none
  std::size_t done = 0;
  for (std::size_t at = blank_stride - 1; at < text.size(); at += blank_stride) {
    if (at < done || !is_blank(text[at])) continue;
    std::size_t begin = at;
    while (begin > done && is_blank(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_blank(text[end])) ++end;
    done = end;
    if (end - begin < min_blanks || end >= text.size()) continue;
    const Line line = line_around(text, end);
    done = std::max(done, std::min(line.end, text.size()));
    if (!regions) regions.emplace(text);
    if (!looks_like_code(text.substr(end, line.end - end), regions->is_python())) continue;
    if (regions->at(begin) != Region::code) continue;
    const bool is_indent = begin == line.begin;
    if (is_indent && is_aligned(text, line, end - begin)) continue;
    keep(facts.hidden_columns, end, line.end);
  }
}

namespace {

// Length of the sequence that a lead byte begins, where all its characters are plain; else 0.
constexpr std::array<std::uint8_t, 256> plain_lengths = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t lead = 0xC3; lead <= 0xDF; ++lead) table[lead] = 2;
  // Dotless i, IPA, modifiers, Greek, Cyrillic and Armenian.
  for (const unsigned lead : {0xC4u, 0xC9u, 0xCAu, 0xCDu, 0xCEu, 0xCFu, 0xD0u, 0xD1u, 0xD2u, 0xD3u,
                              0xD4u, 0xD5u, 0xD6u}) {
    table[lead] = 0;
  }
  for (std::size_t lead = 0xE4; lead <= 0xE9; ++lead) table[lead] = 3;
  table[0xEB] = table[0xEC] = 3;
  return table;
}();

class CharacterReader {
 public:
  CharacterReader(std::string_view text, bool is_code, LexicalFacts& facts)
      : text_(text), is_code_(is_code), facts_(facts) {}

  void read() {
    std::size_t at = 0;
    while ((at = next_non_ascii(at)) < text_.size()) {
      if (skip_plain(at)) continue;
      const std::size_t begin = at;
      const char32_t c = next_code_point(text_, at);
      if (c == 0xFFFD && at == begin + 1) facts_.is_valid_utf8 = false;
      if (is_bidirectional_control(c)) keep(facts_.bidirectional, begin, at);
      if (is_invisible(c)) {
        at = read_invisible(begin, at);
      } else if (is_code_ && begin >= identifier_end_ &&
                 (latin_look_alike(c) != '\0' || is_compatibility_letter(c))) {
        read_identifier(begin);
      }
    }
  }

 private:
  std::size_t next_non_ascii(std::size_t at) const {
    constexpr std::uint64_t high_bits = 0x8080808080808080u;
    while (at + 8 <= text_.size()) {
      std::uint64_t word;
      std::memcpy(&word, text_.data() + at, sizeof word);
      if ((word & high_bits) != 0) break;
      at += 8;
    }
    while (at < text_.size() && static_cast<unsigned char>(text_[at]) < 0x80) ++at;
    return at;
  }

  bool is_continuation(std::size_t at) const {
    return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80;
  }

  // Most of what is not ASCII is neither invisible nor alike: é, CJK, Hangul.
  bool skip_plain(std::size_t& at) const {
    const std::uint8_t length = plain_lengths[static_cast<unsigned char>(text_[at])];
    if (length == 0 || !is_continuation(at + 1)) return false;
    if (length == 3 && !is_continuation(at + 2)) return false;
    at += length;
    return true;
  }

  // From the first of a run to behind it.
  std::size_t read_invisible(std::size_t begin, std::size_t at) {
    std::size_t number = 1;
    while (at < text_.size()) {
      std::size_t next = at;
      if (!is_invisible(next_code_point(text_, next))) break;
      at = next;
      ++number;
    }
    if (number >= min_invisible) keep(facts_.invisible_runs, begin, at);
    return at;
  }

  // The identifier around a suspicious letter. One that has a letter of its script which looks
  // like no other (Δρ_max) does not deceive.
  void read_identifier(std::size_t at) {
    std::size_t begin = at;
    while (begin > identifier_end_) {
      std::size_t before = begin - 1;
      while (before > identifier_end_ && begin - before < 4 && is_continuation(before)) --before;
      std::size_t end = before;
      const char32_t c = next_code_point(text_, end);
      if (end != begin || !is_letter_or_digit(c)) break;
      begin = before;
    }
    bool has_latin = false;
    bool has_compatibility = false;
    bool all_alike = true;
    int letters = 0;
    std::size_t end = begin;
    while (end < text_.size()) {
      std::size_t next = end;
      const char32_t c = next_code_point(text_, next);
      if (!is_letter_or_digit(c)) break;
      ++letters;
      has_latin = has_latin || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      has_compatibility = has_compatibility || is_compatibility_letter(c);
      all_alike =
          all_alike && (c < 0x80 || latin_look_alike(c) != '\0' || is_compatibility_letter(c));
      end = next;
    }
    identifier_end_ = end;
    const bool deceives = all_alike && (has_latin || has_compatibility) && letters > 1;
    if (!deceives) return;
    if (!regions_) regions_.emplace(text_);
    if (regions_->at(begin) == Region::code) keep(facts_.confusable_identifiers, begin, end);
  }

  std::string_view text_;
  bool is_code_;
  LexicalFacts& facts_;
  std::size_t identifier_end_ = 0;
  std::optional<Regions> regions_;
};

}  // namespace

void find_strange_characters(std::string_view text, bool is_code, LexicalFacts& facts) {
  CharacterReader(text, is_code, facts).read();
  // In another encoding, letters are chance.
  if (!facts.is_valid_utf8) facts.confusable_identifiers.clear();
}

}  // namespace assay::lexical
