// Functions and classes, and what their decorators do with them.
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

// Servers and bots, whose decorators register what answers to a stranger's words.
bool hands_over_requests(std::string_view decorator) {
  constexpr std::string_view servers[] = {"flask.Flask()",
                                          "flask.Blueprint()",
                                          "fastapi.FastAPI()",
                                          "bottle.",
                                          "sanic.Sanic()",
                                          "quart.Quart()",
                                          "telebot.TeleBot()",
                                          "telebot.async_telebot.",
                                          "aiogram.Dispatcher()",
                                          "aiogram.Router()",
                                          "pyrogram.Client()",
                                          "telethon.TelegramClient()",
                                          "discord.Client()",
                                          "discord.Bot()",
                                          "discord.ext.commands.Bot()",
                                          "nextcord.",
                                          "disnake.",
                                          "socketio.Client()",
                                          "socketio.AsyncClient()"};
  for (const std::string_view server : servers) {
    if (decorator.starts_with(server)) return true;
  }
  return false;
}

}  // namespace

Value Interpreter::eval_function(Frame& frame, NodeId id) {
  const Node& node = frame.module->tree[id];
  Object* function = make_object();
  function->home = frame.module;
  function->node = id;
  function->record = &frame.module->functions[id];
  function->declared_name = frame.module->names[id];
  function->scope = frame.scope;
  capture(frame.scope);
  if ((node.flags & flag_arrow) != 0) {
    function->bound_this = std::make_unique<Value>(frame.self);
  }
  closures_.push_back(function);
  Value value = Value::of_object(ValueKind::function, function);
  remember_name(frame.module->names[id], value);
  // A named function expression can call itself by its name.
  if (!node.text.empty() && (node.flags & (flag_statement | flag_method | flag_arrow)) == 0 &&
      frame.module->language == Language::javascript) {
    Scope* own = new_scope();
    own->parent = frame.scope;
    own->captured = true;
    own->declare(frame.module->names[id], frame.certainty).value = value;
    function->scope = own;
  }
  const auto children = frame.module->tree.children(id);
  for (std::size_t i = 2; i < children.size(); ++i) {
    const bool is_wrapped = frame.module->tree[children[i]].kind == Kind::decorator;
    const Value decorator =
        eval(frame, is_wrapped ? frame.module->tree.child(children[i], 0) : children[i]);
    // @atexit.register and kin; what nothing is known about leaves the function as it is.
    if (decorator.is(ValueKind::api) &&
        find_api(frame.module->language, names_[decorator.api]) != nullptr)
      call(frame, decorator, Value::undefined(), {value}, children[i]);
    if (decorator.is(ValueKind::api) && names_[decorator.api].ends_with("property"))
      function->is_getter = true;
    if (decorator.is(ValueKind::function) || decorator.is(ValueKind::klass)) {
      const Value decorated = call(frame, decorator, Value::undefined(), {value}, children[i]);
      if (decorated.is(ValueKind::function)) value = decorated;
    }
    if (decorator.is(ValueKind::api) && hands_over_requests(names_[decorator.api]))
      handlers_.insert(function);
  }
  // Python evaluates defaults where the function is defined.
  if (frame.module->language == Language::python) {
    for (const NodeId parameter : frame.module->tree.children(frame.module->tree.child(id, 0))) {
      const NodeId by_default = frame.module->tree.child(parameter, 1);
      if (by_default != no_node && frame.module->tree[by_default].kind >= Kind::template_string) {
        eval(frame, by_default);
      }
    }
  }
  return value;
}

Value Interpreter::eval_class(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  Object* klass = make_object();
  klass->home = frame.module;
  klass->node = id;
  klass->record = &frame.module->functions[id];
  klass->declared_name = frame.module->names[id];
  Value value = Value::of_object(ValueKind::klass, klass);
  const auto children = tree.children(id);
  Value metaclass = Value::undefined();
  for (std::size_t i = 1; i < children.size(); ++i) {
    const Kind kind = tree[children[i]].kind;
    if (kind == Kind::keyword) {
      Value given = eval(frame, tree.child(children[i], 0));
      if (tree[children[i]].text == "metaclass") metaclass = std::move(given);
    } else if (kind != Kind::decorator && kind != Kind::none) {
      if (!klass->bases) klass->bases = std::make_unique<std::vector<Value>>();
      klass->bases->push_back(eval(frame, children[i]));
    }
  }
  Scope* scope = new_scope();
  scope->parent = frame.scope;
  klass->scope = scope;
  capture(scope);
  const NameId name = frame.module->names[id];
  if (name != 0 && frame.module->language == Language::javascript)
    scope->declare(name, 0).value = value;
  Frame body = frame;
  body.scope = scope;
  body.self = value;
  if (frame.module->language == Language::python) {
    scope->is_function = true;
    body.function_scope = scope;
    exec_children(body, tree.children(children.empty() ? no_node : children[0]));
    for (const Binding& binding : scope->bindings) {
      if (binding.value.is(ValueKind::function)) binding.value.object->self = klass;
      klass->set(binding.name, binding.value);
    }
    run_class_hooks(frame, id, value, metaclass);
    return value;
  }
  for (const NodeId part : tree.children(children.empty() ? no_node : children[0])) {
    const Node& node = tree[part];
    if (node.kind == Kind::function) {
      Value method = eval_function(body, part);
      if (method.is(ValueKind::function)) {
        method.object->self = klass;
        methods_named_[frame.module->names[part]].push_back(method.object);
        method.object->is_getter = (node.flags & flag_getter) != 0;
      }
      klass->set(frame.module->names[part], method);
    } else if (node.kind == Kind::assign) {
      const NodeId target = tree.child(part, 0);
      Value field = eval(body, tree.child(part, 1));
      if (tree[target].kind == Kind::name)
        klass->set(frame.module->names[target], std::move(field));
    } else if (node.kind != Kind::name) {
      exec(body, part);
    }
  }
  return value;
}

}  // namespace assay::code
