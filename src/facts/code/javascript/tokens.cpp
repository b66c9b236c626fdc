#include "facts/code/javascript/tokens.h"

#include <array>
#include <cstddef>

namespace assay::code {
namespace {

struct Word {
  std::string_view text;
  Tok kind = Tok::name;
};

constexpr Word words[] = {
    {"abstract", Tok::abstract_},
    {"accessor", Tok::accessor},
    {"as", Tok::as},
    {"asserts", Tok::asserts},
    {"async", Tok::async},
    {"await", Tok::await},
    {"declare", Tok::declare},
    {"from", Tok::from},
    {"get", Tok::get},
    {"global", Tok::global},
    {"infer", Tok::infer},
    {"interface", Tok::interface_},
    {"is", Tok::is},
    {"keyof", Tok::keyof},
    {"let", Tok::let},
    {"meta", Tok::meta},
    {"module", Tok::module},
    {"namespace", Tok::namespace_},
    {"of", Tok::of},
    {"opaque", Tok::opaque},
    {"out", Tok::out},
    {"override", Tok::override_},
    {"private", Tok::private_},
    {"protected", Tok::protected_},
    {"public", Tok::public_},
    {"readonly", Tok::readonly},
    {"satisfies", Tok::satisfies},
    {"set", Tok::set},
    {"static", Tok::static_},
    {"target", Tok::target},
    {"type", Tok::type},
    {"unique", Tok::unique},
    {"using", Tok::using_},
    {"yield", Tok::yield},
    {"break", Tok::break_},
    {"case", Tok::case_},
    {"catch", Tok::catch_},
    {"class", Tok::class_},
    {"const", Tok::const_},
    {"continue", Tok::continue_},
    {"debugger", Tok::debugger},
    {"default", Tok::default_},
    {"delete", Tok::delete_},
    {"do", Tok::do_},
    {"else", Tok::else_},
    {"enum", Tok::enum_},
    {"export", Tok::export_},
    {"extends", Tok::extends},
    {"false", Tok::false_},
    {"finally", Tok::finally},
    {"for", Tok::for_},
    {"function", Tok::function},
    {"if", Tok::if_},
    {"import", Tok::import_},
    {"in", Tok::in},
    {"instanceof", Tok::instanceof},
    {"new", Tok::new_},
    {"null", Tok::null_},
    {"return", Tok::return_},
    {"super", Tok::super},
    {"switch", Tok::switch_},
    {"this", Tok::this_},
    {"throw", Tok::throw_},
    {"true", Tok::true_},
    {"try", Tok::try_},
    {"typeof", Tok::typeof_},
    {"var", Tok::var},
    {"void", Tok::void_},
    {"while", Tok::while_},
    {"with", Tok::with},
};

constexpr std::size_t slot_count = 512;  // sparse, so that most names meet an empty slot at once

constexpr std::size_t slot_of(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
  };
  return (at(0) * 3 + at(1) * 61 + at(text.size() - 1) * 17 + text.size() * 5) % slot_count;
}

constexpr std::array<Word, slot_count> slots = [] {
  std::array<Word, slot_count> table{};
  for (const Word& word : words) {
    std::size_t slot = slot_of(word.text);
    while (!table[slot].text.empty()) slot = (slot + 1) % slot_count;
    table[slot] = word;
  }
  return table;
}();

struct Spelling {
  std::string_view text;
  Tok kind;
};

// Grouped by the first byte, longer ones first.
constexpr Spelling spellings[] = {
    {"!==", Tok::strict_not_equal},
    {"!=", Tok::not_equal},
    {"!", Tok::bang},
    {"%=", Tok::percent_assign},
    {"%", Tok::percent},
    {"&&=", Tok::and_assign},
    {"&&", Tok::and_and},
    {"&=", Tok::ampersand_assign},
    {"&", Tok::ampersand},
    {"(", Tok::open_paren},
    {")", Tok::close_paren},
    {"**=", Tok::star_star_assign},
    {"**", Tok::star_star},
    {"*=", Tok::star_assign},
    {"*", Tok::star},
    {"++", Tok::increment},
    {"+=", Tok::plus_assign},
    {"+", Tok::plus},
    {",", Tok::comma},
    {"--", Tok::decrement},
    {"-=", Tok::minus_assign},
    {"-", Tok::minus},
    {"...", Tok::ellipsis},
    {".", Tok::dot},
    {"/=", Tok::slash_assign},
    {"/", Tok::slash},
    {":", Tok::colon},
    {";", Tok::semicolon},
    {"<<=", Tok::shift_left_assign},
    {"<<", Tok::shift_left},
    {"<=", Tok::less_equal},
    {"<", Tok::less},
    {"===", Tok::strict_equal},
    {"==", Tok::equal_equal},
    {"=>", Tok::arrow},
    {"=", Tok::assign},
    {">>>=", Tok::shift_right_unsigned_assign},
    {">>>", Tok::shift_right_unsigned},
    {">>=", Tok::shift_right_assign},
    {">>", Tok::shift_right},
    {">=", Tok::greater_equal},
    {">", Tok::greater},
    {"?\?=", Tok::nullish_assign},
    {"?\?", Tok::nullish},
    {"?.", Tok::optional_dot},
    {"?", Tok::question},
    {"@", Tok::at},
    {"[", Tok::open_bracket},
    {"]", Tok::close_bracket},
    {"^=", Tok::caret_assign},
    {"^", Tok::caret},
    {"{", Tok::open_brace},
    {"||=", Tok::or_assign},
    {"||", Tok::or_or},
    {"|=", Tok::pipe_assign},
    {"|", Tok::pipe},
    {"}", Tok::close_brace},
    {"~", Tok::tilde},
};
constexpr std::size_t spelling_count = sizeof(spellings) / sizeof(spellings[0]);

struct Match {
  std::uint32_t bytes = 0, mask = 0;
  Punctuator found{Tok::error, 0};
};

constexpr std::array<Match, spelling_count> matches = [] {
  std::array<Match, spelling_count> table{};
  for (std::size_t i = 0; i < spelling_count; ++i) {
    const Spelling& spelling = spellings[i];
    for (std::size_t j = 0; j < spelling.text.size(); ++j) {
      table[i].bytes |= static_cast<std::uint32_t>(static_cast<unsigned char>(spelling.text[j]))
                        << (8 * j);
      table[i].mask |= std::uint32_t{0xff} << (8 * j);
    }
    table[i].found = {spelling.kind, static_cast<std::uint8_t>(spelling.text.size())};
  }
  return table;
}();

// Where the spellings of a first byte begin; spelling_count for none.
constexpr std::array<std::uint8_t, 256> first_match = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(static_cast<std::uint8_t>(spelling_count));
  for (std::size_t i = spelling_count; i-- > 0;) {
    table[static_cast<unsigned char>(spellings[i].text[0])] = static_cast<std::uint8_t>(i);
  }
  return table;
}();

}  // namespace

Tok find_word(std::string_view text) {
  if (text.size() < 2 || text.size() > 10) return Tok::name;
  for (std::size_t slot = slot_of(text);; slot = (slot + 1) % slot_count) {
    const Word& word = slots[slot];
    if (word.text.empty()) return Tok::name;
    if (word.text == text) return word.kind;
  }
}

Punctuator find_punctuator(std::uint32_t bytes) {
  for (std::size_t i = first_match[bytes & 0xff]; i < spelling_count; ++i) {
    const Match& match = matches[i];
    if ((bytes & match.mask) == match.bytes) return match.found;
  }
  return {Tok::error, 0};
}

}  // namespace assay::code
