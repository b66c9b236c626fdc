// What a language calls by itself: conversions, getters, proxies' traps, the hooks of classes and
// of imports.
#include <span>

#include "facts/code/flow/interpreter.h"

namespace assay::code {

// What runs because a Python class is made: its metaclass, its bases' __init_subclass__, the
// __set_name__ of what stands in it, and its decorators.
void Interpreter::run_class_hooks(Frame& frame, NodeId id, const Value& klass,
                                  const Value& metaclass) {
  const auto run = [&](const Value* hook, const Value& self, std::vector<Value> arguments) {
    if (hook == nullptr || !hook->is(ValueKind::function)) return;
    std::vector<Keyword> none;
    call_function(frame, hook->object, self, arguments, none);
  };
  const Value name = Value::string(std::string(frame.module->tree[id].text));
  if (metaclass.is(ValueKind::klass)) {
    for (const std::string_view hook : {"__prepare__", "__new__", "__init__"}) {
      run(find_method(metaclass.object, names_.intern(hook)), klass,
          {klass, name, make_list({}), klass});
    }
  } else if (metaclass.is(ValueKind::function)) {
    call(frame, metaclass, Value::undefined(), {name, make_list({}), klass}, id);
  }
  if (klass.object->bases) {
    for (const Value& base : std::vector(*klass.object->bases)) {
      if (base.is(ValueKind::klass))
        run(find_method(base.object, names_.intern("__init_subclass__")), klass, {klass});
    }
  }
  for (const auto& property : std::vector(klass.object->properties)) {
    const Object* made = property.second.is(ValueKind::object) ? property.second.object : nullptr;
    if (made == nullptr || made->made_by == nullptr) continue;
    run(find_method(made->made_by, names_.intern("__set_name__")), property.second,
        {property.second, klass, Value::string(std::string(names_[property.first]))});
  }
  for (const NodeId child : frame.module->tree.children(id)) {
    if (frame.module->tree[child].kind != Kind::decorator) continue;
    const Value decorator = eval(frame, frame.module->tree.child(child, 0));
    if (decorator.is(ValueKind::function) || decorator.is(ValueKind::api)) {
      call(frame, decorator, Value::undefined(), {klass}, child);
    }
  }
}

// A method that the language calls by itself.
Value Interpreter::call_hook(Frame& frame, const Value& hook, const Value& self,
                             std::vector<Value> arguments) {
  if (!hook.is(ValueKind::function)) return Value::unknown();
  std::vector<Keyword> none;
  return call_function(frame, hook.object, self, arguments, none);
}

// A member of a Proxy: what its trap gives, else what it stands for has.
Value Interpreter::proxied(Frame& frame, const Value& proxy, NameId name) {
  const Value target = proxy.object->items[0], traps = proxy.object->items[1];
  Value result = Value::undefined();
  if (traps.is(ValueKind::object)) {
    if (const Value* trap = traps.object->find(names_.intern("get"))) {
      result = call_hook(frame, Value(*trap), traps,
                         {target, Value::string(std::string(names_[name])), proxy});
    }
  }
  if (!result.is_nothing() && !result.is(ValueKind::unknown)) return result;
  const Value member = property(frame, target, name);
  return member.is_nothing() ? result : member;
}

Value Interpreter::as_primitive(Frame& frame, const Value& value, std::string_view python_method) {
  if (!value.is(ValueKind::object)) return value;
  const auto method_of = [&](std::string_view name) -> const Value* {
    const NameId id = names_.intern(name);
    const Value* found = value.object->find(id);
    return found != nullptr || value.object->made_by == nullptr
               ? found
               : find_method(value.object->made_by, id);
  };
  const bool is_python = frame.module->language == Language::python;
  const std::string_view of_python[] = {python_method, "__str__", "__repr__"};
  constexpr std::string_view of_javascript[] = {"Symbol.toPrimitive", "toString", "valueOf"};
  for (const std::string_view name : is_python ? std::span<const std::string_view>(of_python)
                                               : std::span<const std::string_view>(of_javascript)) {
    const Value* method = method_of(name);
    if (method == nullptr || !method->is(ValueKind::function)) continue;
    const Value made = call_hook(frame, Value(*method), value, {});
    return made.is(ValueKind::object) ? Value::unknown(sources_of(made)) : made;
  }
  return value;
}

void Interpreter::to_json(Frame& frame, const Value& object) {
  const NameId name = names_.intern("toJSON");
  const Value* method = object.object->find(name);
  if (method == nullptr && object.object->made_by != nullptr)
    method = find_method(object.object->made_by, name);
  if (method != nullptr) call_hook(frame, Value(*method), object, {});
}

// A finder on sys.meta_path answers the next import: its methods run, those that load last.
void Interpreter::run_import_hook(Frame& frame, std::span<const Value> arguments) {
  for (const Value& hook : arguments) {
    if (!hook.is(ValueKind::object) || hook.object->made_by == nullptr) continue;
    for (const std::string_view name :
         {"find_spec", "find_module", "create_module", "exec_module", "load_module"}) {
      const Value* method = find_method(hook.object->made_by, names_.intern(name));
      if (method == nullptr) continue;
      std::vector<Value> given{hook, Value::unknown(), Value::unknown(), Value::unknown()};
      std::vector<Keyword> none;
      if (method->is(ValueKind::function)) call_function(frame, method->object, hook, given, none);
    }
  }
}

}  // namespace assay::code
