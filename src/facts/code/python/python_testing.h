// For tests of the Python front end: trees as short text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/python/parser.h"

namespace assay::code {

// "binary.+", as dump() names the node without its text and flags.
inline std::string label(const Node& node) {
  Tree alone;
  alone.nodes.emplace_back();
  alone.nodes.back().kind = node.kind;
  alone.nodes.back().op = node.op;
  alone.root = 1;
  std::string line = dump(alone);
  std::erase_if(line, [](char c) { return c == '\n'; });
  const std::size_t blank = line.find(" .");
  if (blank != std::string::npos) line.erase(blank, 1);
  return line;
}

inline std::string flag_text(std::uint16_t flags) {
  struct Name {
    Flag flag;
    std::string_view text;
  };
  std::string out;
  for (const Name& name : {Name{flag_async, "!async"}, Name{flag_generator, "!generator"},
                           Name{flag_delegate, "!delegate"}, Name{flag_method, "!method"}}) {
    if (flags & name.flag) out += name.text;
  }
  return out;
}

// A node in the manner of a call: f(x, y=1) + 'a' is binary.+(call(f, x, keyword:y(1)), 'a').
// Names and numbers stand as they are, strings in quotes, a missing part is _.
inline std::string shape(const Tree& tree, NodeId id) {
  const Node& node = tree[id];
  if (node.kind == Kind::none) return "_";
  if (node.kind == Kind::name || node.kind == Kind::number) return std::string(node.text);
  if (node.kind == Kind::string) {
    return (node.flags & flag_bytes ? "b'" : "'") + std::string(node.text) + "'";
  }
  std::string out = label(node);
  if (node.kind == Kind::literal) return out.substr(out.find('.') + 1);
  if (!node.text.empty()) out += ":" + std::string(node.text);
  out += flag_text(node.flags);
  if (tree.children(id).empty()) return out;
  out += '(';
  for (const NodeId child : tree.children(id)) {
    if (out.back() != '(') out += ", ";
    out += shape(tree, child);
  }
  return out + ')';
}

// The statements of a file, one a line.
inline std::string shape(const Tree& tree) {
  std::string out;
  for (const NodeId statement : tree.children(tree.root)) {
    if (!out.empty()) out += '\n';
    out += shape(tree, statement);
  }
  return out;
}

inline std::string shape(std::string_view source) { return shape(parse_python(source)); }

inline std::vector<std::string> skip_reasons(std::string_view source) {
  std::vector<std::string> reasons;
  for (const Skipped& skipped : parse_python(source).skipped) reasons.emplace_back(skipped.reason);
  return reasons;
}

inline std::size_t count_of(const Tree& tree, Kind kind) {
  return static_cast<std::size_t>(
      std::ranges::count_if(tree.nodes, [&](const Node& node) { return node.kind == kind; }));
}

// The longest way from a node to a leaf. Children come before their parents.
inline std::size_t height_of(const Tree& tree) {
  std::vector<std::size_t> heights(tree.nodes.size());
  for (NodeId id = 1; id < tree.nodes.size(); ++id) {
    for (const NodeId child : tree.children(id)) {
      heights[id] = std::max(heights[id], heights[child] + 1);
    }
  }
  return std::ranges::max(heights);
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace assay::code
