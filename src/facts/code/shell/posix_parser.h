// POSIX sh with the parts of bash that droppers use. Reads one text in one pass; the cursor is
// shared by words, substitutions and lists, so that nothing is scanned twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/shell/session.h"

namespace assay::code::shell {

// A word, or a field of one, after quote removal.
struct Word {
  std::string text;
  std::int64_t at = -1;  // where it stands in the parsed text letter by letter, or -1
  bool quoted = false;
};

// Gathers the fields that one word of the text becomes.
struct WordBuilder {
  std::vector<Word> words;
  Word current;
  bool is_open = false;             // `current` counts even when it is empty
  bool splits = true;               // white space of unquoted values ends a field
  std::vector<std::size_t> braces;  // offsets in `current` of unquoted { , }

  void append(char c, std::size_t at);
  void append(std::string_view piece);  // not letter by letter in the text
  void append_value(std::string_view value, bool quoted);
  void end_field();
};

struct Redirects {
  std::vector<std::string> writes_to;
  std::vector<std::string> reads_files;
  std::optional<std::string> input;
  bool appends = false;
  bool output_is_hidden = false;
  bool errors_are_hidden = false;
};

class PosixParser {
 public:
  PosixParser(Session& session, std::string_view text, const Context& context)
      : session_(session), text_(text), end_(text.size()), context_(context) {}

  void parse() { parse_list(false); }

 private:
  enum class Block : std::uint8_t { group, subshell, condition, loop, choice };
  struct Frame {
    Block block = Block::group;
    std::int32_t first = 0;           // its first command
    std::int32_t outer_input = -1;    // what the list around it reads from
    std::int32_t outer_pipeline = 0;  // first command of the pipeline that it is part of
    bool wants_pattern = false;       // case: patterns come next
  };
  // One level of commands: a whole text or the inside of $(…).
  struct List {
    bool is_nested = false;
    std::vector<Frame> frames;
    std::int32_t input = -1;    // read by commands that no pipe feeds
    std::int32_t piped = -1;    // feeds the next command
    std::int32_t pipeline = 0;  // first command of the current pipeline
    std::int32_t element = -1;  // first command of the last element of the pipeline
  };

  // posix_list.cpp
  void parse_list(bool is_nested);
  bool parse_operator(List& list);  // false: there is none here
  void parse_command(List& list);
  bool parse_reserved(List& list);
  bool parse_windows_line(List& list);
  void parse_for(List& list);
  void parse_pattern(List& list);
  void open_block(List& list, Block block);
  bool close_block(List& list, Block block);
  void end_branch(List& list);
  void end_pipeline(List& list);
  std::int32_t input_of(const List& list) const {
    return list.piped >= 0 ? list.piped : list.input;
  }

  // posix_command.cpp
  void parse_simple(List& list);
  bool parse_simple_part(std::int32_t index, Redirects& redirects, bool& may_assign);
  void take_word(std::int32_t index, bool& may_assign);
  bool take_assignment(std::int32_t index);
  void take_rest_of_line(std::int32_t index);
  bool at_function_parentheses();
  bool at_redirect() const;
  void parse_redirect(Redirects& redirects, std::int32_t host);
  void duplicate(Redirects& redirects, bool is_input, bool is_error, const std::string& target);
  std::string read_heredoc(std::int32_t host, bool strips_tabs);
  std::size_t find_heredoc_end(std::string_view delimiter, bool strips_tabs);
  void apply(const Redirects& redirects, std::int32_t first, std::int32_t end);

  // posix_word.cpp
  std::vector<Word> read_word(std::int32_t host);
  std::string read_single(std::int32_t host);  // one word without field splitting
  void read_pieces(WordBuilder& out, std::int32_t host);
  bool read_piece(WordBuilder& out, std::int32_t host);  // false at the end of the word
  void read_single_quoted(WordBuilder& out);
  void read_double_quoted(WordBuilder& out, std::int32_t host, bool is_heredoc);
  void read_ansi_quoted(WordBuilder& out);

  // posix_expand.cpp
  void expand_dollar(WordBuilder& out, bool quoted, std::int32_t host);
  void expand_braced(WordBuilder& out, bool quoted, std::int32_t host);
  void expand_name(WordBuilder& out, std::string_view name, bool quoted, std::int32_t host);
  void expand_command(WordBuilder& out, bool quoted, std::int32_t host);
  void expand_backticks(WordBuilder& out, bool quoted, std::int32_t host);
  void expand_special(WordBuilder& out);
  void expand_process(WordBuilder& out, std::int32_t host);
  std::string read_braced_argument(std::int32_t host);
  std::string_view read_parameter_name();
  std::string read_operator();
  bool skip_arithmetic();
  void parse_inner();  // commands up to the parenthesis, one level deeper
  // What $(…) becomes: the output of the commands since `first`, which then belong to `host`.
  std::string take_output(std::int32_t host, std::int32_t first);
  const Variable* find_variable(std::string_view name) const;

  bool done() const { return at_ >= end_ || session_.stopped(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view part) const {
    return text_.substr(at_, end_ - at_).starts_with(part);
  }
  void skip_blanks();   // and comments and escaped newlines
  void pass_newline();  // and the here-documents that follow it

  Session& session_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t end_;
  Context context_;
  int nesting_ = 0;                      // of ${…} and "…" inside one another
  bool keeps_unset_ = false;             // the command is PowerShell, whose variables look alike
  bool in_conditional_ = false;          // inside [[ … ]]
  std::size_t no_arithmetic_until_ = 0;  // a search for )) came here and found none
  // Where the line ends that the last here-document was announced on, and where reading goes on.
  std::size_t heredoc_line_end_ = 0;
  std::size_t heredoc_resume_ = 0;
};

}  // namespace assay::code::shell
