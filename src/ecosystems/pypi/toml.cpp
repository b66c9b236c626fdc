#include "ecosystems/pypi/toml.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/text.h"

namespace assay {
namespace {

bool is_bare_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || (c & 0x80) != 0;
}

struct Escape {
  char letter, value;
};
constexpr Escape escapes[] = {{'n', '\n'}, {'t', '\t'}, {'r', '\r'},  {'b', '\b'},
                              {'f', '\f'}, {'"', '"'},  {'\\', '\\'}, {'e', '\x1B'}};

std::string key_of(std::int32_t parent, std::string_view key) {
  return std::to_string(parent) + ':' + std::string(key);
}

}  // namespace

// Reads a document into a tree with an explicit stack of open brackets.
class TomlReader {
 public:
  TomlReader(std::string_view text, TomlTree& tree, std::size_t most_nodes)
      : text_(text), tree_(tree), most_nodes_(most_nodes) {}

  Result<void> read() {
    tree_.nodes_.emplace_back();
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    std::int32_t table = 0;
    while (true) {
      skip(true);
      if (at_ >= text_.size()) return {};
      if (text_[at_] == '[') {
        table = TRY(read_heading());
      } else {
        TRY(read_pair(table));
        while (!open_.empty()) TRY(step());
      }
      skip(false);
      if (at_ < text_.size() && text_[at_] != '\n')
        return malformed("more than one value in a line");
    }
  }

 private:
  std::unexpected<Error> malformed(std::string_view what) const {
    const auto line = std::ranges::count(text_.substr(0, at_), '\n') + 1;
    return fail(ErrorKind::malformed, std::string(what) + " at line " + std::to_string(line));
  }

  // Past white space and comments, and past line ends when `over_lines`.
  void skip(bool over_lines) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == ' ' || c == '\t' || c == '\r' || (over_lines && c == '\n')) {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // A key of one part or of several with dots between.
  Result<std::vector<std::string>> read_key() {
    std::vector<std::string> parts;
    do {
      skip(false);
      if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
        parts.push_back(read_string());
      } else {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_bare_key(text_[at_])) ++at_;
        if (at_ == begin) return malformed("no key");
        parts.emplace_back(text_.substr(begin, at_ - begin));
      }
      skip(false);
    } while (take('.'));
    return parts;
  }

  Result<std::int32_t> read_heading() {
    const std::size_t begin = at_++;
    const bool is_element = take('[');
    std::vector<std::string> parts = TRY(read_key());
    if (!take(']') || (is_element && !take(']'))) return malformed("a heading without its bracket");
    std::int32_t table = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool is_last = i + 1 == parts.size();
      const bool makes_array = is_last && is_element;
      table = TRY(child(table, parts[i], makes_array ? TomlKind::array : TomlKind::table, begin));
      if (makes_array) {
        table = TRY(add(table, "", TomlKind::table, begin));
      } else {
        table = newest_element(table);
      }
    }
    node(table).end = static_cast<std::uint32_t>(at_);
    return table;
  }

  // [a.b] below [[a]] means the element of a that came last.
  std::int32_t newest_element(std::int32_t index) {
    const TomlNode& found = node(index);
    return found.kind == TomlKind::array && found.last_child >= 0 ? found.last_child : index;
  }

  // "a.b = value": the tables of the key are made, and the value read or its bracket opened.
  Result<void> read_pair(std::int32_t table) {
    const std::size_t begin = at_;
    std::vector<std::string> parts = TRY(read_key());
    if (!take('=')) return malformed("a key without a value");
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      table = TRY(child(table, parts[i], TomlKind::table, begin));
    }
    const std::int32_t value = TRY(child(table, parts.back(), TomlKind::other, begin));
    return read_value(value);
  }

  Result<void> read_value(std::int32_t index) {
    skip(false);
    if (at_ >= text_.size()) return malformed("no value");
    const char c = text_[at_];
    TomlNode& value = node(index);
    if (c == '"' || c == '\'') {
      value.kind = TomlKind::text;
      value.text = read_string();
    } else if (c == '[' || c == '{') {
      value.kind = c == '[' ? TomlKind::array : TomlKind::table;
      ++at_;
      open_.push_back(index);
    } else {
      const std::size_t begin = at_;
      while (at_ < text_.size() && !std::string_view(",]}#\r\n").contains(text_[at_])) ++at_;
      value.kind = TomlKind::other;
      value.text = trim(text_.substr(begin, at_ - begin));
      if (value.text.empty()) return malformed("no value");
    }
    value.end = static_cast<std::uint32_t>(at_);
    return {};
  }

  // One comma, closing bracket or member of the innermost open bracket.
  Result<void> step() {
    skip(true);
    const std::int32_t index = open_.back();
    const bool is_array = node(index).kind == TomlKind::array;
    if (take(',')) return {};
    if (take(is_array ? ']' : '}')) {
      node(index).end = static_cast<std::uint32_t>(at_);
      open_.pop_back();
      return {};
    }
    if (at_ >= text_.size()) return malformed("ends inside brackets");
    if (!is_array) return read_pair(index);
    const std::int32_t element = TRY(add(index, "", TomlKind::other, at_));
    return read_value(element);
  }

  TomlNode& node(std::int32_t index) { return tree_.nodes_[static_cast<std::size_t>(index)]; }

  // The table or array under `key`. A value is always new, and so is a table in a value's place:
  // by_key_ then finds the newer one.
  Result<std::int32_t> child(std::int32_t parent, std::string_view key, TomlKind kind,
                             std::size_t begin) {
    const auto known = tree_.by_key_.find(key_of(parent, key));
    if (known == tree_.by_key_.end() || kind == TomlKind::other)
      return add(parent, key, kind, begin);
    const TomlKind found = node(known->second).kind;
    const bool is_container = found == TomlKind::table || found == TomlKind::array;
    return is_container ? Result<std::int32_t>(known->second) : add(parent, key, kind, begin);
  }

  Result<std::int32_t> add(std::int32_t parent, std::string_view key, TomlKind kind,
                           std::size_t begin) {
    if (tree_.nodes_.size() >= most_nodes_) {
      return fail(ErrorKind::limit, "more than " + std::to_string(most_nodes_) + " values");
    }
    const auto index = static_cast<std::int32_t>(tree_.nodes_.size());
    TomlNode added;
    added.kind = kind;
    added.key = key;
    added.begin = added.end = static_cast<std::uint32_t>(begin);
    tree_.nodes_.push_back(std::move(added));
    const std::int32_t last = node(parent).last_child;
    (last < 0 ? node(parent).first_child : node(last).next) = index;
    node(parent).last_child = index;
    if (node(parent).kind == TomlKind::table) tree_.by_key_[key_of(parent, key)] = index;
    return index;
  }

  // A string of any of the four kinds, from its first quote to past its last.
  std::string read_string() {
    const char quote = text_[at_];
    const bool is_triple = text_.substr(at_, 3) == std::string(3, quote);
    const std::string_view close = text_.substr(at_, is_triple ? 3 : 1);
    at_ += close.size();
    if (is_triple && text_.substr(at_, 2) == "\r\n") ++at_;
    if (is_triple) take('\n');
    std::string out;
    while (at_ < text_.size()) {
      if (text_.substr(at_, close.size()) == close) {
        at_ += close.size();
        // Up to two quotes may stand in front of the closing three.
        for (int i = 0; is_triple && i < 2 && take(quote); ++i) out += quote;
        return out;
      }
      if (!is_triple && text_[at_] == '\n') return out;  // the line's end closes it
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        read_escape(out);
      } else {
        out += text_[at_++];
      }
    }
    return out;
  }

  void read_escape(std::string& out) {
    const char letter = text_[at_++];
    if (letter == 'u' || letter == 'U' || letter == 'x') {
      const std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 2;
      char32_t value = 0;
      for (std::size_t i = 0; i < digits && at_ < text_.size(); ++i, ++at_) {
        const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(text_[at_]);
        if (digit == std::string_view::npos) break;
        value = value * 16 + static_cast<char32_t>(digit < 16 ? digit : digit - 6);
      }
      append_utf8(out, value);
      return;
    }
    if (letter == '\n' || letter == ' ' || letter == '\t' || letter == '\r') {
      while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
      return;
    }
    for (const Escape& escape : escapes) {
      if (escape.letter == letter) out += escape.value;
    }
  }

  std::string_view text_;
  TomlTree& tree_;
  std::size_t most_nodes_;
  std::size_t at_ = 0;
  std::vector<std::int32_t> open_;
};

Result<TomlTree> TomlTree::read(std::string_view text, std::size_t most_nodes) {
  if (text.size() >= std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorKind::limit, "larger than 2 GiB");
  }
  TomlTree tree;
  TRY(TomlReader(text, tree, most_nodes).read());
  return tree;
}

const TomlNode* TomlTree::find(const TomlNode& table, std::string_view key) const {
  const auto found = by_key_.find(key_of(index_of(table), key));
  return found == by_key_.end() ? nullptr : &nodes_[static_cast<std::size_t>(found->second)];
}

const TomlNode* TomlTree::at(std::string_view dotted_path) const {
  const TomlNode* node = &root();
  for (const std::string_view key : split(dotted_path, '.')) {
    if (node) node = find(*node, key);
  }
  return node;
}

std::vector<const TomlNode*> TomlTree::children(const TomlNode& parent) const {
  std::vector<const TomlNode*> found;
  for (std::int32_t i = parent.first_child; i >= 0;) {
    found.push_back(&nodes_[static_cast<std::size_t>(i)]);
    i = found.back()->next;
  }
  return found;
}

std::string TomlTree::text(const TomlNode& table, std::string_view key) const {
  const TomlNode* node = find(table, key);
  return node && node->kind == TomlKind::text ? node->text : std::string();
}

std::vector<std::string> TomlTree::texts(const TomlNode& table, std::string_view key) const {
  std::vector<std::string> found;
  const TomlNode* node = find(table, key);
  if (!node || node->kind != TomlKind::array) return found;
  for (const TomlNode* element : children(*node)) {
    if (element->kind == TomlKind::text) found.push_back(element->text);
  }
  return found;
}

}  // namespace assay
