#include "ecosystems/literal.h"

#include <limits>

#include "base/text.h"

namespace assay {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || (c & 0x80) != 0;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads exactly `digits` hexadecimal digits, or returns -1 and leaves `at`.
std::int64_t read_hex(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const int digit = hex_value(text[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  at += digits;
  return value;
}

std::size_t skip_comment(std::string_view text, std::size_t at, LiteralDialect dialect) {
  if (dialect == LiteralDialect::gyp) {
    if (text[at] != '#') return at;
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
  }
  if (text[at] != '/' || at + 1 >= text.size()) return at;
  const bool is_line = text[at + 1] == '/';
  if (!is_line && text[at + 1] != '*') return at;
  const std::size_t end = text.find(is_line ? "\n" : "*/", at + 2);
  return end == std::string_view::npos ? text.size() : end + (is_line ? 1 : 2);
}

// The quote that a string literal starts with at `at`, and where its contents begin.
struct Opening {
  std::string_view quote;  // empty: no string starts here
  std::size_t contents = 0;
  bool is_raw = false;
};

Opening opening_at(std::string_view text, std::size_t at, LiteralDialect dialect) {
  Opening opening;
  if (dialect == LiteralDialect::gyp) {
    for (int prefix = 0; prefix < 2 && at < text.size() && is_word(text[at]); ++prefix) {
      if (!std::string_view("rRuUbBfF").contains(text[at])) return opening;
      opening.is_raw = opening.is_raw || text[at] == 'r' || text[at] == 'R';
      ++at;
    }
  }
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return opening;
  const bool is_triple = dialect == LiteralDialect::gyp && at + 2 < text.size() &&
                         text[at + 1] == text[at] && text[at + 2] == text[at];
  opening.quote = text.substr(at, is_triple ? 3 : 1);
  opening.contents = at + opening.quote.size();
  return opening;
}

// Where the contents end: at the closing quote, or at the end of the text.
std::size_t contents_end(std::string_view text, const Opening& opening) {
  std::size_t at = opening.contents;
  while (at < text.size()) {
    if (text[at] == '\\') {
      at += 2;
    } else if (text[at] == opening.quote.front() &&
               text.substr(at, opening.quote.size()) == opening.quote) {
      return at;
    } else {
      ++at;
    }
  }
  return text.size();
}

void append_unicode_escape(std::string& out, std::string_view body, std::size_t& at,
                           std::int64_t unit) {
  auto code_point = static_cast<char32_t>(unit);
  if (code_point >= 0xD800 && code_point < 0xDC00 && body.substr(at, 2) == "\\u") {
    std::size_t after = at + 2;
    const std::int64_t low = read_hex(body, after, 4);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + static_cast<char32_t>(low - 0xDC00);
      at = after;
    }
  }
  append_utf8(out, code_point);
}

struct SimpleEscape {
  char letter, value;
};
constexpr SimpleEscape simple_escapes[] = {{'n', '\n'}, {'t', '\t'},  {'r', '\r'}, {'b', '\b'},
                                           {'f', '\f'}, {'a', '\a'},  {'v', '\v'}, {'"', '"'},
                                           {'/', '/'},  {'\\', '\\'}, {'\'', '\''}};

void append_escape(std::string& out, std::string_view body, std::size_t& at,
                   LiteralDialect dialect) {
  const char letter = body[at++];
  const bool is_python = dialect == LiteralDialect::gyp;
  const std::size_t digits = letter == 'u'   ? 4
                             : !is_python    ? 0
                             : letter == 'x' ? 2
                             : letter == 'U' ? 8
                                             : 0;
  if (digits > 0) {
    const std::int64_t unit = read_hex(body, at, digits);
    if (unit >= 0) return append_unicode_escape(out, body, at, unit);
  }
  for (const SimpleEscape& escape : simple_escapes) {
    if (escape.letter == letter) {
      out += escape.value;
      return;
    }
  }
  if (is_python && letter == '\n') return;
  if (is_python && letter >= '0' && letter <= '7') {
    char32_t value = static_cast<char32_t>(letter - '0');
    for (int i = 0; i < 2 && at < body.size() && body[at] >= '0' && body[at] <= '7'; ++i) {
      value = value * 8 + static_cast<char32_t>(body[at++] - '0');
    }
    append_utf8(out, value);
    return;
  }
  if (is_python) out += '\\';
  out += letter;
}

void append_unescaped(std::string& out, std::string_view body, bool is_raw,
                      LiteralDialect dialect) {
  if (is_raw) {
    out += body;
    return;
  }
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t escape = body.find('\\', at);
    out += body.substr(at, escape - at);
    if (escape == std::string_view::npos) return;
    at = escape + 1;
    if (at < body.size()) append_escape(out, body, at, dialect);
  }
}

}  // namespace

// Builds a LiteralTree with an explicit stack of open containers.
class LiteralReader {
 public:
  LiteralReader(LiteralTree& tree, std::size_t most_nodes)
      : tree_(tree), text_(tree.text_), most_nodes_(most_nodes) {}

  Result<void> read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    skip();
    if (at_ >= text_.size()) return fail(ErrorKind::malformed, "empty");
    TRY(read_value(0, 0));
    while (!open_.empty()) {
      skip();
      if (at_ >= text_.size()) return fail(ErrorKind::malformed, "ends before its last bracket");
      TRY(step());
    }
    skip();
    if (at_ < text_.size()) tree_.is_strict_ = false;
    return {};
  }

 private:
  struct Open {
    std::int32_t node;
    std::int32_t last_child = -1;
    bool after_value = false;
  };

  bool is_gyp() const { return tree_.dialect_ == LiteralDialect::gyp; }

  void skip() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
        continue;
      }
      const std::size_t after = skip_comment(text_, at_, tree_.dialect_);
      if (after == at_) return;
      if (!is_gyp()) tree_.is_strict_ = false;
      at_ = after;
    }
  }

  // One separator, closing bracket, or member of the innermost container.
  Result<void> step() {
    Open& open = open_.back();
    LiteralNode& container = tree_.nodes_[static_cast<std::size_t>(open.node)];
    const char c = text_[at_];
    if (c == '}' || c == ']') {
      if ((c == '}') != (container.kind == LiteralKind::object)) {
        return fail(ErrorKind::malformed, "brackets do not match");
      }
      container.end = static_cast<std::uint32_t>(++at_);
      if (!open.after_value && open.last_child >= 0 && !is_gyp()) tree_.is_strict_ = false;
      open_.pop_back();
      return {};
    }
    if (c == ',') {
      if (!open.after_value) tree_.is_strict_ = false;
      open.after_value = false;
      ++at_;
      return {};
    }
    if (open.after_value) tree_.is_strict_ = false;  // a comma is missing
    open.after_value = true;
    if (container.kind == LiteralKind::array) return read_value(0, 0);
    return read_member();
  }

  Result<void> read_member() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    if (!opening_at(text_, at_, tree_.dialect_).quote.empty()) {
      end = skip_strings();
    } else {
      while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '-')) ++at_;
      end = at_;
      tree_.is_strict_ = false;
    }
    skip();
    if (end == begin || at_ >= text_.size() || text_[at_] != ':') {
      if (is_gyp()) {  // a set, a comprehension, or a computed key
        tree_.is_strict_ = false;
        at_ = begin;
        return read_value(0, 0);
      }
      return fail(ErrorKind::malformed, "a key without a value");
    }
    ++at_;
    skip();
    if (at_ >= text_.size()) return fail(ErrorKind::malformed, "ends before its last bracket");
    return read_value(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  }

  // Past one string, or in Python past adjacent ones; returns where the last one ends.
  std::size_t skip_strings() {
    std::size_t end = at_;
    while (true) {
      const Opening opening = opening_at(text_, at_, tree_.dialect_);
      if (opening.quote.empty()) break;
      if (!is_gyp() && opening.quote == "'") tree_.is_strict_ = false;
      end = contents_end(text_, opening);
      if (end < text_.size()) end += opening.quote.size();
      at_ = end;
      if (!is_gyp()) break;
      skip();
    }
    return end;
  }

  Result<void> read_value(std::uint32_t key_begin, std::uint32_t key_end) {
    if (tree_.nodes_.size() >= most_nodes_) {
      return fail(ErrorKind::limit, "more than " + std::to_string(most_nodes_) + " values");
    }
    LiteralNode node;
    node.key_begin = key_begin;
    node.key_end = key_end;
    node.begin = static_cast<std::uint32_t>(at_);
    const char c = text_[at_];
    const bool is_container = c == '{' || c == '[';
    if (is_container) {
      node.kind = c == '{' ? LiteralKind::object : LiteralKind::array;
      node.end = static_cast<std::uint32_t>(++at_);
    } else if (!opening_at(text_, at_, tree_.dialect_).quote.empty()) {
      node.kind = LiteralKind::text;
      node.end = static_cast<std::uint32_t>(skip_strings());
    } else {
      TRY(read_word(node));
    }
    if (is_gyp() && !is_container) extend_expression(node);
    attach(node);
    if (is_container) open_.push_back({static_cast<std::int32_t>(tree_.nodes_.size()) - 1});
    return {};
  }

  void attach(const LiteralNode& node) {
    const auto index = static_cast<std::int32_t>(tree_.nodes_.size());
    tree_.nodes_.push_back(node);
    if (open_.empty()) return;
    Open& open = open_.back();
    if (open.last_child < 0) {
      tree_.nodes_[static_cast<std::size_t>(open.node)].first_child = index;
    } else {
      tree_.nodes_[static_cast<std::size_t>(open.last_child)].next = index;
    }
    open.last_child = index;
  }

  // true, null, 12, and in Python anything else, which extend_expression() then takes whole.
  Result<void> read_word(LiteralNode& node) {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (is_word(text_[at_]) || std::string_view("+-.").contains(text_[at_]))) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    node.end = static_cast<std::uint32_t>(at_);
    const bool is_number = !word.empty() && word.find_first_of("0123456789") <= 1 &&
                           std::string_view("0123456789+-.").contains(word.front());
    if (word == "true" || word == "false" || word == "True" || word == "False") {
      node.kind = LiteralKind::boolean;
      node.truth = word == "true" || word == "True";
    } else if (word == "null" || word == "None") {
      node.kind = LiteralKind::null;
    } else if (is_number) {
      node.kind = LiteralKind::number;
    } else if (is_gyp()) {
      node.kind = LiteralKind::expression;
    } else {
      return fail(ErrorKind::malformed, "not a value at byte " + std::to_string(begin));
    }
    return {};
  }

  // A Python value goes on until the comma or bracket that ends it: 'a' + b, f(x), (1, 2).
  void extend_expression(LiteralNode& node) {
    std::size_t depth = 0;
    skip();
    if (node.kind != LiteralKind::expression && at_end_of_value()) return;
    while (at_ < text_.size()) {
      if (depth == 0 && at_end_of_value()) break;
      const char c = text_[at_];
      if (!opening_at(text_, at_, tree_.dialect_).quote.empty()) {
        node.end = static_cast<std::uint32_t>(skip_strings());
        continue;
      }
      if (c == '(' || c == '[' || c == '{') ++depth;
      if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
      // A whole word at once, so that its last letter is not taken for a string prefix.
      while (at_ + 1 < text_.size() && is_word(text_[at_]) && is_word(text_[at_ + 1])) ++at_;
      node.end = static_cast<std::uint32_t>(++at_);
      skip();
    }
    node.kind = LiteralKind::expression;
    tree_.is_strict_ = false;
  }

  bool at_end_of_value() const {
    return at_ >= text_.size() || std::string_view(",]}").contains(text_[at_]);
  }

  LiteralTree& tree_;
  std::string_view text_;
  std::size_t most_nodes_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
};

Result<LiteralTree> LiteralTree::read(std::string_view text, LiteralDialect dialect,
                                      std::size_t most_nodes) {
  if (text.size() >= std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorKind::limit, "larger than 2 GiB");
  }
  LiteralTree tree;
  tree.text_ = text;
  tree.dialect_ = dialect;
  TRY(LiteralReader(tree, most_nodes).read());
  return tree;
}

std::vector<const LiteralNode*> LiteralTree::children(const LiteralNode& parent) const {
  std::vector<const LiteralNode*> found;
  for (std::int32_t i = parent.first_child; i >= 0;) {
    found.push_back(&nodes_[static_cast<std::size_t>(i)]);
    i = found.back()->next;
  }
  return found;
}

const LiteralNode* LiteralTree::find(const LiteralNode& object, std::string_view wanted) const {
  if (object.kind != LiteralKind::object) return nullptr;
  const LiteralNode* found = nullptr;
  for (std::int32_t i = object.first_child; i >= 0;) {
    const LiteralNode& node = nodes_[static_cast<std::size_t>(i)];
    if (key(node) == wanted) found = &node;
    i = node.next;
  }
  return found;
}

std::string LiteralTree::strings_in(std::uint32_t begin, std::uint32_t end) const {
  const std::string_view range = text_.substr(begin, end - begin);
  std::string out;
  for (std::size_t at = 0; at < range.size();) {
    const std::size_t after_comment = skip_comment(range, at, dialect_);
    const Opening opening = opening_at(range, at, dialect_);
    if (after_comment > at) {
      at = after_comment;
    } else if (!opening.quote.empty()) {
      const std::size_t stop = contents_end(range, opening);
      append_unescaped(out, range.substr(opening.contents, stop - opening.contents), opening.is_raw,
                       dialect_);
      at = stop + opening.quote.size();
    } else {
      while (at + 1 < range.size() && is_word(range[at]) && is_word(range[at + 1])) ++at;
      ++at;
    }
  }
  return out;
}

std::string LiteralTree::key(const LiteralNode& node) const {
  const char first = node.key_begin < node.key_end ? text_[node.key_begin] : '"';
  const bool is_bare = dialect_ == LiteralDialect::json && first != '"' && first != '\'';
  if (is_bare) return std::string(text_.substr(node.key_begin, node.key_end - node.key_begin));
  return strings_in(node.key_begin, node.key_end);
}

std::string LiteralTree::text(const LiteralNode& node) const {
  if (node.kind != LiteralKind::text && node.kind != LiteralKind::expression) return {};
  return strings_in(node.begin, node.end);
}

}  // namespace assay
