// Simple commands of POSIX sh: assignments, words, redirects and here-documents.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "facts/code/shell/posix_parser.h"

namespace assay::code::shell {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }
bool is_standard_stream(std::string_view path) {
  return path == "/dev/stdout" || path == "/dev/stderr" || path == "/dev/stdin";
}

// Their command lines are written for another reader: $x is theirs, and so are parentheses.
bool is_windows_shell(std::string_view program) {
  return program == "powershell" || program == "pwsh" || program == "cmd";
}

void keep(std::vector<std::string>& list, const std::string& path) {
  if (list.size() < max_mentions && !is_null_device(path) && !is_standard_stream(path)) {
    list.push_back(path);
  }
}

}  // namespace

void PosixParser::parse_simple(List& list) {
  const std::size_t begin = at_;
  const std::int32_t index = session_.add(context_, ShellDialect::posix, begin);
  if (index < 0) return;
  session_.command(index).reads_from = input_of(list);
  const bool outer_keeps_unset = std::exchange(keeps_unset_, false);
  const bool outer_conditional = std::exchange(in_conditional_, false);
  Redirects redirects;
  bool may_assign = true;
  std::size_t end = at_;
  while (parse_simple_part(index, redirects, may_assign)) {
    end = at_;
    skip_blanks();
  }
  keeps_unset_ = outer_keeps_unset;
  in_conditional_ = outer_conditional;
  const ShellCommand& command = session_.command(index);
  const bool is_only_name = command.words.size() == 1 && command.assignments.empty();
  if (is_only_name && index + 1 == session_.count() && at_function_parentheses()) {
    at_ = text_.find(')', at_) + 1;
    session_.remove_last();
    return;
  }
  apply(redirects, index, index + 1);
  if (context_.exact) session_.command(index).end = context_.place(end, true);
  const bool is_empty = command.words.empty() && command.assignments.empty() &&
                        redirects.writes_to.empty() && redirects.reads_files.empty();
  if (is_empty && index + 1 == session_.count()) {
    session_.remove_last();
    return;
  }
  if (list.element < 0 || list.piped >= 0) list.element = index;
  list.piped = -1;
  finish(session_, index, context_);
}

// One word, assignment or redirect. False where the command ends.
bool PosixParser::parse_simple_part(std::int32_t index, Redirects& redirects, bool& may_assign) {
  if (done()) return false;
  if (at_redirect()) {
    parse_redirect(redirects, index);
    return true;
  }
  switch (peek()) {
    case '\n': return false;
    case ';':
    case '|':
    case ')':
    case '&':
      if (!in_conditional_) return false;
      break;
    case '(':
      if (in_conditional_) break;
      if (is_windows_shell(program_of(session_.command(index)))) {
        take_rest_of_line(index);
        return true;
      }
      return false;
    default: break;
  }
  if (may_assign && take_assignment(index)) return true;
  const std::size_t before = at_;
  take_word(index, may_assign);
  return at_ > before;
}

void PosixParser::take_word(std::int32_t index, bool& may_assign) {
  const bool is_first = session_.command(index).words.empty();
  for (Word& word : read_word(index)) {
    const std::int64_t at =
        word.at >= 0 && context_.exact ? word.at + static_cast<std::int64_t>(context_.begin) : -1;
    session_.add_word(index, std::move(word.text), at);
  }
  const std::vector<std::string>& words = session_.command(index).words;
  if (words.empty()) return;
  may_assign = false;
  keeps_unset_ = is_windows_shell(program_name(words.front()));
  if (is_first && words.front() == "[[") in_conditional_ = true;
  if (words.back() == "]]") in_conditional_ = false;
}

// NAME=value, NAME+=value or NAME=(words) in front of the command.
bool PosixParser::take_assignment(std::int32_t index) {
  std::size_t length = 0;
  if (!is_name_start(peek())) return false;
  while (is_name(peek(length))) ++length;
  const bool appends = peek(length) == '+';
  const std::size_t equals = length + (appends ? 1 : 0);
  if (peek(equals) != '=') return false;
  const std::string name(text_.substr(at_, length));
  at_ += equals + 1;
  std::string value;
  if (appends) {
    if (const Variable* known = find_variable(name)) value = known->value;
    if (!session_.spend(value.size())) return true;
  }
  if (peek() == '(') {
    ++at_;
    while (true) {
      while (!done() && (peek() == '\n' || peek() == ' ' || peek() == '\t')) ++at_;
      if (done() || peek() == ')') break;
      const std::size_t before = at_;
      const std::string item = read_single(index);
      if (at_ == before) ++at_;
      if (!item.empty()) value += (value.empty() ? "" : " ") + item;
    }
    if (peek() == ')') ++at_;
  } else {
    value += read_single(index);
  }
  session_.command(index).assignments.push_back(name + "=" + value);
  return true;
}

// powershell (New-Object …): written for cmd.exe, which has no such parentheses.
void PosixParser::take_rest_of_line(std::int32_t index) {
  const std::size_t newline = std::min(text_.find('\n', at_), end_);
  session_.add_word(index, std::string(trim(text_.substr(at_, newline - at_))));
  at_ = newline;
}

bool PosixParser::at_function_parentheses() {
  if (peek() != '(') return false;
  std::size_t ahead = 1;
  while (peek(ahead) == ' ' || peek(ahead) == '\t') ++ahead;
  return peek(ahead) == ')';
}

bool PosixParser::at_redirect() const {
  if (in_conditional_) return false;
  std::size_t ahead = 0;
  while (ahead < 4 && is_digit(peek(ahead))) ++ahead;
  const char c = peek(ahead);
  if (c != '<' && c != '>') return ahead == 0 && c == '&' && peek(1) == '>';
  return peek(ahead + 1) != '(' || ahead > 0;  // <(…) is a word
}

void PosixParser::parse_redirect(Redirects& redirects, std::int32_t host) {
  std::string descriptor;
  while (is_digit(peek())) descriptor += text_[at_++];
  const bool is_both = peek() == '&';
  if (is_both) ++at_;
  const bool is_input = peek() == '<';
  const bool is_error = descriptor == "2";
  ++at_;
  if (is_input && peek() == '<') {
    ++at_;
    if (peek() == '<') {
      ++at_;
      skip_blanks();
      redirects.input = read_single(host);
    } else {
      const bool strips_tabs = peek() == '-';
      if (strips_tabs) ++at_;
      redirects.input = read_heredoc(host, strips_tabs);
    }
    return;
  }
  const bool appends = !is_input && peek() == '>';
  const bool is_open_both = is_input && peek() == '>';
  if (appends || is_open_both || peek() == '|') ++at_;
  const bool is_duplicate = peek() == '&';
  if (is_duplicate) ++at_;
  skip_blanks();
  const std::string target = read_single(host);
  const bool names_descriptor = target == "-" || std::ranges::all_of(target, is_digit);
  if (is_duplicate && names_descriptor) {
    duplicate(redirects, is_input || descriptor == "0", is_error, target);
    return;
  }
  if (!descriptor.empty() && target.starts_with("/dev/")) session_.descriptors[descriptor] = target;
  if (is_input || is_open_both) keep(redirects.reads_files, target);
  if (is_input && !is_open_both) return;
  keep(redirects.writes_to, target);
  redirects.appends = redirects.appends || appends;
  const bool is_hidden = is_null_device(target);
  const bool is_error_too = is_both || is_duplicate;
  if (is_error || is_error_too) redirects.errors_are_hidden = is_hidden;
  if (!is_error && !is_input && (descriptor.empty() || descriptor == "1")) {
    redirects.output_is_hidden = is_hidden;
  }
}

// 2>&1, >&3, <&3, >&-
void PosixParser::duplicate(Redirects& redirects, bool is_input, bool is_error,
                            const std::string& target) {
  const auto known = session_.descriptors.find(target);
  if (known != session_.descriptors.end()) {
    keep(is_input ? redirects.reads_files : redirects.writes_to, known->second);
  }
  // sh >& /dev/tcp/… 0>&1
  const bool is_socket =
      !redirects.writes_to.empty() && redirects.writes_to.back().starts_with("/dev/");
  if (is_input && target == "1" && is_socket)
    keep(redirects.reads_files, redirects.writes_to.back());
  if (is_input) return;
  if (target == "-") {
    (is_error ? redirects.errors_are_hidden : redirects.output_is_hidden) = true;
  } else if (is_error && target == "1") {
    redirects.errors_are_hidden = redirects.output_is_hidden;
  } else if (!is_error && target == "2") {
    redirects.output_is_hidden = redirects.errors_are_hidden;
  }
}

// Where the delimiter's line begins; heredoc_resume_ moves behind it.
std::size_t PosixParser::find_heredoc_end(std::string_view delimiter, bool strips_tabs) {
  std::size_t line = heredoc_resume_;
  while (line < end_) {
    const std::size_t newline = std::min(text_.find('\n', line), end_);
    std::string_view content = text_.substr(line, newline - line);
    while (strips_tabs && content.starts_with('\t')) content.remove_prefix(1);
    if (content.ends_with('\r')) content.remove_suffix(1);
    heredoc_resume_ = std::min(newline + 1, end_);
    if (content == delimiter) return line;
    line = heredoc_resume_;
  }
  return end_;
}

// The lines after this one up to the delimiter. Unless the delimiter is quoted, they are expanded.
std::string PosixParser::read_heredoc(std::int32_t host, bool strips_tabs) {
  skip_blanks();
  const std::size_t word_begin = at_;
  const std::string delimiter = read_single(-1);
  const bool is_literal =
      text_.substr(word_begin, at_ - word_begin).find_first_of("'\"\\") != std::string_view::npos;
  if (heredoc_line_end_ < at_ || heredoc_resume_ < at_) {
    heredoc_line_end_ = std::min(text_.find('\n', at_), end_);
    heredoc_resume_ = std::min(heredoc_line_end_ + 1, end_);
  }
  const std::size_t body_begin = heredoc_resume_;
  const std::size_t body_end = find_heredoc_end(delimiter, strips_tabs);
  const std::size_t line_end = heredoc_line_end_;
  const std::size_t resume = heredoc_resume_;
  std::string body;
  if (is_literal) {
    body = text_.substr(body_begin, body_end - body_begin);
  } else {
    const std::size_t outer_at = std::exchange(at_, body_begin);
    const std::size_t outer_end = std::exchange(end_, body_end);
    WordBuilder out;
    out.splits = false;
    read_double_quoted(out, host, true);
    body = std::move(out.current.text);
    at_ = outer_at;
    end_ = outer_end;
    heredoc_line_end_ = line_end;
    heredoc_resume_ = resume;
  }
  if (!session_.spend(body.size()) || !strips_tabs) return body;
  std::string stripped;
  for (const std::string_view content : split(body, '\n')) {
    stripped += content.substr(std::min(content.find_first_not_of('\t'), content.size()));
    stripped += '\n';
  }
  stripped.pop_back();
  return stripped;
}

// What is written behind a command or a closed block holds for all its commands.
void PosixParser::apply(const Redirects& redirects, std::int32_t first, std::int32_t end) {
  for (std::int32_t i = first; i < end; ++i) {
    ShellCommand& command = session_.command(i);
    command.output_is_hidden = command.output_is_hidden || redirects.output_is_hidden;
    command.errors_are_hidden = command.errors_are_hidden || redirects.errors_are_hidden;
    const std::vector<std::string>& writes = redirects.writes_to;
    const std::vector<std::string>& reads = redirects.reads_files;
    // A block's targets go to a hundred of its commands; no real script needs more.
    if (i - first >= 100) continue;
    const std::size_t room = max_mentions - std::min(max_mentions, command.writes_to.size());
    command.writes_to.insert(
        command.writes_to.end(), writes.begin(),
        writes.begin() + static_cast<std::ptrdiff_t>(std::min(room, writes.size())));
    const std::size_t read_room = max_mentions - std::min(max_mentions, command.reads_files.size());
    command.reads_files.insert(
        command.reads_files.end(), reads.begin(),
        reads.begin() + static_cast<std::ptrdiff_t>(std::min(read_room, reads.size())));
    if (redirects.input && !command.input) {
      if (!session_.spend(redirects.input->size())) return;
      command.input = redirects.input;
      command.reads_from = -1;
    }
    session_.notes_of(i).appends = redirects.appends;
  }
}

}  // namespace assay::code::shell
