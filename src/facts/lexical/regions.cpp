#include "facts/lexical/regions.h"

#include <algorithm>

#include "base/text.h"

namespace assay::lexical {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

// Blocks of Python begin behind a colon; statements of the other end in semicolons and braces.
bool looks_like_python(std::string_view text) {
  text = text.substr(0, 1 << 16);
  std::size_t python = 0;
  for (const std::string_view sign :
       {":\n", ":\r\n", "\ndef ", "\nimport ", "\nfrom ", "\n    self.", "\n#", "  # "}) {
    python += count(text, sign);
  }
  std::size_t javascript = 0;
  for (const std::string_view sign : {";\n", ";\r\n", "{\n", "};", "function(", "function (", "=>",
                                      "\nconst ", "\nvar ", "\n//", "\n/*"}) {
    javascript += count(text, sign);
  }
  const bool starts =
      text.starts_with("import ") || text.starts_with("from ") || text.starts_with("#");
  return python > javascript || (python == javascript && starts);
}

// Code that may open this many braces before they are no longer told apart.
constexpr std::size_t max_braces = 1000;

}  // namespace

Regions::Regions(std::string_view text) : text_(text), is_python_(looks_like_python(text)) {}

bool Regions::is_name(std::size_t at) const {
  const char c = text_[at];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

Region Regions::at(std::size_t at) {
  while (next_ <= at && next_ < text_.size()) step();
  if (region_ == Region::code || at < region_begin_) return Region::code;
  return region_;
}

void Regions::step() {
  if (region_ == Region::code) {
    step_code();
    return;
  }
  const char c = text_[next_];
  if (region_ == Region::string && c == '\\') {
    next_ = std::min(next_ + 2, text_.size());
    return;
  }
  if (ends_at_line_ && c == '\n') {
    region_ = Region::code;
    return;
  }
  if (end_ == "`" && c == '$' && next_ + 1 < text_.size() && text_[next_ + 1] == '{') {
    next_ += 2;
    if (braces_.size() < max_braces) braces_ += '$';
    region_ = Region::code;
    return;
  }
  if (text_.substr(next_).starts_with(end_)) {
    next_ += end_.size();
    region_ = Region::code;
    last_ = ')';  // a value ended: a slash now divides
    return;
  }
  ++next_;
}

// A slash begins a pattern where a value may begin.
bool Regions::starts_regex() const {
  return std::string_view("(,=:[!&|?{};+-*%<>~^\n").contains(last_);
}

void Regions::step_code() {
  const char c = text_[next_];
  const std::string_view rest = text_.substr(next_);
  const auto enter = [&](Region region, std::string_view end, std::size_t skip, bool at_line) {
    region_ = region;
    region_begin_ = next_;
    end_ = end;
    ends_at_line_ = at_line;
    next_ += skip;
  };
  if (is_python_) {
    if (c == '#') return enter(Region::comment, "\n", 1, true);
    if (rest.starts_with("'''") || rest.starts_with("\"\"\"")) {
      return enter(Region::string, rest.substr(0, 3), 3, false);
    }
    if (c == '"' || c == '\'') return enter(Region::string, rest.substr(0, 1), 1, true);
    ++next_;
    return;
  }
  if (rest.starts_with("//") || (rest.starts_with("#!") && next_ == 0)) {
    return enter(Region::comment, "\n", 2, true);
  }
  if (rest.starts_with("/*")) return enter(Region::comment, "*/", 2, false);
  if (c == '"' || c == '\'') return enter(Region::string, rest.substr(0, 1), 1, true);
  if (c == '`') return enter(Region::string, "`", 1, false);
  if (c == '/' && starts_regex()) return enter(Region::string, "/", 1, true);
  if (c == '{' && braces_.size() < max_braces) braces_ += '{';
  if (c == '}' && !braces_.empty()) {
    const bool closes_template = braces_.back() == '$';
    braces_.pop_back();
    if (closes_template) return enter(Region::string, "`", 1, false);
  }
  if (c != ' ' && c != '\t' && c != '\r') last_ = c;
  ++next_;
}

}  // namespace assay::lexical
