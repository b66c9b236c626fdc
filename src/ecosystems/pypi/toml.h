// TOML as a flat tree of strings, tables and arrays that knows where each stands. Numbers, dates
// and booleans are kept as written: nothing here asks for more of them. Of repeated keys the last
// counts.
//
// Our own because toml++ 3.3 ends the process on two bytes of hostile input ("[=").
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace assay {

enum class TomlKind : std::uint8_t { text, other, array, table };

struct TomlNode {
  TomlKind kind = TomlKind::table;
  std::string key;                   // empty for an element of an array
  std::string text;                  // a string's value; other values as written
  std::uint32_t begin = 0, end = 0;  // key and value; of a [table] its heading
  std::int32_t first_child = -1, last_child = -1, next = -1;
};

class TomlTree {
 public:
  // The largest pyproject.toml files in use have some thousand values.
  static Result<TomlTree> read(std::string_view text, std::size_t most_nodes = 200'000);

  const TomlNode& root() const { return nodes_.front(); }
  const TomlNode* find(const TomlNode& table, std::string_view key) const;
  // "tool.poetry.name" from the root; nullptr when any part is absent.
  const TomlNode* at(std::string_view dotted_path) const;
  std::vector<const TomlNode*> children(const TomlNode& parent) const;

  // The string under `key`, empty when it is absent or no string.
  std::string text(const TomlNode& table, std::string_view key) const;
  std::vector<std::string> texts(const TomlNode& table, std::string_view key) const;

 private:
  friend class TomlReader;
  std::int32_t index_of(const TomlNode& node) const {
    return static_cast<std::int32_t>(&node - nodes_.data());
  }

  std::vector<TomlNode> nodes_;
  std::unordered_map<std::string, std::int32_t> by_key_;  // "parent index:key"
};

}  // namespace assay
