// Properties, elements and assignment.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr std::size_t max_path = 120;

struct NamedSource {
  std::string_view path;
  Sources from;
};
constexpr NamedSource javascript_sources[] = {{"process.env", Source::environment},
                                              {"process.argv", Source::user_input},
                                              {"document.cookie", Source::browser_store},
                                              {"Bun.env", Source::environment},
                                              {"import.meta.env", {}}};
constexpr NamedSource python_sources[] = {{"os.environ", Source::environment},
                                          {"sys.argv", Source::user_input},
                                          {"os.environb", Source::environment},
                                          {"flask.request", Source::remote},
                                          {"bottle.request", Source::remote}};

Sources sources_of_name(Language language, std::string_view path) {
  for (const NamedSource& named : language == Language::javascript
                                      ? std::span<const NamedSource>(javascript_sources)
                                      : std::span<const NamedSource>(python_sources)) {
    if (named.path == path) return named.from;
  }
  return {};
}

std::string_view constructor_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::string: return "String";
    case ValueKind::number: return "Number";
    case ValueKind::boolean: return "Boolean";
    case ValueKind::list: return "Array";
    case ValueKind::object: return "Object";
    default: return "Function";
  }
}

}  // namespace

// glue = "".join; add = parts.append: the method, with what it is a method of.
Value Interpreter::method_of_constant(const Value& object, std::string_view name) {
  Object* made = make_object();
  made->items.push_back(object);
  Value method = Value::of_api(names_.intern("method." + std::string(name)));
  method.object = made;
  return method;
}

namespace {

// What a regular expression has beside what was given to it.
constexpr std::string_view pattern_members[] = {
    "compile",   "exec",      "flags",          "global",       "hasOwnProperty", "ignoreCase",
    "lastIndex", "multiline", "source",         "sticky",       "test",           "toString",
    "unicode",   "valueOf",   "Symbol.replace", "Symbol.match", "Symbol.split"};

}  // namespace

Value Interpreter::property(Frame& frame, const Value& object, NameId name) {
  const std::string_view text = names_[name];
  const bool is_python = frame.module->language == Language::python;
  switch (object.kind) {
    case ValueKind::string:
    case ValueKind::bytes:
      if (text == "length" && object.complete) {
        return Value::of_number(static_cast<double>(object.is(ValueKind::bytes)
                                                        ? object.text->size()
                                                        : characters(object.text, true).size()));
      }
      if (text == "constructor") return Value::of_api(names_.intern("String"));
      if (is_python && find_python_method(object, text) != nullptr)
        return method_of_constant(object, text);
      return Value::unknown(object.from, object.trace);
    case ValueKind::list:
      if (text == "length" && !object.object->open) {
        return Value::of_number(static_cast<double>(object.object->items.size()));
      }
      if (const Value* found = object.object->find(name)) return *found;
      if (text == "constructor") return Value::of_api(names_.intern("Array"));
      if (!is_python && find_javascript_method(object, text) != nullptr) {
        return Value::of_api(names_.intern("Array.prototype." + std::string(text)));
      }
      if (is_python && find_python_method(object, text) != nullptr)
        return method_of_constant(object, text);
      return is_python ? Value::unknown(sources_of(object)) : Value::undefined();
    case ValueKind::number:
    case ValueKind::boolean:
      if (text == "constructor") return Value::of_api(names_.intern(constructor_of(object)));
      return Value::unknown(object.from);
    case ValueKind::object: {
      Object* target = object.object;
      if (target->is_proxy) return proxied(frame, object, name);
      if (const Value* found = target->find(name)) {
        if (found->is(ValueKind::function) && found->object->is_getter)
          return call_hook(frame, Value(*found), object, {});
        return *found;
      }
      if (target->made_by != nullptr) {
        if (const Value* method = find_method(target->made_by, name)) {
          if (!method->is(ValueKind::function)) return *method;
          if (method->object->is_getter) return call_hook(frame, *method, object, {});
          Object* bound = make_object();
          bound->home = method->object->home;
          bound->node = method->object->node;
          bound->record = method->object->record;
          bound->declared_name = method->object->declared_name;
          bound->scope = method->object->scope;
          bound->self = method->object->self;
          bound->bound_this = std::make_unique<Value>(object);
          return Value::of_object(ValueKind::function, bound);
        }
      }
      if (target->has_fallback) {
        if (names_[target->fallback] == "RegExp()") {
          if (text == "constructor") return Value::of_api(names_.intern("RegExp"));
          if (std::ranges::find(pattern_members, text) == std::end(pattern_members))
            return Value::undefined();
        }
        return property(frame, Value::of_api(target->fallback), name);
      }
      if (is_python && text == "__dict__") return object;
      if (is_python && target->made_by != nullptr) {
        for (const std::string_view hook : {"__getattr__", "__getattribute__"}) {
          if (const Value* method = find_method(target->made_by, names_.intern(hook))) {
            return call_hook(frame, *method, object, {Value::string(std::string(text))});
          }
        }
      }
      if (text == "constructor" && target->made_by == nullptr)
        return Value::of_api(names_.intern("Object"));
      if (target->open || target->made_by != nullptr || is_python)
        return Value::unknown(target->from | object.from, target->trace);
      return Value::undefined();
    }
    case ValueKind::klass: {
      if (const Value* found = find_method(object.object, name)) return *found;
      if (text == "prototype") return object;
      if (text == "name") return Value::string(std::string(names_[object.object->declared_name]));
      return Value::unknown();
    }
    case ValueKind::function: {
      if (const Value* found = object.object->find(name)) return *found;
      if (is_python && (text == "__call__" || text == "__func__" || text == "__wrapped__"))
        return object;
      if (text == "constructor") return Value::of_api(names_.intern("Function"));
      if (text == "name" || text == "__name__") {
        return Value::string(std::string(names_[object.object->declared_name]));
      }
      if (text == "__globals__") return Value::of_api(names_.intern("globals()"));
      if (text == "prototype") {
        Object* prototype = make_object();
        prototype->open = true;
        object.object->set(name, Value::of_object(ValueKind::object, prototype));
        return *object.object->find(name);
      }
      return is_python ? Value::unknown() : Value::undefined();
    }
    case ValueKind::module: {
      if (Scope* scope = object.object->scope) {
        if (Binding* binding = scope->find(name)) return binding->value;
      }
      if (text == "__dict__") return object;
      if (Scope* scope = object.object->scope) {
        const Binding* lazy = scope->find(names_.intern("__getattr__"));
        if (lazy != nullptr && lazy->value.is(ValueKind::function)) {
          return call_hook(frame, Value(lazy->value), Value::undefined(),
                           {Value::string(std::string(text))});
        }
      }
      // A submodule that was not imported by name yet.
      const std::string& path =
          package_.files[static_cast<std::size_t>(object.object->home->file)].path;
      if (path.ends_with("__init__.py")) {
        const std::int32_t file =
            find_file(path.substr(0, path.size() - 11) + std::string(text) + ".py");
        if (file >= 0) {
          const auto loaded = modules_.find(file);
          if (loaded != modules_.end()) return loaded->second->exports;
        }
      }
      return Value::unknown();
    }
    case ValueKind::either: {
      Value result = Value::undefined();
      for (const Value& item : object.object->items)
        result = join(result, property(frame, item, name));
      return result.with(object.from, object.trace);
    }
    case ValueKind::api: {
      const std::string_view base = names_[object.api];
      if (object.object != nullptr) {
        if (const Value* found = object.object->find(name)) return *found;
        if (base == "pathlib.Path()" && !object.object->items.empty() &&
            object.object->items[0].is_textual()) {
          const Value& path = object.object->items[0];
          const std::size_t slash = path.text->rfind('/');
          if (text == "parent") {
            const std::string folder =
                slash == std::string::npos ? "" : path.text->substr(0, slash);
            Value parent = Value::of_api(object.api);
            parent.object = make_object();
            parent.object->items.push_back(
                Value::string(folder, path.complete).with(path.from, path.trace));
            return parent.with(object.from, object.trace);
          }
          if (text == "name")
            return Value::string(path.text->substr(slash + 1), path.complete)
                .with(path.from, path.trace);
        }
        if (base == "open()" && text == "name" && !object.object->items.empty())
          return object.object->items[0];
      }
      if (object.api == 0 && is_python && (text == "__dict__" || text == "__builtins__"))
        return object;
      if (object.api == 0) {
        const std::string_view canonical = canonical_module(frame.module->language, text);
        if (text == "globalThis" || text == "global" || text == "window" || text == "self" ||
            canonical.empty()) {
          return Value::of_api(0);
        }
        if (Binding* binding = frame.module->scope ? lookup(frame.module->scope, name) : nullptr)
          return binding->value;
        return name_value(frame, name);
      }
      if (base == "sys" && text == "executable") return Value::string("python");
      if (base == "process" && text == "execPath") return Value::string("node");
      if (base == "sys" && text == "platform") return Value::unknown(Source::platform);
      if (base == "process" &&
          (text == "platform" || text == "arch" || text == "version" || text == "versions"))
        return Value::unknown(Source::platform);
      if (base == "process.env" || base == "Bun.env")
        return environment_variable(frame, text, no_node);
      if (base == "globals()" || base == "sys.modules") {
        if (Binding* binding = lookup(frame.scope, name)) return binding->value;
        return name_value(frame, name);
      }
      if (text == "default" && !is_python) return object;
      if (is_python && (text == "__call__" || text == "__func__" || text == "__wrapped__"))
        return object;
      if (text == "__dict__" || text == "__builtins__" || text == "__globals__") {
        return text == "__dict__" ? object : Value::of_api(0);
      }
      if (text == "constructor" && base != "module")
        return Value::of_api(names_.intern("Function"));
      if (base.size() + text.size() > max_path) return Value::unknown(object.from, object.trace);
      // `prototype` leads to the same methods.
      std::string path(base);
      path += '.';
      path += text;
      Value member = Value::of_api(names_.intern(path));
      member.object = object.object;
      member.from = object.from | sources_of_name(frame.module->language, path);
      member.trace = object.trace;
      return member;
    }
    case ValueKind::undefined:
    case ValueKind::null: return Value::undefined().with(object.from);
    case ValueKind::unknown: return Value::unknown(object.from, object.trace);
  }
  return Value::unknown();
}

Value Interpreter::element(Frame& frame, const Value& object, const Value& key) {
  const Language language = frame.module->language;
  const Sources from = object.from | key.from;
  if (object.is(ValueKind::list) || object.is_constant_text()) {
    const auto number = key.is(ValueKind::number) ? std::optional<double>(key.number)
                        : key.is(ValueKind::string) && language == Language::javascript
                            ? to_number(key)
                            : std::nullopt;
    if (number && *number == *number) {
      const bool is_list = object.is(ValueKind::list);
      const bool is_bytes = object.is(ValueKind::bytes);
      const auto size = static_cast<double>(
          is_list    ? object.object->items.size()
          : is_bytes ? object.text->size()
                     : characters(object.text, language == Language::javascript).size());
      double at = *number;
      if (at < 0 && language == Language::python) at += size;
      if (at < 0 || at >= size || at != static_cast<double>(static_cast<std::int64_t>(at))) {
        return is_list && object.object->open ? Value::unknown(sources_of(object))
                                              : Value::undefined();
      }
      const auto i = static_cast<std::size_t>(at);
      if (is_list) return object.object->items[i].with(object.from, object.trace);
      if (is_bytes)
        return Value::of_number(static_cast<unsigned char>((*object.text)[i])).with(from);
      std::string one;
      append_utf8(one, characters(object.text, language == Language::javascript)[i]);
      return Value::string(std::move(one)).with(from, object.trace);
    }
  }
  if (object.is(ValueKind::api) && names_[object.api] == "os.environ") {
    return named_variable(frame, key, no_node);
  }
  if (object.is(ValueKind::object) && object.object->made_by != nullptr &&
      language == Language::python) {
    if (const Value* method = find_method(object.object->made_by, names_.intern("__getitem__"))) {
      return call_hook(frame, *method, object, {key});
    }
  }
  constexpr int nested = 4;
  const bool is_list_key = key.is(ValueKind::list) && language == Language::javascript;
  if (const auto name =
          is_list_key ? javascript_text(key, this, nested) : to_constant_string(key, language)) {
    constexpr std::size_t longest_name = 512;
    if (name->size() <= longest_name)
      return property(frame, object, names_.intern(*name)).with(key.from);
  }
  if (object.is(ValueKind::api) &&
      (names_[object.api] == "process.env" || names_[object.api] == "Bun.env")) {
    return named_variable(frame, key, no_node);
  }
  return Value::unknown(sources_of(object) | key.from, trace_of(object, sources_of(object)));
}

void Interpreter::set_property(Frame& frame, const Value& object, NameId name, Value value,
                               NodeId site) {
  remember_name(name, value);
  const auto store = [&](Object* target) {
    const Value* old = frame.certainty > 0 ? target->find(name) : nullptr;
    target->set(name, old != nullptr ? join(*old, value) : std::move(value));
  };
  switch (object.kind) {
    case ValueKind::object: {
      if (object.object->has_fallback &&
          is_worth_patching(frame.module->language, std::string(names_[object.object->fallback]) +
                                                        "." + std::string(names_[name]))) {
        add_action(new_action(
            frame, site, Act::patch_global,
            std::string(names_[object.object->fallback]) + "." + std::string(names_[name])));
      }
      store(object.object);
      break;
    }
    case ValueKind::klass:
    case ValueKind::function: store(object.object); break;
    case ValueKind::list:
      if (names_[name] == "length" && value.is(ValueKind::number) && value.number >= 0 &&
          value.number <= static_cast<double>(object.object->items.size())) {
        object.object->items.resize(static_cast<std::size_t>(value.number));
      } else {
        store(object.object);
      }
      break;
    case ValueKind::module:
      if (object.object->scope != nullptr)
        object.object->scope->declare(name, 0).value = std::move(value);
      break;
    case ValueKind::api: {
      std::string path = object.api == 0
                             ? std::string(names_[name])
                             : std::string(names_[object.api]) + "." + std::string(names_[name]);
      if (object.api == 0) {
        if (frame.module->scope != nullptr) frame.module->scope->declare(name, 0).value = value;
      }
      if (is_worth_patching(frame.module->language, path) &&
          (value.is(ValueKind::function) || value.is(ValueKind::unknown))) {
        Action action = new_action(frame, site, Act::patch_global, path);
        action.data |= sources_of(value);
        add_action(std::move(action));
      }
      // socket.onmessage = f: a connection opened calls its handlers by itself.
      const std::string_view member = names_[name];
      if (member.starts_with("on") && value.is(ValueKind::function) &&
          path.find("().on") != std::string::npos) {
        const std::vector<Value> handler{value};
        run_callbacks(frame, handler, {}, Value::unknown(sources_of(object), object.trace), true);
      }
      // An instance remembers what was put into it: headers, bodies, parts of a message.
      if (object.object != nullptr) {
        object.object->from |= sources_of(value);
        if (object.object->trace == 0) object.object->trace = trace_of(value, sources_of(value));
        object.object->set(name, std::move(value));
      }
      break;
    }
    case ValueKind::either:
      for (const Value& item : object.object->items) {
        if (!item.is(ValueKind::either)) set_property(frame, item, name, value, site);
      }
      break;
    default: break;
  }
}

void Interpreter::assign_name(Frame& frame, NameId name, Value value, bool declares,
                              Op declaration) {
  const bool is_python = frame.module->language == Language::python;
  Binding* binding = nullptr;
  if (declares && !is_python) {
    Scope* scope =
        declaration == Op::let || declaration == Op::const_ ? frame.scope : frame.function_scope;
    const bool is_new = scope->find(name) == nullptr;
    binding = &scope->declare(name, frame.certainty);
    if (is_new) {
      binding->value = std::move(value);
      return;
    }
  } else if (is_python) {
    Scope* scope = frame.function_scope;
    for (const auto& [redirected, global] : scope->redirected) {
      if (redirected != name) continue;
      if (global) {
        scope = frame.module->scope;
      } else if (scope->parent != nullptr) {
        Scope* outer = scope->parent;
        while (outer->parent != nullptr && outer->find(name) == nullptr) outer = outer->parent;
        scope = outer;
      }
      break;
    }
    const bool is_new = scope->find(name) == nullptr;
    binding = &scope->declare(name, frame.certainty);
    if (is_new) {
      binding->value = std::move(value);
      return;
    }
  } else {
    binding = lookup(frame.scope, name);
    if (binding == nullptr) {
      const std::string_view text = names_[name];
      if (is_worth_patching(frame.module->language, text) && value.is(ValueKind::function)) {
        add_action(new_action(frame, frame.module->tree.root, Act::patch_global, text));
      }
      binding = &frame.module->scope->declare(name, 0);
      binding->value = std::move(value);
      return;
    }
  }
  // A variable is unsure only when assigned under more unknown conditions than it was born under.
  binding->value =
      frame.certainty > binding->certainty ? join(binding->value, value) : std::move(value);
}

void Interpreter::assign(Frame& frame, NodeId target, Value value, bool declares, Op declaration) {
  const Tree& tree = frame.module->tree;
  const Node& node = tree[target];
  switch (node.kind) {
    case Kind::name:
      assign_name(frame, frame.module->names[target], std::move(value), declares, declaration);
      break;
    case Kind::member: {
      const Value object = eval(frame, tree.child(target, 0));
      set_property(frame, object, frame.module->names[target], std::move(value), target);
      break;
    }
    case Kind::index: {
      const Value object = eval(frame, tree.child(target, 0));
      if (tree[tree.child(target, 1)].kind == Kind::slice) break;
      const Value key = eval(frame, tree.child(target, 1));
      if (object.is(ValueKind::list) && key.is(ValueKind::number)) {
        constexpr double longest = 200'000;
        double at = key.number;
        if (at < 0 && frame.module->language == Language::python)
          at += static_cast<double>(object.object->items.size());
        if (at >= 0 && at < longest) {
          auto& items = object.object->items;
          const auto i = static_cast<std::size_t>(at);
          if (i >= items.size() && spend(i - items.size() + 1))
            items.resize(i + 1, Value::undefined());
          if (i < items.size()) items[i] = std::move(value);
        }
        break;
      }
      const auto name = to_constant_string(key, frame.module->language);
      if (name) {
        set_property(frame, object, names_.intern(*name), std::move(value), target);
      } else if (object.object != nullptr) {
        object.object->open = true;
        object.object->from |= sources_of(value) | sources_of(key);
        if (object.object->trace == 0) object.object->trace = trace_of(value, sources_of(value));
      }
      break;
    }
    case Kind::array:
    case Kind::object: destructure(frame, target, value, declares, declaration); break;
    case Kind::assign: {  // a default inside a pattern
      const bool missing = value.is(ValueKind::undefined);
      assign(frame, tree.child(target, 0),
             missing ? eval(frame, tree.child(target, 1)) : std::move(value), declares,
             declaration);
      break;
    }
    case Kind::spread:
      assign(frame, tree.child(target, 0), std::move(value), declares, declaration);
      break;
    case Kind::declaration: {
      for (const NodeId declarator : tree.children(target)) {
        assign(frame, tree.child(declarator, 0), value, true, node.op);
      }
      break;
    }
    case Kind::parameter:
      assign(frame, tree.child(target, 0), std::move(value), declares, declaration);
      break;
    default: break;
  }
}

void Interpreter::destructure(Frame& frame, NodeId pattern, const Value& value, bool declares,
                              Op declaration) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(pattern);
  if (tree[pattern].kind == Kind::array) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const NodeId part = parts[i];
      if (tree[part].kind == Kind::none) continue;
      if (tree[part].kind == Kind::spread) {
        std::vector<Value> rest;
        if (value.is(ValueKind::list)) {
          for (std::size_t j = i; j + (parts.size() - 1 - i) < value.object->items.size(); ++j)
            rest.push_back(value.object->items[j]);
        }
        assign(frame, tree.child(part, 0), make_list(std::move(rest)).with(value.from), declares,
               declaration);
        continue;
      }
      const Value item =
          value.is(ValueKind::list) || value.is_textual()
              ? element(frame, value, Value::of_number(static_cast<double>(i)))
              : Value::unknown(sources_of(value), trace_of(value, sources_of(value)));
      assign(frame, part, item, declares, declaration);
    }
    return;
  }
  for (const NodeId part : parts) {
    const Node& node = tree[part];
    if (node.kind == Kind::spread) {
      assign(frame, tree.child(part, 0), value, declares, declaration);
    } else if (node.kind == Kind::pair) {
      NameId name = frame.module->names[part];
      if (tree[tree.child(part, 0)].kind != Kind::string) {
        const auto computed =
            to_constant_string(eval(frame, tree.child(part, 0)), frame.module->language);
        if (!computed) {
          assign(frame, tree.child(part, 1), Value::unknown(sources_of(value)), declares,
                 declaration);
          continue;
        }
        name = names_.intern(*computed);
      }
      assign(frame, tree.child(part, 1), property(frame, value, name), declares, declaration);
    }
  }
}

Value Interpreter::eval_assign(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Op op = tree[id].op;
  const NodeId target = tree.child(id, 0);
  if (op == Op::assign) {
    Value value = eval(frame, tree.child(id, 1));
    assign(frame, target, value, frame.module->language == Language::python);
    return value;
  }
  if (op == Op::and_ || op == Op::or_ || op == Op::coalesce) {
    const Value before = eval(frame, target);
    ++frame.certainty;
    const Value value = eval(frame, tree.child(id, 1));
    const Value merged = join(before, value);
    assign(frame, target, merged, false);
    --frame.certainty;
    return merged;
  }
  // s += x in a loop: append in place instead of copying the whole text each time.
  Binding* binding =
      tree[target].kind == Kind::name ? lookup(frame.scope, frame.module->names[target]) : nullptr;
  if (op == Op::add && binding != nullptr && binding->value.is(ValueKind::string) &&
      frame.certainty <= binding->certainty) {
    const Value next = eval(frame, tree.child(id, 1));
    binding = lookup(frame.scope, frame.module->names[target]);
    if (binding != nullptr && binding->value.is(ValueKind::string) && next.is(ValueKind::string) &&
        binding->value.text.use_count() == 1 && binding->value.text->size() < (8u << 20) &&
        spend_text(next.text->size())) {
      *binding->value.text += *next.text;
      binding->value.complete = binding->value.complete && next.complete;
      binding->value.from |= next.from;
      if (binding->value.trace == 0) binding->value.trace = next.trace;
      return Value::unknown(binding->value.from);  // the result of += is hardly ever used
    }
    const Value before = binding != nullptr ? binding->value : Value::unknown();
    const Value sum = binary_operation(*this, op, before, next, frame.module->language);
    if (sum.is(ValueKind::unknown)) ++unknown_operations_;
    assign(frame, target, sum, frame.module->language == Language::python);
    return sum;
  }
  const Value before = eval(frame, target);
  const Value next = eval(frame, tree.child(id, 1));
  if (op == Op::add && before.is(ValueKind::list) && next.is(ValueKind::list) &&
      frame.module->language == Language::python) {
    before.object->items.insert(before.object->items.end(), next.object->items.begin(),
                                next.object->items.end());
    before.object->open = before.object->open || next.object->open;
    return before;
  }
  const Value result = binary_operation(*this, op, before, next, frame.module->language);
  if (result.is(ValueKind::unknown)) ++unknown_operations_;
  assign(frame, target, result, frame.module->language == Language::python);
  return result;
}

}  // namespace assay::code
