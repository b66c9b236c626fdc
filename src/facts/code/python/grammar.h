// The recursive part of the Python parser: one member function a construct. Everything that can be
// long is a loop; everything that can be deep counts a Nesting. No function fails: what does not
// fit is recorded as skipped and leaves an error node.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/python/lexer.h"
#include "facts/code/python/token.h"
#include "facts/code/syntax/tree.h"

namespace assay::code::python {

class Parser {
 public:
  Parser(std::string_view source, const ParseLimits& limits);
  Tree parse();

 private:
  using StatementParser = bool (Parser::*)();
  using ItemParser = NodeId (Parser::*)();
  struct StatementTable;

  // Counts one level of nesting while it lives.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool too_deep() const { return parser_.depth_ > parser_.limits_.max_depth; }

   private:
    Parser& parser_;
  };

  // A place to come back to, within one logical line.
  struct Checkpoint {
    Token token;
    std::size_t nodes, child_ids, skipped;
  };

  // parser.cpp: tokens
  TokenKind kind() const { return token_.kind; }
  void advance();
  bool accept(TokenKind wanted);
  void expect(TokenKind wanted, std::string_view complaint);
  bool at_word() const;  // a name, or a keyword where only a name makes sense
  std::string_view word_text();
  std::string_view text_between(std::uint32_t begin, std::uint32_t end) const;
  Checkpoint checkpoint() const;
  void return_to(const Checkpoint& place);
  void stop();

  // recovery.cpp
  void complain(std::string_view reason);
  NodeId missing();
  NodeId skip_nested();
  NodeId skip_suite();
  NodeId skipped(std::uint32_t begin);
  void skip_token();
  void close(TokenKind wanted);
  bool at_close() const { return closes(kind()) || ends_line(kind()); }
  void items(ItemParser item);
  NodeId rest_of_bracket(std::string_view reason);

  // expressions.cpp
  NodeId expression();
  NodeId expression_list();
  NodeId star_expression();
  NodeId target_list();
  NodeId after_operand(NodeId value);
  NodeId conditional(NodeId yes);
  NodeId operators(Precedence lowest);
  NodeId unary();
  NodeId prefixed();
  NodeId unary_operand();
  NodeId power();
  NodeId await();
  NodeId yield();
  NodeId lambda();
  std::uint32_t begin_of(NodeId id) { return builder_.node(id).begin; }
  NodeId finish(Kind kind, std::uint32_t begin, std::size_t mark, Op op = Op::none,
                std::uint16_t flags = 0, std::string_view text = {}) {
    return builder_.finish(kind, begin, std::max(begin, previous_end_), mark, text, op, flags);
  }
  NodeId call_of(std::string_view callee, std::uint32_t begin, NodeId argument, NodeId second);

  struct OpenOperator {
    BinaryOperator now;
    bool chained = false;  // a compare after a compare
    std::size_t mark = 0;
  };
  void second_word(BinaryOperator& now);
  NodeId close_operator(const OpenOperator& open, NodeId right);
  void extend_compare(OpenOperator& open, NodeId right, Op next);

  // atoms.cpp
  NodeId atom();
  NodeId literal(Op op);
  NodeId name();
  NodeId trailers(NodeId value);
  NodeId member(NodeId object);
  NodeId call(NodeId callee);
  NodeId index(NodeId object);
  NodeId subscript();
  NodeId argument();
  NodeId keyword_argument(NodeId name);
  NodeId parenthesised();
  NodeId list_display();
  NodeId brace_display();
  NodeId brace_item();
  NodeId backticks();
  bool at_comprehension() const;
  NodeId comprehension(NodeId element, Op op, std::uint32_t begin, TokenKind closer);
  void clauses(TokenKind closer);
  NodeId iterable(TokenKind closer);

  // strings.cpp
  struct Pieces;
  NodeId strings();
  void add_text(Pieces& pieces, const Token& string, std::uint32_t from, std::uint32_t to,
                bool escaped);
  NodeId more_strings(Pieces& pieces, std::uint32_t begin);
  void flush_text(Pieces& pieces);
  NodeId finish_text(Pieces& pieces, std::uint32_t begin, std::uint32_t end);
  NodeId finish_pieces(Pieces& pieces, std::uint32_t begin, std::uint32_t end);
  bool formatted_string(Pieces& pieces);
  std::uint32_t formatted_text(Pieces& pieces, const Token& string, bool in_spec);
  std::uint32_t behind_escape(std::uint32_t i, const Token& string) const;
  bool field(Pieces& pieces, const Token& string);
  bool end_field(const Token& string, NodeId& spec);
  bool recover_field(const Token& string);
  NodeId converted(NodeId value, char conversion, NodeId spec, std::uint32_t begin);

  // statements.cpp. True: the line is still open; false: it ended with a block.
  void module();
  void statements();
  bool statement();
  bool expression_statement();
  bool assignment(NodeId target);
  bool augmented_assignment(NodeId target);
  bool annotated(NodeId target);
  void annotation();
  void hoist_if_it_acts(const Checkpoint& before, std::size_t calls, NodeId value);
  bool leaf_statement();
  bool return_statement();
  bool raise_statement();
  bool delete_statement();
  bool assert_statement();
  bool scope_statement();

  // soft_keywords.cpp
  bool soft_keyword();
  bool is_match_header(const Token& first) const;
  bool print_statement();
  bool exec_statement();
  NodeId exec_call(NodeId value);
  bool type_alias();

  // imports.cpp
  bool import_statement();
  bool from_statement();
  std::string_view dotted_name();
  void imported_names();
  void imported_name();

  // compound.cpp
  NodeId block();
  void suite();
  NodeId else_or_none();
  bool if_statement();
  bool while_statement();
  bool for_statement();
  bool for_loop(std::uint32_t begin, std::uint16_t flags);
  bool try_statement();
  void catch_clause();
  bool with_statement();
  bool with_items(std::uint32_t begin, std::uint16_t flags);
  bool parenthesised_with_items(const Checkpoint& start);
  void with_item();
  bool match_statement();
  void cases();
  void case_clause();
  bool stray_clause();
  bool async_statement();

  // definitions.cpp
  bool decorated();
  bool function_statement();
  bool class_statement();
  bool function_definition(std::uint32_t begin, std::size_t decorators, std::uint16_t flags);
  bool class_definition(std::uint32_t begin, std::size_t decorators);
  void push_decorators(std::size_t first);
  NodeId parameters(TokenKind closer);
  void parameter(TokenKind closer);
  void type_parameters();
  std::string_view definition_name();
  NodeId bracketed_parameters();

  struct Prefix {
    Op op;
    std::uint32_t begin;
  };

  std::string_view source_;
  ParseLimits limits_;
  Tree tree_;
  TreeBuilder builder_;
  Lexer lexer_;
  Token token_;
  std::uint32_t previous_end_ = 0;  // of the last token that was not a line end
  int depth_ = 0;
  int field_depth_ = -1;  // bracket depth of the innermost f-string field, where := is no walrus
  bool line_is_open_ = true;     // what a statement with a soft keyword left
  bool in_pattern_ = false;      // `case`: `as` binds, `if` is the guard
  bool in_class_ = false;        // directly in a class body
  bool saw_yield_ = false;       // in the function being read
  std::size_t calls_ = 0;        // calls and awaits read so far; tells whether an annotation acts
  std::vector<NodeId> hoisted_;  // annotations that act, to go before their statement
  std::vector<NodeId> decorators_;  // a stack, like those below
  std::vector<Prefix> prefixes_;
};

}  // namespace assay::code::python
