// Lists, pipelines and compound commands of POSIX sh. Compound commands nest on an explicit stack;
// only substitutions recurse, at most max_depth deep.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/posix_parser.h"

namespace assay::code::shell {
namespace {

// if, loops and groups inside one another; more are read as if they were flat.
constexpr std::size_t max_frames = 200;

bool ends_word(char c) {
  return c == '\0' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || c == '&' ||
         c == '|' || c == '(' || c == ')' || c == '<' || c == '>';
}

constexpr std::array<std::string_view, 19> reserved_words = {
    "if", "then", "else", "elif", "fi",   "do",     "done", "while",    "until", "for",
    "{",  "}",    "!",    "case", "esac", "select", "in",   "function", "coproc"};

}  // namespace

void parse_posix(Session& session, std::string_view text, const Context& context) {
  PosixParser(session, text, context).parse();
}

void PosixParser::parse_list(bool is_nested) {
  List list;
  list.is_nested = is_nested;
  list.input = is_nested ? -1 : context_.input;
  list.pipeline = session_.count();
  const int depth = context_.depth;
  while (true) {
    skip_blanks();
    if (done()) break;
    if (!list.frames.empty() && list.frames.back().wants_pattern) {
      parse_pattern(list);
      continue;
    }
    if (peek() == ')') {
      ++at_;
      if (close_block(list, Block::subshell)) continue;
      if (is_nested) break;
      continue;
    }
    if (!parse_operator(list)) parse_command(list);
  }
  context_.depth = depth;
}

bool PosixParser::parse_operator(List& list) {
  const char c = peek();
  if (c == '\n') {
    pass_newline();
    // A pipe at the end of a line goes on in the next one.
    if (list.piped < 0) end_pipeline(list);
  } else if (c == ';') {
    const bool ends_branch = starts(";;") || starts(";&");
    at_ += starts(";;&") ? 3u : ends_branch ? 2u : 1u;
    end_pipeline(list);
    if (ends_branch) end_branch(list);
  } else if (c == '&' && peek(1) == '&') {
    at_ += 2;
    end_pipeline(list);
  } else if (c == '&' && peek(1) != '>') {
    ++at_;
    for (std::int32_t i = std::max(list.pipeline, 0); i < session_.count(); ++i) {
      session_.command(i).in_background = true;
    }
    end_pipeline(list);
  } else if (c == '|' && peek(1) == '|') {
    at_ += 2;
    end_pipeline(list);
  } else if (c == '|') {
    at_ += peek(1) == '&' ? 2u : 1u;
    list.piped = session_.speaker_of(list.element, session_.count());
  } else if (c == '(') {
    if (starts("((") && skip_arithmetic()) return true;
    ++at_;
    open_block(list, Block::subshell);
  } else {
    return false;
  }
  return true;
}

void PosixParser::end_pipeline(List& list) {
  list.piped = -1;
  list.element = -1;
  list.pipeline = session_.count();
}

void PosixParser::parse_command(List& list) {
  if (parse_reserved(list) || parse_windows_line(list)) return;
  const std::size_t before = at_;
  parse_simple(list);
  if (at_ == before) ++at_;  // Nothing that a command starts with.
}

// cmd /c …, start /b …: whoever wrote it expects cmd.exe to read the line.
bool PosixParser::parse_windows_line(List& list) {
  std::size_t length = 0;
  while (length < 16 && !ends_word(peek(length))) ++length;
  if (peek(length) != ' ' || list.is_nested) return false;
  const std::string program = program_name(text_.substr(at_, length));
  if (program != "cmd" && program != "start") return false;
  const std::size_t newline = std::min(text_.find('\n', at_), end_);
  Context inner = context_;
  inner.begin = context_.place(at_, false);
  inner.end = context_.place(newline, true);
  inner.input = input_of(list);
  list.element = session_.count();
  parse_cmd(session_, text_.substr(at_, newline - at_), inner);
  list.piped = -1;
  at_ = newline;
  return true;
}

bool PosixParser::parse_reserved(List& list) {
  std::size_t length = 0;
  while (length < 9 && !ends_word(peek(length))) ++length;
  const std::string_view word = text_.substr(at_, length);
  if (!ends_word(peek(length)) || std::ranges::find(reserved_words, word) == reserved_words.end()) {
    return false;
  }
  at_ += length;
  if (word == "if") {
    open_block(list, Block::condition);
  } else if (word == "while" || word == "until") {
    open_block(list, Block::loop);
  } else if (word == "{") {
    open_block(list, Block::group);
  } else if (word == "for" || word == "select") {
    parse_for(list);
  } else if (word == "case") {
    skip_blanks();
    read_single(-1);
    while (!done() && (peek() == '\n' || peek() == ' ' || peek() == '\t')) ++at_;
    if (starts("in") && ends_word(peek(2))) at_ += 2;
    open_block(list, Block::choice);
    list.frames.back().wants_pattern = true;
  } else if (word == "fi") {
    close_block(list, Block::condition);
  } else if (word == "done") {
    close_block(list, Block::loop);
  } else if (word == "}") {
    close_block(list, Block::group);
  } else if (word == "esac") {
    close_block(list, Block::choice);
  } else if (word == "function") {
    skip_blanks();
    while (!ends_word(peek())) ++at_;
    skip_blanks();
    if (at_function_parentheses()) at_ = text_.find(')', at_) + 1;
  } else if (word == "then" || word == "else" || word == "elif" || word == "do") {
    end_pipeline(list);
  }
  return true;  // "!", "in" and "coproc" say nothing about what runs.
}

// for NAME in WORDS; the body follows. A loop over one word sets the variable.
void PosixParser::parse_for(List& list) {
  const std::int32_t first = session_.count();
  open_block(list, Block::loop);
  skip_blanks();
  if (starts("((") && skip_arithmetic()) return;
  const std::size_t name_begin = at_;
  while (!ends_word(peek())) ++at_;
  const std::string name(text_.substr(name_begin, at_ - name_begin));
  skip_blanks();
  if (!starts("in") || !ends_word(peek(2))) return;
  at_ += 2;
  Variable variable;
  int values = 0;
  while (true) {
    skip_blanks();
    if (done() || ends_word(peek())) break;
    const std::size_t before = at_;
    for (Word& word : read_word(-1)) {
      variable.value = ++values == 1 ? std::move(word.text) : std::string(hole);
    }
    if (at_ == before) break;
  }
  for (std::int32_t i = first; i < session_.count(); ++i) variable.from.push_back(i);
  if (variable.from.size() > max_mentions) variable.from.resize(max_mentions);
  session_.variables[name] = std::move(variable);
}

// Patterns of case up to their parenthesis, or esac.
void PosixParser::parse_pattern(List& list) {
  while (!done() && (peek() == '\n' || peek() == ';' || peek() == ' ' || peek() == '\t')) ++at_;
  if (starts("esac") && ends_word(peek(4))) {
    at_ += 4;
    close_block(list, Block::choice);
    return;
  }
  list.frames.back().wants_pattern = false;
  if (peek() == '(') ++at_;
  while (!done() && peek() != ')' && peek() != '\n') {
    const std::size_t before = at_;
    read_single(-1);
    if (at_ == before) ++at_;
  }
  if (peek() == ')') ++at_;
  end_pipeline(list);
}

void PosixParser::open_block(List& list, Block block) {
  if (block == Block::subshell && context_.depth >= max_depth) {
    session_.script.cut = true;
    block = Block::group;
  }
  if (list.frames.size() >= max_frames) {
    session_.script.cut = true;
    return;
  }
  Frame frame;
  frame.block = block;
  frame.first = session_.count();
  frame.outer_input = list.input;
  frame.outer_pipeline = list.pipeline;
  list.frames.push_back(frame);
  list.input = input_of(list);
  if (block == Block::subshell) ++context_.depth;
  end_pipeline(list);
}

// After ;; the patterns of the next branch follow.
void PosixParser::end_branch(List& list) {
  const auto is_choice = [](const Frame& frame) { return frame.block == Block::choice; };
  if (std::ranges::none_of(list.frames, is_choice)) return;
  while (!is_choice(list.frames.back())) {
    if (list.frames.back().block == Block::subshell) --context_.depth;
    list.frames.pop_back();
  }
  list.frames.back().wants_pattern = true;
}

// Closes the innermost block of this kind and those left open inside it. False if there is none.
bool PosixParser::close_block(List& list, Block block) {
  const auto is_it = [&](const Frame& frame) {
    // Past max_depth a parenthesis opened a group.
    return frame.block == block ||
           (block == Block::subshell && frame.block == Block::group && context_.depth >= max_depth);
  };
  if (std::ranges::none_of(list.frames, is_it)) return false;
  Frame frame;
  do {
    frame = list.frames.back();
    list.frames.pop_back();
    if (frame.block == Block::subshell) --context_.depth;
  } while (!is_it(frame));
  list.input = frame.outer_input;
  list.piped = -1;
  list.pipeline = frame.outer_pipeline;
  list.element = frame.first;
  Redirects redirects;
  skip_blanks();
  while (!done() && at_redirect()) {
    parse_redirect(redirects, -1);
    skip_blanks();
  }
  apply(redirects, frame.first, session_.count());
  return true;
}

void PosixParser::skip_blanks() {
  while (at_ < end_) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '\\' && peek(1) == '\n') {
      at_ += 2;
    } else if (c == '\\' && peek(1) == '\r' && peek(2) == '\n') {
      at_ += 3;
    } else if (c == '#' && (at_ == 0 || ends_word(text_[at_ - 1]))) {
      while (at_ < end_ && text_[at_] != '\n') ++at_;
    } else {
      return;
    }
  }
}

void PosixParser::pass_newline() {
  const bool skips_document = heredoc_resume_ > at_ && at_ >= heredoc_line_end_;
  at_ = skips_document ? std::min(heredoc_resume_, end_) : at_ + 1;
}

}  // namespace assay::code::shell
