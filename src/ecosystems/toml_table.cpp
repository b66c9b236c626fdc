#include "ecosystems/toml_table.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"

namespace assay {

Result<TomlFile> TomlFile::read(std::string_view text, std::string_view name) {
  Result<TomlTree> tree = TomlTree::read(text);
  if (!tree) return fail(ErrorKind::usage, fmt::format("{}: {}", name, tree.error().message));
  return TomlFile{name, text, std::move(*tree)};
}

Error TomlFile::complaint(const TomlNode& node, std::string_view what) const {
  const std::string_view before = text.substr(0, node.begin);
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  std::size_t column = 1;
  for (std::size_t at = line_begin; at < before.size(); ++column) next_code_point(before, at);
  return {ErrorKind::usage, fmt::format("{}:{}:{}: {}", name, line, column, what)};
}

std::string TomlTableReader::string(std::string_view key) {
  const TomlNode* found = take(key);
  if (found == nullptr) return "";
  if (found->kind != TomlKind::text) complain(*found, fmt::format("'{}' must be a string", key));
  return found->text;
}

std::vector<std::string> TomlTableReader::strings(std::string_view key) {
  const TomlNode* found = take(key);
  if (found == nullptr) return {};
  if (found->kind == TomlKind::text) return {found->text};
  std::vector<std::string> texts;
  if (found->kind == TomlKind::array) {
    for (const TomlNode* element : file_.tree.children(*found)) {
      if (element->kind != TomlKind::text) texts.clear();
      if (element->kind != TomlKind::text) break;
      texts.push_back(element->text);
    }
  }
  if (texts.empty())
    complain(*found, fmt::format("'{}' must be a string or a list of strings", key));
  return texts;
}

std::optional<bool> TomlTableReader::flag(std::string_view key) {
  return bare(key, "true or false", [](std::string_view text) -> std::optional<bool> {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
  });
}

const TomlNode* TomlTableReader::table(std::string_view key) {
  const TomlNode* found = take(key);
  if (found == nullptr || found->kind == TomlKind::table) return found;
  complain(*found, fmt::format("'{}' must be a table: [{}]", key, key));
  return nullptr;
}

std::vector<const TomlNode*> TomlTableReader::tables(std::string_view key) {
  const TomlNode* found = take(key);
  if (found == nullptr) return {};
  std::vector<const TomlNode*> elements;
  if (found->kind == TomlKind::array) elements = file_.tree.children(*found);
  const bool is_good =
      !elements.empty() && std::ranges::all_of(elements, [](const TomlNode* element) {
        return element->kind == TomlKind::table;
      });
  if (is_good) return elements;
  complain(*found, fmt::format("'{}' must be a list of tables: [[{}]]", key, key));
  return {};
}

void TomlTableReader::complain(const TomlNode& node, std::string_view what) {
  if (!error_) error_ = file_.complaint(node, what);
}

Result<void> TomlTableReader::finish() {
  for (const TomlNode* left : file_.tree.children(table_)) {
    if (std::ranges::find(known_, left->key) != known_.end()) continue;
    complain(*left,
             fmt::format("unknown key '{}'{} (possible: {})", escape_for_display(left->key, 80),
                         did_you_mean(left->key, known_), fmt::join(known_, ", ")));
  }
  if (error_) return std::unexpected(*error_);
  return {};
}

const TomlNode* TomlTableReader::take(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
  return file_.tree.find(table_, key);
}

}  // namespace assay
