// JSON and its relatives as a flat tree that knows where every key and value stands: package.json,
// editor settings with comments, and GYP files, which are Python literals.
//
// It reads what the lenient clients read (byte order mark, comments, trailing commas, invalid
// UTF-8, lone surrogates, any depth) and says whether the text was strict; a manifest that some
// client accepts must never be unreadable here. Nothing is evaluated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

enum class LiteralDialect : std::uint8_t {
  json,  // with comments and trailing commas tolerated
  gyp,   // Python: single quotes, # comments, adjacent strings, and expressions, kept as text
};

enum class LiteralKind : std::uint8_t { null, boolean, number, text, array, object, expression };

struct LiteralNode {
  LiteralKind kind = LiteralKind::null;
  bool truth = false;                        // of a boolean
  std::uint32_t key_begin = 0, key_end = 0;  // with quotes; empty for an element of an array
  std::uint32_t begin = 0, end = 0;          // of the value, quotes and brackets included
  std::int32_t first_child = -1, next = -1;  // in the order of the text

  std::uint32_t begin_with_key() const { return key_end > key_begin ? key_begin : begin; }
};

class LiteralTree {
 public:
  // `text` must outlive the tree. A million values is some thousand times the largest manifest in
  // use; more is refused as a limit.
  static Result<LiteralTree> read(std::string_view text, LiteralDialect dialect,
                                  std::size_t most_nodes = 1'000'000);

  const LiteralNode& root() const { return nodes_.front(); }
  const std::vector<LiteralNode>& nodes() const { return nodes_; }  // parents before children
  std::vector<const LiteralNode*> children(const LiteralNode& parent) const;
  // Of several equal keys the last one counts, as in JSON.parse. nullptr when absent or no object.
  const LiteralNode* find(const LiteralNode& object, std::string_view key) const;

  std::string key(const LiteralNode& node) const;
  // The string's value; of an expression, its string constants one after the other.
  std::string text(const LiteralNode& node) const;
  // As written.
  std::string_view source(const LiteralNode& node) const {
    return text_.substr(node.begin, node.end - node.begin);
  }
  // False when something was tolerated that JSON (or a pure Python literal) does not have.
  bool is_strict() const { return is_strict_; }

 private:
  friend class LiteralReader;
  std::string strings_in(std::uint32_t begin, std::uint32_t end) const;

  std::string_view text_;
  LiteralDialect dialect_ = LiteralDialect::json;
  std::vector<LiteralNode> nodes_;
  bool is_strict_ = true;
};

}  // namespace assay
