// Compares the Python front end with tree-sitter-python: what each finds in a file, counted by
// text. Files in which tree-sitter reports an error are not compared. What is dropped by design
// (imports, annotations that call nothing, type parameters), and patterns of `case`, are left out
// on both sides.
//
//   python_oracle < LIST-OF-FILES
#include <tree_sitter/api.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "facts/code/python/parser.h"

extern "C" const TSLanguage* tree_sitter_python(void);

namespace {

using assay::code::Kind;
using assay::code::Node;
using assay::code::NodeId;
using assay::code::Tree;
using Counts = std::map<std::string, long>;

// Of this project's tree.

// Calls that the source only implies: of repr, format and the like, and `raise E, value`.
bool is_implied(const Tree& tree, NodeId call) {
  const Node& callee = tree[tree.child(call, 0)];
  if (callee.begin == callee.end) return true;
  const Node& node = tree[call];
  if (callee.kind == Kind::name && (callee.text == "print" || callee.text == "exec")) return false;
  const std::size_t next = tree.source.find_first_not_of(") \t\r\n\\", callee.end);
  return next < node.end && tree.source[next] == ',';
}

std::string source_text(const Tree& tree, const Node& node) {
  return std::string(tree.source.substr(node.begin, node.end - node.begin));
}

void count_node(const Tree& tree, NodeId id, Counts& counts) {
  const Node& node = tree[id];
  switch (node.kind) {
    case Kind::name:
      if (node.begin < node.end) ++counts["name " + source_text(tree, node)];
      break;
    case Kind::member: ++counts["attribute " + std::string(node.text)]; break;
    case Kind::keyword: ++counts["keyword " + std::string(node.text)]; break;
    case Kind::string: ++counts["string " + source_text(tree, node)]; break;
    case Kind::template_string: ++counts["template"]; break;
    case Kind::call:
      if (!is_implied(tree, id)) ++counts["call"];
      break;
    case Kind::function:
      ++counts[node.text.empty() ? "lambda" : "function " + std::string(node.text)];
      break;
    case Kind::class_: ++counts["class " + std::string(node.text)]; break;
    default: break;
  }
}

Counts counts_of(const Tree& tree) {
  Counts counts;
  std::set<NodeId> seen;  // the middle of a < b < c is shared
  std::vector<NodeId> stack{tree.root};
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    const Node& node = tree[id];
    if (!seen.insert(id).second || node.kind == Kind::import_) continue;
    count_node(tree, id, counts);
    for (const NodeId child : tree.children(id)) {
      if (node.kind == Kind::case_ && child == tree.child(id, 0)) continue;
      const bool is_text = node.kind == Kind::template_string && tree[child].kind == Kind::string;
      const bool is_spec = node.kind == Kind::call && is_implied(tree, id) &&
                           tree[tree.child(id, 0)].text == "format" && child == tree.child(id, 2);
      if (is_text || (is_spec && tree[child].kind == Kind::string)) continue;
      if (is_spec && tree[child].kind == Kind::template_string) --counts["template"];
      stack.push_back(child);
    }
  }
  return counts;
}

// Of tree-sitter's.

struct Theirs {
  std::string_view source;
  Counts counts;
  bool has_error = false;

  std::string text(TSNode node) const {
    const std::uint32_t begin = ts_node_start_byte(node);
    return std::string(source.substr(begin, ts_node_end_byte(node) - begin));
  }
};

bool is(TSNode node, const char* type) { return std::strcmp(ts_node_type(node), type) == 0; }

bool is_any(TSNode node, std::initializer_list<const char*> types) {
  for (const char* type : types) {
    if (is(node, type)) return true;
  }
  return false;
}

bool contains(TSNode root, std::initializer_list<const char*> types) {
  std::vector<TSNode> stack{root};
  while (!stack.empty()) {
    const TSNode node = stack.back();
    stack.pop_back();
    if (is_any(node, types)) return true;
    for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
      stack.push_back(ts_node_child(node, i));
    }
  }
  return false;
}

std::string field_text(const Theirs& theirs, TSNode node, const char* field) {
  const TSNode child =
      ts_node_child_by_field_name(node, field, static_cast<std::uint32_t>(std::strlen(field)));
  return ts_node_is_null(child) ? std::string() : theirs.text(child);
}

TSNode third_value(TSNode list) {
  std::uint32_t values = 0;
  for (std::uint32_t i = 0; i < ts_node_named_child_count(list); ++i) {
    const TSNode child = ts_node_named_child(list, i);
    if (!is_any(child, {"line_continuation", "comment"}) && ++values == 3) return child;
  }
  return list;
}

// Whether the parts of the node are to be looked at.
bool count_theirs(TSNode node, const std::vector<TSNode>& parents, const char* field,
                  Theirs& theirs) {
  Counts& counts = theirs.counts;
  const TSNode parent = parents.back();
  if (!ts_node_is_named(node)) return false;
  if (is_any(node, {"import_statement", "import_from_statement", "future_import_statement",
                    "comment", "case_pattern"}) ||
      (is(node, "type_parameter") && !is(parent, "generic_type"))) {
    return false;
  }
  const bool annotation =
      is(node, "type") && !is(parent, "type_alias_statement") &&
      std::ranges::none_of(parents, [](TSNode outer) { return is(outer, "type"); });
  const bool traceback = parents.size() > 1 && is(parents[parents.size() - 2], "raise_statement") &&
                         is(parent, "expression_list") && ts_node_eq(node, third_value(parent));
  const bool cause =
      traceback || (is(parent, "raise_statement") && std::strcmp(field, "cause") == 0);
  if ((annotation || cause) && !contains(node, {"call", "await", "yield"})) return false;
  if (is(node, "identifier")) {
    const bool declared_only = is(parent, "assignment") && std::strcmp(field, "left") == 0 &&
                               field_text(theirs, parent, "right").empty();
    if (declared_only) return false;
    const bool property = is(parent, "attribute") && std::strcmp(field, "attribute") == 0;
    const bool keyword = is(parent, "keyword_argument") && std::strcmp(field, "name") == 0;
    const bool definition = is_any(parent, {"function_definition", "class_definition"}) &&
                            std::strcmp(field, "name") == 0;
    if (!definition) {
      ++counts[(property ? "attribute " : keyword ? "keyword " : "name ") + theirs.text(node)];
    }
  } else if (is(node, "call") || is(node, "exec_statement") || is(node, "print_statement")) {
    ++counts["call"];
    if (!is(node, "call")) ++counts[is(node, "print_statement") ? "name print" : "name exec"];
    if (is(node, "print_statement") && contains(node, {"chevron"})) ++counts["keyword file"];
  } else if (is(node, "lambda")) {
    ++counts["lambda"];
  } else if (is(node, "function_definition") || is(node, "class_definition")) {
    ++counts[(is(node, "class_definition") ? "class " : "function ") +
             field_text(theirs, node, "name")];
  } else if (is(node, "concatenated_string") ||
             (is(node, "string") && !is(parent, "concatenated_string"))) {
    const bool fields = contains(node, {"interpolation"});
    ++counts[fields ? "template" : "string " + theirs.text(node)];
  }
  return true;
}

Theirs parse_theirs(TSParser* parser, std::string_view source) {
  Theirs theirs{source, {}, false};
  TSTree* tree = ts_parser_parse_string(parser, nullptr, source.data(),
                                        static_cast<std::uint32_t>(source.size()));
  const TSNode root = ts_tree_root_node(tree);
  theirs.has_error = ts_node_has_error(root);
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  std::vector<TSNode> parents{root};
  bool down = ts_tree_cursor_goto_first_child(&cursor);
  while (down && !theirs.has_error) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const char* field = ts_tree_cursor_current_field_name(&cursor);
    if (count_theirs(node, parents, field ? field : "", theirs) &&
        ts_tree_cursor_goto_first_child(&cursor)) {
      parents.push_back(node);
      continue;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      down = ts_tree_cursor_goto_parent(&cursor);
      parents.pop_back();
      if (!down || parents.empty()) break;
    }
    if (parents.empty()) break;
  }
  ts_tree_cursor_delete(&cursor);
  ts_tree_delete(tree);
  return theirs;
}

bool report(const std::string& path, const Counts& ours, const Counts& theirs) {
  std::string differences;
  Counts all = ours;
  all.insert(theirs.begin(), theirs.end());
  int shown = 0;
  for (const auto& [key, unused] : all) {
    const auto count = [&](const Counts& counts) {
      const auto found = counts.find(key);
      return found == counts.end() ? 0 : found->second;
    };
    if (count(ours) == count(theirs) || ++shown > 4) continue;
    differences += "  " + key.substr(0, 100) + ": ours " + std::to_string(count(ours)) +
                   ", theirs " + std::to_string(count(theirs)) + "\n";
  }
  if (differences.empty()) return true;
  std::printf("%s\n%s", path.c_str(), differences.c_str());
  return false;
}

}  // namespace

int main() {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  int same = 0, differ = 0, refused = 0;
  for (std::string path; std::getline(std::cin, path);) {
    std::ifstream file(path, std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    const Theirs theirs = parse_theirs(parser, source);
    if (theirs.has_error) {
      ++refused;
      continue;
    }
    const Tree tree = assay::code::parse_python(source);
    ++(report(path, counts_of(tree), theirs.counts) ? same : differ);
  }
  ts_parser_delete(parser);
  std::printf("same %d, differ %d, not parsed by tree-sitter %d\n", same, differ, refused);
  return differ != 0;
}
