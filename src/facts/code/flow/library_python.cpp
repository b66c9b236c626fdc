// Python's own functions on constants, and where to find the rest of its library.
#include <unordered_map>

#include "base/text.h"
#include "facts/code/flow/library_python.h"

namespace assay::code {
namespace python_library {

Sources from_of(PureCall& call) {
  Sources from = call.self.from;
  for (const Value& argument : call.arguments) {
    if (!argument.is(ValueKind::function)) from |= argument.from;
  }
  return from;
}

std::uint32_t trace_before(PureCall& call) {
  for (const Value& argument : call.arguments) {
    if (argument.trace != 0) return argument.trace;
  }
  return call.self.trace;
}

std::optional<std::string> constant(const Value& value) {
  return to_constant_string(value, Language::python);
}

Value decoded(PureCall& call, std::string value, std::string how, Disguise kind, bool is_bytes) {
  constexpr std::size_t telling = 4;
  Value result = is_bytes ? Value::bytes(std::move(value)) : Value::string(std::move(value));
  result.from = from_of(call) | Source::decoded;
  if (result.text->size() < telling) return result;
  result.trace =
      call.interpreter.add_step(call.frame, call.site, std::move(how), trace_before(call));
  call.interpreter.disguise(call.frame, call.site, kind, *result.text);
  return result;
}
// The i-th argument that the receiver was made with.
const Value* made_with(PureCall& call, std::size_t i) {
  const Object* made = call.self.object;
  return made != nullptr && i < made->items.size() ? &made->items[i] : nullptr;
}
std::optional<Value> first_argument(PureCall& call) { return call.argument(0); }

namespace {

std::optional<Value> get_attribute(PureCall& call) {
  const auto name = constant(call.argument(1));
  if (!name || !call.argument(1).is_textual()) {
    // A built-in chosen by a name that nothing tells: see what it is given.
    if (call.argument(0).is(ValueKind::api) && call.argument(0).api == 0) {
      return Value::of_api(call.interpreter.names().intern("builtins.*"))
          .with(call.interpreter.sources_of(call.argument(1)));
    }
    return Value::unknown(call.interpreter.sources_of(call.argument(0)) | Source::unresolved);
  }
  const Value& object = call.argument(0);
  // getattr(builtins, "exec") in plain words is how code for two versions of Python asks.
  const Tree& tree = call.frame.module->tree;
  const bool is_call = tree[call.site].kind == Kind::call && tree.children(call.site).size() > 2;
  const bool is_literal = is_call && tree[tree.child(call.site, 2)].kind == Kind::string;
  if (object.is(ValueKind::api) && !is_literal)
    call.interpreter.disguise(call.frame, call.site, Disguise::computed_member, *name);
  Value value =
      call.interpreter.property(call.frame, object, call.interpreter.names().intern(*name));
  if ((value.is(ValueKind::unknown) || value.is_nothing()) && call.arguments.size() > 2 &&
      !object.is(ValueKind::api))
    return call.argument(2);
  return value;
}
std::optional<Value> set_attribute(PureCall& call) {
  const auto name = constant(call.argument(1));
  // setattr(__builtins__, "____", exec): a name that only hiding needs.
  const Value& built_ins = call.argument(0);
  const bool is_alias =
      built_ins.is(ValueKind::api) && built_ins.api == 0 && call.argument(2).is(ValueKind::api);
  if (name && is_alias)
    call.interpreter.disguise(call.frame, call.site, Disguise::computed_member, *name);
  if (name)
    call.interpreter.set_property(call.frame, call.argument(0),
                                  call.interpreter.names().intern(*name), call.argument(2),
                                  call.site);
  return Value::null();
}
std::optional<Value> globals(PureCall& call) {
  return Value::of_api(call.interpreter.names().intern("globals()"));
}
std::optional<Value> vars(PureCall& call) {
  return call.arguments.empty() ? Value::of_api(call.interpreter.names().intern("globals()"))
                                : call.argument(0);
}
std::optional<Value> compile_text(PureCall& call) {
  return call.argument(0).is_textual() ? std::optional<Value>(call.argument(0)) : std::nullopt;
}

// shutil.copyfileobj(from, to), json.dump(value, file), print(value, file=file): a write.
std::optional<Value> write_second(PureCall& call) {
  call.interpreter.invoke(call.frame, call.argument(1), "write", {call.argument(0)}, call.site);
  return Value::null();
}
std::optional<Value> print(PureCall& call) {
  const Value* file = call.keyword("file");
  if (file == nullptr || call.arguments.empty()) return std::nullopt;
  call.interpreter.invoke(call.frame, *file, "write", call.arguments, call.site);
  return Value::null();
}

constexpr Row functions[] = {{"shutil.copyfileobj", write_second},
                             {"json.dump", write_second},
                             {"pickle.dump", write_second},
                             {"print", print},
                             {"getattr", get_attribute},
                             {"setattr", set_attribute},
                             {"globals", globals},
                             {"locals", globals},
                             {"vars", vars},
                             {"compile", compile_text},
                             {"functools.partial", first_argument},
                             {"io.BytesIO", first_argument},
                             {"io.StringIO", first_argument},
                             {"copy.copy", first_argument},
                             {"copy.deepcopy", first_argument},
                             {"staticmethod", first_argument},
                             {"classmethod", first_argument},
                             {"property", first_argument}};

}  // namespace
}  // namespace python_library

namespace {

using python_library::Row;

Pure find_in(std::span<const Row> rows, std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return row.pure;
  }
  return nullptr;
}

}  // namespace

Pure find_python_function(std::string_view path) {
  static const std::unordered_map<std::string_view, Pure> index = [] {
    std::unordered_map<std::string_view, Pure> built;
    const std::span<const Row> all[] = {python_library::functions,
                                        python_library::text_functions(),
                                        python_library::container_functions(),
                                        python_library::encoding_functions(),
                                        python_library::path_functions(),
                                        python_library::object_functions()};
    for (const std::span<const Row> rows : all) {
      for (const Row& row : rows) built.emplace(row.name, row.pure);
    }
    return built;
  }();
  const auto found = index.find(path);
  return found == index.end() ? nullptr : found->second;
}

Pure find_python_method(const Value& self, std::string_view name) {
  switch (self.kind) {
    case ValueKind::string:
    case ValueKind::bytes: return find_in(python_library::text_methods(), name);
    case ValueKind::list: return find_in(python_library::list_methods(), name);
    case ValueKind::object: return find_in(python_library::object_methods(), name);
    default: return nullptr;
  }
}

}  // namespace assay::code
