// What to do with tokens that do not fit.
#include "facts/code/python/grammar.h"

namespace assay::code::python {

void Parser::complain(std::string_view reason) {
  builder_.skip(token_.begin, token_.begin, reason);
}

// Takes no token: what stands here may close a bracket or start a statement.
NodeId Parser::missing() {
  complain("expression expected");
  return builder_.leaf(Kind::error, token_.begin, token_.begin);
}

// Passes over one token; an f-string as a whole.
void Parser::skip_token() {
  if (kind() == TokenKind::fstring) lexer_.skip_string_body(token_);
  advance();
}

// Passes over the rest of the innermost bracket, or of the line.
NodeId Parser::skip_nested() {
  const std::uint32_t begin = token_.begin;
  int open = 0;
  while (!ends_line(kind()) && (open > 0 || (!closes(kind()) && kind() != TokenKind::semicolon))) {
    if (opens(kind())) ++open;
    if (closes(kind())) --open;
    skip_token();
  }
  return skipped(begin);
}

// Passes over a whole block, from its colon on.
NodeId Parser::skip_suite() {
  const std::uint32_t begin = token_.begin;
  while (!ends_line(kind())) skip_token();
  accept(TokenKind::newline);
  if (kind() == TokenKind::indent) {
    int open = 0;
    do {
      if (kind() == TokenKind::indent) ++open;
      if (kind() == TokenKind::dedent) --open;
      skip_token();
    } while (open > 0 && kind() != TokenKind::end);
  }
  return skipped(begin);
}

NodeId Parser::skipped(std::uint32_t begin) {
  const std::uint32_t end = previous_end_ > begin ? previous_end_ : begin;
  builder_.skip(begin, end, "nested too deeply");
  return builder_.leaf(Kind::error, begin, end);
}

// Any closing bracket closes the innermost one.
void Parser::close(TokenKind wanted) {
  if (accept(wanted)) return;
  complain(closes(kind()) ? "closed by another kind of bracket" : "bracket left open");
  if (closes(kind())) advance();
}

// Comma-separated items up to whatever closes the bracket. A missing comma is supplied; a token
// that starts no item is passed over.
void Parser::items(ItemParser item) {
  while (!at_close()) {
    const std::uint32_t begin = token_.begin;
    builder_.push((this->*item)());
    if (accept(TokenKind::comma) || at_close()) continue;
    builder_.skip(token_.begin, token_.end, "comma expected");
    if (token_.begin == begin) advance();
  }
}

// What stands where a bracket should be closed: kept as the statements of an error node.
NodeId Parser::rest_of_bracket(std::string_view reason) {
  complain(reason);
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  items(&Parser::star_expression);
  return finish(Kind::error, begin, mark);
}

}  // namespace assay::code::python
