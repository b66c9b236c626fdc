// Statements that bind what other modules export.
#include "facts/code/flow/interpreter.h"

namespace assay::code {

Signal Interpreter::exec_import(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Node& node = tree[id];
  const bool is_python = frame.module->language == Language::python;
  if (node.op == Op::module) {
    // `import a.b.c` binds a; `import a.b as c` binds c to a.b.
    const Value whole = import_module(frame, node.text, id);
    if (node.child_count > 0) {
      assign_name(frame, frame.module->names[tree.child(id, 0)], whole, true, Op::none);
      return Signal::normal;
    }
    const std::size_t dot = node.text.find('.');
    if (dot == std::string_view::npos) {
      assign_name(frame, names_.intern(node.text), whole, true, Op::none);
    } else {
      const std::string_view first = node.text.substr(0, dot);
      assign_name(frame, names_.intern(first), import_module(frame, first, id), true, Op::none);
    }
    return Signal::normal;
  }
  const Value module = import_module(frame, node.text, id);
  for (const NodeId part : tree.children(id)) {
    const std::string_view imported = tree[part].text;
    const NodeId local = tree.child(part, 0);
    if (imported == "*") {
      if (!is_python) {
        assign(frame, local, module, true, Op::const_);
      } else if (module.is(ValueKind::module) && module.object->scope != nullptr) {
        const std::vector<Binding> names = module.object->scope->bindings;
        for (const Binding& binding : names)
          assign_name(frame, binding.name, binding.value, true, Op::none);
      } else if (module.is(ValueKind::api)) {
        // Names that are not found elsewhere are looked for there.
        frame.module->starred.push_back(module.api);
      }
      continue;
    }
    Value value;
    if (!is_python && imported == "default") {
      // `import fs from "fs"` and modules that set module.exports: the module itself.
      value =
          module.is(ValueKind::object) && module.object->find(names_.intern("default")) != nullptr
              ? *module.object->find(names_.intern("default"))
              : module;
    } else if (is_python) {
      value = property(frame, module, names_.intern(imported));
      if (value.is(ValueKind::unknown) || value.is_nothing()) {
        // A submodule rather than a name.
        const std::string full = node.text.ends_with('.')
                                     ? std::string(node.text) + std::string(imported)
                                     : std::string(node.text) + "." + std::string(imported);
        const Value submodule = import_module(frame, full, id);
        if (submodule.is(ValueKind::module)) value = submodule;
      }
    } else {
      value = property(frame, module, names_.intern(imported));
    }
    assign(frame, local, std::move(value), true, Op::const_);
  }
  return Signal::normal;
}

Signal Interpreter::exec_export(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Node& node = tree[id];
  Object* exports = frame.module->exports.object;
  const auto set = [&](NameId name, Value value) {
    if (exports != nullptr) exports->set(name, std::move(value));
  };
  if (node.op == Op::from) {
    const Value module = import_module(frame, node.text, id);
    for (const NodeId part : tree.children(id)) {
      const std::string_view imported = tree[part].text;
      const NodeId local = tree.child(part, 0);
      if (imported == "*" && local == no_node) {
        if (module.is(ValueKind::object) && exports != nullptr) {
          const auto properties = module.object->properties;
          for (const auto& [name, value] : properties) exports->set(name, value);
        }
      } else {
        set(frame.module->names[local],
            imported == "*" ? module : property(frame, module, names_.intern(imported)));
      }
    }
    return Signal::normal;
  }
  if (node.op == Op::names) {
    for (const NodeId part : tree.children(id)) {
      set(frame.module->names[tree.child(part, 0)],
          name_value(frame, names_.intern(tree[part].text)));
    }
    return Signal::normal;
  }
  const NodeId what = tree.child(id, 0);
  if (node.text == "default") {
    const Kind kind = tree[what].kind;
    Value value;
    if ((kind == Kind::function || kind == Kind::class_) && frame.module->names[what] != 0) {
      exec(frame, what);
      value = name_value(frame, frame.module->names[what]);
    } else {
      value = eval(frame, what);
    }
    set(names_.intern("default"), std::move(value));
    return Signal::normal;
  }
  exec(frame, what);
  const auto publish = [&](NodeId name) {
    if (tree[name].kind == Kind::name)
      set(frame.module->names[name], name_value(frame, frame.module->names[name]));
  };
  if (tree[what].kind == Kind::declaration) {
    for (const NodeId declarator : tree.children(what)) publish(tree.child(declarator, 0));
  } else if (frame.module->names[what] != 0) {
    set(frame.module->names[what], name_value(frame, frame.module->names[what]));
  }
  return Signal::normal;
}

}  // namespace assay::code
