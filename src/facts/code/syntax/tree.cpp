#include "facts/code/syntax/tree.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace assay::code {

NodeId TreeBuilder::finish(Kind kind, std::uint32_t begin, std::uint32_t end, std::size_t mark,
                           std::string_view text, Op op, std::uint16_t flags) {
  if (full()) {
    drop_to(mark);
    tree_.stopped_early = true;
    return no_node;
  }
  const auto first = static_cast<std::uint32_t>(tree_.child_ids.size());
  const auto count = static_cast<std::uint32_t>(scratch_.size() - mark);
  tree_.child_ids.insert(tree_.child_ids.end(),
                         scratch_.begin() + static_cast<std::ptrdiff_t>(mark), scratch_.end());
  drop_to(mark);
  tree_.nodes.push_back({kind, op, flags, begin, end, first, count, text});
  return static_cast<NodeId>(tree_.nodes.size() - 1);
}

std::string_view TreeBuilder::keep(std::string text) {
  return tree_.arena.emplace_back(std::move(text));
}

void TreeBuilder::skip(std::uint32_t begin, std::uint32_t end, std::string_view reason) {
  // A damaged file would otherwise give one entry a token.
  constexpr std::size_t most = 64;
  if (tree_.skipped.size() < most) {
    tree_.skipped.push_back({begin, end, reason});
  } else {
    tree_.skipped.back().end = std::max(tree_.skipped.back().end, end);
  }
}

double number_value(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  while (!digits.empty() && (digits.back() == 'n' || digits.back() == 'j' || digits.back() == 'J' ||
                             digits.back() == 'L' || digits.back() == 'l')) {
    digits.pop_back();
  }
  const auto in_base = [&](std::size_t skip, int base) {
    double value = 0;
    for (std::size_t i = skip; i < digits.size(); ++i) {
      const char c = digits[i];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : base;
      if (digit >= base) break;
      value = value * base + digit;
    }
    return value;
  };
  if (digits.size() > 1 && digits[0] == '0') {
    switch (digits[1]) {
      case 'x':
      case 'X': return in_base(2, 16);
      case 'o':
      case 'O': return in_base(2, 8);
      case 'b':
      case 'B': return in_base(2, 2);
      default: break;
    }
    if (digits.find_first_not_of("01234567") == std::string::npos) return in_base(1, 8);
  }
  return std::strtod(digits.c_str(), nullptr);
}

namespace {
constexpr const char* kind_names[] = {"none",        "error",
                                      "name",        "string",
                                      "number",      "regex",
                                      "literal",     "template_string",
                                      "array",       "object",
                                      "pair",        "spread",
                                      "function",    "parameters",
                                      "parameter",   "class",
                                      "decorator",   "member",
                                      "index",       "slice",
                                      "call",        "new",
                                      "keyword",     "unary",
                                      "update",      "binary",
                                      "logical",     "compare",
                                      "conditional", "assign",
                                      "sequence",    "await",
                                      "yield",       "comprehension",
                                      "clause",      "import_call",
                                      "jsx",         "module",
                                      "block",       "declaration",
                                      "declarator",  "if",
                                      "for",         "for_each",
                                      "while",       "do_while",
                                      "return",      "throw",
                                      "break",       "continue",
                                      "try",         "catch",
                                      "with",        "with_item",
                                      "switch",      "case",
                                      "labelled",    "import",
                                      "import_name", "export",
                                      "delete",      "scope_names",
                                      "assert"};
constexpr const char* op_names[] = {
    "",          "true",   "false",  "null",  "ellipsis", "list",       "tuple", "set", "dict",
    "generator", "*",      "**",     "+",     "-",        "*",          "/",     "//",  "%",
    "**",        "@",      "&",      "|",     "^",        "<<",         ">>",    ">>>", "and",
    "or",        "??",     "==",     "!=",    "===",      "!==",        "<",     "<=",  ">",
    ">=",        "in",     "not in", "is",    "is not",   "instanceof", "+",     "-",   "not",
    "~",         "typeof", "void",   "++",    "--",       "=",          "var",   "let", "const",
    "of",        "from",   "module", "names", "global",   "nonlocal"};
}  // namespace

std::string dump(const Tree& tree) {
  std::string out;
  struct Item {
    NodeId id;
    std::size_t depth;
  };
  std::vector<Item> stack{{tree.root, 0}};
  while (!stack.empty()) {
    const Item item = stack.back();
    stack.pop_back();
    const Node& node = tree[item.id];
    out.append(item.depth * 2, ' ');
    out += kind_names[static_cast<std::size_t>(node.kind)];
    if (node.op != Op::none) {
      out += " .";
      out += op_names[static_cast<std::size_t>(node.op)];
    }
    if (node.kind == Kind::string || !node.text.empty()) {
      out += " \"";
      out += node.text;
      out += '"';
    }
    if (node.flags != 0) out += " !" + std::to_string(node.flags);
    out += '\n';
    const auto kids = tree.children(item.id);
    for (std::size_t i = kids.size(); i-- > 0;) stack.push_back({kids[i], item.depth + 1});
  }
  return out;
}

}  // namespace assay::code
