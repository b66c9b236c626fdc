// PowerShell as droppers write it: pipelines of commands and expressions, with constant strings
// computed (+, -f, -join, -replace, casts, [Convert], [Text.Encoding]) and .NET calls shown as
// commands. Types, classes and most operators are read only to find what they contain.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/shell/session.h"

namespace assay::code::shell {

// What an expression gives.
struct PsValue {
  std::vector<std::string> items;  // of an array; one for a scalar. May contain holes
  bool is_known = false;
  bool is_array = false;
  bool is_nothing = false;         // no value was written at all
  std::vector<std::int32_t> from;  // commands whose output it holds
  std::vector<std::string> unset;  // variables of the environment in it
  std::string type;                // of an object, lower case, without "system."
  std::int64_t at = -1;            // where a plain string stands in the text
};

class PowerShellParser {
 public:
  PowerShellParser(Session& session, std::string_view text, const Context& context)
      : session_(session), text_(text), context_(context) {}

  void parse() { parse_statements('\0'); }

 private:
  // powershell.cpp: statements, pipelines, commands
  PsValue parse_statements(char closing);
  PsValue parse_pipeline();
  PsValue parse_element(std::int32_t piped, const PsValue* input);
  bool parse_keyword(PsValue& value);
  bool parse_assignment(PsValue& value);
  PsValue parse_command(PsValue name, std::size_t begin, std::int32_t piped, const PsValue* input);
  bool parse_argument(std::int32_t index);
  bool parse_redirect(std::int32_t index);
  void add_argument(std::int32_t index, PsValue value);
  void add_use(std::int32_t index, const PsValue& value);
  void parse_block();

  // powershell_commands.cpp
  PsValue complete(std::int32_t index);
  void unwrap_start_process(std::int32_t index);
  void note_written_files(std::int32_t index);

  // powershell_expression.cpp
  PsValue parse_expression();
  PsValue parse_operand();
  PsValue parse_primary();
  PsValue parse_cast();
  PsValue parse_postfix(PsValue value);
  PsValue parse_member(PsValue object, bool is_static);
  PsValue parse_index(PsValue value);
  PsValue call(const PsValue& object, const std::string& name, std::vector<PsValue> arguments,
               std::size_t begin);
  bool parse_binary(PsValue& left);
  std::string read_operator();
  std::vector<PsValue> parse_arguments();
  PsValue parse_parenthesis();
  PsValue parse_hash_table();

  // powershell_literals.cpp
  PsValue parse_variable();
  PsValue parse_single_quoted();
  PsValue parse_double_quoted();
  PsValue parse_here_string();
  std::string read_bareword(bool is_argument);
  std::string read_name();

  // False, with `cut` set, when constructs are nested too deep to go on.
  bool enter();
  void leave() { --nesting_; }

  bool done() const { return at_ >= text_.size() || session_.stopped(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void skip_blanks();  // spaces, continued lines, comments
  void skip_space();   // and newlines

  Session& session_;
  std::string_view text_;
  std::size_t at_ = 0;
  Context context_;
  int nesting_ = 0;
};

// Spelled out and in lower case: "iwr" is "invoke-webrequest".
std::string powershell_command_name(std::string_view name);
// The value of a pure method or static call on constants, or nothing.
PsValue evaluate_call(Session& session, const PsValue& object, std::string_view name,
                      const std::vector<PsValue>& arguments);
void add_origins(PsValue& value, const PsValue& of);
void append_items(PsValue& array, PsValue more);
// What is concatenated with an unknown part keeps the part that is known.
void append_text(Session& session, PsValue& text, const PsValue& more);
// Constant operators: + of arrays, -f, -join, -replace, -split, "..".
PsValue evaluate_binary(Session& session, const std::string& operation, const PsValue& left,
                        const PsValue& right);
PsValue evaluate_cast(const std::string& type, PsValue value);
std::string text_of(const PsValue& value);  // items joined by spaces
PsValue constant(std::string text);

}  // namespace assay::code::shell
