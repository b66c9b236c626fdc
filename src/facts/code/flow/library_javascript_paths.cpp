// Node's path module.
#include <vector>

#include "base/text.h"
#include "facts/code/flow/library_javascript.h"

namespace assay::code::javascript_library {
namespace {

std::string normalise_path(std::string_view path) {
  std::vector<std::string_view> parts;
  const bool absolute = path.starts_with('/');
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else
      parts.push_back(part);
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '/';
    out += parts[i];
  }
  return out;
}
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
    if (part.starts_with(package_root) || (part.starts_with('/') && out.empty()))
      out = part;
    else
      out += (out.empty() ? "" : "/") + part;
  }
  // Longer than any system takes: a loop that climbs for ever.
  if (out.size() > max_path_bytes || !call.interpreter.spend_text(out.size()))
    return Value::unknown(from, trace);
  out = normalise_path(out);
  Value value = Value::string(std::move(out), complete);
  return value.with(from, trace);
}
std::optional<Value> path_dirname(PureCall& call) {
  if (!call.argument(0).is_textual()) return std::nullopt;
  const std::string& path = *call.argument(0).text;
  const std::size_t slash = path.rfind('/');
  Value value = Value::string(slash == std::string::npos ? "." : path.substr(0, slash),
                              call.argument(0).complete);
  return value.with(call.argument(0).from, call.argument(0).trace);
}
std::optional<Value> path_extname(PureCall& call) {
  if (!call.argument(0).is_constant_text()) return std::nullopt;
  const std::string& path = *call.argument(0).text;
  const std::size_t dot = path.rfind('.'), slash = path.rfind('/');
  const bool has_one = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
  return Value::string(has_one ? path.substr(dot) : "").with(call.argument(0).from);
}
std::optional<Value> path_basename(PureCall& call) {
  if (!call.argument(0).is_textual()) return std::nullopt;
  const std::string& path = *call.argument(0).text;
  const std::size_t slash = path.rfind('/');
  Value value = Value::string(slash == std::string::npos ? path : path.substr(slash + 1),
                              call.argument(0).complete);
  return value.with(call.argument(0).from, call.argument(0).trace);
}

constexpr Row functions[] = {{"path.join", join_paths},        {"path.resolve", join_paths},
                             {"path.posix.join", join_paths},  {"path.win32.join", join_paths},
                             {"path.normalize", join_paths},   {"path.dirname", path_dirname},
                             {"path.basename", path_basename}, {"path.extname", path_extname}};

}  // namespace

std::span<const Row> path_functions() { return functions; }

}  // namespace assay::code::javascript_library
