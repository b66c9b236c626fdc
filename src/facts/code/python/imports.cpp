#include "facts/code/python/grammar.h"

namespace assay::code::python {

// import a.b as c, d: one node a module.
bool Parser::import_statement() {
  std::uint32_t begin = token_.begin;
  do {
    if (kind() == TokenKind::comma) begin = token_.end;
    advance();
    const std::string_view module = dotted_name();
    const std::size_t mark = builder_.mark();
    if (accept(TokenKind::kw_as)) builder_.push(at_word() ? name() : missing());
    builder_.push(finish(Kind::import_, begin, mark, Op::module, 0, module));
  } while (kind() == TokenKind::comma);
  return true;
}

// from ..module import a as b, c
bool Parser::from_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::string_view module = dotted_name();
  const std::size_t mark = builder_.mark();
  expect(TokenKind::kw_import, "`import` expected");
  imported_names();
  builder_.push(finish(Kind::import_, begin, mark, Op::from, 0, module));
  return true;
}

// Leading dots and names with dots between them: a view where it is written without blanks.
std::string_view Parser::dotted_name() {
  const std::uint32_t begin = token_.begin;
  std::uint32_t end = begin;
  std::string joined;
  bool plain = true;
  bool after_name = false;
  for (;;) {
    const bool is_name = at_word() && !after_name && kind() != TokenKind::kw_import;
    if (!is_name && kind() != TokenKind::dot && kind() != TokenKind::ellipsis) break;
    if (token_.begin != end || token_.non_ascii) plain = false;
    end = token_.end;
    joined += is_name ? word_text() : text_between(token_.begin, token_.end);
    after_name = is_name;
    advance();
  }
  if (joined.empty()) complain("module name expected");
  return plain ? text_between(begin, end) : builder_.keep(std::move(joined));
}

void Parser::imported_names() {
  const bool in_parens = accept(TokenKind::left_paren);
  while (at_word() || kind() == TokenKind::star) {
    imported_name();
    if (!accept(TokenKind::comma)) break;
  }
  if (in_parens) {
    if (!at_close()) hoisted_.push_back(rest_of_bracket("name to import expected"));
    close(TokenKind::right_paren);
  }
}

void Parser::imported_name() {
  const std::uint32_t begin = token_.begin;
  const std::size_t mark = builder_.mark();
  if (accept(TokenKind::star)) {
    builder_.push(finish(Kind::import_name, begin, mark, Op::none, 0, "*"));
    return;
  }
  const NodeId imported = name();
  const std::string_view text = tree_[imported].text;
  if (accept(TokenKind::kw_as)) {
    builder_.push(at_word() ? name() : missing());
  } else {
    builder_.push(imported);
  }
  builder_.push(finish(Kind::import_name, begin, mark, Op::none, 0, text));
}

}  // namespace assay::code::python
