#include "facts/code/flow/json_value.h"

#include "facts/code/flow/interpreter.h"
#include "facts/code/javascript/parser.h"

namespace assay::code {
namespace {

constexpr int max_depth = 64;

// JSON is an expression of JavaScript, and our parser bounds everything already.
std::optional<Value> convert(Interpreter& interpreter, const Tree& tree, NodeId id, int depth) {
  if (depth > max_depth || !interpreter.spend(1)) return std::nullopt;
  const Node& node = tree[id];
  switch (node.kind) {
    case Kind::string: return Value::string(std::string(node.text));
    case Kind::number: return Value::of_number(number_value(node.text));
    case Kind::literal:
      return node.op == Op::null_ ? Value::null() : Value::boolean(node.op == Op::true_);
    case Kind::unary: {
      const auto operand = convert(interpreter, tree, tree.child(id, 0), depth + 1);
      if (!operand || !operand->is(ValueKind::number)) return std::nullopt;
      return Value::of_number(node.op == Op::minus ? -operand->number : operand->number);
    }
    case Kind::array: {
      Value list = interpreter.make_list({});
      for (const NodeId child : tree.children(id)) {
        auto item = convert(interpreter, tree, child, depth + 1);
        if (!item) return std::nullopt;
        list.object->items.push_back(std::move(*item));
      }
      return list;
    }
    case Kind::object: {
      Object* object = interpreter.make_object();
      for (const NodeId child : tree.children(id)) {
        if (tree[child].kind != Kind::pair) return std::nullopt;
        auto item = convert(interpreter, tree, tree.child(child, 1), depth + 1);
        if (!item) return std::nullopt;
        object->set(interpreter.names().intern(tree[tree.child(child, 0)].text), std::move(*item));
      }
      return Value::of_object(ValueKind::object, object);
    }
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<Value> read_json_value(Interpreter& interpreter, std::string_view text) {
  std::string wrapped = "(";
  wrapped += text;
  wrapped += ")";
  if (!interpreter.spend_text(wrapped.size())) return std::nullopt;
  const Tree tree = parse_javascript(wrapped, {.typescript = false, .jsx = false});
  const auto statements = tree.children(tree.root);
  if (statements.size() != 1 || !tree.skipped.empty()) return std::nullopt;
  return convert(interpreter, tree, statements[0], 0);
}

}  // namespace assay::code
