// The recursive descent behind parse_javascript, one class over several files:
//   parsing.cpp      tokens, errors, skipping        statements.cpp   statements
//   expressions.cpp  operators, calls, members       modules.cpp      import and export
//   primaries.cpp    literals, arrays, objects       typescript.cpp   casts, enums, declare
//   functions.cpp    functions, arrows, parameters   types.cpp        types, all of them skipped
//   classes.cpp      classes and their members       jsx.cpp          elements
//
// A node is made when its last token is read. Patterns are parsed as the expressions they look
// like: both have the same nodes, so `({a, b = 1}) => 0` needs no second reading.
// Every loop consumes a token a round or ends; every construct that nests counts in `Nesting`.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/code/javascript/lexer.h"
#include "facts/code/javascript/parser.h"

namespace assay::code {

class Parser {
 public:
  Parser(Tree& tree, JavaScriptOptions options, const ParseLimits& limits);
  // False when a comment of scripts was skipped in what turned out to be a module: all is to be
  // read again, with options.module.
  bool parse_module();

 private:
  friend class Nesting;
  template <typename T>
  class Scoped;

  // What the words await, yield and `in` mean here.
  struct Context {
    bool in_function = false;
    bool in_async = false;
    bool in_generator = false;
    bool in_allowed = true;       // not in the head of a for
    bool in_conditional = false;  // between ? and :, where `(a): b` is no arrow's return type
  };

  struct Point {
    std::uint32_t position;
    Token token;
    std::uint32_t previous_end;
  };

  // What is still open while a right-leaning chain is read; chains are folded from their end.
  struct Pending {
    std::uint32_t begin;
    Op op;
  };

  // A member of a class or object while it is read.
  struct Member {
    std::uint32_t begin = 0;
    std::uint32_t flags = 0;
    std::size_t decorators = 0;  // where its decorators begin on the scratch stack
    bool is_bodiless = false;    // abstract or declare
    std::string_view name;
    NodeId key = no_node;  // when computed
    bool is_computed = false;
    bool is_method = false;
    Token key_token;
  };

  // Tokens.
  void advance();
  bool at(Tok kind) const { return token_.kind == kind; }
  bool accept(Tok kind);
  bool expect(Tok kind, std::string_view reason);
  Tok peek_kind();
  Token peek();
  Point here() const { return {lexer_.position(), token_, previous_end_}; }
  void back_to(const Point& point);
  std::string_view source_text(const Token& token) const;
  std::string_view name_text(const Token& token);
  std::string_view string_text(const Token& token);
  void consume_semicolon();

  // Errors and limits.
  void report(std::uint32_t begin, std::uint32_t end, std::string_view reason);
  NodeId missing(std::string_view reason);
  NodeId skip_unexpected();
  bool too_deep() const;
  NodeId skip_nested(bool stop_at_comma);
  void skip_until_closer(bool stop_at_comma, bool one_group);
  void skip_group() { skip_until_closer(false, true); }
  bool skip_bracket(std::size_t base);
  void advance_unparsed();
  void stop_early();
  bool may_try(std::uint32_t begin);

  // Nodes.
  NodeId finish(Kind kind, std::uint32_t begin, std::size_t mark, std::string_view text = {},
                Op op = Op::none, std::uint32_t flags = 0);
  NodeId leaf(Kind kind, const Token& token, std::string_view text, Op op = Op::none);
  void set_flags(NodeId id, std::uint32_t flags);
  bool is_kind(NodeId id, Kind kind) const { return tree_.nodes[id].kind == kind; }
  std::size_t mark() const { return builder_.mark(); }
  void push(NodeId id) { builder_.push(id); }
  void push_statement(NodeId id);
  NodeId fold(Kind kind, std::size_t first, std::size_t open_base, std::size_t parts);
  void forget_nodes_from(NodeId first, std::size_t children);

  // Expressions.
  NodeId parse_expression();
  NodeId parse_assignment();
  NodeId parse_assignment_after(NodeId left, std::uint32_t begin);
  NodeId parse_conditional();
  NodeId parse_conditional_after(NodeId test, std::uint32_t begin);
  NodeId parse_binary();
  bool is_binary_operator();
  NodeId parse_power();
  NodeId parse_unary();
  NodeId parse_prefixed(Kind kind, Op op);
  NodeId parse_prefix_update();
  NodeId parse_await();
  bool is_await();
  bool is_yield();
  NodeId parse_yield();
  bool starts_operand(Tok kind) const;
  NodeId parse_postfix();
  NodeId parse_chain(NodeId left, std::uint32_t begin, bool with_calls);
  NodeId parse_link(NodeId left, std::uint32_t begin, bool with_calls);
  NodeId parse_member(NodeId object, std::uint32_t begin, std::uint32_t flags);
  NodeId parse_index(NodeId object, std::uint32_t begin, std::uint32_t flags);
  NodeId parse_call(NodeId callee, std::uint32_t begin, std::uint32_t flags);
  NodeId parse_optional_link(NodeId left, std::uint32_t begin);
  NodeId parse_tagged(NodeId tag, std::uint32_t begin);
  void parse_arguments();
  NodeId parse_argument();
  NodeId parse_new();
  bool after_arrow() const { return arrow_end_ == previous_end_; }

  // Primaries.
  NodeId parse_primary();
  NodeId parse_name();
  NodeId parse_async();
  NodeId parse_word_primary();
  NodeId parse_number();
  NodeId parse_string();
  NodeId parse_template();
  void push_template_text(const Token& token);
  NodeId parse_regex();
  NodeId parse_array();
  NodeId parse_object();
  NodeId parse_object_member();
  NodeId parse_object_value(Member& member);
  NodeId parse_spread();
  NodeId parse_import_expression();
  NodeId parse_private_name();

  // Functions.
  NodeId parse_parenthesised();
  NodeId parse_arrow_or_call_of_async(const Token& async);
  // What was read in parentheses, besides the items.
  struct ParenList {
    bool ends_in_comma = false;
    bool is_annotated = false;  // as only parameters are
  };
  ParenList parse_list_of_parens();
  NodeId parse_parenthesised_item(ParenList& list);
  NodeId arrow_from_name(const Token& name, std::uint32_t begin, std::uint32_t flags);
  NodeId finish_arrow(std::uint32_t begin, std::size_t first, std::uint32_t flags);
  void to_parameters(std::size_t first, std::uint32_t begin);
  bool at_arrow_after_parens(const ParenList& list);
  NodeId parse_function(std::uint32_t begin, std::uint32_t flags);
  NodeId parse_function_rest(std::uint32_t begin, std::string_view name, std::uint32_t flags,
                             std::size_t decorators);
  NodeId parse_parameters();
  NodeId parse_parameter();
  bool skip_parameter_modifiers();
  NodeId parse_binding_target();
  NodeId parse_block_body(std::size_t first_property);

  // Classes.
  NodeId parse_class(std::uint32_t begin, std::uint32_t flags, std::size_t decorators);
  NodeId parse_class_body();
  void parse_class_member();
  void parse_member_modifiers(Member& member);
  bool is_modifier_here();
  void parse_member_key(Member& member);
  void parse_method(Member& member);
  void parse_field(Member& member);
  void parse_heritage();
  NodeId parse_decorator();
  void parse_decorators();

  // Statements.
  void parse_statements(bool until_brace);
  NodeId parse_statement();
  NodeId parse_word_statement();
  NodeId parse_empty();
  NodeId parse_block();
  NodeId parse_expression_statement();
  NodeId parse_parenthesised_head(std::string_view reason);
  NodeId parse_var();
  NodeId parse_const();
  NodeId parse_let();
  NodeId parse_using();
  bool at_declaration_name();
  NodeId parse_declarators(Op op, std::uint32_t begin);
  NodeId parse_declarator();
  NodeId parse_async_statement();
  NodeId parse_decorated_statement();
  NodeId parse_debugger();
  NodeId parse_if();
  NodeId parse_for();
  NodeId parse_for_init();
  NodeId parse_while();
  NodeId parse_do();
  NodeId parse_switch();
  NodeId parse_case();
  void parse_case_body();
  NodeId parse_exit(Kind kind);
  NodeId parse_jump(Kind kind);
  NodeId parse_try();
  NodeId parse_catch();
  NodeId parse_with();

  // Modules.
  void note_module();
  NodeId parse_import();
  bool skip_type_only_import();
  NodeId finish_import(std::uint32_t begin, std::size_t first);
  void parse_import_namespace();
  NodeId parse_import_equals(std::uint32_t begin, const Token& name);
  void parse_name_list();
  void parse_name_list_entry();
  bool is_type_only_entry();
  std::string_view parse_module_source();
  void skip_import_attributes();
  NodeId parse_export();
  NodeId finish_export(std::uint32_t begin, NodeId value, std::string_view name);
  NodeId parse_export_decorated(std::size_t decorators);
  NodeId parse_export_default(std::uint32_t begin, std::size_t decorators);
  NodeId parse_export_star(std::uint32_t begin);
  NodeId parse_export_names(std::uint32_t begin);

  // TypeScript. What only has types is skipped and leaves no node.
  bool skip_type();
  bool skip_type_operand();
  bool starts_function_type();
  bool skip_type_group();
  bool skip_type_token(std::size_t base);
  void skip_type_parameters();
  void skip_annotation();
  void skip_flow_predicate();
  bool try_type_arguments();
  bool skip_harmless_type_group();
  bool holds_constructor_type();
  bool ends_type_arguments() const;
  bool try_return_type();
  bool is_generic_arrow();
  bool is_flow_arrow();
  bool skip_arrow_type_parameters();
  NodeId parse_angle_primary();
  NodeId parse_type_statement();
  NodeId skip_type_alias();
  NodeId skip_interface();
  NodeId skip_declared();
  void skip_declared_head();
  NodeId parse_namespace();
  NodeId parse_enum();
  NodeId parse_enum_member(double& next, bool& known);

  // JSX.
  NodeId parse_jsx();
  NodeId parse_jsx_element();
  bool parse_jsx_tag();
  NodeId parse_jsx_tag_name();
  void parse_jsx_attribute();
  void parse_jsx_children();
  NodeId parse_jsx_container();
  int skip_jsx_tag();
  void skip_jsx_element();

  Tree& tree_;
  TreeBuilder builder_;
  std::string_view source_;
  Lexer lexer_;
  JavaScriptOptions options_;
  bool types_;  // TypeScript, or a file that says it has Flow types
  std::uint32_t max_nodes_;
  int max_depth_;

  Token token_;
  std::uint32_t previous_end_ = 0;
  Context context_;
  int depth_ = 0;
  bool stopped_ = false;
  bool is_module_ = false;  // as import or export tells
  // Where the last arrow function ended: nothing continues it, `x => {} (y)` is two statements.
  std::uint32_t arrow_end_ = 0xffff'ffff;
  std::uint64_t tried_bytes_ = 0;  // read twice, for guesses
  std::vector<Pending> pending_;
  std::vector<Tok> open_;                    // brackets in skipped text
  std::vector<Token> parameter_properties_;  // constructor(private x): this.x = x
};

// One more level of nesting for as long as it lives.
class Nesting {
 public:
  explicit Nesting(Parser& parser) : depth_(parser.depth_) { ++depth_; }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  int& depth_;
};

// Restores a value at the end of the scope.
template <typename T>
class Parser::Scoped {
 public:
  explicit Scoped(T& value) : value_(value), saved_(value) {}
  Scoped(T& value, const T& now) : value_(value), saved_(value) { value = now; }
  ~Scoped() { value_ = saved_; }
  Scoped(const Scoped&) = delete;
  Scoped& operator=(const Scoped&) = delete;

 private:
  T& value_;
  T saved_;
};

}  // namespace assay::code
