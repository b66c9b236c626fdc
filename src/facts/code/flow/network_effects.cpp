// Calls that ask something of the network.
#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (contains(text, part)) return true;
  }
  return false;
}

// Whether the request brings something there, not only something back.
bool sends(const Action& action, std::string_view path, std::string_view method) {
  if (has_any(path, {"post", "put", "sendBeacon", "patch", "send", "execute"})) return true;
  if (method == "POST" || method == "PUT" || contains(action.data_text, "POST")) return true;
  if (contains_ignoring_case(action.data_text, "method=POST") ||
      contains_ignoring_case(action.data_text, "method=PUT"))
    return true;
  return (action.data | action.target_from)
      .any(secrets | identity | Sources(Source::local_file) | Source::command_output |
           Source::listing);
}

}  // namespace

// URL or host of a request: a text, or an options object of http.request, axios, $.ajax.
std::string Interpreter::address_of(const Value& value) {
  if (value.is(ValueKind::either)) {
    for (const Value& item : value.object->items) {
      if (item.is_textual()) return address_of(item);
    }
  }
  if (value.is(ValueKind::list)) return show(value);
  if (!value.is(ValueKind::object)) {
    const std::string text = show(value);
    return starts_with_ignoring_case(text, package_root)
               ? "<package>" + text.substr(package_root.size())
               : text;
  }
  const auto get = [&](std::string_view name) -> std::string {
    const Value* found = value.object->find(names_.intern(name));
    return found == nullptr ? std::string() : show(*found);
  };
  for (const std::string_view whole : {"url", "uri", "href"}) {
    const std::string text = get(whole);
    if (!text.empty()) return get("baseURL") + text;
  }
  std::string host = get("hostname");
  if (host.empty()) host = get("host");
  if (host.empty()) return show(value);
  const std::string protocol = get("protocol");
  const std::string port = get("port");
  return (protocol.empty() ? (port == "80" ? "http:" : "https:") : protocol) + "//" + host +
         (port.empty() || port == "443" || port == "80" ? "" : ":" + port) + get("path");
}

Value Interpreter::request_effect(OutsideCall& call) {
  const Api& api = call.api;
  const Value& target = call.target;
  Object* receiver = call.callee.object;
  Action action = new_action(call, Act::fetch);
  fill_target(action, target);
  std::vector<Value> values = call.data_values();
  // An options object as the target holds method, headers and body as well.
  if (target.is(ValueKind::object)) values.push_back(target);
  if (target.is(ValueKind::api) && target.object != nullptr) {
    action.target = show(target);
    action.target_complete = !contains(action.target, hole);
    values.push_back(target);
  }
  if (receiver != nullptr && !receiver->from.empty())
    values.push_back(Value::unknown(receiver->from, receiver->trace));
  fill_data(action, values, call.keywords);
  if (api.target == from_receiver && call.arguments.size() > 1) {
    // connection.request("POST", "/path", body)
    action.target += show(call.arguments[1]);
    action.target_from |= sources_of(call.arguments[1]);
  }
  if (sends(action, api.path, show(call.argument(api.target == 1 ? 0 : -1))))
    action.act = Act::send;
  const std::uint32_t trace = add_step(
      call.frame, call.site, "fetches " + defang_urls(escape_for_display(action.target, 200)));
  add_action(std::move(action));
  run_callbacks(call.frame, call.arguments, call.keywords, Value::unknown(Source::remote, trace),
                true);
  return answer_of(call, trace);
}

// What a request gives: its content, or a request yet to be made, which remembers its address.
Value Interpreter::answer_of(OutsideCall& call, std::uint32_t trace) {
  const Value& target = call.target;
  Value made = instance(call.callee, call.arguments, Source::remote);
  made.from = Source::remote;
  made.trace = trace;
  if (made.object == nullptr) return made;
  std::vector<Value>& items = made.object->items;
  const bool prepared =
      call.api.path == "urllib.request.Request" || call.api.path == "urllib2.Request";
  if (prepared) made.from = {};
  if (items.empty() && (prepared || target.is(ValueKind::object) || target.is(ValueKind::string)))
    items.push_back(target);
  if (!items.empty() && !target.is_textual())
    items[0] = Value::string(address_of(target), false).with(sources_of(target));
  if (prepared) {
    items[0] = target;
    for (const Keyword& each : call.keywords) made.object->from |= sources_of(each.value);
  }
  return made;
}

}  // namespace assay::code
