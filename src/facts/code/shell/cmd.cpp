// cmd.exe: percent and delayed expansion, carets, quotes, & | && ||, parentheses, if and for as far
// as they lead to commands. A line is expanded first and split afterwards, as cmd does it.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "facts/code/shell/session.h"

namespace assay::code::shell {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Variables that every Windows has and that name programs or places.
struct Standard {
  std::string_view name;
  std::string_view value;
};
constexpr std::array standard_variables = {
    Standard{"comspec", "cmd.exe"},
    Standard{"systemroot", "C:\\Windows"},
    Standard{"windir", "C:\\Windows"},
    Standard{"~dp0", ".\\"},  // the script's own folder
    Standard{"cd", "."},
};

// %NAME:~from,length%
std::string substring(std::string_view value, std::string_view range) {
  const std::size_t comma = range.find(',');
  const auto number = [](std::string_view text, std::ptrdiff_t otherwise) {
    text = trim(text);
    std::ptrdiff_t result = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
    return error == std::errc() ? result : otherwise;
  };
  const auto size = static_cast<std::ptrdiff_t>(value.size());
  std::ptrdiff_t from = number(range.substr(0, comma), 0);
  if (from < 0) from += size;
  from = std::clamp<std::ptrdiff_t>(from, 0, size);
  std::ptrdiff_t length =
      comma == std::string_view::npos ? size : number(range.substr(comma + 1), size);
  length = std::min(length, size);
  if (length < 0) length += size - from;
  length = std::clamp<std::ptrdiff_t>(length, 0, size - from);
  return std::string(
      value.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(length)));
}

class CmdParser {
 public:
  CmdParser(Session& session, const Context& context) : session_(session), context_(context) {}

  void parse(std::string_view text);

 private:
  void parse_line(std::string_view line, std::size_t offset, bool is_verbatim);
  // Known variables of the line; false when there was none, so that the line stands as it is.
  bool expand(std::string_view line, std::string& out, std::int32_t index);
  bool expand_loop_variable(std::string_view line, std::size_t at, std::string& out,
                            std::int32_t index);
  std::optional<std::string> value_of(std::string_view reference, std::int32_t index);

  bool at_end() const { return at_ >= line_.size() || session_.stopped(); }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
  }
  void skip_blanks() {
    while (!at_end() && is_blank(line_[at_])) ++at_;
  }
  bool parse_separator();
  void parse_command();
  bool at_redirect() const;
  void parse_redirect(std::int32_t index);
  void duplicate(std::int32_t index, bool is_error, char target);
  std::string read_word(std::int64_t& place);
  void read_quoted(std::string& word);
  void complete(std::int32_t index);
  void drop_conditions(std::int32_t index);
  void open_loop(std::int32_t index);
  void set_variable(std::int32_t index);

  Session& session_;
  Context context_;
  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
  bool is_verbatim_ = true;
  int blocks_ = 0;           // open parentheses
  std::int32_t piped_ = -1;  // feeds the next command
};

void CmdParser::parse(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !session_.stopped()) {
    // A caret at the end of a line joins the next one to it.
    std::size_t end = at;
    std::string joined;
    bool is_joined = false;
    while (true) {
      const std::size_t newline = std::min(text.find('\n', end), text.size());
      std::string_view piece = text.substr(end, newline - end);
      if (piece.ends_with('\r')) piece.remove_suffix(1);
      end = newline + 1;
      const bool goes_on = piece.ends_with('^') && end < text.size();
      if (goes_on) piece.remove_suffix(1);
      if (goes_on || is_joined) joined += piece;
      is_joined = is_joined || goes_on;
      if (!goes_on) {
        parse_line(is_joined ? std::string_view(joined) : piece, at, !is_joined);
        break;
      }
    }
    at = end;
  }
}

void CmdParser::parse_line(std::string_view line, std::size_t offset, bool is_verbatim) {
  std::string expanded;
  const bool is_expanded = expand(line, expanded, -1);
  Context outer = context_;
  line_ = is_expanded ? std::string_view(expanded) : line;
  at_ = 0;
  offset_ = offset;
  is_verbatim_ = is_verbatim && !is_expanded;
  if (!is_verbatim_) {
    context_.begin = outer.place(offset, false);
    context_.end =
        outer.exact ? context_.begin + static_cast<std::uint32_t>(line.size()) : outer.end;
    context_.exact = false;
    offset_ = 0;
  }
  piped_ = -1;
  while (true) {
    skip_blanks();
    if (at_end()) break;
    const std::size_t before = at_;
    if (!parse_separator()) parse_command();
    if (at_ == before) ++at_;
  }
  context_ = outer;
}

bool CmdParser::parse_separator() {
  const char c = peek();
  if (c == '|' && peek(1) != '|') {
    ++at_;
    piped_ = session_.count() - 1;
  } else if (c == '&' || c == '|') {
    at_ += peek(1) == c ? 2u : 1u;
    piped_ = -1;
  } else if (c == '(') {
    ++at_;
    ++blocks_;
  } else if (c == ')') {
    ++at_;
    if (blocks_ > 0) --blocks_;
  } else if (c == '@') {
    ++at_;
  } else if (c == ':') {
    at_ = line_.size();  // a label or a comment
  } else {
    return false;
  }
  return true;
}

bool CmdParser::at_redirect() const {
  const std::size_t ahead = is_digit(peek()) ? 1 : 0;
  return peek(ahead) == '>' || peek(ahead) == '<';
}

void CmdParser::parse_command() {
  const std::size_t begin = at_;
  if (starts_with_ignoring_case(line_.substr(at_), "rem") &&
      (is_blank(peek(3)) || peek(3) == '\0')) {
    at_ = line_.size();
    return;
  }
  const std::int32_t index = session_.add(context_, ShellDialect::cmd, offset_ + begin);
  if (index < 0) return;
  if (piped_ >= 0) session_.command(index).reads_from = piped_;
  piped_ = -1;
  std::size_t end = at_;
  bool is_loop = false;
  while (true) {
    skip_blanks();
    if (at_end()) break;
    const char c = peek();
    if (at_redirect()) {
      parse_redirect(index);
    } else if (c == '&' || c == '|' || (c == ')' && blocks_ > 0)) {
      break;
    } else if (c == '(' && is_loop) {
      const std::size_t close = std::min(line_.find(')', at_), line_.size());
      session_.add_word(index, std::string(line_.substr(at_, close - at_)));
      at_ = std::min(close + 1, line_.size());
    } else if (c == '(' && !session_.command(index).words.empty() &&
               (to_lower_ascii(session_.command(index).words.front()) == "if" ||
                to_lower_ascii(session_.command(index).words.front()) == "else")) {
      break;  // if … ( commands )
    } else {
      std::int64_t place = -1;
      std::string word = read_word(place);
      is_loop = is_loop || (session_.command(index).words.empty() && to_lower_ascii(word) == "for");
      session_.add_word(index, std::move(word), place);
      if (is_loop && to_lower_ascii(session_.command(index).words.back()) == "do") {
        end = at_;
        break;
      }
    }
    end = at_;
  }
  if (context_.exact) session_.command(index).end = context_.place(offset_ + end, true);
  if (session_.command(index).words.empty() && session_.command(index).writes_to.empty()) {
    session_.remove_last();
    return;
  }
  complete(index);
}

void CmdParser::parse_redirect(std::int32_t index) {
  const bool is_error = peek() == '2';
  if (is_digit(peek())) ++at_;
  const bool is_input = peek() == '<';
  ++at_;
  const bool appends = peek() == '>';
  if (appends) ++at_;
  if (peek() == '&') {
    ++at_;
    duplicate(index, is_error, peek());
    at_ = std::min(at_ + 1, line_.size());
    return;
  }
  skip_blanks();
  std::int64_t place = -1;
  const std::string target = read_word(place);
  ShellCommand& command = session_.command(index);
  if (is_null_device(target)) {
    (is_error ? command.errors_are_hidden : command.output_is_hidden) = true;
    return;
  }
  std::vector<std::string>& list = is_input ? command.reads_files : command.writes_to;
  if (list.size() < max_mentions) list.push_back(target);
  session_.notes_of(index).appends = appends;
}

void CmdParser::duplicate(std::int32_t index, bool is_error, char target) {
  ShellCommand& command = session_.command(index);
  if (is_error && target == '1') command.errors_are_hidden = command.output_is_hidden;
  if (!is_error && target == '2') command.output_is_hidden = command.errors_are_hidden;
}

std::string CmdParser::read_word(std::int64_t& place) {
  std::string word;
  bool is_verbatim = is_verbatim_ && context_.exact;
  std::size_t begin = at_;
  while (!at_end() && !is_blank(peek())) {
    const char c = peek();
    if (c == '"') {
      is_verbatim = is_verbatim && word.empty();
      begin = word.empty() ? at_ + 1 : begin;
      read_quoted(word);
      continue;
    }
    if (c == '&' || c == '|' || c == '<' || c == '>' || (c == ')' && blocks_ > 0)) break;
    if (c == '^' && at_ + 1 < line_.size()) {
      ++at_;
      is_verbatim = false;
    }
    word += line_[at_++];
  }
  if (is_verbatim && line_.substr(begin).starts_with(word)) {
    place = static_cast<std::int64_t>(context_.place(offset_ + begin, false));
  }
  // What cmd /v:on is given, it expands itself.
  const std::int32_t index = session_.count() - 1;
  const bool is_for_inner = program_of(session_.command(index)) == "cmd" && contains(word, "!");
  std::string expanded;
  if (is_for_inner || !expand(word, expanded, index)) return word;
  place = -1;
  return expanded;
}

// From one quote to the next; \" is a quote for the program that is called.
void CmdParser::read_quoted(std::string& word) {
  for (++at_; !at_end() && line_[at_] != '"'; ++at_) {
    if (line_[at_] == '\\' && peek(1) == '"') ++at_;
    word += line_[at_];
  }
  at_ = std::min(at_ + 1, line_.size());
}

bool CmdParser::expand(std::string_view line, std::string& out, std::int32_t index) {
  bool is_changed = false;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t mark = std::min(line.find_first_of("%!", at), line.size());
    out += line.substr(at, mark - at);
    at = mark;
    if (at >= line.size()) break;
    const char quote = line[at];
    const std::size_t marks = line.substr(at).starts_with("%%") ? 2 : 1;
    if (quote == '%' && expand_loop_variable(line, at + marks, out, index)) {
      at += marks + 1;
      is_changed = true;
      continue;
    }
    if (quote == '%' && marks == 2) {
      out += "%%";
      at += 2;
      continue;
    }
    // Names are short; a lone % or ! must not cost a search to the end of the line each time.
    const std::size_t close = line.substr(0, std::min(line.size(), at + 128)).find(quote, at + 1);
    const bool is_script_folder = quote == '%' && line.substr(at).starts_with("%~dp0");
    const std::string_view reference = is_script_folder ? "~dp0"
                                       : close == std::string_view::npos
                                           ? std::string_view()
                                           : line.substr(at + 1, close - at - 1);
    const std::optional<std::string> value =
        reference.empty() ? std::nullopt : value_of(reference, index);
    if (!value || !session_.spend(value->size())) {
      out += line[at++];
      continue;
    }
    out += *value;
    at = is_script_folder ? at + 5 : close + 1;
    is_changed = true;
  }
  return is_changed;
}

// %%i of a loop over the output of a command.
bool CmdParser::expand_loop_variable(std::string_view line, std::size_t at, std::string& out,
                                     std::int32_t index) {
  if (index < 0 || at >= line.size()) return false;
  const auto known = session_.windows_variables.find(std::string("%") + line[at]);
  if (known == session_.windows_variables.end()) return false;
  session_.add_use(index, known->second);
  out += hole;
  return true;
}

// With a command's index, unknown variables become holes; without, they stay for later.
std::optional<std::string> CmdParser::value_of(std::string_view reference, std::int32_t index) {
  const std::size_t colon = reference.find(':');
  const std::string name = to_lower_ascii(reference.substr(0, colon));
  if (name.find_first_of(" \"'&|<>\\/") != std::string::npos) return std::nullopt;
  std::string value;
  const auto known = session_.windows_variables.find(name);
  const auto standard = std::ranges::find(standard_variables, name, &Standard::name);
  if (known != session_.windows_variables.end()) {
    value = known->second.value;
    if (index >= 0) session_.add_use(index, known->second);
  } else if (standard != standard_variables.end()) {
    value = standard->value;
  } else if (index >= 0) {
    session_.add_unset_variable(index, reference.substr(0, colon));
    return std::string(hole);
  } else {
    return std::nullopt;
  }
  if (colon == std::string_view::npos) return value;
  const std::string_view change = reference.substr(colon + 1);
  if (change.starts_with('~')) return substring(value, change.substr(1));
  const std::size_t equals = change.find('=');
  if (equals == std::string_view::npos || equals == 0) return value;
  const std::string_view to = change.substr(equals + 1);
  if (to.size() > equals + 16) return std::string(hole);  // would grow without bound
  return replace_all(std::move(value), change.substr(0, equals), to);
}

void CmdParser::complete(std::int32_t index) {
  if (!session_.command(index).words.empty()) {
    drop_conditions(index);
    const std::vector<std::string>& words = session_.command(index).words;
    if (words.empty()) {
      if (index + 1 == session_.count()) session_.remove_last();
      return;
    }
    const std::string name = to_lower_ascii(words.front());
    if (name == "for") {
      open_loop(index);
      return;
    }
    if (name == "set") set_variable(index);
    // echo.text and cd\ are a command and its argument.
    if (name.starts_with("echo") && name.size() > 4 &&
        !std::isalnum(static_cast<unsigned char>(name[4]))) {
      session_.command(index).words.front() = "echo";
    }
  }
  finish(session_, index, context_);
}

// if [/i] [not] exist x | defined x | errorlevel n | a==b | a equ b; else
void CmdParser::drop_conditions(std::int32_t index) {
  const std::vector<std::string>& words = session_.command(index).words;
  const auto word = [&](std::size_t i) { return i < words.size() ? to_lower_ascii(words[i]) : ""; };
  std::size_t at = 0;
  while (at < words.size()) {
    if (word(at) == "else" || word(at) == "do") {
      ++at;
      continue;
    }
    if (word(at) != "if") break;
    ++at;
    while (word(at) == "/i" || word(at) == "not") ++at;
    const std::string test = word(at);
    if (test == "exist" || test == "defined" || test == "errorlevel" || test == "cmdextversion") {
      at += 2;
    } else if (test.contains("==")) {
      at += test.ends_with("==") ? 2 : 1;
    } else {
      at += word(at + 1).starts_with("==") && word(at + 1).size() > 2 ? 2 : 3;
    }
  }
  session_.drop_words(index, 0, std::min(at, words.size()));
}

// for /f "…" %%i in ('command') do …: the command's output is in the variable.
void CmdParser::open_loop(std::int32_t index) {
  const std::vector<std::string> words = session_.command(index).words;
  session_.command(index).words.clear();
  session_.notes_of(index).word_at.clear();
  if (index + 1 == session_.count()) session_.remove_last();
  std::string variable;
  for (const std::string& word : words) {
    if (word.starts_with('%') && word.size() <= 4) variable = word;
    if (!word.starts_with('(')) continue;
    std::string_view inside = trim(std::string_view(word).substr(1));
    const bool is_command = inside.size() > 2 && (inside.front() == '\'' || inside.front() == '`');
    if (!is_command) continue;
    inside.remove_prefix(1);
    inside.remove_suffix(inside.back() == '\'' || inside.back() == '`' ? 1 : 0);
    Context inner = context_;
    inner.end = context_.place(offset_ + at_, true);
    inner.begin = context_.place(offset_, false);
    inner.exact = false;
    const std::int32_t first = session_.count();
    parse_nested(session_, inside, ShellDialect::cmd, inner);
    if (variable.empty()) continue;
    Variable& output = session_.windows_variables["%" + variable.substr(variable.size() - 1)];
    output.from.clear();
    for (std::int32_t i = first; i < session_.count() && output.from.size() < max_mentions; ++i) {
      output.from.push_back(i);
    }
  }
}

void CmdParser::set_variable(std::int32_t index) {
  const std::vector<std::string>& words = session_.command(index).words;
  if (words.size() < 2) return;
  std::string text;
  for (std::size_t i = 1; i < words.size(); ++i) text += (i > 1 ? " " : "") + words[i];
  const bool is_prompt = starts_with_ignoring_case(text, "/p");
  const bool is_sum = starts_with_ignoring_case(text, "/a");
  if (is_prompt || is_sum) text = trim(std::string_view(text).substr(2));
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || !session_.spend(text.size())) return;
  Variable& variable = session_.windows_variables[to_lower_ascii(trim(text.substr(0, equals)))];
  variable.value = is_prompt || is_sum ? std::string(hole) : text.substr(equals + 1);
  variable.from = session_.command(index).substitutes;
  variable.unset = session_.command(index).variables;
}

}  // namespace

void parse_cmd(Session& session, std::string_view text, const Context& context) {
  CmdParser(session, context).parse(text);
}

}  // namespace assay::code::shell
