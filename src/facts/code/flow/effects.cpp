// What calls of names outside the package do: the Actions, and the values that come back.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr std::size_t max_text_shown = 4096;
constexpr std::size_t max_steps_shown = 8;
constexpr std::size_t max_actions_a_place = 6;

// Constructors and clients that are as good as the module they come from.
struct SamePath {
  std::string_view path, means;
};
constexpr SamePath same_paths[] = {
    {"axios.create()", "axios"},           {"got.extend()", "got"},
    {"request.defaults()", "request"},     {"ky.create()", "ky"},
    {"requests.sessions.Session()", "requests.Session()"}, {"requests.session()", "requests.Session()"},
    {"socket.socket().makefile()", "socket.socket()"}, {"module.Module()", "module()"},
    {"http.get()", "http.request()"},      {"https.get()", "https.request()"},
    {"new vm.Script()", "vm.Script()"},    {"axios.default", "axios"},
    {"ssl.SSLContext().wrap_socket()", "socket.socket()"}, {"ssl.create_default_context().wrap_socket()", "socket.socket()"},
    {"subprocess.Popen()", "subprocess.Popen()"}, {"pathlib.PosixPath()", "pathlib.Path()"},
    {"util.promisify()", "util.promisify()"}, {"pathlib.Path.home()", "pathlib.Path()"}};

constexpr std::string_view path_makers[] = {"tempfile.mkdtemp", "tempfile.mktemp", "tempfile.gettempdir",
                                            "tempfile.mkstemp", "os.tmpdir", "tempfile.TemporaryDirectory"};

bool is_writing_mode(std::string_view mode) {
  return mode.find_first_of("wax+") != std::string_view::npos;
}

std::string quote_for_shell(std::string_view word) {
  if (!word.empty() && word.find_first_of(" \t\n'\"\\$&|;<>()`*?") == std::string_view::npos) return std::string(word);
  return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

// Decoders and ciphers, so that what they could not undo is known to have been encoded.
Sources undone_by(std::string_view path) {
  constexpr std::string_view decoders[] = {"base64.", "zlib.", "binascii.", "lzma.", "bz2.", "gzip.", "marshal.", "codecs.decode", "atob", "pako."};
  for (const std::string_view start : decoders) {
    if (path.starts_with(start) && !contains(path, "encode") && !contains(path, "compress(") && !contains(path, "dumps")) return Source::decoded;
  }
  return path.ends_with("().decrypt") ? Sources(Source::decrypted) : Sources();
}

// Results of unknown calls that later calls may fill or ask for their address.
bool is_worth_remembering(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string_view last = path.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (!last.empty() && last[0] >= 'A' && last[0] <= 'Z') return true;
  for (const std::string_view part : {"reate", "new", "onnect", "ession", "ocket", "lient", "open", "Transport", "ebhook"}) {
    if (contains(last, part)) return true;
  }
  return false;
}

}  // namespace

// Whether a command line names this file as a word of its own, with or without folders before it.
bool names_path(std::string_view command, std::string_view path) {
  for (std::size_t at = command.find(path); at != std::string_view::npos; at = command.find(path, at + 1)) {
    const char before = at == 0 ? ' ' : command[at - 1];
    const std::size_t end = at + path.size();
    const char after = end >= command.size() ? ' ' : command[end];
    constexpr std::string_view ends = " \t\n'\"=/\\;&|<>(),";
    if (ends.find(before) != std::string_view::npos && ends.find(after) != std::string_view::npos && after != '/') return true;
  }
  return false;
}

namespace {

// The dialects of shell_actions.
constexpr int posix = 0, powershell = 1, batch = 2;

}  // namespace

Action Interpreter::new_action(const Frame& frame, NodeId site, Act act, std::string_view api) const {
  Action action;
  action.act = act;
  action.api = api;
  action.where = where(frame, site);
  action.trigger = frame.module->role.trigger;
  action.in_test = frame.module->role.is_test;
  action.at_load = frame.at_load;
  action.fallible = frame.swallowed;
  return action;
}

// Merges the action with an earlier one of the same place when it adds nothing of its own.
void Interpreter::add_action(Action action) {
  std::string place = std::to_string(action.where.file) + ":" + std::to_string(action.where.layer) + ":" +
                      std::to_string(action.where.begin) + ":" + std::to_string(static_cast<int>(action.act)) +
                      action.api;
  auto& same = actions_at_[place];
  for (const std::size_t i : same) {
    Action& old = result_.actions[i];
    if (old.target != action.target && old.target_complete && action.target_complete &&
        same.size() < max_actions_a_place) {
      continue;
    }
    if (!old.target_complete && (action.target_complete || action.target.size() > old.target.size())) {
      old.target = action.target;
      old.target_complete = action.target_complete;
    }
    if (action.data_text.size() > old.data_text.size()) old.data_text = action.data_text;
    old.data |= action.data;
    old.target_from |= action.target_from;
    old.at_load = old.at_load || action.at_load;
    old.hidden = old.hidden || action.hidden;
    if (old.program < 0) old.program = action.program;
    if (action.steps.size() > old.steps.size()) old.steps = std::move(action.steps);
    return;
  }
  if (result_.actions.size() >= limits_.actions) return;
  same.push_back(result_.actions.size());
  result_.actions.push_back(std::move(action));
}

void Interpreter::fill_target(Action& action, const Value& value) {
  action.target = address_of(value);
  if (action.target.size() > max_text_shown) action.target.resize(max_text_shown);
  action.target_complete = !contains(action.target, hole) && !action.target.empty();
  action.target_from |= sources_of(value);
}

void Interpreter::fill_data(Action& action, std::span<const Value> values, std::span<const Keyword> keywords) {
  std::uint32_t trace = 0;
  const auto add = [&](const Value& value) {
    if (value.is(ValueKind::function)) return;
    const Sources from = sources_of(value);
    action.data |= from;
    if (!from.empty()) {
      const std::uint32_t found = trace_of(value, from.any(secrets | identity) ? secrets | identity : from);
      if (trace == 0 || from.any(secrets)) trace = found != 0 ? found : trace;
    }
    if (action.data_text.size() < max_text_shown) {
      if (!action.data_text.empty()) action.data_text += ' ';
      action.data_text += show(value);
    }
  };
  for (const Value& value : values) add(value);
  for (const Keyword& keyword : keywords) add(keyword.value);
  if (action.data_text.size() > max_text_shown) action.data_text.resize(max_text_shown);
  for (std::uint32_t at = trace; at != 0 && action.steps.size() < max_steps_shown; at = steps_[at].before) {
    action.steps.push_back(steps_[at].step);
  }
  std::ranges::reverse(action.steps);
}

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
    return starts_with_ignoring_case(text, package_root) ? "<package>" + text.substr(package_root.size()) : text;
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

Sources Interpreter::file_sources(std::string_view path) const {
  Sources classified = classify_path(path);
  // A copy of a store is as good as the store.
  const auto written = written_.find(std::string(path));
  if (written != written_.end()) classified |= written->second.from & secrets;
  return classified.empty() ? Sources(Source::local_file) : classified;
}

void Interpreter::remember_written(const std::string& path, Sources from, const std::string& contents) {
  constexpr std::size_t telling = 4;
  constexpr std::size_t most = 2000;
  std::string key = replace_all(path, "<package>/", "");
  if (replace_all(key, hole, "").size() < telling || written_.size() >= most) return;
  Written& written = written_[key];
  written.from |= from;
  if (written.contents.empty() && contents.size() <= (1u << 20)) written.contents = contents;
}

Value Interpreter::environment_variable(Frame& frame, std::string_view name, NodeId site) {
  const Sources from = classify_variable(name);
  (void)frame;
  (void)site;
  // Where temporary and home folders are is said by their names, so that paths stay recognisable.
  const std::string upper(name);
  if (upper == "HOME" || upper == "USERPROFILE" || upper == "APPDATA" || upper == "LOCALAPPDATA" || upper == "TEMP" ||
      upper == "TMP" || upper == "PROGRAMDATA" || upper == "SystemRoot" || upper == "windir") {
    return Value::string(std::string(hole) + "/" + upper, false).with(upper == "HOME" || upper == "USERPROFILE" ? Source::user : Sources());
  }
  Value value = Value::unknown(from);
  if (from.any(secrets) && steps_.size() < 50'000 && frame.module != nullptr) {
    value.trace = add_step(frame, site == no_node ? frame.module->tree.root : site,
                           "reads the variable " + escape_for_display(name, 64));
  }
  return value;
}

Value Interpreter::instance(const Value& callee, std::vector<Value> arguments, Sources from) {
  constexpr std::size_t max_path = 96;
  std::string path = std::string(names_[callee.api]) + "()";
  for (const SamePath& same : same_paths) {
    if (path == same.path) path = same.means;
  }
  if (path.size() > max_path) return Value::unknown(from);
  Object* made = make_object();
  made->items = std::move(arguments);
  Value value = Value::of_api(names_.intern(path));
  value.object = made;
  value.from = from;
  return value;
}

Value Interpreter::bare_instance(const Value& callee, Sources from) {
  constexpr std::size_t max_path = 96;
  const std::string path = std::string(names_[callee.api]) + "()";
  if (path.size() > max_path) return Value::unknown(from);
  Value value = Value::of_api(names_.intern(path));
  value.from = from;
  return value;
}

Value Interpreter::call_api(Frame& frame, const Value& callee, std::vector<Value>& arguments,
                            std::vector<Keyword>& keywords, NodeId site, bool is_new) {
  const Language language = frame.module->language;
  auto& cache = api_cache_[language == Language::python ? 1 : 0];
  const auto cached = cache.find(callee.api);
  const Api* api = nullptr;
  if (cached != cache.end()) {
    api = cached->second;
  } else {
    api = find_api(language, names_[callee.api]);
    cache.emplace(callee.api, api);
  }
  if (api != nullptr) return known_api(frame, *api, callee, arguments, keywords, site, is_new);
  return unknown_api(frame, callee, arguments, keywords, site);
}

Value Interpreter::unknown_api(Frame& frame, const Value& callee, std::vector<Value>& arguments,
                               std::vector<Keyword>& keywords, NodeId site) {
  const std::string path(names_[callee.api]);
  const bool is_python = frame.module->language == Language::python;
  if (const Pure pure = is_python ? find_python_function(path) : find_javascript_function(path)) {
    PureCall pure_call{*this, frame, site, callee, arguments, keywords};
    if (std::optional<Value> result = pure(pure_call)) return *result;
  }
  ++outside_calls_;
  if (std::ranges::find(path_makers, path) != std::end(path_makers)) {
    return Value::string(std::string(hole) + "/tmp#" + std::to_string(next_unique()), false);
  }
  if (path == "Promise") {
    // new Promise((resolve, reject) => …): its value is what resolve is called with.
    Object* box = make_object();
    box->resolves = box;
    Object* resolve = make_object();
    resolve->resolves = box;
    if (!arguments.empty() && arguments[0].is(ValueKind::function)) {
      std::vector<Value> given{Value::of_object(ValueKind::function, resolve), Value::unknown()};
      call(frame, arguments[0], Value::undefined(), std::move(given), site);
    }
    return Value::of_object(ValueKind::object, box);
  }
  Sources from = callee.from | undone_by(path);
  if (callee.object != nullptr) from |= callee.object->from;
  std::uint32_t trace = callee.trace;
  Sources added;
  for (const Value& argument : arguments) {
    if (argument.is(ValueKind::function)) continue;
    added |= sources_of(argument);
    if (trace == 0) trace = trace_of(argument, added);
  }
  for (const Keyword& keyword : keywords) {
    added |= sources_of(keyword.value);
    if (trace == 0) trace = trace_of(keyword.value, added);
  }
  // form.append(…), message.attach(…): the receiver now holds what it was given.
  if (callee.object != nullptr) {
    callee.object->from |= added;
    if (callee.object->trace == 0) callee.object->trace = trace;
  }
  run_callbacks(frame, arguments, keywords, Value::unknown(from, trace), false, site);
  Value made = is_worth_remembering(path) ? instance(callee, arguments, from | added) : bare_instance(callee, from | added);
  made.trace = trace;
  return made;
}

// Methods of file handles that open_file made.
Value Interpreter::handle_method(Frame& frame, const Value& receiver, std::string_view method,
                                 std::vector<Value>& arguments, NodeId site, bool& handled) {
  handled = false;
  const std::string_view base = names_[receiver.api];
  if (receiver.object == nullptr || receiver.object->items.empty() || base != "open()") return {};
  const Value path = receiver.object->items[0];
  handled = true;
  if (method == "write" || method == "writelines" || method == "writestr") {
    Action action = new_action(frame, site, Act::write_file, "open().write");
    fill_target(action, path);
    fill_data(action, arguments, {});
    remember_written(action.target, action.data | Sources(), arguments.empty() || !arguments[0].is_constant_text() ? "" : *arguments[0].text);
    add_action(std::move(action));
    return Value::unknown();
  }
  if (method == "read" || method == "readlines" || method == "readline" || method == "read_text" || method == "decode") {
    if (receiver.object->items.size() > 2) {
      const Value& contents = receiver.object->items[2];
      if (method == "read") return contents;
      return Value::unknown(contents.from, contents.trace);
    }
    return Value::unknown(receiver.from, receiver.trace);
  }
  if (method == "close" || method == "flush" || method == "__exit__" || method == "seek") return Value::null();
  if (method == "__enter__") return receiver;
  handled = false;
  return {};
}

Value Interpreter::known_api(Frame& frame, const Api& api, const Value& callee, std::vector<Value>& arguments,
                             std::vector<Keyword>& keywords, NodeId site, bool is_new) {
  ++outside_calls_;
  const auto keyword = [&](std::string_view name) -> const Value* {
    for (const Keyword& each : keywords) {
      if (names_[each.name] == name) return &each.value;
    }
    return nullptr;
  };
  const auto argument = [&](int i) -> Value {
    return i >= 0 && static_cast<std::size_t>(i) < arguments.size() ? arguments[static_cast<std::size_t>(i)] : Value::undefined();
  };
  const auto finish = [&](Action action) { add_action(std::move(action)); };
  const auto start = [&](Act act) { return new_action(frame, site, act, api.path); };
  Value target = api.target == from_receiver
                     ? (callee.object != nullptr && !callee.object->items.empty() ? callee.object->items[0] : Value::unknown(callee.from))
                     : argument(api.target);
  if (target.is(ValueKind::undefined)) {
    for (const std::string_view name : {"url", "args", "cmd", "command", "path", "file", "host", "name", "address"}) {
      if (const Value* named = keyword(name)) target = *named;
    }
  }
  const auto data_values = [&] {
    std::vector<Value> values;
    if (api.data >= 0) {
      for (std::size_t i = static_cast<std::size_t>(api.data); i < arguments.size(); ++i) {
        if (static_cast<int>(i) != api.target) values.push_back(arguments[i]);
      }
    }
    return values;
  };
  switch (api.special) {
    case Special::request: {
      Action action = start(Act::fetch);
      fill_target(action, target);
      std::vector<Value> values = data_values();
      // An options object as the target holds method, headers and body as well.
      if (target.is(ValueKind::object)) values.push_back(target);
      if (target.is(ValueKind::api) && target.object != nullptr) {
        action.target = show(target);
        action.target_complete = !contains(action.target, hole);
        values.push_back(target);
      }
      if (callee.object != nullptr && !callee.object->from.empty()) values.push_back(Value::unknown(callee.object->from, callee.object->trace));
      fill_data(action, values, keywords);
      if (api.target == from_receiver && !arguments.empty() && arguments.size() > 1) {
        // connection.request("POST", "/path", body)
        action.target += show(arguments[1]);
        action.target_from |= sources_of(arguments[1]);
      }
      std::string method = show(argument(api.target == 1 ? 0 : -1));
      const bool posts = contains(api.path, "post") || contains(api.path, "put") || contains(api.path, "sendBeacon") ||
                         contains(api.path, "patch") || contains_ignoring_case(action.data_text, "method=POST") ||
                         contains_ignoring_case(action.data_text, "method=PUT") || method == "POST" || method == "PUT" ||
                         contains(api.path, "send") || contains(api.path, "execute") || contains(action.data_text, "POST");
      const Sources carried = action.data | action.target_from;
      if (posts || carried.any(secrets | identity | Sources(Source::local_file) | Source::command_output | Source::listing)) action.act = Act::send;
      const Value given = Value::unknown(Source::remote, add_step(frame, site, "fetches " + defang_urls(escape_for_display(action.target, 200))));
      finish(std::move(action));
      Value made = instance(callee, arguments, Source::remote);
      made.from = Source::remote;
      made.trace = given.trace;
      if (target.is(ValueKind::object) || target.is(ValueKind::string)) {
        if (made.object != nullptr && made.object->items.empty()) made.object->items.push_back(target);
      }
      if (made.object != nullptr && !made.object->items.empty() && !target.is_textual()) made.object->items[0] = Value::string(address_of(target), false).with(sources_of(target));
      run_callbacks(frame, arguments, keywords, given, true, site);
      if (api.path == "urllib.request.Request" || api.path == "urllib2.Request") {
        made.from = {};
        if (made.object != nullptr) {
          if (made.object->items.empty()) made.object->items.push_back(target);
          made.object->items[0] = target;
          for (const Keyword& each : keywords) made.object->from |= sources_of(each.value);
        }
      }
      return made;
    }
    case Special::shell: {
      Action action = start(Act::run_shell);
      fill_target(action, target);
      fill_data(action, {}, {});
      const std::string command = show(target);
      for (const Value& each : arguments) {
        if (each.is(ValueKind::object)) action.hidden = action.hidden || contains(show(each), "windowsHide=true") || contains(show(each), "ignore");
      }
      run_command_line(frame, site, action, command);
      finish(std::move(action));
      const Value given = Value::unknown(Source::command_output);
      run_callbacks(frame, arguments, keywords, given, true, site);
      Value made = instance(callee, arguments, Source::command_output);
      made.trace = add_step(frame, site, "runs " + escape_for_display(command, 120));
      return made;
    }
    case Special::program: {
      Action action = start(Act::run_program);
      fill_target(action, target);
      std::string command;
      const auto add_word = [&](const Value& value) {
        if (!command.empty()) command += ' ';
        command += quote_for_shell(show(value));
      };
      if (target.is(ValueKind::list)) {
        for (const Value& item : target.object->items) add_word(item);
        if (target.object->open) command += std::string(" ") + std::string(hole);
      } else {
        command = show(target);
        for (std::size_t i = 1; i < arguments.size(); ++i) {
          if (!arguments[i].is(ValueKind::list)) {
            // os.execl(path, arg0, arg1, …)
            if (arguments[i].is_textual() && api.path.starts_with("os.")) add_word(arguments[i]);
            continue;
          }
          for (const Value& item : arguments[i].object->items) add_word(item);
          action.target_from |= sources_of(arguments[i]);
          break;
        }
      }
      const Value* by_shell = keyword("shell");
      std::string options;
      for (const Value& each : arguments) {
        if (each.is(ValueKind::object)) options += show(each) + " ";
      }
      const bool shell = (by_shell != nullptr && truth(*by_shell, frame.module->language).value_or(true)) || contains(options, "shell=true") ||
                         (target.is_textual() && frame.module->language == Language::python && api.path.starts_with("subprocess.") && contains(command, " "));
      if (shell) action.act = Act::run_shell;
      action.target = command.substr(0, max_text_shown);
      action.target_complete = !contains(action.target, hole) && !action.target.empty();
      const Value* output = keyword("stdout");
      action.hidden = contains(options, "stdio=ignore") || contains(options, "windowsHide=true") || contains(options, "detached=true") ||
                      keyword("creationflags") != nullptr || keyword("startupinfo") != nullptr ||
                      (output != nullptr && output->is(ValueKind::api) && contains(names_[output->api], "DEVNULL"));
      if (const Value* input = keyword("input")) action.data |= sources_of(*input);
      run_command_line(frame, site, action, command);
      finish(std::move(action));
      run_callbacks(frame, arguments, keywords, Value::unknown(Source::command_output), true, site);
      Value made = instance(callee, arguments, Source::command_output);
      made.trace = add_step(frame, site, "runs " + escape_for_display(command, 120));
      return made;
    }
    case Special::evaluate: {
      Action action = start(Act::run_code);
      if (target.is(ValueKind::api) && target.object != nullptr && names_[target.api] == "compile()" && !target.object->items.empty()) target = target.object->items[0];
      action.target = show(target).substr(0, max_text_shown);
      action.target_complete = target.is_constant_text();
      action.target_from = sources_of(target);
      for (std::uint32_t at = trace_of(target, action.target_from); at != 0 && action.steps.size() < max_steps_shown; at = steps_[at].before) action.steps.push_back(steps_[at].step);
      std::ranges::reverse(action.steps);
      // eval(5) or eval(f) runs nothing.
      if (target.is(ValueKind::function) || target.is(ValueKind::number) || target.is_nothing()) return target;
      Value result = Value::unknown(action.target_from);
      if (target.is_textual() && target.text->size() > 1) {
        std::string how;
        for (const Step& step : action.steps) how += (how.empty() ? "" : ", ") + step.what;
        const std::size_t before = result_.layers.size();
        const std::string text = *target.text;
        if (target.complete) result = run_text(frame, site, text, frame.module->language, how, action.target_from);
        if (result_.layers.size() > before) action.program = static_cast<std::int32_t>(before);
      }
      finish(std::move(action));
      if (api.path == "vm.Script") return instance(callee, arguments, {});
      return result;
    }
    case Special::make_function: {
      Action action = start(Act::run_code);
      const Value body = arguments.empty() ? Value::string("") : arguments.back();
      action.target = show(body).substr(0, max_text_shown);
      action.target_complete = body.is_constant_text();
      action.target_from = sources_of(body);
      std::string parameters;
      for (std::size_t i = 0; i + 1 < arguments.size(); ++i) parameters += (i > 0 ? "," : "") + show(arguments[i]);
      Value result = Value::unknown(action.target_from);
      if (body.is_constant_text()) {
        if (trim(*body.text) == "return this") {
          Object* closure = make_object();
          closure->home = nullptr;
          result = Value::of_api(names_.intern("globalThis()"));
          (void)closure;
        } else {
          const std::size_t before = result_.layers.size();
          std::string how = action.steps.empty() ? "Function" : "";
          result = run_text(frame, site, "(function(" + parameters + "){" + *body.text + "\n})", Language::javascript, how, action.target_from);
          if (result_.layers.size() > before) action.program = static_cast<std::int32_t>(before);
        }
      }
      finish(std::move(action));
      return result;
    }
    case Special::load: {
      if (target.is_constant_text()) {
        if (target.from.any(Source::decoded | Source::remote | Source::decrypted)) disguise(frame, site, Disguise::dynamic_import, *target.text);
        if (target.text->starts_with("http://") || target.text->starts_with("https://") || target.text->starts_with("data:")) {
          Action action = start(Act::load_module);
          fill_target(action, target);
          finish(std::move(action));
          return Value::unknown(Source::remote);
        }
        Value module = import_module(frame, *target.text, site);
        const auto written = written_.find(replace_all(std::string(*target.text), std::string(package_root) + "/", ""));
        if (written != written_.end()) {
          Action action = start(Act::load_module);
          fill_target(action, target);
          action.target_from |= written->second.from;
          finish(std::move(action));
        }
        return module;
      }
      Action action = start(Act::load_module);
      fill_target(action, target);
      for (const auto& [path, written] : written_) {
        if (contains(action.target, path)) action.target_from |= written.from;
      }
      finish(std::move(action));
      return Value::unknown(target.from.any(Sources(Source::remote)) ? Sources(Source::remote) : Sources());
    }
    case Special::open_file: {
      std::string mode = show(argument(api.target == from_receiver ? 0 : 1));
      if (const Value* named = keyword("mode")) mode = show(*named);
      if (api.act == Act::write_file) mode = "w";
      if (api.target == no_argument) target = Value::string(std::string(hole) + "/tmp#" + std::to_string(next_unique()), false);
      Value handle = instance(Value::of_api(names_.intern("open")), {target, Value::string(mode)}, {});
      if (is_writing_mode(mode) && handle.object != nullptr) return handle;
      Value contents = target.is_constant_text() ? from_package_file(*target.text, frame) : Value::undefined();
      if (contents.is(ValueKind::undefined)) {
        Action action = start(Act::read_file);
        fill_target(action, target);
        const Sources from = file_sources(action.target);
        action.data = from;
        contents = Value::unknown(from, add_step(frame, site, "reads " + escape_for_display(action.target, 160)));
        finish(std::move(action));
      }
      handle.from = contents.from;
      handle.trace = contents.trace;
      if (handle.object != nullptr) handle.object->items.push_back(contents);
      return handle;
    }
    case Special::read: {
      const Value contents = target.is_constant_text() ? from_package_file(*target.text, frame) : Value::undefined();
      if (!contents.is(ValueKind::undefined)) {
        Value result = contents;
        // Without an encoding Node gives a Buffer; its text is what matters here.
        run_callbacks(frame, arguments, keywords, result, true, site);
        return result;
      }
      Action action = start(Act::read_file);
      fill_target(action, target);
      const Sources from = file_sources(action.target);
      action.data = from;
      const std::uint32_t trace = add_step(frame, site, "reads " + escape_for_display(action.target, 160));
      finish(std::move(action));
      const Value given = Value::unknown(from, trace);
      run_callbacks(frame, arguments, keywords, given, true, site);
      Value made = instance(callee, arguments, from);
      made.trace = trace;
      return made;
    }
    case Special::write: {
      Action action = start(Act::write_file);
      fill_target(action, target);
      const std::vector<Value> values = data_values();
      fill_data(action, values, keywords);
      const std::string contents = !values.empty() && values[0].is_constant_text() ? *values[0].text : "";
      remember_written(show(target), action.data, contents);
      remember_written(action.target, action.data, contents);
      finish(std::move(action));
      run_callbacks(frame, arguments, keywords, Value::null(), true, site);
      return instance(callee, arguments, {});
    }
    case Special::environment: {
      const auto name = to_constant_string(target, frame.module->language);
      Value value = environment_variable(frame, name && target.is_textual() ? *name : std::string(hole), site);
      return value;
    }
    case Special::callback_first:
      if (!arguments.empty() && arguments[0].is_textual()) {
        Action action = start(Act::run_code);
        action.target = show(arguments[0]).substr(0, max_text_shown);
        action.target_complete = arguments[0].is_constant_text();
        action.target_from = sources_of(arguments[0]);
        if (action.target_complete) run_text(frame, site, *arguments[0].text, frame.module->language, "timer", action.target_from);
        finish(std::move(action));
        return Value::unknown();
      }
      if (!arguments.empty() && (arguments[0].is(ValueKind::function) || arguments[0].is(ValueKind::api))) {
        std::vector<Value> rest;
        for (std::size_t i = 2; i < arguments.size(); ++i) rest.push_back(arguments[i]);
        call(frame, arguments[0], Value::undefined(), std::move(rest), site);
      }
      return Value::unknown();
    case Special::setup: {
      const Value* commands = keyword("cmdclass");
      if (commands != nullptr && commands->is(ValueKind::object)) {
        for (const auto& [name, klass] : std::vector(commands->object->properties)) {
          if (!klass.is(ValueKind::klass)) continue;
          std::vector<Value> none;
          std::vector<Keyword> no_keywords;
          const Value made = instantiate(frame, klass.object, none, no_keywords, site);
          for (const std::string_view method : {"initialize_options", "finalize_options", "run"}) {
            if (const Value* found = find_method(klass.object, names_.intern(method))) {
              std::vector<Value> self{made};
              if (found->is(ValueKind::function)) call_function(frame, found->object, made, self, no_keywords, site);
            }
          }
        }
      }
      return Value::unknown();
    }
    case Special::thread: {
      std::vector<Value> given;
      if (const Value* args = keyword("args"); args != nullptr && args->is(ValueKind::list)) given = args->object->items;
      if (const Value* function = keyword("target")) {
        call(frame, *function, Value::undefined(), std::move(given), site);
      } else if (const Value* timed = keyword("function")) {
        call(frame, *timed, Value::undefined(), std::move(given), site);
      } else {
        for (const Value& each : arguments) {
          if (each.is(ValueKind::function) || each.is(ValueKind::api)) {
            call(frame, each, Value::undefined(), std::move(given), site);
            break;
          }
        }
      }
      return instance(callee, {}, {});
    }
    case Special::reflect_apply: {
      std::vector<Value> rest = arguments.size() > 2 && arguments[2].is(ValueKind::list) ? arguments[2].object->items : std::vector<Value>{};
      return call(frame, argument(0), argument(1), std::move(rest), site);
    }
    case Special::none: break;
  }
  // Plain rows of the table.
  const Value given = Value::unknown(api.result, api.result.empty() ? 0 : add_step(frame, site, std::string(api.path)));
  Sources carried;
  if (api.acts) {
    Action action = start(api.act);
    if (api.target != no_argument) fill_target(action, target);
    if ((api.act == Act::connect || api.act == Act::listen) && target.is(ValueKind::number) && arguments.size() > 1) {
      action.target = show(argument(1)) + ":" + show(target);  // net.connect(port, host)
      action.target_complete = !contains(action.target, hole);
    }
    if (api.act == Act::connect && target.is(ValueKind::list)) action.target = replace_all(show(target), " ", ":");
    std::vector<Value> values = data_values();
    if (api.act == Act::redirect_stream) values = arguments;
    if (api.target == from_receiver && callee.object != nullptr) {
      for (std::size_t i = 1; i < callee.object->items.size(); ++i) values.push_back(callee.object->items[i]);
      values.push_back(Value::unknown(callee.object->from, callee.object->trace));
    }
    fill_data(action, values, api.data == no_argument ? std::span<const Keyword>() : std::span<const Keyword>(keywords));
    const bool copies = (api.act == Act::write_file || api.act == Act::move_file) && api.data == 0 && argument(0).is_textual();
    if (copies && !api.result.has(Source::remote)) {
      Action read = start(Act::read_file);
      fill_target(read, argument(0));
      read.data = file_sources(read.target);
      action.data |= read.data;
      finish(std::move(read));
    }
    if (api.act == Act::read_source) action.data = api.result;
    carried = action.data;
    if (api.act == Act::write_file) {
      if (api.result.has(Source::remote)) action.data |= Source::remote;
      remember_written(action.target, action.data, "");
    }
    if (api.act == Act::load_native || api.act == Act::run_code) {
      for (const auto& [path, written] : written_) {
        if (contains(action.target, path)) action.target_from |= written.from;
      }
    }
    if (api.act == Act::send && callee.object != nullptr) callee.object->from |= carried;
    // dup2 of an ordinary file and pipes between sockets give nobody a shell.
    const bool redirects_nothing = api.act == Act::redirect_stream && !action.data.any(Source::command_output | Source::remote);
    const bool plain_pipe = api.act == Act::redirect_stream && api.path.ends_with(".pipe") && !action.data.has(Source::command_output);
    if (!redirects_nothing && !plain_pipe) finish(std::move(action));
  } else {
    carried = callee.from;
    for (const Value& each : arguments) {
      if (!each.is(ValueKind::function)) carried |= sources_of(each);
    }
  }
  run_callbacks(frame, arguments, keywords, given, api.callbacks == Callbacks::now, site);
  // os.path.expanduser("~/x") still reads as a path.
  if (api.path == "os.path.expanduser" && argument(0).is_textual()) return argument(0).with(Source::user);
  if (api.path == "os.homedir" || api.path == "pathlib.Path.home") return Value::string(std::string(hole) + "/HOME", false).with(Source::user);
  if (api.path == "os.tmpdir") return Value::string(std::string(hole) + "/tmp", false);
  if (api.path == "os.getcwd" || api.path == "process.cwd") return Value::string(std::string(hole) + "/cwd", false).with(Source::path);
  if (api.path == "util.promisify" && !arguments.empty()) return arguments[0];
  if (api.path.starts_with("Promise.") && !arguments.empty()) return arguments[0];
  if (api.path.starts_with("asyncio.") && !arguments.empty()) return arguments[0];
  Value made = instance(callee, arguments, api.result | (api.acts ? Sources() : carried));
  made.trace = given.trace;
  (void)is_new;
  return made;
}

// A command line that code hands to a shell or starts: the commands in it, files written before it
// that it runs, and code that it carries.
void Interpreter::run_command_line(Frame& frame, NodeId site, Action& origin, std::string command) {
  for (const auto& [path, written] : written_) {
    if (!names_path(command, path)) continue;
    origin.target_from |= written.from;
    if (written.contents.empty()) continue;
    const bool python = path.ends_with(".py") || path.ends_with(".pyw") || contains(command, "python");
    const bool node = path.ends_with(".js") || path.ends_with(".mjs") || path.ends_with(".cjs") || contains(command, "node ");
    const std::size_t before = result_.layers.size();
    if (python || node) run_text(frame, site, written.contents, python ? Language::python : Language::javascript, "written to a file", written.from);
    if (result_.layers.size() > before) origin.program = static_cast<std::int32_t>(before);
    if (path.ends_with(".sh") || path.ends_with(".bat") || path.ends_with(".cmd") || path.ends_with(".ps1")) {
      shell_actions({where(frame, site), frame.module->role, frame.at_load, written.from, 1}, written.contents,
                    path.ends_with(".ps1") ? powershell : path.ends_with(".sh") ? posix : batch);
    }
  }
  if (command.size() > 1 && command != hole) {
    shell_actions({where(frame, site), frame.module->role, frame.at_load, origin.target_from, 0}, command, posix);
  }
}

}  // namespace assay::code
