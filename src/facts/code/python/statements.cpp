// Statements of one line, and the loop over the statements of a block.
#include "facts/code/python/grammar.h"

namespace assay::code::python {

struct Parser::StatementTable {
  StatementParser parsers[token_kinds];

  constexpr StatementTable() : parsers{} {
    for (StatementParser& parser : parsers) parser = &Parser::expression_statement;
    set(TokenKind::kw_assert, &Parser::assert_statement);
    set(TokenKind::kw_async, &Parser::async_statement);
    set(TokenKind::kw_break, &Parser::leaf_statement);
    set(TokenKind::kw_class, &Parser::class_statement);
    set(TokenKind::kw_continue, &Parser::leaf_statement);
    set(TokenKind::kw_def, &Parser::function_statement);
    set(TokenKind::kw_del, &Parser::delete_statement);
    set(TokenKind::kw_elif, &Parser::stray_clause);
    set(TokenKind::kw_else, &Parser::stray_clause);
    set(TokenKind::kw_except, &Parser::stray_clause);
    set(TokenKind::kw_finally, &Parser::stray_clause);
    set(TokenKind::kw_for, &Parser::for_statement);
    set(TokenKind::kw_from, &Parser::from_statement);
    set(TokenKind::kw_global, &Parser::scope_statement);
    set(TokenKind::kw_if, &Parser::if_statement);
    set(TokenKind::kw_import, &Parser::import_statement);
    set(TokenKind::kw_nonlocal, &Parser::scope_statement);
    set(TokenKind::kw_pass, &Parser::leaf_statement);
    set(TokenKind::kw_raise, &Parser::raise_statement);
    set(TokenKind::kw_return, &Parser::return_statement);
    set(TokenKind::kw_try, &Parser::try_statement);
    set(TokenKind::kw_while, &Parser::while_statement);
    set(TokenKind::kw_with, &Parser::with_statement);
    set(TokenKind::at, &Parser::decorated);
  }
  constexpr void set(TokenKind kind, StatementParser parser) {
    parsers[static_cast<std::size_t>(kind)] = parser;
  }
};

void Parser::module() {
  while (kind() != TokenKind::end) statements();
}

// Up to the dedent that ends the block, which is taken, or the end of the file.
void Parser::statements() {
  std::size_t unexpected = 0;  // indents that no statement asked for
  for (;;) {
    switch (kind()) {
      case TokenKind::end: return;
      case TokenKind::newline:
      case TokenKind::semicolon: advance(); break;
      case TokenKind::indent:
        complain("unexpected indentation");
        ++unexpected;
        advance();
        break;
      case TokenKind::dedent:
        advance();
        if (unexpected == 0) return;
        --unexpected;
        break;
      default: statement();
    }
  }
}

// Pushes what the statement becomes: nothing for `pass`, and more than one node when annotations
// that act go before it.
bool Parser::statement() {
  static constexpr StatementTable table;
  const std::size_t hoisted = hoisted_.size();
  const std::size_t mark = builder_.mark();
  const bool open = (this->*table.parsers[static_cast<std::size_t>(kind())])();
  if (hoisted_.size() > hoisted) {
    const std::span<NodeId> made = builder_.since(mark);
    hoisted_.insert(hoisted_.end(), made.begin(), made.end());
    builder_.drop_to(mark);
    for (std::size_t i = hoisted; i < hoisted_.size(); ++i) builder_.push(hoisted_[i]);
    hoisted_.resize(hoisted);
  }
  if (open && !ends_line(kind()) && kind() != TokenKind::semicolon) {
    builder_.skip(token_.begin, token_.end, "end of statement expected");
  }
  return open;
}

bool Parser::expression_statement() {
  if (!starts_operand(kind())) {
    builder_.skip(token_.begin, token_.end, "unexpected token");
    advance();
    return true;
  }
  if (kind() == TokenKind::name && soft_keyword()) return line_is_open_;
  const Checkpoint start = checkpoint();
  const NodeId value = expression_list();
  switch (kind()) {
    case TokenKind::assign: return assignment(value);
    case TokenKind::augmented: return augmented_assignment(value);
    case TokenKind::colon:
      if (!is_match_header(start.token)) return annotated(value);
      return_to(start);
      return match_statement();
    default: builder_.push(exec_call(value)); return true;
  }
}

// a = b = c, folded from the right.
bool Parser::assignment(NodeId target) {
  const std::size_t mark = builder_.mark();
  builder_.push(target);
  while (accept(TokenKind::assign)) builder_.push(expression_list());
  std::size_t targets = builder_.since(mark).size() - 1;
  if (targets > static_cast<std::size_t>(limits_.max_depth)) {
    builder_.skip(begin_of(target), previous_end_, "nested too deeply");
    builder_.push(finish(Kind::error, begin_of(target), mark));
    return true;
  }
  NodeId value = builder_.since(mark)[targets];
  while (targets-- > 0) {
    const NodeId to = builder_.since(mark)[targets];
    const std::size_t parts = builder_.mark();
    builder_.push(to);
    builder_.push(value);
    value = finish(Kind::assign, begin_of(to), parts, Op::assign);
  }
  builder_.drop_to(mark);
  builder_.push(value);
  return true;
}

bool Parser::augmented_assignment(NodeId target) {
  const Op op = token_.op;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(target);
  builder_.push(expression_list());
  builder_.push(finish(Kind::assign, begin_of(target), mark, op));
  return true;
}

// target: annotation [= value]. Without a value only a target that is more than a name stays.
bool Parser::annotated(NodeId target) {
  advance();
  annotation();
  if (kind() == TokenKind::assign) return assignment(target);
  if (tree_[target].kind != Kind::name) builder_.push(target);
  return true;
}

// Annotations leave no node, except one that calls something: that runs, and goes as a statement
// of its own before the one it is part of.
void Parser::annotation() {
  const Checkpoint before = checkpoint();
  const std::size_t calls = calls_;
  hoist_if_it_acts(before, calls, star_expression());
}

void Parser::hoist_if_it_acts(const Checkpoint& before, std::size_t calls, NodeId value) {
  if (calls_ != calls) {
    hoisted_.push_back(value);
  } else {
    tree_.nodes.resize(before.nodes);
    tree_.child_ids.resize(before.child_ids);
  }
}

bool Parser::leaf_statement() {
  const Token word = token_;
  advance();
  if (word.kind == TokenKind::kw_pass) return true;
  const Kind kind = word.kind == TokenKind::kw_break ? Kind::break_ : Kind::continue_;
  builder_.push(builder_.leaf(kind, word.begin, word.end));
  return true;
}

bool Parser::return_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(starts_operand(kind()) ? expression_list() : no_node);
  builder_.push(finish(Kind::return_, begin, mark));
  return true;
}

// raise E [from cause], and of Python 2 raise E, value, traceback: that is E(value). What is
// dropped still goes before it when it calls something.
bool Parser::raise_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  NodeId value = starts_operand(kind()) ? expression() : no_node;
  if (accept(TokenKind::comma)) {
    const std::size_t parts = builder_.mark();
    const NodeId with = expression();
    if (tree_[with].kind != Kind::literal || tree_[with].op != Op::null_) {
      builder_.push(value);
      builder_.push(with);
      value = finish(Kind::call, begin_of(value), parts);
    }
    if (accept(TokenKind::comma)) annotation();
  }
  if (accept(TokenKind::kw_from)) annotation();
  builder_.push(value);
  builder_.push(finish(Kind::throw_, begin, mark));
  return true;
}

bool Parser::delete_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  while (starts_operand(kind())) {
    builder_.push(expression());
    if (!accept(TokenKind::comma)) break;
  }
  builder_.push(finish(Kind::delete_, begin, mark));
  return true;
}

bool Parser::assert_statement() {
  const std::uint32_t begin = token_.begin;
  advance();
  const std::size_t mark = builder_.mark();
  builder_.push(expression());
  builder_.push(accept(TokenKind::comma) ? expression() : no_node);
  builder_.push(finish(Kind::assert_, begin, mark));
  return true;
}

bool Parser::scope_statement() {
  const std::uint32_t begin = token_.begin;
  const Op op = kind() == TokenKind::kw_global ? Op::global : Op::nonlocal;
  advance();
  const std::size_t mark = builder_.mark();
  do {
    builder_.push(at_word() ? name() : missing());
  } while (accept(TokenKind::comma));
  builder_.push(finish(Kind::scope_names, begin, mark, op));
  return true;
}

}  // namespace assay::code::python
