#include <array>

#include "facts/code/javascript/parser.h"
#include "javascript_features.h"

namespace assay::oracle {
namespace {

using code::Kind;
using code::Node;
using code::NodeId;
using code::Op;

constexpr const char* operator_text(Op op) {
  switch (op) {
    case Op::add:
    case Op::plus: return "+";
    case Op::subtract:
    case Op::minus: return "-";
    case Op::multiply: return "*";
    case Op::divide: return "/";
    case Op::modulo: return "%";
    case Op::power: return "**";
    case Op::bit_and: return "&";
    case Op::bit_or: return "|";
    case Op::bit_xor: return "^";
    case Op::shift_left: return "<<";
    case Op::shift_right: return ">>";
    case Op::shift_right_unsigned: return ">>>";
    case Op::and_: return "&&";
    case Op::or_: return "||";
    case Op::coalesce: return "??";
    case Op::equal: return "==";
    case Op::not_equal: return "!=";
    case Op::strict_equal: return "===";
    case Op::strict_not_equal: return "!==";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::in: return "in";
    case Op::instance_of: return "instanceof";
    case Op::not_: return "!";
    case Op::bit_not: return "~";
    case Op::type_of: return "typeof";
    case Op::void_: return "void";
    case Op::increment: return "++";
    case Op::decrement: return "--";
    case Op::true_: return "true";
    case Op::false_: return "false";
    case Op::null_: return "null";
    case Op::var: return "var";
    case Op::let: return "let";
    case Op::const_: return "const";
    case Op::of: return "of";
    default: return "";
  }
}

// Kinds whose features are their word and nothing else.
constexpr const char* plain_word(Kind kind) {
  switch (kind) {
    case Kind::template_string: return "template";
    case Kind::array: return "array";
    case Kind::object: return "object";
    case Kind::spread: return "spread";
    case Kind::index: return "index";
    case Kind::new_: return "new";
    case Kind::conditional: return "conditional";
    case Kind::await: return "await";
    case Kind::yield: return "yield";
    case Kind::import_call: return "import_call";
    case Kind::jsx: return "jsx";
    case Kind::if_: return "if";
    case Kind::for_: return "for";
    case Kind::while_: return "while";
    case Kind::do_while: return "do";
    case Kind::return_: return "return";
    case Kind::throw_: return "throw";
    case Kind::try_: return "try";
    case Kind::catch_: return "catch";
    case Kind::with_: return "with";
    case Kind::switch_: return "switch";
    case Kind::case_: return "case";
    case Kind::decorator: return "decorator";
    case Kind::delete_: return "delete";
    case Kind::declarator: return "declarator";
    case Kind::import_: return "import";
    default: return nullptr;
  }
}

class Collector {
 public:
  explicit Collector(const code::Tree& tree) : tree_(tree) {}

  Features run() {
    std::vector<NodeId> waiting{tree_.root};
    while (!waiting.empty()) {
      const NodeId id = waiting.back();
      waiting.pop_back();
      visit(id, tree_[id]);
      for (const NodeId child : tree_.children(id)) waiting.push_back(child);
    }
    return std::move(features_);
  }

 private:
  void add(std::string feature, int count = 1) {
    if (count != 0) features_[std::move(feature)] += count;
  }

  void visit(NodeId id, const Node& node) {
    const std::string text(node.text);
    const std::string op = operator_text(node.op);
    const int operands = static_cast<int>(node.child_count);
    if (const char* word = plain_word(node.kind)) add(word);
    switch (node.kind) {
      case Kind::error: add("ERROR"); break;
      case Kind::name: add("name " + text); break;
      case Kind::string: add("string " + text); break;
      case Kind::number: add("number " + text); break;
      case Kind::regex: add("regex " + text); break;
      case Kind::member: add("member " + text); break;
      case Kind::literal: add("literal " + op); break;
      case Kind::function:
        add((node.flags & code::flag_arrow) != 0 ? "arrow" : "function " + text);
        break;
      case Kind::class_: add("class " + text); break;
      case Kind::call: add((node.flags & code::flag_tagged) != 0 ? "tagged" : "call"); break;
      case Kind::unary: add("unary " + op); break;
      case Kind::update: add("update " + op); break;
      case Kind::binary:
      case Kind::logical:
      case Kind::compare: add("binary " + op, operands - 1); break;
      case Kind::assign: add_assign(id, node, op); break;
      case Kind::parameter:
        if (tree_.child(id, 1) != code::no_node) add("assign ");
        break;
      case Kind::sequence: add("comma", operands - 1); break;
      case Kind::declaration: add("declaration " + op); break;
      case Kind::for_each: add("for_each " + op); break;
      case Kind::break_: add("break " + text); break;
      case Kind::continue_: add("continue " + text); break;
      case Kind::labelled: add("label " + text); break;
      case Kind::import_name: add("import_name " + text); break;
      default: break;
    }
    if (node.kind == Kind::import_ || (node.kind == Kind::export_ && node.op == Op::from)) {
      add("module " + text);
    }
  }

  // A class field without a value is no assignment for others.
  void add_assign(NodeId id, const Node& node, const std::string& op) {
    static_cast<void>(node);
    if (tree_.child(id, 1) != code::no_node) add("assign " + op);
  }

  const code::Tree& tree_;
  Features features_;
};

}  // namespace

Features features_of_assay(std::string_view source, Dialect dialect) {
  code::JavaScriptOptions options;
  options.typescript = dialect != Dialect::javascript;
  options.jsx = dialect != Dialect::typescript;
  const code::Tree tree = code::parse_javascript(source, options);
  Features features = Collector(tree).run();
  if (!tree.skipped.empty()) features["SKIPPED"] = static_cast<int>(tree.skipped.size());
  return features;
}

}  // namespace assay::oracle
