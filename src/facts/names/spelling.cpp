#include "facts/names/spelling.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/lexical/characters.h"

namespace assay::names {
namespace {

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct LookAlike {
  char32_t from;
  char to;
};

// What lexical::latin_look_alike leaves out: Greek letters that code uses as names of their own,
// a few Cyrillic ones, and separators. Sorted.
constexpr auto more_look_alikes = std::to_array<LookAlike>({
    {0x0138, 'k'}, {0x017F, 'f'}, {0x0192, 'f'}, {0x01C0, 'l'}, {0x0269, 'i'}, {0x026A, 'i'},
    {0x028B, 'u'}, {0x028F, 'y'}, {0x03B1, 'a'}, {0x03B3, 'y'}, {0x03B5, 'e'}, {0x03B9, 'i'},
    {0x03BA, 'k'}, {0x03BD, 'v'}, {0x03C1, 'p'}, {0x03C3, 'o'}, {0x03C5, 'u'}, {0x03C7, 'x'},
    {0x0432, 'b'}, {0x0433, 'r'}, {0x043A, 'k'}, {0x043C, 'm'}, {0x043D, 'h'}, {0x0442, 't'},
    {0x044A, 'b'}, {0x044C, 'b'}, {0x0461, 'w'}, {0x0475, 'v'}, {0x04AF, 'y'}, {0x2010, '-'},
    {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2024, '.'}, {0x2044, '/'},
    {0x2113, 'l'}, {0x2212, '-'}, {0x2215, '/'}, {0xFF0D, '-'}, {0xFF0E, '.'}, {0xFF0F, '/'},
    {0xFF20, '@'}, {0xFF3F, '_'},
});
static_assert(std::ranges::is_sorted(more_look_alikes, {}, &LookAlike::from));

// Latin letters with marks, U+00C0 to U+017F, as their base letters; a space stands for none.
constexpr std::string_view marked_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnooooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzf";
static_assert(marked_letters.size() >= 0x17F - 0xC0);

void append_unmasked(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const auto found = std::ranges::lower_bound(more_look_alikes, c, {}, &LookAlike::from);
  if (found != more_look_alikes.end() && found->from == c) {
    out += found->to;
  } else if (const char latin = lexical::latin_look_alike(c); latin != '\0') {
    out += lowered(latin);
  } else if (c >= 0xC0 && c - 0xC0 < marked_letters.size()) {
    if (marked_letters[c - 0xC0] != ' ') out += marked_letters[c - 0xC0];
  } else if ((c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A)) {  // full width
    out += static_cast<char>('a' + (c - 0xFF21) % 32);
  } else if (c >= 0xFF10 && c <= 0xFF19) {
    out += static_cast<char>('0' + (c - 0xFF10));
  } else if (c >= 0x1D400 && c <= 0x1D6A3) {  // mathematical alphabets: 13 of 52 letters
    out += static_cast<char>('a' + (c - 0x1D400) % 26);
  } else if (c >= 0x1D7CE && c <= 0x1D7FF) {
    out += static_cast<char>('0' + (c - 0x1D7CE) % 10);
  }
}

// What a character is taken for at a glance.
char glance(char c) {
  switch (c) {
    case '0': return 'o';
    case '1':
    case 'i': return 'l';
    case '2': return 'z';
    case '3': return 'e';
    case '4': return 'a';
    case '5': return 's';
    case '7': return 't';
    case '8': return 'b';
    case '9': return 'g';
    default: return c;
  }
}

// Beside 0 and 1, digits are letters only to those who look for them: "vue3" is no "vuee".
bool is_leet(char c) { return c >= '2' && c <= '9'; }

}  // namespace

std::string canonical(Ecosystem ecosystem, std::string_view name) {
  if (ecosystem != Ecosystem::pypi) return std::string(name);
  std::string out;
  for (const char c : name) {
    const bool is_separator = c == '-' || c == '_' || c == '.';
    if (!is_separator) {
      out += lowered(c);
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return out;
}

std::string squash(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (const char c : name) {
    if (is_plain(lowered(c))) out += lowered(c);
  }
  return out;
}

std::vector<std::string> words_of(std::string_view name, std::size_t most) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name) {
    if (is_plain(lowered(c))) {
      word += lowered(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
      if (words.size() == most) return words;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string skeleton(std::string_view squashed) {
  std::string out;
  out.reserve(squashed.size());
  for (std::size_t i = 0; i < squashed.size(); ++i) {
    const bool is_doubled = i > 0 && glance(squashed[i]) == glance(squashed[i - 1]) &&
                            is_leet(squashed[i]) == is_leet(squashed[i - 1]);
    const std::string_view two = squashed.substr(i, 2);
    if (two == "rn" || two == "vv" || two == "cl") {
      out += two == "rn" ? 'm' : two == "vv" ? 'w' : 'd';
      ++i;
    } else if (!is_doubled) {
      out += glance(squashed[i]);
    }
  }
  return out;
}

std::string unmask(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) append_unmasked(out, next_code_point(name, at));
  return out;
}

bool is_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace assay::names
