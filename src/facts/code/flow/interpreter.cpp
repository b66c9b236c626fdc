#include "facts/code/flow/interpreter.h"

#include <algorithm>

#include "base/text.h"
#include "facts/code/javascript/parser.h"
#include "facts/code/python/bytecode.h"
#include "facts/code/python/encoding.h"
#include "facts/code/python/parser.h"

namespace assay::code {
namespace {

// A step's memory is small, but a loop could make millions.
constexpr std::size_t max_steps = 50'000;
constexpr std::size_t max_disguises = 300;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return contains(text, word); });
}

// What a caller is asked for by name: the keys to a wallet are never just an argument. `owner` is
// the function's name and its class's.
Sources sources_of_parameter(std::string_view name, std::string_view owner) {
  const std::string lower = to_lower_ascii(name);
  if (contains_any(lower, {"private_key", "privatekey", "mnemonic", "seed_phrase", "seedphrase"}))
    return Source::wallet;
  // Many things have secret keys and seeds; those of key pairs and wallets hold money.
  const bool is_key = contains_any(lower, {"secretkey", "secret_key", "seed", "entropy"});
  const bool is_wallet =
      contains_any(to_lower_ascii(owner), {"keypair", "wallet", "mnemonic", "hdnode"});
  return is_key && is_wallet ? Sources(Source::wallet) : Sources();
}

bool is_javascript(FileKind kind) {
  return kind == FileKind::javascript || kind == FileKind::typescript;
}

// Minified code has a node for seven bytes or more, other code one for ten to twenty.
std::size_t likely_nodes(const File& file) { return file.bytes.size() / 10; }

}  // namespace

Interpreter::Interpreter(const Package& package, std::span<const FileRole> roles,
                         const FlowLimits& limits)
    : package_(package), roles_(roles), limits_(limits) {
  pool_ = limits.base_steps;
  text_left_ = limits.text_bytes;
  layer_bytes_left_ = limits.layer_bytes;
  items_left_ = limits.items;
  for (std::size_t i = 0; i < package.files.size(); ++i) {
    file_index_.emplace(package.files[i].path, static_cast<std::int32_t>(i));
  }
}

Interpreter::Slice::Slice(Interpreter& interpreter, std::uint64_t steps)
    : interpreter_(interpreter), outer_(interpreter.steps_left_) {
  interpreter.steps_left_ = std::min(steps, interpreter.pool_);
  interpreter.pool_ -= interpreter.steps_left_;
}

Interpreter::Slice::~Slice() {
  if (!interpreter_.out_of_memory_) interpreter_.pool_ += interpreter_.steps_left_;
  interpreter_.steps_left_ = interpreter_.out_of_memory_ ? 0 : outer_;
}

void Interpreter::say_stopped(const LoadedModule& module, bool at_load) {
  if (module.role.is_test || module.file < 0) return;
  Stopped& stopped = stopped_[module.file];
  if (at_load)
    stopped.at_load = true;
  else
    ++stopped.functions;
}

bool Interpreter::spend(std::uint64_t steps) {
  if (steps_left_ < steps) {
    steps_left_ = 0;
    return false;
  }
  steps_left_ -= steps;
  return true;
}

bool Interpreter::spend_text(std::size_t bytes) {
  if (text_left_ < bytes) {
    text_left_ = 0;
    return false;
  }
  text_left_ -= bytes;
  // Copying is work too.
  return spend(bytes / 256);
}

Object* Interpreter::make_object() {
  if (objects_made_ >= limits_.objects) {
    steps_left_ = 0;
    pool_ = 0;
    out_of_memory_ = true;
  }
  ++objects_made_;
  if (free_objects_.empty()) return &objects_.emplace_back();
  Object* object = free_objects_.back();
  free_objects_.pop_back();
  return object;
}

Scope* Interpreter::new_scope() {
  if (free_scopes_.empty()) return &scopes_.emplace_back();
  Scope* scope = free_scopes_.back();
  free_scopes_.pop_back();
  return scope;
}

void Interpreter::release(Scope* scope) {
  if (scope->captured) return;
  scope->parent = nullptr;
  scope->is_function = false;
  scope->bindings.clear();
  scope->index.reset();
  scope->redirected.clear();
  free_scopes_.push_back(scope);
}

void Interpreter::capture(Scope* scope) {
  for (; scope != nullptr && !scope->captured; scope = scope->parent) scope->captured = true;
}

Value Interpreter::make_list(std::vector<Value> items) {
  Object* object = make_object();
  object->open = !draw_from(items_left_, items.size()) || !spend(items.size() / 8);
  if (!object->open) object->items = std::move(items);
  return Value::of_object(ValueKind::list, object);
}

Where Interpreter::where(const Frame& frame, NodeId node) const {
  const Node& at = frame.module->tree[node];
  return {frame.module->file, frame.module->layer, at.begin, at.end};
}

std::uint32_t Interpreter::add_step(Frame& frame, NodeId site, std::string what,
                                    std::uint32_t before) {
  if (steps_.size() >= max_steps) return before;
  steps_.push_back({{where(frame, site), std::move(what)}, before});
  return static_cast<std::uint32_t>(steps_.size() - 1);
}

void Interpreter::disguise(Frame& frame, NodeId site, Disguise kind, std::string_view result) {
  constexpr std::size_t most_shown = 256;
  if (result_.disguises.size() >= max_disguises) return;
  const Where at = where(frame, site);
  const std::int32_t place = (at.file + 1) * 4096 + at.layer + 1;
  if (!disguised_at_.emplace(place, at.begin * 16 + static_cast<std::uint32_t>(kind)).second)
    return;
  result_.disguises.push_back({kind, at, std::string(result.substr(0, most_shown))});
}

void Interpreter::note_invisible(Frame& frame, NodeId site) {
  // One emoji has up to three of them; a program has many.
  constexpr std::uint32_t telling = 16;
  if (++invisible_decoded_ == telling)
    disguise(frame, site, Disguise::invisible_text, "a text in variation selectors");
}

void Interpreter::prepare(LoadedModule& module) {
  intern_names(module);
  module.has_tree = true;
  module.tree_nodes = module.tree.nodes.size();
  pool_ += limits_.steps_per_node * module.tree_nodes;
}

void Interpreter::note_skipped(const LoadedModule& module) {
  if (module.layer >= 0 || module.tree.skipped.empty()) return;
  const File& file = package_.files[static_cast<std::size_t>(module.file)];
  std::size_t bytes = 0;
  for (const Skipped& skipped : module.tree.skipped) bytes += skipped.end - skipped.begin;
  const Skipped& first = module.tree.skipped.front();
  const auto line =
      1 + std::count(
              file.bytes.begin(),
              file.bytes.begin() + std::min<std::ptrdiff_t>(
                                       first.begin, static_cast<std::ptrdiff_t>(file.bytes.size())),
              '\n');
  // A few odd tokens in a file nobody runs are not worth a word; a lost stretch of code is.
  constexpr std::size_t worth_saying = 64;
  if (bytes < worth_saying) return;
  result_.gaps.push_back({GapKind::unparsed_code, file.path,
                          std::to_string(bytes) + " bytes could not be parsed, from line " +
                              std::to_string(line) + ": " + std::string(first.reason)});
}

std::unique_ptr<LoadedModule> Interpreter::parse_file(std::int32_t file, FileKind kind) {
  const File& source = package_.files[static_cast<std::size_t>(file)];
  auto module = std::make_unique<LoadedModule>();
  module->file = file;
  if (static_cast<std::size_t>(file) < roles_.size())
    module->role = roles_[static_cast<std::size_t>(file)];
  if (kind == FileKind::python) {
    module->language = Language::python;
    std::optional<std::string> decoded = python::decode_source(source.bytes);
    if (decoded && decoded->size() <= layer_bytes_left_ && result_.layers.size() < limits_.layers) {
      layer_bytes_left_ -= decoded->size();
      module->own_text = std::move(*decoded);
      module->layer = static_cast<std::int32_t>(result_.layers.size());
      result_.layers.push_back(
          {Layer::Kind::python, {file, -1, 0, 0}, 1, "the file's own encoding", module->own_text});
    }
  }
  if (kind == FileKind::bytecode) open_bytecode(*module, source.bytes);
  parse_tree(*module, kind);
  if (kind == FileKind::bytecode && module->layer >= 0) {
    result_.layers[static_cast<std::size_t>(module->layer)].is_read = module->tree.skipped.empty();
  }
  prepare(*module);
  return module;
}

// A compiled module is a layer: its text is made here, and nobody wrote it.
void Interpreter::open_bytecode(LoadedModule& module, std::string_view bytes) {
  module.language = Language::python;
  std::optional<std::string> text = python::text_of_bytecode(bytes);
  if (!text || text->size() > layer_bytes_left_ || result_.layers.size() >= limits_.layers) {
    module.own_text = "";
    return;
  }
  layer_bytes_left_ -= text->size();
  module.own_text = std::move(*text);
  module.layer = static_cast<std::int32_t>(result_.layers.size());
  result_.layers.push_back(
      {Layer::Kind::python, {module.file, -1, 0, 0}, 1, "bytecode", module.own_text});
}

LoadedModule* Interpreter::load(std::int32_t file) {
  const auto found = modules_.find(file);
  if (found != modules_.end()) return found->second.get();
  let_trees_go(likely_nodes(package_.files[static_cast<std::size_t>(file)]));
  std::unique_ptr<LoadedModule> module =
      parse_file(file, package_.files[static_cast<std::size_t>(file)].kind);
  note_skipped(*module);
  kept_nodes_ += module->tree_nodes;
  nodes_to_parse_again_ += module->tree_nodes;
  module->last_used = ++tree_uses_;
  LoadedModule* loaded = modules_.emplace(file, std::move(module)).first->second.get();
  const TreeInUse in_use(*this, *loaded);
  let_trees_go(0);
  return loaded;
}

void Interpreter::execute_module(LoadedModule& module, bool at_load) {
  if (module.running || module.finished) return;
  const TreeInUse in_use(*this, module);
  const Slice slice(*this, limits_.file_steps + limits_.steps_per_node / 2 * module.tree_nodes);
  module.running = true;
  module.scope = new_scope();
  module.scope->is_function = true;
  Frame frame;
  frame.module = &module;
  frame.scope = frame.function_scope = module.scope;
  Object* exports = make_object();
  if (module.language == Language::javascript) {
    module.exports = Value::of_object(ValueKind::object, exports);
    module.module_object = make_object();
    module.module_object->has_fallback = true;
    module.module_object->fallback = names_.intern("module");
    module.module_object->set(names_.intern("exports"), module.exports);
    module.scope->declare(names_.intern("exports"), 0).value = module.exports;
    module.scope->declare(names_.intern("module"), 0).value =
        Value::of_object(ValueKind::object, module.module_object);
    frame.self = module.exports;
  } else {
    exports->scope = module.scope;
    exports->home = &module;
    module.exports = Value::of_object(ValueKind::module, exports);
  }
  frame.at_load = at_load;
  frame.trigger = module.role.trigger;
  exec_children(frame, module.tree.children(module.tree.root));
  if (module.module_object != nullptr) {
    if (const Value* changed = module.module_object->find(names_.intern("exports"))) {
      module.exports = *changed;
    }
  }
  if (slice.ran_out()) say_stopped(module, true);
  module.running = false;
  module.finished = true;
}

void Interpreter::run_file(std::int32_t file) {
  const FileKind kind = package_.files[static_cast<std::size_t>(file)].kind;
  // A cache is not imported without its source, and says no more than that.
  const std::string& path = package_.files[static_cast<std::size_t>(file)].path;
  const bool is_compiled = kind == FileKind::bytecode && !contains(path, "__pycache__/");
  if (kind != FileKind::python && !is_compiled && !is_javascript(kind)) return;
  LoadedModule* module = load(file);
  execute_module(*module);
  for (const std::string& name : module->role.called) call_entry(*module, name);
  if (module->role.program != Trigger::none &&
      package_.files[static_cast<std::size_t>(file)].path == "setup.py")
    call_entry(*module, "*command");
}

// A function or class that whoever loads the module calls. "*Hook" stands for every class whose
// base is a build hook, "*command" for every one that is a command of setuptools: which of them
// setup() is given can be computed, and the others are there for nothing else.
void Interpreter::call_entry(LoadedModule& module, std::string_view name) {
  if (module.scope == nullptr) return;
  const TreeInUse in_use(*this, module);
  const Slice slice(*this, limits_.function_steps);
  Frame frame;
  frame.module = &module;
  frame.scope = frame.function_scope = module.scope;
  frame.trigger = module.role.trigger;
  for (const Binding& binding : std::vector<Binding>(module.scope->bindings)) {
    const bool is_named = names_[binding.name] == name;
    if (binding.value.is(ValueKind::function) && is_named) {
      call(frame, binding.value, Value::undefined(), {}, binding.value.object->node);
    } else if (binding.value.is(ValueKind::klass) &&
               (is_named || has_base_like(binding.value, name))) {
      run_methods(
          frame, binding.value,
          {"initialize_options", "finalize_options", "run", "initialize", "update", "finalize"});
    }
  }
}

bool Interpreter::has_base_like(const Value& klass, std::string_view wanted) const {
  if (!klass.object->bases || !wanted.starts_with('*')) return false;
  const std::string_view part = wanted == "*Hook" ? "HookInterface" : ".command.";
  return std::ranges::any_of(*klass.object->bases, [&](const Value& base) {
    if (!base.is(ValueKind::api)) return false;
    const std::string_view path = names_[base.api];
    const bool is_maintainers = path.ends_with(".test") || path.ends_with(".sdist") ||
                                path.ends_with(".upload") || path.ends_with(".clean");
    return contains(path, part) && !is_maintainers;
  });
}

// Makes one of a class and calls those of the methods that it has.
void Interpreter::run_methods(Frame& frame, const Value& klass,
                              std::initializer_list<std::string_view> methods) {
  std::vector<Value> none;
  std::vector<Keyword> no_keywords;
  const Value made = instantiate(frame, klass.object, none, no_keywords);
  for (const std::string_view method : methods) {
    const Value* found = find_method(klass.object, names_.intern(method));
    std::vector<Value> self{made};
    if (found != nullptr && found->is(ValueKind::function))
      call_function(frame, found->object, made, self, no_keywords);
  }
}

void Interpreter::analyse_uncalled_functions() {
  // Analysing one may make more: the list grows while we walk it.
  for (; next_closure_ < closures_.size(); ++next_closure_) {
    let_values_go();
    Object* function = closures_[next_closure_];
    if (function->record->entered > 0 || !may_act(function)) continue;
    const TreeInUse in_use(*this, *function->home);
    const Slice slice(*this, limits_.function_steps);
    Frame frame;
    frame.module = function->home;
    frame.scope = frame.function_scope = function->scope;
    frame.at_load = false;
    frame.certainty = 0;
    std::vector<Value> arguments;
    std::vector<Keyword> keywords;
    Value self = Value::unknown(Source::argument);
    if (function->self != nullptr) {
      Object* instance = make_object();
      instance->made_by = function->self;
      instance->open = true;
      self = Value::of_object(ValueKind::object, instance);
    }
    const NodeId parameters = function->home->tree.child(function->node, 0);
    const std::size_t count = function->home->tree[parameters].child_count;
    std::string owner(names_[function->declared_name]);
    if (function->self != nullptr && function->self->home != nullptr)
      owner += " " + std::string(names_[function->self->declared_name]);
    const bool takes_self =
        function->self != nullptr && function->home->language == Language::python;
    for (std::size_t i = takes_self ? 1 : 0; i < std::min<std::size_t>(count, 32); ++i) {
      const NodeId target =
          function->home->tree.child(function->home->tree.child(parameters, i), 0);
      const Sources given = handlers_.contains(function) ? Source::remote : Source::argument;
      arguments.push_back(
          Value::unknown(given | sources_of_parameter(function->home->tree[target].text, owner)));
    }
    leave_folder();
    call_function(frame, function, self, arguments, keywords);
    if (slice.ran_out()) say_stopped(*function->home, false);
  }
}

FlowResult Interpreter::take() {
  for (const auto& [file, stopped] : stopped_) {
    const std::string what = stopped.at_load
                                 ? "what runs when it is loaded"
                                 : std::to_string(stopped.functions) + " of its functions";
    result_.gaps.push_back({GapKind::budget, package_.files[static_cast<std::size_t>(file)].path,
                            what + " could only be analysed in part: the budget of steps ended"});
  }
  if (out_of_memory_) {
    result_.gaps.push_back(
        {GapKind::budget, "", "the analysis of code stopped at its budget of memory"});
  }
  std::ranges::stable_sort(result_.actions, {}, &Action::where);
  std::ranges::stable_sort(result_.disguises, {}, &Disguised::where);
  return std::move(result_);
}

FlowResult analyse_flow(const Package& package, std::span<const FileRole> roles,
                        std::span<const CommandText> commands, const FlowLimits& limits) {
  Interpreter interpreter(package, roles, limits);
  for (const CommandText& command : commands) interpreter.run_command(command);
  // The most automatic first: they decide how what they import is first seen.
  std::vector<std::int32_t> order;
  for (std::size_t i = 0; i < package.files.size(); ++i)
    order.push_back(static_cast<std::int32_t>(i));
  const auto trigger = [&](std::int32_t file) {
    return static_cast<std::size_t>(file) < roles.size()
               ? roles[static_cast<std::size_t>(file)].trigger
               : Trigger::none;
  };
  std::ranges::stable_sort(order,
                           [&](std::int32_t a, std::int32_t b) { return trigger(a) > trigger(b); });
  for (const std::int32_t file : order) {
    // Tests that nothing else of the package loads run for nobody who installs it.
    const bool is_unused_test = static_cast<std::size_t>(file) < roles.size() &&
                                roles[static_cast<std::size_t>(file)].is_test;
    if (package.files[static_cast<std::size_t>(file)].dropped || is_unused_test) continue;
    interpreter.leave_folder();
    interpreter.run_file(file);
    interpreter.analyse_uncalled_functions();
  }
  return interpreter.take();
}

}  // namespace assay::code
