// Python's paths on constants.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/library_python.h"

namespace assay::code::python_library {

namespace {

std::optional<Value> join_paths(PureCall& call) {
  std::string out;
  bool complete = true;
  Sources from;
  std::uint32_t trace = 0;
  for (const Value& argument : call.arguments) {
    from |= call.interpreter.sources_of(argument);
    trace = trace != 0 ? trace : argument.trace;
    const std::string part = call.interpreter.show(argument);
    complete = complete && argument.is_constant_text();
    if (part.starts_with('/'))
      out = part;
    else
      out += (out.empty() || out.ends_with('/') ? "" : "/") + part;
  }
  if (out.size() > max_path_bytes || !call.interpreter.spend_text(out.size()))
    return Value::unknown(from, trace);
  return Value::string(std::move(out), complete).with(from, trace);
}
std::optional<Value> dirname(PureCall& call) {
  const Value& path = call.argument(0);
  if (!path.is_textual()) return std::nullopt;
  const std::size_t slash = path.text->rfind('/');
  return Value::string(slash == std::string::npos ? "" : path.text->substr(0, slash), path.complete)
      .with(path.from, path.trace);
}
std::optional<Value> basename(PureCall& call) {
  const Value& path = call.argument(0);
  if (!path.is_textual()) return std::nullopt;
  const std::size_t slash = path.text->rfind('/');
  return Value::string(slash == std::string::npos ? *path.text : path.text->substr(slash + 1),
                       path.complete)
      .with(path.from, path.trace);
}
std::optional<Value> path_make(PureCall& call) {
  std::string out;
  Sources from;
  for (const Value& argument : call.arguments) {
    out += (out.empty() ? "" : "/") + call.interpreter.show(argument);
    from |= call.interpreter.sources_of(argument);
  }
  Object* made = call.interpreter.make_object();
  made->items.push_back(Value::string(out, !contains(out, hole)).with(from));
  Value value = Value::of_api(call.interpreter.names().intern("pathlib.Path()"));
  value.object = made;
  return value;
}
// path.joinpath("a", "b"), and what leaves a path what it is.
std::optional<Value> path_join(PureCall& call) {
  if (call.self.object == nullptr || call.self.object->items.empty()) return std::nullopt;
  std::string out = call.interpreter.show(call.self.object->items[0]);
  Sources from = call.interpreter.sources_of(call.self.object->items[0]);
  for (const Value& argument : call.arguments) {
    out += "/" + call.interpreter.show(argument);
    from |= call.interpreter.sources_of(argument);
  }
  Object* made = call.interpreter.make_object();
  made->items.push_back(Value::string(out, !contains(out, hole)).with(from));
  Value value = Value::of_api(call.interpreter.names().intern("pathlib.Path()"));
  value.object = made;
  return value;
}
constexpr Row functions[] = {{"os.path.join", join_paths},
                             {"posixpath.join", join_paths},
                             {"ntpath.join", join_paths},
                             {"os.path.dirname", dirname},
                             {"os.path.basename", basename},
                             {"os.path.abspath", first_argument},
                             {"os.path.realpath", first_argument},
                             {"os.path.normpath", first_argument},
                             {"os.path.expandvars", first_argument},
                             {"os.fspath", first_argument},
                             {"pathlib.Path().joinpath", path_join},
                             {"pathlib.Path().resolve", path_join},
                             {"pathlib.Path().absolute", path_join},
                             {"pathlib.Path", path_make},
                             {"pathlib.PurePath", path_make},
                             {"pathlib.PosixPath", path_make},
                             {"pathlib.WindowsPath", path_make}};

}  // namespace

std::span<const Row> path_functions() { return functions; }

}  // namespace assay::code::python_library
