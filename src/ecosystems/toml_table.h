// Reads TOML files that users write for this program, key by key. Anything misspelt or of another
// kind is an error that names file, line and column, since a setting that silently does nothing is
// worse than none.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ecosystems/pypi/toml.h"

namespace assay {

struct TomlFile {
  std::string_view name, text;  // outlive this
  TomlTree tree;

  // Kind usage, with the line, when it is no TOML.
  static Result<TomlFile> read(std::string_view text, std::string_view name);
  // "house.toml:3:5: what"
  Error complaint(const TomlNode& node, std::string_view what) const;
};

// One table; remembers the first thing that is wrong.
class TomlTableReader {
 public:
  // Both outlive the reader.
  TomlTableReader(const TomlFile& file, const TomlNode& table) : file_(file), table_(table) {}

  bool has(std::string_view key) const { return file_.tree.find(table_, key) != nullptr; }
  const TomlNode* node(std::string_view key) const { return file_.tree.find(table_, key); }

  std::string string(std::string_view key);  // empty when absent
  // A string or a list of strings; empty when absent.
  std::vector<std::string> strings(std::string_view key);
  std::optional<bool> flag(std::string_view key);
  const TomlNode* table(std::string_view key);
  std::vector<const TomlNode*> tables(std::string_view key);  // [[key]] or a list of {…}

  // A string, by one of the functions that read flags and variables.
  template <typename Value>
  std::optional<Value> named(std::string_view key, Result<Value> (*read)(std::string_view)) {
    const TomlNode* found = file_.tree.find(table_, key);
    const std::string text = string(key);
    if (found == nullptr || error_) return std::nullopt;
    Result<Value> value = read(text);
    if (value) return *value;
    complain(*found, fmt::format("{}: {}", key, value.error().message));
    return std::nullopt;
  }

  // A value that is no string, by a function that reads it as written.
  template <typename Read>
  auto bare(std::string_view key, std::string_view shape, Read read) {
    const TomlNode* found = take(key);
    decltype(read(std::string_view())) value;
    if (found == nullptr) return value;
    if (found->kind == TomlKind::other) value = read(found->text);
    if (!value) complain(*found, fmt::format("'{}' must be {}", key, shape));
    return value;
  }

  void complain(const TomlNode& node, std::string_view what);
  void complain(std::string_view what) { complain(table_, what); }
  // Once every known key was asked for: what is wrong, or else which key is left.
  Result<void> finish();

 private:
  const TomlNode* take(std::string_view key);

  const TomlFile& file_;
  const TomlNode& table_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace assay
