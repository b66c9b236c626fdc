// What JavaScript does through methods of things that are not known: streams that flow into one
// another, lists of unknown length, methods that only one class of the package has.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

enum class Walk : std::uint8_t { maps, keeps, finds, asks, reduces, visits };

struct Walker {
  std::string_view name;
  Walk walk;
};
constexpr std::array<Walker, 11> walkers = {{{"every", Walk::asks},
                                             {"filter", Walk::keeps},
                                             {"find", Walk::finds},
                                             {"findIndex", Walk::asks},
                                             {"flatMap", Walk::maps},
                                             {"forEach", Walk::visits},
                                             {"map", Walk::maps},
                                             {"reduce", Walk::reduces},
                                             {"reduceRight", Walk::reduces},
                                             {"some", Walk::asks},
                                             {"sort", Walk::keeps}}};

// Services whose clients are made with a key instead of an address.
struct Service {
  std::string_view client;   // the path of what its methods belong to
  std::string_view address;  // what the key completes
  int keys;                  // how many arguments belong to the address
};
constexpr Service services[] = {
    {"discord.js.WebhookClient()", "https://discord.com/api/webhooks/", 2},
    {"node-telegram-bot-api()", "https://api.telegram.org/bot", 1},
    {"telegraf.Telegraf()", "https://api.telegram.org/bot", 1},
    {"telegraf()", "https://api.telegram.org/bot", 1},
    {"grammy.Bot()", "https://api.telegram.org/bot", 1},
    {"octokit.Octokit()", "https://api.github.com/", 0},
    {"@octokit/rest.Octokit()", "https://api.github.com/", 0},
    {"@octokit/rest()", "https://api.github.com/", 0},
    {"@octokit/core.Octokit()", "https://api.github.com/", 0},
};

// Node's own modules call back by themselves; a method of a library may wait for its user.
constexpr std::string_view own_modules[] = {"child_process.", "crypto.", "dns.",  "fs.",
                                            "http.",          "https.",  "net.",  "os.",
                                            "stream.",        "tls.",    "util.", "zlib."};

}  // namespace

bool calls_back_soon(std::string_view path) {
  return std::ranges::any_of(own_modules,
                             [&](std::string_view start) { return path.starts_with(start); }) &&
         !contains(path, "createServer");
}

bool is_digest(std::string_view path) {
  const bool is_node = path.starts_with("crypto.createH") && path.ends_with(".digest");
  return is_node || path == "md5" || path == "sha1" || path == "sha256" || path == "object-hash" ||
         path.starts_with("crypto.subtle.digest");
}

// The address that a service's client was made for; the first argument where it is no such client.
std::optional<Value> Interpreter::service_address(std::string_view path,
                                                  std::span<const Value> made_with) const {
  for (const Service& service : services) {
    if (!path.starts_with(service.client)) continue;
    std::string address(service.address);
    const bool by_options = service.keys == 2 && made_with.size() == 1;
    for (int i = 0; i < service.keys && !by_options; ++i) {
      const auto at = static_cast<std::size_t>(i);
      address +=
          (i > 0 ? "/" : "") + (at < made_with.size() ? show(made_with[at]) : std::string(hole));
    }
    if (by_options) {
      if (!made_with[0].is(ValueKind::object)) return made_with[0];
      for (const auto& [name, value] : made_with[0].object->properties) {
        if (names_[name] == "url") return value;
        address += (address.ends_with('/') ? "" : "/") + show(value);
      }
    }
    const bool is_complete = !contains(address, hole);
    return Value::string(std::move(address), is_complete);
  }
  return std::nullopt;
}

// answer.pipe(fs.createWriteStream(path)), and every stream between.
Value Interpreter::pipe_into(Frame& frame, NodeId site, const Value& receiver,
                             const Value& destination) {
  const Sources from = sources_of(receiver);
  Value result = destination.with(from, trace_of(receiver, from));
  if (destination.object != nullptr) destination.object->from |= from;
  const bool is_file = names_[destination.api] == "fs.createWriteStream()" &&
                       destination.object != nullptr && !destination.object->items.empty();
  if (!is_file || from.empty()) return result;
  Action action = new_action(frame, site, Act::write_file, "stream.pipe");
  fill_target(action, destination.object->items[0]);
  action.data = from;
  remember_written(show(destination.object->items[0]), from, "");
  remember_written(action.target, from, "");
  add_action(std::move(action));
  return result;
}

// A callback sees one item of an unknown list, which came from where the list came from.
std::optional<Value> Interpreter::walk_unknown(Frame& frame, NodeId site, const Value& receiver,
                                               std::string_view method,
                                               std::span<const Value> arguments) {
  const auto walker = std::ranges::find(walkers, method, &Walker::name);
  if (walker == walkers.end() || arguments.empty() || !arguments[0].is(ValueKind::function))
    return std::nullopt;
  const Sources from = sources_of(receiver);
  const Value item = Value::unknown(from, trace_of(receiver, from));
  std::vector<Value> given{item, Value::unknown(), receiver};
  if (walker->walk == Walk::reduces) given = {arguments.size() > 1 ? arguments[1] : item, item};
  ++frame.certainty;
  const Value result = call(frame, arguments[0], Value::undefined(), std::move(given), site);
  --frame.certainty;
  switch (walker->walk) {
    case Walk::maps: {
      Value list = make_list({result});
      list.object->open = true;
      list.object->from = sources_of(result);
      return list;
    }
    case Walk::keeps: return receiver;
    case Walk::finds: return item;
    case Walk::asks: return Value::unknown();
    case Walk::reduces: return result.with(from, item.trace);
    case Walk::visits: break;
  }
  return Value::undefined();
}

// x.method() where nothing is known of x: when few classes of the package have such a method, and
// its name is not everybody's, it is theirs.
std::optional<Value> Interpreter::call_by_name(Frame& frame, NameId method,
                                               std::vector<Value>& arguments) {
  constexpr std::size_t telling_name = 7, most = 4;
  const auto found = methods_named_.find(method);
  if (found == methods_named_.end() || names_[method].size() < telling_name) return std::nullopt;
  if (found->second.size() > most) return std::nullopt;
  std::optional<Value> result;
  ++frame.certainty;
  for (Object* function : std::vector(found->second)) {
    Object* instance = make_object();
    instance->made_by = function->self;
    instance->open = true;
    std::vector<Value> given = arguments;
    std::vector<Keyword> none;
    const Value one =
        call_function(frame, function, Value::of_object(ValueKind::object, instance), given, none);
    result = result ? join(*result, one) : one;
  }
  --frame.certainty;
  return result;
}

}  // namespace assay::code
