// String literals: joined when adjacent, and the fields of f-strings and t-strings, whose
// expressions are read by the ordinary parser out of the same token stream (PEP 701).
#include <algorithm>

#include "facts/code/python/characters.h"
#include "facts/code/python/escapes.h"
#include "facts/code/python/grammar.h"

namespace assay::code::python {

// One string expression being put together. Its text so far is a view into the source while it is
// one piece that needs no decoding.
struct Parser::Pieces {
  std::size_t mark = 0;  // the finished children
  std::string_view view = {};
  std::string decoded = {};
  bool is_decoded = false;
  bool has_fields = false;
  bool bytes = false;
  std::uint32_t begin = 0, end = 0;  // of the text
};

NodeId Parser::strings() {
  const std::uint32_t begin = token_.begin;
  if (kind() == TokenKind::string && !token_.escaped) {
    const Token first = token_;
    advance();
    if (kind() != TokenKind::string && kind() != TokenKind::fstring) [[likely]] {
      return builder_.leaf(Kind::string, begin, first.end,
                           text_between(first.body_begin, first.body_end), Op::none,
                           first.bytes ? flag_bytes : 0);
    }
    Pieces pieces{.mark = builder_.mark()};
    pieces.bytes = first.bytes;
    add_text(pieces, first, first.body_begin, first.body_end, false);
    return more_strings(pieces, begin);
  }
  Pieces pieces{.mark = builder_.mark()};
  return more_strings(pieces, begin);
}

NodeId Parser::more_strings(Pieces& pieces, std::uint32_t begin) {
  for (;;) {
    if (kind() == TokenKind::string) {
      pieces.bytes |= token_.bytes;
      add_text(pieces, token_, token_.body_begin, token_.body_end, token_.escaped);
      advance();
    } else if (kind() != TokenKind::fstring || !formatted_string(pieces)) {
      break;
    }
  }
  return finish_pieces(pieces, begin, previous_end_);
}

void Parser::add_text(Pieces& pieces, const Token& string, std::uint32_t from, std::uint32_t to,
                      bool escaped) {
  if (from == to) return;
  const std::string_view body = text_between(from, to);
  const bool first = !pieces.is_decoded && pieces.view.empty();
  if (first) pieces.begin = from;
  pieces.end = to;
  if (first && !escaped) {
    pieces.view = body;
    return;
  }
  if (!pieces.is_decoded) pieces.decoded = pieces.view;
  pieces.is_decoded = true;
  if (escaped) {
    append_string_value(pieces.decoded, body, {.raw = string.raw, .bytes = string.bytes});
  } else {
    pieces.decoded += body;
  }
}

void Parser::flush_text(Pieces& pieces) {
  if (pieces.view.empty() && !pieces.is_decoded) return;
  builder_.push(finish_text(pieces, pieces.begin, pieces.end));
}

NodeId Parser::finish_text(Pieces& pieces, std::uint32_t begin, std::uint32_t end) {
  const std::string_view text =
      pieces.is_decoded ? builder_.keep(std::move(pieces.decoded)) : pieces.view;
  pieces.decoded.clear();
  pieces.view = {};
  pieces.is_decoded = false;
  return builder_.leaf(Kind::string, begin, end, text, Op::none, pieces.bytes ? flag_bytes : 0);
}

NodeId Parser::finish_pieces(Pieces& pieces, std::uint32_t begin, std::uint32_t end) {
  if (!pieces.has_fields) return finish_text(pieces, begin, end);
  flush_text(pieces);
  return builder_.finish(Kind::template_string, begin, end, pieces.mark);
}

// From the opening quote of an f-string to the token behind it. False when a line end inside a
// field cut it off.
bool Parser::formatted_string(Pieces& pieces) {
  const Nesting nesting(*this);
  const Token string = token_;
  if (nesting.too_deep()) {
    lexer_.skip_string_body(token_);
    builder_.skip(string.begin, token_.end, "nested too deeply");
    advance();
    return true;
  }
  for (;;) {
    const std::uint32_t stop = formatted_text(pieces, string, false);
    if (stop < source_.size() && source_[stop] == '{') {
      if (!field(pieces, string)) return false;
      continue;
    }
    token_ = string;
    if (stop < source_.size() && source_[stop] == string.quote) {
      token_.end = stop + (string.triple ? 3 : 1);
    } else {
      builder_.skip(string.begin, stop, "string without an end");
      token_.end = stop;
    }
    lexer_.move_to(token_.end);
    advance();
    return true;
  }
}

// Adds the text at the lexer's cursor, up to the brace of a field, the end of the string or, in a
// format specification, the brace that ends it. Moves the cursor there and returns it.
std::uint32_t Parser::formatted_text(Pieces& pieces, const Token& string, bool in_spec) {
  std::uint32_t from = lexer_.cursor();
  std::uint32_t i = from;
  bool escaped = false;
  while (i < source_.size()) {
    const char c = source_[i];
    if (c == '\\') {
      escaped |= !string.raw || source_.substr(i + 1).starts_with('\r');
      i = behind_escape(i, string);
    } else if (c == string.quote) {
      if (!string.triple || (i + 2 < source_.size() && source_[i + 1] == c && source_[i + 2] == c))
        break;
      ++i;
    } else if (is_line_break(c)) {
      if (!string.triple) break;
      escaped |= c == '\r';
      ++i;
    } else if (c == '{' || c == '}') {
      const bool doubled = !in_spec && i + 1 < source_.size() && source_[i + 1] == c;
      if (c == '{' ? !doubled : in_spec) break;
      add_text(pieces, string, from, i + 1, escaped);
      escaped = false;
      i += doubled ? 2 : 1;
      from = i;
    } else {
      ++i;
    }
  }
  const auto size = static_cast<std::uint32_t>(source_.size());
  i = std::min(i, size);
  add_text(pieces, string, from, i, escaped);
  lexer_.move_to(i);
  return i;
}

// Where the text goes on after the backslash at `i`. It never hides the brace of a field, except
// that of \N{...}.
std::uint32_t Parser::behind_escape(std::uint32_t i, const Token& string) const {
  const std::string_view rest = source_.substr(i + 1);
  if (rest.starts_with("\r\n")) return i + 3;
  if (rest.starts_with('{') || rest.starts_with('}')) return i + 1;
  if (string.raw || !rest.starts_with("N{")) return i + 2;
  for (i += 3; i < source_.size() && source_[i] != string.quote && !is_line_break(source_[i]);
       ++i) {
    if (source_[i] == '}') return i + 1;
  }
  return i;
}

// From the opening brace at the cursor to the byte behind the closing one.
bool Parser::field(Pieces& pieces, const Token& string) {
  flush_text(pieces);
  pieces.has_fields = true;
  const int outer_depth = lexer_.bracket_depth();
  const int outer_field = field_depth_;
  const std::uint32_t begin = lexer_.cursor() + 1;
  field_depth_ = outer_depth + 1;
  lexer_.set_bracket_depth(field_depth_);
  lexer_.move_to(begin);
  token_.end = begin;
  advance();
  NodeId value = expression_list();
  char conversion = 0;
  if (accept(TokenKind::assign)) {
    add_text(pieces, string, begin, token_.begin, false);
    flush_text(pieces);
    if (kind() != TokenKind::colon && kind() != TokenKind::walrus) conversion = 'r';
  }
  if (accept(TokenKind::exclamation)) {
    if (at_word()) {
      conversion = source_[token_.begin];
      advance();
    } else {
      complain("conversion expected");
    }
  }
  NodeId spec = no_node;
  const bool goes_on = end_field(string, spec);
  builder_.push(converted(value, conversion, spec, begin));
  field_depth_ = outer_field;
  if (goes_on) lexer_.set_bracket_depth(outer_depth);
  return goes_on;
}

// The format specification, if any, and the closing brace.
bool Parser::end_field(const Token& string, NodeId& spec) {
  if (kind() == TokenKind::right_brace) {
    lexer_.move_to(token_.end);
    return true;
  }
  if (kind() != TokenKind::colon && kind() != TokenKind::walrus) return recover_field(string);
  const std::uint32_t begin = token_.begin + 1;
  lexer_.move_to(begin);
  Pieces pieces{.mark = builder_.mark()};
  for (;;) {
    const Nesting nesting(*this);
    const std::uint32_t stop = formatted_text(pieces, string, true);
    const char c = stop < source_.size() ? source_[stop] : '\0';
    if (c == '{' && !nesting.too_deep()) {
      if (!field(pieces, string)) {
        builder_.drop_to(pieces.mark);
        return false;
      }
      continue;
    }
    if (stop > begin) spec = finish_pieces(pieces, begin, stop);
    if (c != '}') {
      token_.begin = token_.end = stop;
      return recover_field(string);
    }
    lexer_.move_to(stop + 1);
    return true;
  }
}

// Goes on behind the next closing brace, or at the end of the string where there is none. False
// when the field was cut off by the end of the line that the statement is on.
bool Parser::recover_field(const Token& string) {
  if (ends_line(kind())) return false;
  std::uint32_t i = token_.begin;
  while (i < source_.size() && source_[i] != '}' && source_[i] != string.quote &&
         (string.triple || !is_line_break(source_[i]))) {
    ++i;
  }
  if (i < source_.size() && source_[i] == '}') ++i;
  builder_.skip(token_.begin, i, "field of an f-string without an end");
  lexer_.move_to(i);
  return true;
}

// What a field adds to the text: repr(value) for !r, format(value, spec) for a specification.
NodeId Parser::converted(NodeId value, char conversion, NodeId spec, std::uint32_t begin) {
  if (conversion == 'r') value = call_of("repr", begin, value, no_node);
  if (conversion == 'a') value = call_of("ascii", begin, value, no_node);
  if (spec == no_node) return value;
  if (conversion == 's') value = call_of("str", begin, value, no_node);
  return call_of("format", begin, value, spec);
}

}  // namespace assay::code::python
