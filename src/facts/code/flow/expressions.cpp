// Evaluates expressions.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr std::size_t max_text = 8u << 20;

bool is_chain(Kind kind) {
  return kind == Kind::member || kind == Kind::index || kind == Kind::call;
}

}  // namespace

Binding* Interpreter::lookup(Scope* scope, NameId name) {
  Binding* found = nullptr;
  std::uint64_t looked_in = 0;
  // So many names do not fit into the processor's cache.
  constexpr std::size_t many = 4096;
  constexpr std::uint64_t cold = 6;
  for (; scope != nullptr && found == nullptr; scope = scope->parent, ++looked_in) {
    found = scope->find(name);
    if (scope->bindings.size() > many) spend(cold);
  }
  // Code made to be slow nests a thousand scopes; of people's code hardly any name is eight away.
  constexpr std::uint64_t free = 8;
  if (looked_in > free) spend((looked_in - free) / 4);
  return found;
}

Value Interpreter::name_value(Frame& frame, NameId name) {
  if (const Binding* binding = lookup(frame.scope, name)) return binding->value;
  const std::string_view text = names_[name];
  const std::string& path = package_.files[static_cast<std::size_t>(frame.module->file)].path;
  const auto in_package = [&](std::string_view file) {
    return Value::string(std::string(package_root) + "/" + std::string(file)).with(Source::path);
  };
  if (frame.module->language == Language::javascript) {
    if (text == "undefined") return Value::undefined();
    if (text == "this") return frame.self;
    if (text == "NaN") return Value::of_number(__builtin_nan(""));
    if (text == "Infinity") return Value::of_number(__builtin_inf());
    if (text == "arguments") {
      return make_list(std::vector<Value>(frame.arguments.begin(), frame.arguments.end()));
    }
    if (text == "__filename") return in_package(path);
    if (text == "__dirname") {
      const std::size_t slash = path.rfind('/');
      return slash == std::string::npos
                 ? Value::string(std::string(package_root)).with(Source::path)
                 : in_package(path.substr(0, slash));
    }
    if (text == "globalThis" || text == "global" || text == "window" || text == "self" ||
        text == "top" || text == "GLOBAL" || text == "root") {
      return Value::of_api(0);
    }
  } else {
    if (text == "__file__") return in_package(path);
    if (text == "__name__") {
      return frame.module->role.program != Trigger::none ? Value::string("__main__")
                                                         : Value::unknown();
    }
    if (text == "__builtins__" || text == "__builtin__" || text == "builtins")
      return Value::of_api(0);
    for (const NameId starred : frame.module->starred) {
      const std::string starred_path = std::string(names_[starred]) + "." + std::string(text);
      if (find_api(Language::python, starred_path) != nullptr ||
          find_python_function(starred_path) != nullptr) {
        return Value::of_api(names_.intern(starred_path));
      }
    }
  }
  return Value::of_api(name);
}

Value Interpreter::eval(Frame& frame, NodeId id) {
  if (id == no_node) return Value::undefined();
  if (depth_ >= max_depth || !spend(1)) return Value::unknown(Source::unresolved);
  const DepthGuard guard(depth_);
  return eval_node(frame, id);
}

Value Interpreter::eval_node(Frame& frame, NodeId id) {
  const Node& node = frame.module->tree[id];
  const auto child = [&](std::size_t i) { return frame.module->tree.child(id, i); };
  switch (node.kind) {
    case Kind::name: return name_value(frame, frame.module->names[id]);
    case Kind::string: {
      Value value = Value::string(std::string(node.text));
      if ((node.flags & flag_bytes) != 0) value.kind = ValueKind::bytes;
      return value;
    }
    case Kind::number: return Value::of_number(number_value(node.text));
    case Kind::literal:
      return node.op == Op::true_    ? Value::boolean(true)
             : node.op == Op::false_ ? Value::boolean(false)
                                     : Value::null();
    case Kind::regex: {
      Object* object = make_object();
      object->has_fallback = true;
      object->fallback = names_.intern("RegExp()");
      object->set(names_.intern("source"), Value::string(std::string(node.text)));
      const std::string_view whole =
          frame.module->tree.source.substr(node.begin, node.end - node.begin);
      object->set(
          names_.intern("flags"),
          Value::string(std::string(whole.substr(std::min(whole.rfind('/') + 1, whole.size())))));
      return Value::of_object(ValueKind::object, object);
    }
    case Kind::template_string: return eval_template(frame, id);
    case Kind::array: return eval_array(frame, id);
    case Kind::object: return eval_object(frame, id);
    case Kind::function: return eval_function(frame, id);
    case Kind::class_: return eval_class(frame, id);
    case Kind::member:
    case Kind::index:
    case Kind::call: return eval_chain(frame, id);
    case Kind::new_: {
      const Value callee = eval(frame, child(0));
      std::vector<Value> arguments;
      std::vector<Keyword> keywords;
      gather_arguments(frame, id, arguments, keywords);
      return call(frame, callee, Value::undefined(), std::move(arguments), id, std::move(keywords),
                  true);
    }
    case Kind::unary: return eval_unary(frame, id);
    case Kind::update: return eval_update(frame, id);
    case Kind::binary: return eval_binary(frame, id);
    case Kind::logical: return eval_logical(frame, id);
    case Kind::compare: return eval_compare(frame, id);
    case Kind::conditional: return eval_conditional(frame, id);
    case Kind::assign: return eval_assign(frame, id);
    case Kind::sequence: {
      Value last;
      for (const NodeId part : frame.module->tree.children(id)) last = eval(frame, part);
      return last;
    }
    case Kind::await:
    case Kind::spread: {
      Value value = eval(frame, child(0));
      // A promise of the package stands for what it was resolved with.
      if (value.is(ValueKind::object) && value.object->resolves == value.object &&
          !value.object->items.empty()) {
        return value.object->items[0];
      }
      return value;
    }
    case Kind::yield: {
      Value value = eval(frame, child(0));
      if (!frame.yielded.is(ValueKind::list)) frame.yielded = make_list({});
      constexpr std::size_t most = 10'000;
      if (frame.yielded.object->items.size() < most) frame.yielded.object->items.push_back(value);
      return Value::unknown();
    }
    case Kind::comprehension: return eval_comprehension(frame, id);
    case Kind::import_call: {
      std::vector<Value> arguments{eval(frame, child(0))};
      return call(frame, Value::of_api(names_.intern("import")), Value::undefined(),
                  std::move(arguments), id);
    }
    case Kind::jsx: {
      Value all = Value::unknown();
      for (const NodeId part : frame.module->tree.children(id))
        all.from |= sources_of(eval(frame, part));
      return all;
    }
    case Kind::keyword: return eval(frame, child(0));
    case Kind::none:
    case Kind::error: return Value::unknown();
    default:
      // A statement where an expression was meant: error recovery can do that.
      exec(frame, id);
      return Value::unknown();
  }
}

Value Interpreter::eval_template(Frame& frame, NodeId id) {
  std::string text;
  bool complete = true;
  Sources from;
  std::uint32_t trace = 0;
  for (const NodeId part : frame.module->tree.children(id)) {
    const Value value = as_primitive(frame, eval(frame, part), "__format__");
    from |= sources_of(value);
    if (trace == 0) trace = trace_of(value, from);
    const auto constant = to_constant_string(value, frame.module->language);
    text += constant ? *constant : show(value);
    complete = complete && constant.has_value();
    if (text.size() > max_text || !spend_text(text.size())) return Value::unknown(from, trace);
  }
  Value value = Value::string(std::move(text), complete);
  return value.with(from, trace);
}

Value Interpreter::eval_array(Frame& frame, NodeId id) {
  Object* object = make_object();
  for (const NodeId element : frame.module->tree.children(id)) {
    if (frame.module->tree[element].kind != Kind::spread) {
      object->items.push_back(eval(frame, element));
      continue;
    }
    const Value value = eval(frame, frame.module->tree.child(element, 0));
    if (value.is(ValueKind::list)) {
      object->open = object->open || value.object->open ||
                     !draw_from(items_left_, value.object->items.size()) ||
                     !spend(value.object->items.size() / 8);
      object->from |= value.object->from;
      if (items_left_ == 0) continue;
      object->items.insert(object->items.end(), value.object->items.begin(),
                           value.object->items.end());
    } else if (value.is_constant_text() && draw_from(items_left_, value.text->size())) {
      for (const char32_t c : characters(value.text, false)) {
        std::string one;
        append_utf8(one, c);
        object->items.push_back(Value::string(std::move(one)).with(value.from));
      }
    } else {
      object->open = true;
      object->from |= sources_of(value);
    }
  }
  return Value::of_object(ValueKind::list, object);
}

Value Interpreter::eval_object(Frame& frame, NodeId id) {
  Object* object = make_object();
  const Tree& tree = frame.module->tree;
  for (const NodeId part : tree.children(id)) {
    const Node& node = tree[part];
    if (node.kind == Kind::pair) {
      NameId name = frame.module->names[part];
      const NodeId key = tree.child(part, 0);
      if (tree[key].kind != Kind::string) {
        const Value key_value = eval(frame, key);
        auto computed = to_constant_string(key_value, frame.module->language);
        // Symbol.toPrimitive and Symbol.iterator are names of their own.
        if (!computed && key_value.is(ValueKind::api))
          computed = std::string(names_[key_value.api]);
        if (!computed) {
          object->open = true;
          object->from |= sources_of(eval(frame, tree.child(part, 1)));
          continue;
        }
        name = names_.intern(*computed);
      }
      Value value = eval(frame, tree.child(part, 1));
      remember_name(name, value);
      object->set(name, std::move(value));
    } else if (node.kind == Kind::function) {
      Value method = eval_function(frame, part);
      if ((node.flags & flag_getter) != 0) {
        std::vector<Value> none;
        std::vector<Keyword> no_keywords;
        method = call_function(frame, method.object, Value::of_object(ValueKind::object, object),
                               none, no_keywords);
      }
      object->set(frame.module->names[part], std::move(method));
    } else if (node.kind == Kind::spread) {
      const Value value = eval(frame, tree.child(part, 0));
      object->from |= value.from;
      if (value.is(ValueKind::object) &&
          draw_from(items_left_, 2 * value.object->properties.size())) {
        for (const auto& [name, item] : value.object->properties) object->set(name, item);
        object->open = object->open || value.object->open;
        object->from |= value.object->from;
      } else {
        object->open = true;
        object->from |= sources_of(value);
        if (object->trace == 0) object->trace = trace_of(value, object->from);
      }
    } else {
      eval(frame, part);
    }
  }
  return Value::of_object(ValueKind::object, object);
}

Value Interpreter::eval_binary(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Op op = tree[id].op;
  const auto parts = tree.children(id);
  const Language language = frame.module->language;
  if (parts.empty()) return Value::unknown();
  Value total = eval(frame, parts[0]);
  std::size_t literals = total.is_textual() ? 1 : 0;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Value next = eval(frame, parts[i]);
    if (next.is_textual()) ++literals;
    // Long chains of text are put together in place.
    if (op == Op::add && total.is(ValueKind::string) && next.is(ValueKind::string) &&
        total.text.use_count() == 1 && total.text->size() + next.text->size() <= max_text &&
        spend_text(next.text->size())) {
      *total.text += *next.text;
      total.complete = total.complete && next.complete;
      total.from |= next.from;
      if (total.trace == 0) total.trace = next.trace;
      continue;
    }
    // Python throws on a division by zero, which a handler may be waiting for.
    const bool divides = op == Op::divide || op == Op::floor_divide || op == Op::modulo;
    if (divides && language == Language::python && next.is(ValueKind::number) && next.number == 0)
      ++unknown_branches_;
    total = binary_operation(*this, op, as_primitive(frame, total, "__add__"),
                             as_primitive(frame, next, "__radd__"), language);
    if (total.is(ValueKind::unknown) || !total.complete) ++unknown_operations_;
  }
  if (op == Op::add && literals > 2 && total.is_constant_text() && total.text->size() < 200) {
    constexpr std::size_t telling = 6;
    if (literals * telling > total.text->size())
      disguise(frame, id, Disguise::split_string, *total.text);
  }
  return total;
}

Value Interpreter::eval_logical(Frame& frame, NodeId id) {
  const Op op = frame.module->tree[id].op;
  const auto parts = frame.module->tree.children(id);
  Value total;
  bool uncertain = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (uncertain) ++frame.certainty;
    const Value next = eval(frame, parts[i]);
    if (uncertain) --frame.certainty;
    total = i == 0 || !uncertain ? next
            : op == Op::and_     ? next.with(total.from, total.trace)
                                 : join(total, next);
    if (i + 1 == parts.size()) break;
    const std::optional<bool> known =
        op == Op::coalesce ? (next.is(ValueKind::unknown) || next.is(ValueKind::either)
                                  ? std::optional<bool>()
                                  : std::optional<bool>(!next.is_nothing()))
                           : truth(next, frame.module->language);
    if (known && *known == (op != Op::and_) && !uncertain) return total;
    // `x && y` with a true x is y; `x || y` with a false x is y.
    if (!known) ++unknown_branches_;
    uncertain = uncertain || !known;
  }
  return total;
}

Value Interpreter::eval_compare(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Value left = eval(frame, tree.child(id, 0));
  const Value right = eval(frame, tree.child(id, 1));
  const auto result = compare_values(tree[id].op, left, right, frame.module->language);
  return result ? Value::boolean(*result) : Value::unknown();
}

Value Interpreter::eval_unary(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Value operand = eval(frame, tree.child(id, 0));
  switch (tree[id].op) {
    case Op::not_: {
      const auto known = truth(operand, frame.module->language);
      return known ? Value::boolean(!*known) : Value::unknown();
    }
    case Op::minus:
    case Op::plus: {
      const auto number =
          frame.module->language == Language::javascript && !operand.is(ValueKind::number)
              ? to_number(operand)
              : (operand.is(ValueKind::number) || operand.is(ValueKind::boolean)
                     ? std::optional<double>(operand.number)
                     : std::optional<double>());
      if (!number) return Value::unknown(operand.from);
      return Value::of_number(tree[id].op == Op::minus ? -*number : *number).with(operand.from);
    }
    case Op::bit_not: {
      const auto number = to_number(operand);
      if (!number) return Value::unknown(operand.from);
      const double truncated = *number != *number ? 0 : *number;
      return Value::of_number(
          static_cast<double>(~static_cast<std::int32_t>(static_cast<std::int64_t>(truncated))));
    }
    case Op::void_: return Value::undefined();
    case Op::type_of:
      switch (operand.kind) {
        case ValueKind::string: return Value::string("string");
        case ValueKind::number: return Value::string("number");
        case ValueKind::boolean: return Value::string("boolean");
        case ValueKind::undefined: return Value::string("undefined");
        case ValueKind::function:
        case ValueKind::klass: return Value::string("function");
        case ValueKind::list:
        case ValueKind::object:
        case ValueKind::null: return Value::string("object");
        default: return Value::unknown();
      }
    default: return Value::unknown(operand.from);
  }
}

Value Interpreter::eval_update(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const NodeId target = tree.child(id, 0);
  const Value before = eval(frame, target);
  const auto number = to_number(before);
  const Value after = number ? Value::of_number(*number + (tree[id].op == Op::increment ? 1 : -1))
                             : Value::unknown(before.from);
  assign(frame, target, after, false);
  return (tree[id].flags & flag_prefix) != 0 ? after : before;
}

Value Interpreter::eval_conditional(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  // Long a ? b : c ? d : … chains lean right; walk them without recursion.
  Value result = Value::undefined();
  std::uint32_t entered = 0;
  while (true) {
    const Value test = eval(frame, tree.child(id, 0));
    const auto known = truth(test, frame.module->language);
    const NodeId no = tree.child(id, 2);
    if (!known || *known) {
      if (!known) ++frame.certainty, ++entered, ++unknown_branches_;
      const Value yes = eval(frame, tree.child(id, 1));
      result = result.is(ValueKind::undefined) ? yes : join(result, yes);
      if (known) break;
    }
    if (tree[no].kind != Kind::conditional) {
      const Value other = eval(frame, no);
      result = result.is(ValueKind::undefined) ? other : join(result, other);
      break;
    }
    id = no;
  }
  frame.certainty -= entered;
  return result;
}

Value Interpreter::eval_chain(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  std::vector<NodeId> chain;
  NodeId at = id;
  while (is_chain(tree[at].kind)) {
    chain.push_back(at);
    at = tree.child(at, 0);
  }
  Value current = eval(frame, at);
  Value before;  // the receiver of the member that `current` is
  bool has_receiver = false;
  NameId method = 0;
  for (std::size_t i = chain.size(); i-- > 0;) {
    const NodeId link = chain[i];
    if (!spend(1)) return Value::unknown(Source::unresolved);
    const Kind kind = frame.module->tree[link].kind;
    if (kind == Kind::call) {
      current = eval_call(frame, link, has_receiver ? &before : nullptr, current, method);
      has_receiver = false;
      method = 0;
      continue;
    }
    const bool called = i > 0 && frame.module->tree[chain[i - 1]].kind == Kind::call;
    before = current;
    has_receiver = true;
    if (kind == Kind::member) {
      method = frame.module->names[link];
      // A method of a constant is computed by its call; as a value it would only be a name.
      if (called &&
          (before.is_textual() || before.is(ValueKind::number) || before.is(ValueKind::list))) {
        current = Value::unknown(before.from);
        continue;
      }
      // A method of the package's own class needs no bound copy when it is called at once.
      const Value* own = called && before.is(ValueKind::object) &&
                                 before.object->made_by != nullptr &&
                                 before.object->find(method) == nullptr
                             ? find_method(before.object->made_by, method)
                             : nullptr;
      current = own != nullptr ? Value(*own) : member_of(frame, before, link);
    } else {
      const NodeId key_node = frame.module->tree.child(link, 1);
      if (frame.module->tree[key_node].kind == Kind::slice) {
        current = eval_slice(frame, before, key_node);
        has_receiver = false;
        continue;
      }
      const Value key = eval(frame, key_node);
      const auto constant = to_constant_string(key, frame.module->language);
      method = constant && key.is(ValueKind::string) ? names_.intern(*constant) : 0;
      current = element(frame, before, key);
      if (method != 0 && frame.module->tree[key_node].kind != Kind::string && called &&
          (before.is(ValueKind::api) || before.is(ValueKind::unknown))) {
        disguise(frame, link, Disguise::computed_member, *constant);
      }
    }
  }
  return current;
}

Value Interpreter::member_of(Frame& frame, const Value& object, NodeId node) {
  return property(frame, object, frame.module->names[node]);
}

}  // namespace assay::code
