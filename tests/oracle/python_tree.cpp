#include "python_tree.h"

#include <vector>

namespace assay::oracle {
namespace {

using code::Kind;
using code::Node;
using code::NodeId;
using code::Op;
using code::Tree;

void append_escaped(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte < 0x7F && c != '\\') {
      out += c;
    } else {
      out += '\\';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
}

struct Item {
  NodeId id;
  std::size_t depth;
  bool pattern = false;
};

// The operands of a left-leaning chain of one operator, in order.
std::vector<NodeId> flat_operands(const Tree& tree, NodeId id) {
  std::vector<NodeId> operands;
  std::vector<NodeId> firsts;
  const Op op = tree[id].op;
  for (;;) {
    firsts.push_back(id);
    const NodeId left = tree.child(id, 0);
    if (tree[left].kind != Kind::binary || tree[left].op != op || op == Op::power) break;
    id = left;
  }
  operands.push_back(tree.child(firsts.back(), 0));
  for (std::size_t i = firsts.size(); i-- > 0;) {
    const auto children = tree.children(firsts[i]);
    operands.insert(operands.end(), children.begin() + 1, children.end());
  }
  return operands;
}

void append_line(std::string& out, std::size_t depth, const Node& node, std::string_view text) {
  out += std::to_string(depth);
  out += ' ';
  out += std::to_string(static_cast<int>(node.kind));
  out += ' ';
  out += std::to_string(static_cast<int>(node.op));
  out += ' ';
  out += std::to_string(node.flags);
  out += ' ';
  append_escaped(out, text);
  out += '\n';
}

void append_template(std::string& out, const Tree& tree, const Item& item,
                     std::vector<Item>& rest) {
  // Only strings that touch are joined, which needs them written here, in order.
  std::string text;
  std::vector<Item> parts;
  const Node& node = tree[item.id];
  append_line(out, item.depth, node, {});
  std::string joined;
  for (const NodeId child : tree.children(item.id)) {
    if (tree[child].kind == Kind::string) {
      joined += tree[child].text;
    } else {
      joined += '\x01';
      parts.push_back({child, item.depth + 1});
    }
  }
  Node as_string;
  as_string.kind = Kind::string;
  append_line(out, item.depth + 1, as_string, joined);
  rest.insert(rest.end(), parts.rbegin(), parts.rend());
}

}  // namespace

std::string tree_lines(const Tree& tree) {
  std::string out;
  std::vector<Item> stack{{tree.root, 0}};
  while (!stack.empty()) {
    const Item item = stack.back();
    stack.pop_back();
    const Node& node = tree[item.id];
    if (item.pattern) {
      out += std::to_string(item.depth) + " pattern\n";
      continue;
    }
    if (node.kind == Kind::template_string) {
      append_template(out, tree, item, stack);
      continue;
    }
    append_line(out, item.depth, node, node.text);
    std::vector<NodeId> children(tree.children(item.id).begin(), tree.children(item.id).end());
    if (node.kind == Kind::binary) children = flat_operands(tree, item.id);
    for (std::size_t i = children.size(); i-- > 0;) {
      const bool pattern = node.kind == Kind::case_ && i == 0 && children[i] != code::no_node;
      stack.push_back({children[i], item.depth + 1, pattern});
    }
  }
  return out;
}

}  // namespace assay::oracle
