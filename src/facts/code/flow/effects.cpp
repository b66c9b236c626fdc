// What calls of names outside the package do: the Actions, and the values that come back.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr std::size_t max_actions_a_place = 6;

// Constructors and clients that are as good as the module they come from.
struct SamePath {
  std::string_view path, means;
};
constexpr SamePath same_paths[] = {
    {"axios.create()", "axios"},
    {"got.extend()", "got"},
    {"request.defaults()", "request"},
    {"ky.create()", "ky"},
    {"requests.sessions.Session()", "requests.Session()"},
    {"requests.session()", "requests.Session()"},
    {"socket.socket().makefile()", "socket.socket()"},
    {"module.Module()", "module()"},
    {"http.get()", "http.request()"},
    {"https.get()", "https.request()"},
    {"new vm.Script()", "vm.Script()"},
    {"axios.default", "axios"},
    {"ssl.SSLContext().wrap_socket()", "socket.socket()"},
    {"ssl.create_default_context().wrap_socket()", "socket.socket()"},
    {"subprocess.Popen()", "subprocess.Popen()"},
    {"pathlib.PosixPath()", "pathlib.Path()"},
    {"util.promisify()", "util.promisify()"},
    {"pathlib.Path.home()", "pathlib.Path()"}};

constexpr std::string_view path_makers[] = {"tempfile.mkdtemp",    "tempfile.mktemp",
                                            "tempfile.gettempdir", "tempfile.mkstemp",
                                            "os.tmpdir",           "tempfile.TemporaryDirectory"};

// Decoders and ciphers, so that what they could not undo is known to have been encoded.
Sources undone_by(std::string_view path) {
  constexpr std::string_view decoders[] = {"base64.", "zlib.", "binascii.", "lzma.",
                                           "bz2.",    "gzip.", "marshal.",  "codecs.decode",
                                           "atob",    "pako."};
  for (const std::string_view start : decoders) {
    if (path.starts_with(start) && !contains(path, "encode") && !contains(path, "compress(") &&
        !contains(path, "dumps"))
      return Source::decoded;
  }
  return path.ends_with("().decrypt") || contains(path, "createDecipher")
             ? Sources(Source::decrypted)
             : Sources();
}

// Results of unknown calls that later calls may fill or ask for their address.
bool is_worth_remembering(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string_view last = path.substr(dot == std::string_view::npos ? 0 : dot + 1);
  if (!last.empty() && last[0] >= 'A' && last[0] <= 'Z') return true;
  for (const std::string_view part :
       {"reate", "new", "onnect", "ession", "ocket", "lient", "open", "Transport", "ebhook"}) {
    if (contains(last, part)) return true;
  }
  return false;
}

}  // namespace

Action Interpreter::new_action(const Frame& frame, NodeId site, Act act,
                               std::string_view api) const {
  Action action;
  action.act = act;
  action.api = api;
  action.where = where(frame, site);
  action.trigger = frame.at_load ? frame.trigger : frame.module->role.trigger;
  action.in_test = frame.module->role.is_test;
  action.at_load = frame.at_load;
  action.fallible = frame.swallowed;
  action.opted_in = frame.opted_in;
  return action;
}

Action Interpreter::new_action(const OutsideCall& call, Act act) const {
  return new_action(call.frame, call.site, act, call.api.path);
}

// The role of the code that runs, with the trigger that led to it.
FileRole Interpreter::role_of(const Frame& frame) const {
  FileRole role = frame.module->role;
  if (frame.at_load) role.trigger = frame.trigger;
  return role;
}

namespace {

// Nothing of the target is unknown but where the home or another folder begins.
bool tells_apart(const Action& action) {
  if (action.target_complete) return true;
  return action.target.starts_with(std::string(hole) + "/") &&
         !contains(std::string_view(action.target).substr(hole.size()), hole);
}

}  // namespace

// Merges the action with an earlier one of the same place when it adds nothing of its own.
void Interpreter::add_action(Action action) {
  std::string place = std::to_string(action.where.file) + ":" + std::to_string(action.where.layer) +
                      ":" + std::to_string(action.where.begin) + ":" +
                      std::to_string(static_cast<int>(action.act)) + action.api;
  auto& same = actions_at_[place];
  for (const std::size_t i : same) {
    Action& old = result_.actions[i];
    if (old.target != action.target && tells_apart(old) && tells_apart(action) &&
        same.size() < max_actions_a_place) {
      continue;
    }
    if (!old.target_complete &&
        (action.target_complete || action.target.size() > old.target.size())) {
      old.target = action.target;
      old.target_complete = action.target_complete;
    }
    if (action.data_text.size() > old.data_text.size()) old.data_text = action.data_text;
    old.data |= action.data;
    old.target_from |= action.target_from;
    // The more automatic of the two: what is only called says nothing about when it runs.
    if (action.at_load && old.at_load) old.trigger = std::max(old.trigger, action.trigger);
    if (action.at_load && !old.at_load) old.trigger = action.trigger;
    old.at_load = old.at_load || action.at_load;
    old.in_test = old.in_test && action.in_test;
    old.hidden = old.hidden || action.hidden;
    old.opted_in = old.opted_in && action.opted_in;
    if (old.program < 0) old.program = action.program;
    if (action.steps.size() > old.steps.size()) old.steps = std::move(action.steps);
    return;
  }
  if (result_.actions.size() >= limits_.actions) return;
  same.push_back(result_.actions.size());
  result_.actions.push_back(std::move(action));
}

void Interpreter::fill_target(Action& action, const Value& value) {
  // A copy: a text that is cut keeps its memory, and there are many actions.
  action.target = address_of(value).substr(0, max_text_shown);
  action.target_complete = !contains(action.target, hole) && !action.target.empty();
  action.target_from |= sources_of(value);
}

void Interpreter::fill_data(Action& action, std::span<const Value> values,
                            std::span<const Keyword> keywords) {
  std::uint32_t trace = 0;
  const auto add = [&](const Value& value) {
    if (value.is(ValueKind::function)) return;
    const Sources from = sources_of(value);
    action.data |= from;
    if (!from.empty()) {
      const std::uint32_t found =
          trace_of(value, from.any(secrets | identity) ? secrets | identity : from);
      if (trace == 0 || from.any(secrets)) trace = found != 0 ? found : trace;
    }
    if (action.data_text.size() + 1 < max_text_shown) {
      if (!action.data_text.empty()) action.data_text += ' ';
      action.data_text += show(value).substr(0, max_text_shown - action.data_text.size());
    }
  };
  for (const Value& value : values) add(value);
  for (const Keyword& keyword : keywords) add(keyword.value);
  for (std::uint32_t at = trace; at != 0 && action.steps.size() < max_steps_shown;
       at = steps_[at].before) {
    action.steps.push_back(steps_[at].step);
  }
  std::ranges::reverse(action.steps);
}

// One that a caller or a user names is theirs to give; any other that cannot be named may be all.
Value Interpreter::named_variable(Frame& frame, const Value& name, NodeId site) {
  constexpr Sources chosen = Source::argument | Source::user_input | Source::local_file;
  const auto constant = to_constant_string(name, frame.module->language);
  if (constant && (name.is_textual() || site == no_node))
    return environment_variable(frame, *constant, site);
  const Sources from = sources_of(name);
  if (from.any(chosen) && !from.any(secrets)) return Value::unknown(Source::variable);
  return environment_variable(frame, hole, site);
}

Value Interpreter::environment_variable(Frame& frame, std::string_view name, NodeId site) {
  const Sources from = classify_variable(name);
  last_variable_ = name;
  // Where temporary and home folders are is said by their names, so that paths stay recognisable.
  const std::string upper(name);
  if (upper == "HOME" || upper == "USERPROFILE" || upper == "APPDATA" || upper == "LOCALAPPDATA" ||
      upper == "TEMP" || upper == "TMP" || upper == "PROGRAMDATA" || upper == "SystemRoot" ||
      upper == "windir") {
    return Value::string(std::string(hole) + "/" + upper, false)
        .with(upper == "HOME" || upper == "USERPROFILE" ? Source::user : Sources());
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
                            std::vector<Keyword>& keywords, NodeId site) {
  const Language language = frame.module->language;
  // A method that was taken out as a value: getattr(handle, "write"), then called.
  if (callee.object != nullptr) {
    const std::string_view path = names_[callee.api];
    if (path.starts_with("open().")) {
      bool handled = false;
      Value handle = callee;
      handle.api = names_.intern("open()");
      const Value result = handle_method(frame, handle, path.substr(7), arguments, site, handled);
      if (handled) return result;
    }
  }
  auto& cache = api_cache_[language == Language::python ? 1 : 0];
  const auto cached = cache.find(callee.api);
  const Api* api = nullptr;
  if (cached != cache.end()) {
    api = cached->second;
  } else {
    api = find_api(language, names_[callee.api]);
    cache.emplace(callee.api, api);
  }
  if (api != nullptr) return known_api(frame, *api, callee, arguments, keywords, site);
  return unknown_api(frame, callee, arguments, keywords, site);
}

Value Interpreter::unknown_api(Frame& frame, const Value& callee, std::vector<Value>& arguments,
                               std::vector<Keyword>& keywords, NodeId site) {
  const std::string path(names_[callee.api]);
  const bool is_python = frame.module->language == Language::python;
  if (path.starts_with("method.") && callee.object != nullptr && !callee.object->items.empty()) {
    return invoke(frame, Value(callee.object->items[0]), path.substr(7), arguments, site);
  }
  if (const Pure pure = is_python ? find_python_function(path) : find_javascript_function(path)) {
    PureCall pure_call{*this, frame, site, callee, arguments, keywords};
    if (std::optional<Value> result = pure(pure_call)) {
      if (result->is(ValueKind::unknown) || !result->complete) ++unknown_operations_;
      return *result;
    }
  }
  ++outside_calls_;
  if (path == "builtins.*" && !arguments.empty()) {
    const Sources given = sources_of(arguments[0]);
    if (given.any(Source::decoded | Source::decrypted | Source::remote)) {
      Action action = new_action(frame, site, Act::run_code, path);
      action.target_from = given | callee.from;
      action.target = show(arguments[0]).substr(0, max_text_shown);
      add_action(std::move(action));
    }
  }
  if (std::ranges::find(path_makers, path) != std::end(path_makers)) {
    if (path == "tempfile.gettempdir") return Value::string(std::string(hole) + "/TEMP", false);
    return Value::string(std::string(hole) + "/tmp#" + std::to_string(next_unique()), false);
  }
  if (path == "Proxy" && arguments.size() > 1) {
    Object* proxy = make_object();
    proxy->is_proxy = true;
    proxy->items.assign(arguments.begin(), arguments.begin() + 2);
    return Value::of_object(ValueKind::object, proxy);
  }
  if (path.starts_with("sys.meta_path.") || path.starts_with("sys.path_hooks."))
    run_import_hook(frame, arguments);
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
  if (!is_python && is_digest(path))
    return Value::unknown((from | added).without(secrets | identity));
  run_callbacks(frame, arguments, keywords, Value::unknown(from, trace),
                !is_python && calls_back_soon(path));
  const bool is_new = frame.module->tree[site].kind == Kind::new_;
  Value made = is_new || is_worth_remembering(path) ? instance(callee, arguments, from | added)
                                                    : bare_instance(callee, from | added);
  made.trace = trace;
  return made;
}

Value OutsideCall::argument(int i) const {
  return i >= 0 && static_cast<std::size_t>(i) < arguments.size()
             ? arguments[static_cast<std::size_t>(i)]
             : Value::undefined();
}

const Value* OutsideCall::keyword(std::string_view name) const {
  for (const Keyword& each : keywords) {
    if (interpreter.names()[each.name] == name) return &each.value;
  }
  return nullptr;
}

std::vector<Value> OutsideCall::data_values() const {
  std::vector<Value> values;
  if (api.data < 0) return values;
  for (std::size_t i = static_cast<std::size_t>(api.data); i < arguments.size(); ++i) {
    if (static_cast<int>(i) != api.target || api.target == api.data) values.push_back(arguments[i]);
  }
  return values;
}

namespace {

// The name of this machine and nothing else.
bool is_own_name(const Value& value) {
  return value.from == Sources(Source::host) && !value.is_textual();
}

Value target_of(const OutsideCall& call) {
  const Object* made_with = call.callee.object;
  Value target = call.argument(call.api.target);
  if (call.api.target == from_receiver) {
    target = made_with != nullptr && !made_with->items.empty() ? made_with->items[0]
                                                               : Value::unknown(call.callee.from);
  }
  if (!target.is(ValueKind::undefined)) return target;
  for (const std::string_view name :
       {"url", "args", "cmd", "command", "path", "file", "host", "name", "address"}) {
    if (const Value* named = call.keyword(name)) target = *named;
  }
  return target;
}

}  // namespace

Value Interpreter::known_api(Frame& frame, const Api& api, const Value& callee,
                             std::vector<Value>& arguments, std::vector<Keyword>& keywords,
                             NodeId site) {
  ++outside_calls_;
  OutsideCall call{*this, frame, api, callee, arguments, keywords, site, {}};
  call.target = target_of(call);
  if (api.target == from_receiver && callee.object != nullptr) {
    if (std::optional<Value> address = service_address(api.path, callee.object->items))
      call.target = *address;
  }
  switch (api.special) {
    case Special::none: return plain_effect(call);
    case Special::request: return request_effect(call);
    case Special::shell: return shell_effect(call);
    case Special::program: return program_effect(call);
    case Special::evaluate: return evaluate_effect(call);
    case Special::make_function: return make_function_effect(call);
    case Special::load: return load_effect(call);
    case Special::run_file: return run_file_effect(call);
    case Special::open_file: return open_effect(call);
    case Special::read: return read_effect(call);
    case Special::write: return write_effect(call);
    case Special::environment: return environment_effect(call);
    case Special::callback_first: return timer_effect(call);
    case Special::setup: return setup_effect(call);
    case Special::thread: return thread_effect(call);
    case Special::reflect_apply: return apply_effect(call);
  }
  return plain_effect(call);
}

// Rows of the table that say all there is to say.
Value Interpreter::plain_effect(OutsideCall& call) {
  const Api& api = call.api;
  if (api.path.starts_with("sys.path.") || api.path == "site.addsitedir")
    add_search_roots(call.arguments);
  const Value given = Value::unknown(
      api.result, api.result.empty() ? 0 : add_step(call.frame, call.site, std::string(api.path)));
  Sources carried = call.callee.from;
  if (api.acts) {
    carried = plain_action(call);
  } else {
    for (const Value& each : call.arguments) {
      if (!each.is(ValueKind::function)) carried |= sources_of(each);
    }
  }
  run_callbacks(call.frame, call.arguments, call.keywords, given, api.callbacks == Callbacks::now);
  if (std::optional<Value> known = plain_value(call)) return *known;
  Value made = instance(call.callee, call.arguments, api.result | (api.acts ? Sources() : carried));
  made.trace = given.trace;
  return made;
}

// Where a download lands that was told no place: the last part of its address.
Value Interpreter::file_of_download(std::string_view address) {
  const std::size_t slash = address.find_last_of("/");
  const std::string_view name = slash == std::string_view::npos ? "" : address.substr(slash + 1);
  if (!name.empty() && !contains(name, hole)) return Value::string(std::string(name));
  return Value::string(std::string(hole) + "/tmp#" + std::to_string(next_unique()), false);
}

// Gives the sources that the action carries.
Sources Interpreter::plain_action(OutsideCall& call) {
  const Api& api = call.api;
  Object* receiver = call.callee.object;
  const bool downloads = api.act == Act::write_file && api.result.has(Source::remote);
  if (downloads) {
    Action fetch = new_action(call, Act::fetch);
    fill_target(fetch, call.argument(api.data));
    if (call.target.is(ValueKind::undefined)) call.target = file_of_download(fetch.target);
    add_action(std::move(fetch));
  }
  Action action = new_action(call, api.act);
  if (api.target != no_argument) fill_target(action, call.target);
  if ((api.act == Act::connect || api.act == Act::listen) && call.target.is(ValueKind::number) &&
      call.arguments.size() > 1) {
    action.target = show(call.argument(1)) + ":" + show(call.target);  // net.connect(port, host)
    action.target_complete = !contains(action.target, hole);
  }
  if (api.act == Act::connect && call.target.is(ValueKind::list))
    action.target = replace_all(show(call.target), " ", ":");
  std::vector<Value> values = api.act == Act::redirect_stream ? call.arguments : call.data_values();
  if (api.target == from_receiver && receiver != nullptr) {
    for (std::size_t i = 1; i < receiver->items.size(); ++i) values.push_back(receiver->items[i]);
    values.push_back(Value::unknown(receiver->from, receiver->trace));
  }
  fill_data(action, values,
            api.data == no_argument ? std::span<const Keyword>()
                                    : std::span<const Keyword>(call.keywords));
  const bool copies = (api.act == Act::write_file || api.act == Act::move_file) && api.data == 0 &&
                      call.argument(0).is_textual();
  if (copies && !downloads) {
    Action read = new_action(call, Act::read_file);
    fill_target(read, call.argument(0));
    read.data = file_sources(read.target);
    action.data |= read.data;
    add_action(std::move(read));
  }
  if (api.act == Act::read_source) action.data = api.result;
  const Sources carried = action.data;
  if (api.act == Act::write_file) {
    if (downloads) action.data |= Source::remote;
    remember_written(action.target, action.data, "");
  }
  if (api.act == Act::load_native || api.act == Act::run_code)
    action.target_from |= written_sources(action.target);
  if (api.act == Act::send && receiver != nullptr) receiver->from |= carried;
  // dup2 of an ordinary file and pipes between sockets give nobody a shell.
  const bool redirects_nothing =
      api.act == Act::redirect_stream && !action.data.any(Source::command_output | Source::remote);
  const bool plain_pipe = api.act == Act::redirect_stream && api.path.ends_with(".pipe") &&
                          !action.data.has(Source::command_output);
  const bool asks_own_name = api.act == Act::resolve && is_own_name(call.argument(0));
  if (!redirects_nothing && !plain_pipe && !asks_own_name) add_action(std::move(action));
  return carried;
}

// Results that later code computes with.
std::optional<Value> Interpreter::plain_value(const OutsideCall& call) {
  const std::string_view path = call.api.path;
  const auto place = [](std::string_view name) {
    return Value::string(std::string(hole) + std::string(name), false);
  };
  if (path == "os.path.expanduser" && call.argument(0).is_textual())
    return call.argument(0).with(Source::user);
  if (path == "os.homedir" || path == "pathlib.Path.home") return place("/HOME").with(Source::user);
  if (path == "os.tmpdir") return place("/TEMP");
  if (path == "os.getcwd" || path == "process.cwd") return place("/cwd").with(Source::path);
  if (path == "os.chdir" || path == "process.chdir") {
    const std::string folder = show(call.argument(0));
    // Wherever a computed name leads, it is not where the package lies.
    if (folder != hole && folder != "." && !folder.starts_with(package_root))
      working_folder_ = folder;
    return Value::null();
  }
  // gethostbyname(gethostname()) is how to ask for one's own address.
  if (call.api.act == Act::resolve && is_own_name(call.argument(0)))
    return Value::unknown(Source::host);
  if (call.api.act == Act::write_file && call.api.result.has(Source::remote)) {
    Value where = call.target;
    return path == "wget.download" ? where : make_list({where, Value::unknown(Source::remote)});
  }
  const bool hands_on =
      path == "util.promisify" || path.starts_with("Promise.") || path.starts_with("asyncio.");
  if (hands_on && !call.arguments.empty()) return call.arguments[0];
  return std::nullopt;
}

Value Interpreter::environment_effect(OutsideCall& call) {
  const Value value = named_variable(call.frame, call.target, call.site);
  // What stands in where the variable is not set is what it mostly is. No condition is decided by
  // it: the text counts as incomplete.
  const Value otherwise = call.argument(1);
  if (!value.is(ValueKind::unknown) || !otherwise.is_constant_text()) return value;
  return Value::string(*otherwise.text, false).with(value.from, value.trace);
}

// setTimeout(f, 10, argument), queueMicrotask(f), setTimeout("code").
Value Interpreter::timer_effect(OutsideCall& call) {
  if (call.arguments.empty()) return Value::unknown();
  const Value first = call.arguments[0];
  if (first.is_textual()) {
    Action action = new_action(call, Act::run_code);
    action.target = show(first).substr(0, max_text_shown);
    action.target_complete = first.is_constant_text();
    action.target_from = sources_of(first);
    if (action.target_complete)
      run_text(call.frame, call.site, *first.text, call.frame.module->language, "timer",
               action.target_from);
    add_action(std::move(action));
  } else if (first.is(ValueKind::function) || first.is(ValueKind::api)) {
    std::vector<Value> rest;
    for (std::size_t i = 2; i < call.arguments.size(); ++i) rest.push_back(call.arguments[i]);
    this->call(call.frame, first, Value::undefined(), std::move(rest), call.site);
  }
  return Value::unknown();
}

// Commands of setuptools that no installer runs: whoever works on the package types them, and
// their methods are analysed with what nobody calls.
bool is_maintainers_command(std::string_view name) {
  constexpr std::string_view installers[] = {
      "install",   "develop",        "egg_info",     "dist_info", "bdist_wheel",
      "bdist_egg", "editable_wheel", "easy_install", "saveopts",  "alias"};
  return std::ranges::find(installers, name) == std::end(installers) &&
         !name.starts_with("build") && !name.starts_with("install_");
}

// setuptools.setup(cmdclass={"install": Install}): the command's methods run.
Value Interpreter::setup_effect(OutsideCall& call) {
  const Value* commands = call.keyword("cmdclass");
  if (commands == nullptr || !commands->is(ValueKind::object)) return Value::unknown();
  // One that an installer runs may ask for others by name.
  const std::string_view source = call.frame.module->tree.source;
  const bool asks = contains(source, "run_command") || contains(source, "sub_commands");
  for (const auto& [name, klass] : std::vector(commands->object->properties)) {
    if (!klass.is(ValueKind::klass) || (!asks && is_maintainers_command(names_[name]))) continue;
    run_methods(call.frame, klass, {"initialize_options", "finalize_options", "run"});
  }
  return Value::unknown();
}

// Thread(target=f, args=(…)), Timer(1, f), run_in_executor(None, f).
Value Interpreter::thread_effect(OutsideCall& call) {
  std::vector<Value> given;
  if (const Value* args = call.keyword("args"); args != nullptr && args->is(ValueKind::list))
    given = args->object->items;
  const Value* started = call.keyword("target");
  if (started == nullptr) started = call.keyword("function");
  for (const Value& each : call.arguments) {
    if (started == nullptr && (each.is(ValueKind::function) || each.is(ValueKind::api)))
      started = &each;
  }
  if (started != nullptr)
    this->call(call.frame, Value(*started), Value::undefined(), std::move(given), call.site);
  return instance(call.callee, {}, {});
}

Value Interpreter::apply_effect(OutsideCall& call) {
  std::vector<Value> rest;
  if (call.arguments.size() > 2 && call.arguments[2].is(ValueKind::list))
    rest = call.arguments[2].object->items;
  return this->call(call.frame, call.argument(0), call.argument(1), std::move(rest), call.site);
}

}  // namespace assay::code
