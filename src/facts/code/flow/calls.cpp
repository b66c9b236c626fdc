// Calls: of functions and classes of the package, of methods of constants, and of callbacks.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr int max_call_depth = 120;
// A function entered again while still running: recursion. Decoders recurse on constants.
constexpr std::uint32_t max_active = 3;
constexpr std::uint32_t max_active_constant = 100;
// Each inlined call costs a walk over the body; after this many the answer is taken as known.
constexpr std::uint16_t max_entered = 8;
constexpr std::uint32_t short_function = 200;  // bytes
constexpr std::uint16_t max_entered_constant = 60'000;

const Value nothing = Value::undefined();

std::span<const Value> bases_of(const Object& klass) {
  return klass.bases ? std::span<const Value>(*klass.bases) : std::span<const Value>();
}

// Steps of a method that looks at the whole receiver; decoders call the others once a character.
std::uint64_t cost_of_method(const Value& receiver, std::string_view name) {
  constexpr std::string_view looks_at_part[] = {
      "append", "at",   "charAt", "charCodeAt", "codePointAt", "endsWith", "endswith", "get",
      "pop",    "push", "slice",  "startsWith", "startswith",  "substr",   "substring"};
  if (std::ranges::binary_search(looks_at_part, name)) return 0;
  if (receiver.is_textual()) return receiver.text->size() / 4096;
  return receiver.is(ValueKind::list) ? receiver.object->items.size() / 32 : 0;
}

}  // namespace

const Value* PureCall::keyword(std::string_view name) const {
  for (const Keyword& keyword : keywords) {
    if (interpreter.names()[keyword.name] == name) return &keyword.value;
  }
  return nullptr;
}

void Interpreter::gather_arguments(Frame& frame, NodeId id, std::vector<Value>& arguments,
                                   std::vector<Keyword>& keywords) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(id);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Node& node = tree[parts[i]];
    if (node.kind == Kind::keyword) {
      keywords.push_back({frame.module->names[parts[i]], eval(frame, tree.child(parts[i], 0))});
    } else if (node.kind == Kind::spread) {
      const Value value = eval(frame, tree.child(parts[i], 0));
      if (node.op == Op::two_star) {
        if (value.is(ValueKind::object)) {
          for (const auto& [name, item] : value.object->properties)
            keywords.push_back({name, item});
        }
        keywords.push_back(
            {0, Value::unknown(sources_of(value), trace_of(value, sources_of(value)))});
      } else if (value.is(ValueKind::list) && !value.object->open) {
        arguments.insert(arguments.end(), value.object->items.begin(), value.object->items.end());
      } else if (value.is(ValueKind::bytes) && value.complete) {
        for (const char byte : *value.text) {
          arguments.push_back(Value::of_number(static_cast<unsigned char>(byte)).with(value.from));
        }
      } else {
        arguments.push_back(Value::unknown(sources_of(value), trace_of(value, sources_of(value))));
      }
    } else {
      arguments.push_back(eval(frame, parts[i]));
    }
  }
}

Value Interpreter::eval_call(Frame& frame, NodeId id, const Value* receiver, const Value& callee,
                             NameId method) {
  std::vector<Value> arguments;
  std::vector<Keyword> keywords;
  gather_arguments(frame, id, arguments, keywords);
  if (receiver != nullptr && method != 0) {
    bool handled = false;
    Value result = call_method(frame, id, *receiver, method, arguments, keywords, handled);
    if (handled) return result;
    if (callee.is(ValueKind::unknown) && receiver->is(ValueKind::unknown) &&
        frame.module->language == Language::javascript) {
      if (std::optional<Value> named = call_by_name(frame, method, arguments))
        return named->with(sources_of(*receiver));
    }
  }
  if (frame.module->language == Language::javascript && callee.is(ValueKind::api) &&
      names_[callee.api] == "super") {
    // super(…) in a constructor: the base class is made with the same object.
    if (frame.function != nullptr && frame.function->self != nullptr) {
      for (const Value& base : bases_of(*frame.function->self)) {
        if (base.is(ValueKind::klass)) {
          if (const Value* constructor = find_method(base.object, names_.intern("constructor"))) {
            call_function(frame, constructor->object, frame.self, arguments, keywords);
          }
        }
      }
    }
    return Value::undefined();
  }
  return call(frame, callee, receiver != nullptr ? *receiver : Value::undefined(),
              std::move(arguments), id, std::move(keywords));
}

// What arrays can, on the numbers of a Buffer or Uint8Array; what gives numbers gives bytes again.
std::optional<Value> Interpreter::bytes_method(Frame& frame, NodeId site, const Value& receiver,
                                               std::string_view name, std::vector<Value>& arguments,
                                               std::vector<Keyword>& keywords) {
  std::vector<Value> numbers;
  if (!spend(receiver.text->size() / 4)) return std::nullopt;
  for (const char byte : *receiver.text) {
    numbers.push_back(
        Value::of_number(static_cast<unsigned char>(byte)).with(receiver.from, receiver.trace));
  }
  const Value list = make_list(std::move(numbers));
  const Pure pure = find_javascript_method(list, name);
  if (pure == nullptr || list.object->open) return std::nullopt;
  PureCall call{*this, frame, site, list, arguments, keywords};
  std::optional<Value> result = pure(call);
  const bool keeps_kind = name == "map" || name == "filter" || name == "reverse" || name == "fill";
  if (!result || !keeps_kind || !result->is(ValueKind::list) || result->object->open) return result;
  std::string bytes;
  for (const Value& item : result->object->items) {
    if (!item.is(ValueKind::number)) return result;
    bytes += static_cast<char>(static_cast<std::int64_t>(item.number) & 0xFF);
  }
  return Value::bytes(std::move(bytes)).with(receiver.from, receiver.trace);
}

// Methods that need no property first: of constants, of functions (call, apply), of promises.
Value Interpreter::call_method(Frame& frame, NodeId site, const Value& receiver, NameId method,
                               std::vector<Value>& arguments, std::vector<Keyword>& keywords,
                               bool& handled) {
  const std::string_view name = names_[method];
  const bool is_python = frame.module->language == Language::python;
  handled = true;
  if (is_python && name == "__getattribute__" && !arguments.empty() &&
      arguments[0].is_constant_text() && !receiver.is(ValueKind::object)) {
    return property(frame, receiver, names_.intern(*arguments[0].text));
  }
  if (receiver.is_textual() || receiver.is(ValueKind::list) || receiver.is(ValueKind::number) ||
      (receiver.is(ValueKind::object) && receiver.object->made_by == nullptr &&
       receiver.object->find(method) == nullptr)) {
    const Pure pure =
        is_python ? find_python_method(receiver, name) : find_javascript_method(receiver, name);
    if (pure == nullptr && !is_python && receiver.is(ValueKind::bytes) && receiver.complete) {
      if (std::optional<Value> result =
              bytes_method(frame, site, receiver, name, arguments, keywords))
        return *result;
    }
    if (pure != nullptr && spend(cost_of_method(receiver, name))) {
      PureCall pure_call{*this, frame, site, receiver, arguments, keywords};
      if (std::optional<Value> result = pure(pure_call)) return *result;
    }
    if (receiver.is_textual() || receiver.is(ValueKind::number) || receiver.is(ValueKind::list)) {
      Sources from = sources_of(receiver);
      Value given = Value::unknown(from, trace_of(receiver, from));
      run_callbacks(frame, arguments, keywords, given, true);
      for (const Value& argument : arguments) {
        if (!argument.is(ValueKind::function)) from |= sources_of(argument);
      }
      if (receiver.is(ValueKind::list) && !receiver.object->open && pure == nullptr)
        receiver.object->open = true;
      if (receiver.is(ValueKind::list)) receiver.object->from |= from;
      Value result = Value::unknown(from, given.trace);
      if (result.trace == 0) {
        for (const Value& argument : arguments) {
          if (result.trace == 0) result.trace = trace_of(argument, from);
        }
      }
      return result;
    }
  }
  if (!is_python &&
      (receiver.is(ValueKind::function) ||
       (receiver.is(ValueKind::api) &&
        (!receiver.from.has(Source::remote) || name == "bind" || is_known(frame, receiver))))) {
    const bool applies = name == "apply";
    const bool is_reflect = receiver.is(ValueKind::api) && names_[receiver.api] == "Reflect";
    if (!is_reflect && (name == "call" || applies)) {
      const Value self = arguments.empty() ? Value::undefined() : arguments[0];
      std::vector<Value> rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
      if (applies && !rest.empty()) {
        if (rest[0].is(ValueKind::list)) {
          rest = std::vector<Value>(rest[0].object->items);
        } else {
          rest = {Value::unknown(sources_of(rest[0]), rest[0].trace)};
        }
      }
      return call(frame, receiver, self, std::move(rest), site, std::move(keywords));
    }
    if (name == "bind" && receiver.is(ValueKind::function)) {
      Object* bound = make_object();
      bound->home = receiver.object->home;
      bound->node = receiver.object->node;
      bound->record = receiver.object->record;
      bound->declared_name = receiver.object->declared_name;
      bound->scope = receiver.object->scope;
      bound->self = receiver.object->self;
      bound->bound_this =
          std::make_unique<Value>(arguments.empty() ? Value::undefined() : arguments[0]);
      if (arguments.size() > 1) bound->items.assign(arguments.begin() + 1, arguments.end());
      return Value::of_object(ValueKind::function, bound);
    }
    if (name == "bind") return receiver;
    if (name == "toString" && receiver.is(ValueKind::function))
      return Value::unknown(Source::asset);
  }
  if (!is_python && (receiver.is(ValueKind::unknown) || receiver.is(ValueKind::api))) {
    const bool is_known = receiver.is(ValueKind::api) &&
                          find_api(Language::javascript, std::string(names_[receiver.api]) + "." +
                                                             std::string(name)) != nullptr;
    if (name == "pipe" && !is_known && !arguments.empty() && arguments[0].is(ValueKind::api))
      return pipe_into(frame, site, receiver, arguments[0]);
    if (std::optional<Value> walked =
            is_known ? std::nullopt : walk_unknown(frame, site, receiver, name, arguments))
      return *walked;
  }
  if (!is_python && (name == "then" || name == "catch" || name == "finally") &&
      !receiver.is(ValueKind::klass)) {
    if (receiver.is(ValueKind::object) && receiver.object->find(method) != nullptr) {
      handled = false;
      return nothing;
    }
    Value given = receiver;
    if (receiver.is(ValueKind::object) && receiver.object->resolves == receiver.object) {
      given = receiver.object->items.empty() ? Value::unknown(receiver.object->from)
                                             : receiver.object->items[0];
    } else if (receiver.is(ValueKind::api)) {
      given = Value::unknown(sources_of(receiver), receiver.trace);
    }
    if (name == "catch") given = Value::unknown();
    Value result = Value::undefined();
    for (const Value& argument : arguments) {
      if (argument.is(ValueKind::function))
        result = join(result, call(frame, argument, Value::undefined(), {given}, site));
      if (argument.is(ValueKind::api))
        result = join(result, call(frame, argument, Value::undefined(), {given}, site));
    }
    return name == "catch" || result.is(ValueKind::undefined) ? join(receiver, result) : result;
  }
  if (!is_python &&
      ((receiver.is(ValueKind::api) && receiver.api != 0) ||
       (receiver.is(ValueKind::unknown) && !receiver.from.without(Source::argument).empty())) &&
      (name == "on" || name == "once" || name == "addListener" || name == "addEventListener" ||
       name == "subscribe")) {
    const std::string_view base = names_[receiver.api];
    if (base != "process") {
      Value given = Value::unknown(sources_of(receiver), receiver.trace);
      // Handlers of connections and streams opened at load run without anybody's doing.
      const bool now = receiver.is(ValueKind::unknown) || base.ends_with("()");
      run_callbacks(frame, arguments, keywords, given, now);
      return receiver;
    }
  }
  if (receiver.is(ValueKind::api)) {
    Value result = handle_method(frame, receiver, name, arguments, site, handled);
    if (handled) return result;
  }
  handled = false;
  return nothing;
}

Value Interpreter::invoke(Frame& frame, const Value& receiver, std::string_view method,
                          std::vector<Value> arguments, NodeId site) {
  const NameId name = names_.intern(method);
  std::vector<Keyword> keywords;
  bool handled = false;
  Value result = call_method(frame, site, receiver, name, arguments, keywords, handled);
  return handled
             ? result
             : call(frame, property(frame, receiver, name), receiver, std::move(arguments), site);
}

Value Interpreter::call(Frame& frame, const Value& callee, const Value& self,
                        std::vector<Value> arguments, NodeId site, std::vector<Keyword> keywords,
                        bool is_new) {
  if (!spend(1)) return Value::unknown(Source::unresolved);
  switch (callee.kind) {
    case ValueKind::function: {
      Object* function = callee.object;
      if (function->resolves != nullptr && function->home == nullptr) {
        // resolve(x) of new Promise.
        const Value value = arguments.empty() ? Value::undefined() : arguments[0];
        auto& box = function->resolves->items;
        if (box.empty())
          box.push_back(value);
        else
          box[0] = join(box[0], value);
        function->resolves->from |= sources_of(value);
        return Value::undefined();
      }
      if (is_new) {
        // A constructor function: its object takes what it stores in `this`.
        Object* made = make_object();
        if (const Value* prototype = function->find(names_.intern("prototype"))) {
          if (prototype->is(ValueKind::object)) {
            for (const auto& [name, value] : prototype->object->properties) made->set(name, value);
          }
        }
        const Value object = Value::of_object(ValueKind::object, made);
        const Value returned = call_function(frame, function, object, arguments, keywords);
        return returned.is(ValueKind::object) || returned.is(ValueKind::function) ? returned
                                                                                  : object;
      }
      if (!function->items.empty()) {  // arguments given to bind
        std::vector<Value> all = function->items;
        all.insert(all.end(), arguments.begin(), arguments.end());
        arguments = std::move(all);
      }
      return call_function(frame, function, function->bound_this ? *function->bound_this : self,
                           arguments, keywords);
    }
    case ValueKind::klass: return instantiate(frame, callee.object, arguments, keywords);
    case ValueKind::api: return call_api(frame, callee, arguments, keywords, site);
    case ValueKind::either: {
      Value result = Value::undefined();
      ++frame.certainty;
      for (const Value& one : callee.object->items) {
        if (!one.is(ValueKind::either))
          result = join(result, call(frame, one, self, arguments, site, keywords, is_new));
      }
      --frame.certainty;
      return result;
    }
    case ValueKind::object:
      if (callee.object->is_proxy) {
        const Value target = callee.object->items[0], traps = callee.object->items[1];
        const Value* trap = traps.is(ValueKind::object)
                                ? traps.object->find(names_.intern(is_new ? "construct" : "apply"))
                                : nullptr;
        if (trap != nullptr && trap->is(ValueKind::function)) {
          const Value list = make_list(arguments);
          std::vector<Value> given =
              is_new ? std::vector<Value>{target, list} : std::vector<Value>{target, self, list};
          return call(frame, Value(*trap), traps, std::move(given), site);
        }
        return call(frame, target, self, std::move(arguments), site, std::move(keywords), is_new);
      }
      if (callee.object->made_by != nullptr) {
        if (const Value* method = find_method(callee.object->made_by, names_.intern("__call__"))) {
          return call_function(frame, method->object, callee, arguments, keywords);
        }
      }
      [[fallthrough]];
    default: {
      ++outside_calls_;
      Sources from = callee.from;
      std::uint32_t trace = callee.trace;
      for (const Value& argument : arguments) {
        if (argument.is(ValueKind::function)) continue;
        const Sources more = sources_of(argument);
        from |= more;
        if (trace == 0 && !more.empty()) trace = trace_of(argument, more);
      }
      for (const Keyword& keyword : keywords) from |= sources_of(keyword.value);
      // Handlers of an answer that is on its way run without anybody's doing.
      run_callbacks(frame, arguments, keywords, Value::unknown(from, trace),
                    callee.from.any(Sources(Source::remote) | Source::dns));
      return Value::unknown(from, trace);
    }
  }
}

void Interpreter::run_callbacks(Frame& frame, std::span<const Value> arguments,
                                std::span<const Keyword> keywords, const Value& given, bool now) {
  const auto run = [&](const Value& value) {
    if (!value.is(ValueKind::function) || value.object->home == nullptr) return;
    if (!now && frame.at_load) return;  // it is analysed with the functions that nobody called
    std::vector<Value> values{given, given, given};
    // Node's callbacks take the error first.
    std::vector<Keyword> none;
    ++frame.certainty;
    const Value self = value.object->bound_this ? *value.object->bound_this : Value::undefined();
    call_function(frame, value.object, self, values, none);
    --frame.certainty;
  };
  for (const Value& argument : arguments) {
    run(argument);
    if (argument.is(ValueKind::object) && argument.object->made_by == nullptr) {
      for (const auto& property : std::vector(argument.object->properties)) run(property.second);
    }
  }
  for (const Keyword& keyword : keywords) run(keyword.value);
}

void Interpreter::bind_parameters(Frame& inner, Object* function, std::vector<Value>& arguments,
                                  std::vector<Keyword>& keywords) {
  const Tree& tree = function->home->tree;
  const auto parameters = tree.children(tree.child(function->node, 0));
  std::vector<bool> used(keywords.size(), false);
  std::size_t next = 0;
  for (const NodeId parameter : parameters) {
    const NodeId target = tree.child(parameter, 0);
    const NodeId by_default = tree.child(parameter, 1);
    if (tree[target].kind == Kind::spread) {
      const NodeId name = tree.child(target, 0);
      if (tree[target].op == Op::two_star) {
        Object* rest = make_object();
        for (std::size_t i = 0; i < keywords.size(); ++i) {
          if (used[i]) continue;
          if (keywords[i].name == 0) {
            rest->open = true;
            rest->from |= sources_of(keywords[i].value);
          } else {
            rest->set(keywords[i].name, keywords[i].value);
          }
        }
        if (!inner.at_load && keywords.empty()) rest->open = true, rest->from |= Source::argument;
        assign(inner, name, Value::of_object(ValueKind::object, rest), true, Op::let);
      } else if (name != no_node) {
        std::vector<Value> rest;
        while (next < arguments.size()) rest.push_back(arguments[next++]);
        assign(inner, name, make_list(std::move(rest)), true, Op::let);
      }
      continue;
    }
    Value value = Value::undefined();
    bool given = false;
    if (next < arguments.size()) {
      value = arguments[next++];
      given = !(value.is(ValueKind::undefined) && function->home->language == Language::javascript);
    } else if (tree[target].kind == Kind::name) {
      for (std::size_t i = 0; i < keywords.size(); ++i) {
        if (keywords[i].name != function->home->names[target]) continue;
        value = keywords[i].value;
        used[i] = given = true;
      }
    }
    if (by_default != no_node && (!given || value.from.has(Source::argument))) {
      const Value otherwise = eval(inner, by_default);
      value = given && value.is(ValueKind::unknown) ? join(value, otherwise).with(value.from)
                                                    : otherwise;
      // A default shows what the parameter usually is.
      if (given && otherwise.is_constant_text()) value = otherwise.with(Source::argument);
    }
    assign(inner, target, std::move(value), true, Op::let);
  }
}

Value Interpreter::call_function(Frame& frame, Object* function, const Value& self,
                                 std::vector<Value>& arguments, std::vector<Keyword>& keywords) {
  if (function == nullptr || function->record == nullptr) return Value::unknown();
  LoadedModule& home = *function->home;
  const TreeInUse in_use(*this, home);
  FunctionRecord& record = *function->record;
  const Node& node = home.tree[function->node];
  const bool is_python = home.language == Language::python;
  // Bound methods of Python take their object as the first argument.
  const bool is_method = is_python && function->self != nullptr;
  if (is_method && (self.is(ValueKind::object) || self.is(ValueKind::unknown))) {
    const bool already =
        !arguments.empty() && arguments[0].object != nullptr && arguments[0].object == self.object;
    if (!already) arguments.insert(arguments.begin(), self);
  }
  // With constants a function may be a decoder, and decoders decide every condition they meet.
  // The getter of a string array takes none; it is short.
  bool constant =
      !record.undecided &&
      (!arguments.empty() || (node.end - node.begin < short_function && function->active == 0));
  for (const Value& argument : arguments) constant = constant && is_constant(argument, 2);
  constexpr std::uint64_t call_steps = 24;  // a frame, a scope and names looked up in cold memory
  Sources from;
  if (call_depth_ >= max_call_depth ||
      function->active >= (constant ? max_active_constant : max_active) ||
      record.entered >= (constant ? max_entered_constant : max_entered) || !spend(call_steps)) {
    for (const Value& argument : arguments) from |= sources_of(argument);
    return Value::unknown(from | Source::unresolved);
  }
  ++record.entered;
  const std::uint64_t branches_before = unknown_branches_;
  ++function->active;
  ++call_depth_;
  Frame inner;
  inner.module = &home;
  inner.scope = inner.function_scope = new_scope();
  inner.scope->is_function = true;
  inner.scope->parent = function->scope;
  inner.function = function;
  inner.self =
      (node.flags & flag_arrow) != 0 && function->bound_this ? *function->bound_this : self;
  inner.arguments = arguments;
  // What only a test calls says nothing about who uses the package.
  inner.at_load = frame.at_load && (home.role.is_test || !frame.module->role.is_test);
  inner.trigger = frame.trigger;
  inner.swallowed = frame.swallowed;
  inner.opted_in = frame.opted_in;
  bind_parameters(inner, function, arguments, keywords);
  const NodeId body = home.tree.child(function->node, 1);
  if (node.kind != Kind::function) {
    exec_children(inner, home.tree.children(function->node));
  } else if (home.tree[body].kind == Kind::block) {
    exec_children(inner, home.tree.children(body));
  } else {
    inner.returned = eval(inner, body);
    inner.has_returned = true;
  }
  --call_depth_;
  --function->active;
  release(inner.function_scope);
  if (constant && unknown_branches_ != branches_before) record.undecided = true;
  if (inner.yielded.is(ValueKind::list)) return inner.yielded;
  if (!inner.has_returned) return is_python ? Value::null() : Value::undefined();
  return inner.returned;
}

// Whether the table of api.h has it.
bool Interpreter::is_known(const Frame& frame, const Value& api) const {
  return api.is(ValueKind::api) && find_api(frame.module->language, names_[api.api]) != nullptr;
}

const Value* Interpreter::find_method(const Object* klass, NameId name, int depth) const {
  constexpr int deepest = 12;
  if (klass == nullptr || depth > deepest) return nullptr;
  if (const Value* found = klass->find(name)) return found;
  for (const Value& base : bases_of(*klass)) {
    if (!base.is(ValueKind::klass)) continue;
    if (const Value* found = find_method(base.object, name, depth + 1)) return found;
  }
  return nullptr;
}

Value Interpreter::instantiate(Frame& frame, Object* klass, std::vector<Value>& arguments,
                               std::vector<Keyword>& keywords) {
  Object* made = make_object();
  made->made_by = klass;
  for (const Value& base : bases_of(*klass)) {
    if (base.is(ValueKind::api)) {
      made->has_fallback = true;
      made->fallback = names_.intern(std::string(names_[base.api]) + "()");
    }
  }
  const Value object = Value::of_object(ValueKind::object, made);
  const bool is_python = klass->home->language == Language::python;
  const Value* constructor =
      find_method(klass, names_.intern(is_python ? "__init__" : "constructor"));
  if (constructor != nullptr && constructor->is(ValueKind::function)) {
    call_function(frame, constructor->object, object, arguments, keywords);
  } else {
    for (const Value& argument : arguments) made->from |= sources_of(argument);
    for (const Keyword& keyword : keywords) made->from |= sources_of(keyword.value);
  }
  if (is_python) {
    if (const Value* last = find_method(klass, names_.intern("__del__")))
      call_hook(frame, *last, object, {});
  }
  // A thread of the package runs its run method once started; making one is telling enough.
  if (is_python && made->has_fallback && names_[made->fallback].ends_with("Thread()")) {
    if (const Value* run = find_method(klass, names_.intern("run"))) {
      std::vector<Value> none;
      std::vector<Keyword> no_keywords;
      if (run->is(ValueKind::function))
        call_function(frame, run->object, object, none, no_keywords);
    }
  }
  return object;
}

}  // namespace assay::code
