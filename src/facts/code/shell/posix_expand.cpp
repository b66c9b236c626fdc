// Expansions of POSIX sh and bash: $name, ${name…}, $(…), `…`, <(…). Variables that the text does
// not set become holes.
#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "facts/code/shell/posix_parser.h"

namespace assay::code::shell {
namespace {

// $((…)) longer than this is read as a substitution of a subshell.
constexpr std::size_t max_arithmetic = 4096;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

std::ptrdiff_t to_number(std::string_view text, std::ptrdiff_t otherwise) {
  text = trim(text);
  std::ptrdiff_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

// ${value:from:length}; nullopt when the numbers are not plain.
std::optional<std::string> substring(std::string_view value, std::string_view argument) {
  constexpr std::ptrdiff_t unknown = PTRDIFF_MAX;
  const std::size_t colon = argument.find(':');
  const auto size = static_cast<std::ptrdiff_t>(value.size());
  std::ptrdiff_t from = to_number(argument.substr(0, colon), unknown);
  std::ptrdiff_t length =
      colon == std::string_view::npos ? size : to_number(argument.substr(colon + 1), unknown);
  if (from == unknown || length == unknown) return std::nullopt;
  if (from < 0) from += size;
  from = std::clamp<std::ptrdiff_t>(from, 0, size);
  if (length < 0) length += size - from;
  length = std::clamp<std::ptrdiff_t>(length, 0, size - from);
  return std::string(
      value.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
}

bool has_pattern(std::string_view text) { return text.find_first_of("*?[") != text.npos; }

// ${value/from/to}, ${value//from/to}
std::optional<std::string> replaced(std::string value, std::string_view argument, bool all) {
  const std::size_t slash = argument.find('/');
  const std::string_view from = argument.substr(0, slash);
  const std::string_view to =
      slash == std::string_view::npos ? std::string_view() : argument.substr(slash + 1);
  // What grows by replacing is bounded by the budget only if each replacement does not.
  if (has_pattern(from) || from.empty() || to.size() > from.size() + 16) return std::nullopt;
  const std::size_t at = value.find(from);
  if (at == std::string::npos) return value;
  if (!all) return value.replace(at, from.size(), to);
  std::string out;
  std::string_view rest = value;
  for (std::size_t found = at; found != std::string_view::npos; found = rest.find(from)) {
    out += rest.substr(0, found);
    out += to;
    rest.remove_prefix(found + from.size());
  }
  return out.append(rest);
}

std::optional<std::string> without_end(std::string value, std::string_view pattern, bool front) {
  if (has_pattern(pattern)) return std::nullopt;
  if (front && value.starts_with(pattern)) return value.substr(pattern.size());
  if (!front && value.ends_with(pattern)) value.resize(value.size() - pattern.size());
  return value;
}

std::string in_capitals(std::string value, bool first_only) {
  for (char& c : value) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (first_only) break;
  }
  return value;
}

// ${value OPERATOR argument} for a value that is set.
std::optional<std::string> modified(const std::string& value, std::string_view operation,
                                    const std::string& argument) {
  if (operation == ":") return substring(value, argument);
  if (operation == "/" || operation == "//") return replaced(value, argument, operation.size() > 1);
  if (operation == "%" || operation == "%%") return without_end(value, argument, false);
  if (operation == "#" || operation == "##") return without_end(value, argument, true);
  if (operation == ",,") return to_lower_ascii(value);
  if (operation == "^^" || operation == "^") return in_capitals(value, operation == "^");
  if (operation == "+" || operation == ":+") return argument;
  if (operation.ends_with('-') || operation.ends_with('=') || operation.ends_with('?'))
    return value;
  return std::nullopt;
}

}  // namespace

const Variable* PosixParser::find_variable(std::string_view name) const {
  const auto found = session_.variables.find(name);
  return found == session_.variables.end() ? nullptr : &found->second;
}

void PosixParser::expand_dollar(WordBuilder& out, bool quoted, std::int32_t host) {
  const char next = peek(1);
  if (next == '(') {
    ++at_;
    if (peek(1) == '(' && skip_arithmetic()) {
      out.append(hole);
    } else {
      expand_command(out, quoted, host);
    }
  } else if (next == '{') {
    expand_braced(out, quoted, host);
  } else if (next == '\'' && !quoted) {
    read_ansi_quoted(out);
  } else if (next == '"' && !quoted) {
    at_ += 2;
    read_double_quoted(out, host, false);
  } else if (is_name_start(next)) {
    const std::size_t begin = ++at_;
    while (at_ < end_ && is_name(text_[at_])) ++at_;
    expand_name(out, text_.substr(begin, at_ - begin), quoted, host);
  } else if (next != '\0' && std::string_view("@*#?-$!0123456789").contains(next) &&
             !keeps_unset_) {
    ++at_;
    expand_special(out);
  } else {
    out.append('$', at_++);
  }
}

// $1, $@ and kin. Inside a word they are there to break it up: cu$@rl, cat$IFS$9file.
void PosixParser::expand_special(WordBuilder& out) {
  const char name = text_[at_++];
  const bool is_positional = name == '@' || name == '*' || (name >= '1' && name <= '9');
  const bool is_glued =
      !out.current.text.empty() && is_name_start(peek()) && is_name_start(out.current.text.back());
  if (is_positional && (is_glued || name == '9')) return;
  out.append(hole);
}

void PosixParser::expand_name(WordBuilder& out, std::string_view name, bool quoted,
                              std::int32_t host) {
  if (const Variable* variable = find_variable(name)) {
    if (!session_.spend(variable->value.size())) return;
    session_.add_use(host, *variable);
    out.append_value(variable->value, quoted);
  } else if (name == "IFS") {
    out.append_value(" ", quoted);
  } else if (name == "SHELL" || name == "BASH") {
    out.append("/bin/sh");
  } else if (keeps_unset_) {
    out.append("$");
    out.append(name);
  } else {
    session_.add_unset_variable(host, name);
    out.append(hole);
  }
}

std::string_view PosixParser::read_parameter_name() {
  const std::size_t begin = at_;
  if (is_name_start(peek())) {
    while (at_ < end_ && is_name(text_[at_])) ++at_;
  } else if (is_digit(peek())) {
    while (at_ < end_ && is_digit(text_[at_])) ++at_;
  } else if (peek() != '}' && at_ < end_) {
    ++at_;
  }
  const std::string_view name = text_.substr(begin, at_ - begin);
  if (peek() == '[') {
    const std::size_t limit = std::min(end_, at_ + 64);
    while (at_ < limit && text_[at_] != ']') ++at_;
    if (peek() == ']') ++at_;
  }
  return name;
}

std::string PosixParser::read_operator() {
  std::string operation;
  const char c = peek();
  if (c == '\0' || !std::string_view(":-=?+/%#^,@").contains(c)) return operation;
  operation += text_[at_++];
  const char next = peek();
  const bool doubles = next == c && std::string_view("/%#^,").contains(c);
  const bool qualifies = c == ':' && next != '\0' && std::string_view("-=?+").contains(next);
  if (doubles || qualifies) operation += text_[at_++];
  return operation;
}

// ${…} from the dollar on.
void PosixParser::expand_braced(WordBuilder& out, bool quoted, std::int32_t host) {
  at_ += 2;
  if (nesting_ >= max_depth) {
    session_.script.cut = true;
    out.append(hole);
    return;
  }
  ++nesting_;
  const bool is_length = peek() == '#' && is_name_start(peek(1));
  const bool is_indirect = peek() == '!' && is_name_start(peek(1));
  if (is_length || is_indirect) ++at_;
  std::string name(read_parameter_name());
  if (is_indirect) {
    const Variable* pointer = find_variable(name);
    name = pointer ? pointer->value.substr(0, 256) : std::string();
  }
  const std::string operation = is_length ? "" : read_operator();
  const std::string argument = read_braced_argument(host);
  --nesting_;
  const Variable* variable = find_variable(name);
  if (is_length) {
    out.append(variable ? std::to_string(variable->value.size()) : std::string(hole));
  } else if (variable && !operation.empty()) {
    session_.add_use(host, *variable);
    const std::optional<std::string> value = modified(variable->value, operation, argument);
    if (!session_.spend(variable->value.size())) return;
    out.append_value(value ? std::string_view(*value) : hole, quoted);
  } else if (operation.ends_with('-') || operation.ends_with('=')) {
    session_.add_unset_variable(host, name);
    if (operation.ends_with('=')) session_.variables[name].value = argument;
    out.append_value(argument.empty() ? hole : std::string_view(argument), quoted);
  } else if (operation.ends_with('+')) {
    session_.add_unset_variable(host, name);
  } else {
    expand_name(out, name, quoted, host);
  }
}

std::string PosixParser::read_braced_argument(std::int32_t host) {
  WordBuilder out;
  out.splits = false;
  while (!done() && peek() != '}') {
    const char c = peek();
    if (c == '\'') {
      read_single_quoted(out);
    } else if (c == '"') {
      ++at_;
      read_double_quoted(out, host, false);
    } else if (c == '$') {
      expand_dollar(out, true, host);
    } else if (c == '`') {
      expand_backticks(out, true, host);
    } else {
      if (c == '\\' && at_ + 1 < end_) ++at_;
      out.append(text_[at_], at_);
      ++at_;
    }
  }
  if (!done()) ++at_;
  return std::move(out.current.text);
}

// ((…)) from its first parenthesis on: moves behind it if it is one.
bool PosixParser::skip_arithmetic() {
  if (at_ < no_arithmetic_until_) return false;
  const std::size_t limit = std::min(end_, at_ + max_arithmetic);
  int open = 0;
  for (std::size_t i = at_; i < limit; ++i) {
    if (text_[i] == '(') ++open;
    if (text_[i] != ')' || --open > 0) continue;
    if (text_[i - 1] != ')') return false;
    at_ = i + 1;
    return true;
  }
  no_arithmetic_until_ = limit;
  return false;
}

// $(…) from its parenthesis on.
void PosixParser::expand_command(WordBuilder& out, bool quoted, std::int32_t host) {
  ++at_;
  if (context_.depth >= max_depth) {
    session_.script.cut = true;
    out.append(hole);
    return;
  }
  const std::int32_t first = session_.count();
  parse_inner();
  out.append_value(take_output(host, first), quoted);
}

void PosixParser::parse_inner() {
  const bool outer_keeps_unset = std::exchange(keeps_unset_, false);
  const bool outer_conditional = std::exchange(in_conditional_, false);
  const int outer_nesting = std::exchange(nesting_, 0);
  ++context_.depth;
  parse_list(true);
  --context_.depth;
  nesting_ = outer_nesting;
  in_conditional_ = outer_conditional;
  keeps_unset_ = outer_keeps_unset;
}

std::string PosixParser::take_output(std::int32_t host, std::int32_t first) {
  const std::int32_t end = session_.count();
  std::vector<bool> is_piped(static_cast<std::size_t>(end - first));
  for (std::int32_t i = first; i < end; ++i) {
    const std::int32_t from = session_.command(i).reads_from;
    if (from >= first) is_piped[static_cast<std::size_t>(from - first)] = true;
  }
  std::string text;
  bool is_constant = end > first;
  for (std::int32_t i = first; i < end; ++i) {
    Notes& notes = session_.notes_of(i);
    if (notes.is_substituted) continue;
    notes.is_substituted = true;
    session_.add_substitute(host, i);
    if (is_piped[static_cast<std::size_t>(i - first)] || notes.is_opened) continue;
    is_constant = is_constant && notes.output.has_value();
    if (is_constant && session_.spend(notes.output->size())) text += *notes.output;
  }
  if (!is_constant) return std::string(hole);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void PosixParser::expand_backticks(WordBuilder& out, bool quoted, std::int32_t host) {
  const std::size_t begin = ++at_;
  std::string content;
  bool is_verbatim = true;
  while (at_ < end_ && text_[at_] != '`') {
    const char next = peek(1);
    if (text_[at_] == '\\' && (next == '`' || next == '$' || next == '\\')) {
      ++at_;
      is_verbatim = false;
    }
    content += text_[at_++];
  }
  Context inner = context_;
  inner.exact = context_.exact && is_verbatim;
  inner.begin = context_.place(begin, false);
  inner.end = context_.place(at_, true);
  inner.input = -1;
  at_ = std::min(at_ + 1, end_);
  const std::int32_t first = session_.count();
  if (!parse_nested(session_, content, ShellDialect::posix, inner)) {
    out.append(hole);
    return;
  }
  out.append_value(take_output(host, first), quoted);
}

// <(…) and >(…): a file name stands for them.
void PosixParser::expand_process(WordBuilder& out, std::int32_t host) {
  const bool is_read = peek() == '<';
  at_ += 2;
  if (context_.depth >= max_depth) {
    session_.script.cut = true;
    out.append(hole);
    return;
  }
  const std::int32_t first = session_.count();
  parse_inner();
  for (std::int32_t i = first; i < session_.count() && !is_read; ++i) {
    if (session_.command(i).reads_from < 0) session_.command(i).reads_from = host;
  }
  const std::string output = take_output(host, first);
  const std::string file = "/dev/fd/" + std::to_string(63 - session_.process_files++);
  if (is_read && output != hole) session_.files[file] = output;
  out.append(file);
}

}  // namespace assay::code::shell
