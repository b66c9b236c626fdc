// The abstract interpreter behind flow.h. One instance judges one package; modules are interpreted
// when first imported, so values flow across files as they would at run time.
//
// Where a condition is unknown both ways are taken and assignments are joined; where a loop is
// unknown its body runs twice; where everything is constant the code runs as it would, so that
// decoders written in the package decode.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "facts/code/flow/api.h"
#include "facts/code/flow/authority.h"
#include "facts/code/flow/flow.h"
#include "facts/code/flow/value.h"
#include "facts/code/flow/written_files.h"

namespace assay::code {

inline constexpr std::uint8_t authority_yes = 1, authority_no = 2;

// A parsed file or layer. The tree of a file, and what was made from it, can be let go and made
// again: trees.cpp.
struct LoadedModule {
  std::int32_t file = -1;
  std::int32_t layer = -1;
  Language language = Language::javascript;
  FileRole role;
  std::string own_text;  // of a layer; a file's text is the package's
  Tree tree;
  std::vector<NameId> names;                             // parallel to tree.nodes
  std::unique_ptr<Mentions> mentions;                    // once asked for
  std::unordered_map<NodeId, FunctionRecord> functions;  // references to records stay valid
  bool has_tree = false;
  int users = 0;  // who need the tree now
  std::uint64_t last_used = 0;
  std::size_t tree_nodes = 0;  // also while the tree is not there
  Scope* scope = nullptr;
  Object* module_object = nullptr;  // JavaScript `module`
  std::vector<NameId> starred;      // modules outside the package of `from x import *`
  Value exports;
  bool running = false;
  bool finished = false;
};

enum class Signal : std::uint8_t { normal, break_, continue_, return_, throw_ };

struct Frame {
  LoadedModule* module = nullptr;
  Scope* scope = nullptr;
  Scope* function_scope = nullptr;
  Value self;
  Object* function = nullptr;
  std::span<const Value> arguments;
  Value returned;
  bool has_returned = false;
  Value yielded;                // list of a generator
  NameId label = 0;             // of a labelled break or continue on its way
  std::uint32_t certainty = 0;  // depth of unknown conditions
  bool at_load = true;
  Trigger trigger = Trigger::none;  // of the file whose loading led here
  bool uncertain_exit = false;      // a break, return or throw under an unknown condition was seen
  bool swallowed = false;           // inside try with a catch-all
  bool opted_in = false;            // reached only with the user's consent, see consent_of
};

struct Keyword {
  NameId name = 0;
  Value value;
};

class Interpreter;

// A call of a name outside the package that the table of api.h knows.
struct OutsideCall {
  Interpreter& interpreter;
  Frame& frame;
  const Api& api;
  const Value& callee;
  std::vector<Value>& arguments;
  std::vector<Keyword>& keywords;
  NodeId site;
  Value target;  // the argument that the table names, or the keyword that is always it

  Value argument(int i) const;  // undefined beyond the last
  const Value* keyword(std::string_view name) const;
  std::vector<Value> data_values() const;
};

class Interpreter {
 public:
  Interpreter(const Package& package, std::span<const FileRole> roles, const FlowLimits& limits);

  void run_file(std::int32_t file);
  void run_command(const CommandText& command);
  void analyse_uncalled_functions();
  void leave_folder() { working_folder_.clear(); }
  FlowResult take();

  // For the libraries of pure functions (library_*.cpp, text_*.cpp).
  Names& names() { return names_; }
  Object* make_object();
  Scope* new_scope();
  void release(Scope* scope);  // may be used again unless a closure holds it
  void capture(Scope* scope);
  Value make_list(std::vector<Value> items);
  bool spend(std::uint64_t steps);  // false once the budget is gone
  bool spend_text(std::size_t bytes);
  Value call(Frame& frame, const Value& callee, const Value& self, std::vector<Value> arguments,
             NodeId site, std::vector<Keyword> keywords = {}, bool is_new = false);
  Value property(Frame& frame, const Value& object, NameId name);
  void set_property(Frame& frame, const Value& object, NameId name, Value value, NodeId site);
  Value invoke(Frame& frame, const Value& receiver, std::string_view method,
               std::vector<Value> arguments, NodeId site);
  Value element(Frame& frame, const Value& object, const Value& key);
  // An object of the package where a text or number is wanted: what its conversion gives.
  Value as_primitive(Frame& frame, const Value& value, std::string_view python_method);
  void to_json(Frame& frame, const Value& object);  // runs its toJSON
  Sources sources_of(const Value& value, int depth = 5) const;
  std::uint32_t trace_of(const Value& value, Sources wanted, int depth = 5) const;
  std::uint32_t add_step(Frame& frame, NodeId site, std::string what, std::uint32_t before = 0);
  void disguise(Frame& frame, NodeId site, Disguise kind, std::string_view result);
  void note_invisible(Frame& frame, NodeId site);  // a character that shows nothing was decoded
  Value join(const Value& a, const Value& b);
  std::string show(const Value& value, int depth = 4) const;     // text with holes
  Value from_package_file(std::string_view path, Frame& frame);  // contents, if it is one
  Value run_text(Frame& frame, NodeId site, const std::string& text, Language language,
                 std::string_view how, Sources from);
  Value import_module(Frame& frame, std::string_view name, NodeId site);
  const LoadedModule* written_module(Frame& frame, std::string_view name, NodeId site);
  Value name_value(Frame& frame, NameId name);
  Where where(const Frame& frame, NodeId node) const;
  const Package& package() const { return package_; }
  std::uint32_t next_unique() { return ++unique_; }
  const std::u32string& characters(const std::shared_ptr<std::string>& text, bool utf16);

  bool is_constant(const Value& value, int depth);

 private:
  // trees.cpp
  // While one lives, the module has its tree.
  class TreeInUse {
   public:
    TreeInUse(Interpreter& interpreter, LoadedModule& module);
    ~TreeInUse();
    TreeInUse(const TreeInUse&) = delete;
    TreeInUse& operator=(const TreeInUse&) = delete;

   private:
    LoadedModule& module_;
  };
  void parse_tree(LoadedModule& module, FileKind kind);
  void intern_names(LoadedModule& module);
  void restore_tree(LoadedModule& module);
  void let_trees_go(std::size_t room);

  // garbage.cpp
  void let_values_go();
  void forget_closures_named();

  // interpreter.cpp
  LoadedModule* load(std::int32_t file);
  void open_bytecode(LoadedModule& module, std::string_view bytes);
  std::unique_ptr<LoadedModule> parse_file(std::int32_t file, FileKind kind);
  LoadedModule* load_layer(Frame& frame, std::string text, Language language, std::int32_t layer);
  void parse_module(LoadedModule& module);  // of a layer, from its own text
  void prepare(LoadedModule& module);
  void execute_module(LoadedModule& module, bool at_load = true);
  void note_skipped(const LoadedModule& module);
  void call_entry(LoadedModule& module, std::string_view name);
  bool has_base_like(const Value& klass, std::string_view wanted) const;
  void run_methods(Frame& frame, const Value& klass,
                   std::initializer_list<std::string_view> methods);

  // modules.cpp
  std::int32_t resolve_javascript(std::int32_t from, std::string_view name) const;
  std::int32_t resolve_python(std::int32_t from, std::string_view name) const;
  std::int32_t find_file(std::string_view path) const;
  std::int32_t find_package_file(std::string_view path, std::int32_t beside) const;
  void add_search_roots(std::span<const Value> arguments);  // of sys.path.insert and kin
  void add_search_root(const Value& folder);

  // expressions.cpp
  Value eval(Frame& frame, NodeId id);
  Value eval_node(Frame& frame, NodeId id);
  Value eval_template(Frame& frame, NodeId id);
  Value eval_array(Frame& frame, NodeId id);
  Value eval_object(Frame& frame, NodeId id);
  Value eval_function(Frame& frame, NodeId id);
  Value eval_class(Frame& frame, NodeId id);
  void run_class_hooks(Frame& frame, NodeId id, const Value& klass, const Value& metaclass);
  Value eval_binary(Frame& frame, NodeId id);
  Value eval_logical(Frame& frame, NodeId id);
  Value eval_compare(Frame& frame, NodeId id);
  Value eval_unary(Frame& frame, NodeId id);
  Value eval_update(Frame& frame, NodeId id);
  Value eval_assign(Frame& frame, NodeId id);
  Value eval_conditional(Frame& frame, NodeId id);
  Value eval_chain(Frame& frame, NodeId id);  // member, index, call
  Value eval_comprehension(Frame& frame, NodeId id);
  void comprehend(Frame& frame, NodeId id, std::size_t clause, Object* out);
  Value eval_slice(Frame& frame, const Value& object, NodeId slice);
  Value member_of(Frame& frame, const Value& object, NodeId node);
  Value call_hook(Frame& frame, const Value& hook, const Value& self, std::vector<Value> arguments);
  Value proxied(Frame& frame, const Value& proxy, NameId name);
  Value index_of(Frame& frame, const Value& object, NodeId node);
  Value method_of_constant(const Value& object, std::string_view name);
  void assign(Frame& frame, NodeId target, Value value, bool declares, Op declaration = Op::none);
  void assign_name(Frame& frame, NameId name, Value value, bool declares, Op declaration);
  void destructure(Frame& frame, NodeId pattern, const Value& value, bool declares, Op declaration);
  Binding* lookup(Scope* scope, NameId name);

  // statements.cpp
  Signal exec(Frame& frame, NodeId id);
  Signal exec_block(Frame& frame, NodeId id, bool own_scope);
  Signal exec_children(Frame& frame, std::span<const NodeId> statements);
  void hoist(Frame& frame, std::span<const NodeId> statements);
  Signal exec_uncertain(Frame& frame, NodeId id);
  Signal exec_if(Frame& frame, NodeId id);
  Signal exec_loop(Frame& frame, NodeId id);
  Signal exec_for_each(Frame& frame, NodeId id);
  Signal exec_try(Frame& frame, NodeId id);
  Signal exec_with(Frame& frame, NodeId id);
  Signal exec_switch(Frame& frame, NodeId id);
  Signal exec_import(Frame& frame, NodeId id);
  Signal exec_export(Frame& frame, NodeId id);
  Signal exec_declaration(Frame& frame, NodeId id);
  std::optional<bool> main_guard(Frame& frame, NodeId test);
  enum class Consent : std::uint8_t { unasked, where_true, where_false };
  Consent consent_of(Frame& frame, NodeId test);
  Signal exec_consenting(Frame& frame, NodeId id, bool consents);
  struct Leaves {
    bool ends = false;           // break, return, throw, exit
    bool pauses = false;         // yield, await, sleep
    bool calls = false;          // what could raise: more than printing
    bool computes_text = false;  // XOR, character codes, a list being rotated
  };
  static Leaves leaves_of(const LoadedModule& module, NodeId body);

  // calls.cpp
  Value eval_call(Frame& frame, NodeId id, const Value* receiver, const Value& callee,
                  NameId method);
  Value call_function(Frame& frame, Object* function, const Value& self,
                      std::vector<Value>& arguments, std::vector<Keyword>& keywords);
  void bind_parameters(Frame& inner, Object* function, std::vector<Value>& arguments,
                       std::vector<Keyword>& keywords);
  Value instantiate(Frame& frame, Object* klass, std::vector<Value>& arguments,
                    std::vector<Keyword>& keywords);
  bool is_known(const Frame& frame, const Value& api) const;
  const Value* find_method(const Object* klass, NameId name, int depth = 0) const;
  void gather_arguments(Frame& frame, NodeId id, std::vector<Value>& arguments,
                        std::vector<Keyword>& keywords);
  Value call_method(Frame& frame, NodeId site, const Value& receiver, NameId method,
                    std::vector<Value>& arguments, std::vector<Keyword>& keywords, bool& handled);
  std::optional<Value> bytes_method(Frame& frame, NodeId site, const Value& receiver,
                                    std::string_view name, std::vector<Value>& arguments,
                                    std::vector<Keyword>& keywords);
  void run_callbacks(Frame& frame, std::span<const Value> arguments,
                     std::span<const Keyword> keywords, const Value& given, bool now);

  // authority.cpp
  struct Followed {
    Language language = Language::javascript;
    std::vector<const Object*> reached;
    std::unordered_set<const Object*> seen;
    std::unordered_set<NameId> names;
    bool found = false;  // a function that acts
  };
  Mentions& mentions_of(LoadedModule& module);
  bool may_act(Object* function);
  bool acts_itself(const Object& function, Followed& followed);
  bool begins_path(Language language, NameId root);
  bool path_acts(Language language, std::string path, std::span<const NameId> members,
                 bool escapes) const;
  bool value_acts(const Value& value, std::span<const NameId> members, bool escapes,
                  Followed& followed, int depth);
  void follow(const Object* function, Followed& followed);
  void remember_name(NameId name, const Value& value);
  void follow_named(NameId name, Followed& followed);

  // effects.cpp
  Value call_api(Frame& frame, const Value& callee, std::vector<Value>& arguments,
                 std::vector<Keyword>& keywords, NodeId site);
  Value known_api(Frame& frame, const Api& api, const Value& callee, std::vector<Value>& arguments,
                  std::vector<Keyword>& keywords, NodeId site);
  void run_import_hook(Frame& frame, std::span<const Value> arguments);
  Value unknown_api(Frame& frame, const Value& callee, std::vector<Value>& arguments,
                    std::vector<Keyword>& keywords, NodeId site);
  Value bare_instance(const Value& callee, Sources from);
  Value instance(const Value& callee, std::vector<Value> arguments, Sources from);
  Action new_action(const Frame& frame, NodeId site, Act act, std::string_view api) const;
  Action new_action(const OutsideCall& call, Act act) const;
  FileRole role_of(const Frame& frame) const;
  void fill_target(Action& action, const Value& value);
  void fill_data(Action& action, std::span<const Value> values, std::span<const Keyword> keywords);
  Value named_variable(Frame& frame, const Value& name, NodeId site);
  Value environment_variable(Frame& frame, std::string_view name, NodeId site);
  Value plain_effect(OutsideCall& call);
  Value file_of_download(std::string_view address);
  Sources plain_action(OutsideCall& call);
  std::optional<Value> plain_value(const OutsideCall& call);
  Value environment_effect(OutsideCall& call);
  Value timer_effect(OutsideCall& call);
  Value setup_effect(OutsideCall& call);
  Value thread_effect(OutsideCall& call);
  Value apply_effect(OutsideCall& call);

  // network_effects.cpp
  std::string address_of(const Value& value);
  Value request_effect(OutsideCall& call);
  Value answer_of(OutsideCall& call, std::uint32_t trace);

  // process_effects.cpp
  Value shell_effect(OutsideCall& call);
  Value program_effect(OutsideCall& call);
  std::string command_line_of(const OutsideCall& call, Action& action);
  Value run_process(OutsideCall& call, Action action, const std::string& command);
  Sources run_command_line(Frame& frame, NodeId site, Action& origin, const std::string& command);
  void add_layer(const Where& from, const std::string& text);
  void run_written(Frame& frame, NodeId site, Action& origin, const std::string& command);

  // code_effects.cpp
  Value evaluate_effect(OutsideCall& call);
  Value make_function_effect(OutsideCall& call);
  Value load_effect(OutsideCall& call);
  Value load_text(OutsideCall& call, Action action, const Value& text, std::string_view how);
  Value run_file_effect(OutsideCall& call);
  Value run_own_file(Frame& frame, std::string_view path);
  Value run_module(Frame& frame, std::int32_t file);

  // file_effects.cpp
  Sources file_sources(std::string_view path) const;
  Sources written_sources(std::string_view text);
  Value written_contents(const Value& path) const;
  void remember_written(const std::string& path, Sources from, const std::string& contents);
  Value located(const Value& path) const;
  Value open_effect(OutsideCall& call);
  Value read_effect(OutsideCall& call);
  Value read_outside(OutsideCall& call);
  Value write_effect(OutsideCall& call);
  Value handle_method(Frame& frame, const Value& receiver, std::string_view method,
                      std::vector<Value>& arguments, NodeId site, bool& handled);

  // javascript_effects.cpp
  std::optional<Value> service_address(std::string_view path,
                                       std::span<const Value> made_with) const;
  Value pipe_into(Frame& frame, NodeId site, const Value& receiver, const Value& destination);
  std::optional<Value> walk_unknown(Frame& frame, NodeId site, const Value& receiver,
                                    std::string_view method, std::span<const Value> arguments);
  std::optional<Value> call_by_name(Frame& frame, NameId method, std::vector<Value>& arguments);

  // shell_effects.cpp
  struct ShellOrigin {
    Where where;
    FileRole role;
    bool at_load = true;
    Sources from;
    int depth = 0;
  };
  // Gives the sources of what the commands print.
  Sources shell_actions(const ShellOrigin& origin, const std::string& text, int dialect);
  void start_file(const ShellOrigin& origin, std::int32_t file, std::string_view interpreter);
  void run_inline_code(const ShellOrigin& origin, const std::string& code, Language language);
  const LoadedModule* run_code(const ShellOrigin& origin, const std::string& code,
                               Language language, std::string_view how, Trigger program);
  void add_action(Action action);
  friend class ShellReader;

  const Package& package_;
  std::span<const FileRole> roles_;
  FlowLimits limits_;
  FlowResult result_;

  Names names_;
  std::deque<Object> objects_;
  std::deque<Scope> scopes_;
  std::vector<Scope*> free_scopes_;
  std::vector<Object*> free_objects_;
  std::size_t objects_made_ = 0, objects_made_before_ = 0,
              objects_needed_ = 0;  // ever; at the last look for garbage; then
  std::unordered_map<std::int32_t, std::unique_ptr<LoadedModule>> modules_;
  std::vector<std::unique_ptr<LoadedModule>> layer_modules_;
  std::unordered_map<NameId, std::vector<Object*>> methods_named_;  // of JavaScript classes
  std::vector<Object*> closures_;  // in order of creation, one a function node
  std::size_t next_closure_ = 0;
  std::unordered_map<NameId, std::vector<Object*>> closures_named_;
  std::vector<std::uint8_t> begins_path_[2];  // by name, for each language
  struct StepNode {
    Step step;
    std::uint32_t before = 0;
  };
  std::vector<StepNode> steps_{StepNode{}};
  WrittenFiles written_;
  std::unordered_map<std::string, const LoadedModule*>
      written_modules_;                         // those that were imported
  std::string working_folder_;                  // where code went with chdir, as far as it is known
  std::unordered_set<const Object*> handlers_;  // functions that answer requests and messages
  std::set<std::int32_t> started_;  // files that code of the package started as programs
  std::unordered_map<std::string, std::int32_t>
      layer_texts_;              // hashes of what was run, to its layer
  std::int32_t run_layer_ = -1;  // of the last text given to run_text; -1: none was made
  std::unordered_map<std::string, std::vector<std::size_t>> actions_at_;  // by place, for merging
  std::unordered_map<std::string, std::int32_t> file_index_;
  std::vector<std::string> search_roots_;  // folders and zip files of the package put on sys.path
  std::unordered_map<NameId, const Api*> api_cache_[2];
  std::set<std::pair<std::int32_t, std::uint32_t>> disguised_at_;
  struct Stopped {
    bool at_load = false;
    int functions = 0;
  };
  std::map<std::int32_t, Stopped> stopped_;  // by file: what was analysed in part

  // Takes a slice of the package's steps for its lifetime; what is left of it goes back.
  class Slice {
   public:
    Slice(Interpreter& interpreter, std::uint64_t steps);
    ~Slice();
    Slice(const Slice&) = delete;
    Slice& operator=(const Slice&) = delete;
    bool ran_out() const { return interpreter_.steps_left_ == 0; }

   private:
    Interpreter& interpreter_;
    std::uint64_t outer_;
  };
  void say_stopped(const LoadedModule& module, bool at_load);

  // Decides when the turns of one loop have told all that they can. A turn that met an unknown
  // condition or operand computes nothing that a further one would not: some of these are enough.
  class Turns {
   public:
    Turns(Interpreter& interpreter, const Frame& frame, bool decodes, std::size_t most_unsure);
    bool another();  // before each turn
    bool was_unsure() const { return unsure_ > 0; }

   private:
    Interpreter& interpreter_;
    const LoadedModule& module_;
    bool at_load_, decodes_;
    std::size_t most_unsure_;
    std::size_t unsure_ = 0;
    std::uint64_t steps_before_, branches_, operations_;
  };

  std::uint64_t steps_left_ = 0;          // of the current slice
  std::uint64_t pool_ = 0;                // of the package
  std::uint64_t outside_calls_ = 0;       // calls so far of what is not the package's own
  std::uint64_t unknown_branches_ = 0;    // conditions met so far that could not be decided
  std::uint64_t unknown_operations_ = 0;  // sums and comparisons of what is not known
  std::size_t items_left_ = 0;            // of all lists together
  std::size_t kept_nodes_ = 0;            // of the trees of files that are there
  std::size_t nodes_to_parse_again_ = 0;  // at most
  std::uint64_t tree_uses_ = 0;
  std::size_t text_left_ = 0;
  std::size_t layer_bytes_left_ = 0;
  int depth_ = 0;  // of eval and exec
  int call_depth_ = 0;
  int load_depth_ = 0;
  int layer_depth_ = 0;
  std::uint32_t unique_ = 0;
  std::uint32_t invisible_decoded_ = 0;
  std::string last_variable_;  // of the environment, that was asked for
  bool out_of_memory_ = false;
  struct ConstantList {
    const Object* list = nullptr;
    std::size_t size = 0;
    std::size_t uses_left = 0;
  };
  ConstantList constant_list_;  // the last long one that was looked through
  std::shared_ptr<std::string> characters_of_;
  bool characters_utf16_ = false;
  std::u32string characters_;
};

// What an Action keeps of a text and of a way.
// Deeper expressions than any program has; also what keeps the stack small.
inline constexpr int max_depth = 700;
struct DepthGuard {
  explicit DepthGuard(int& counter) : counter_(counter) { ++counter_; }
  ~DepthGuard() { --counter_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;
  int& counter_;
};

inline constexpr std::size_t max_text_shown = 4096;
inline constexpr std::size_t max_steps_shown = 8;

// convert.cpp: the conversions of both languages on constants.
std::optional<bool> truth(const Value& value, Language language);
std::optional<double> to_number(const Value& value);
std::string number_to_string(double number, Language language, int radix = 10);
std::optional<std::string> to_constant_string(const Value& value, Language language);
// Text of a value for JavaScript's +, join and keys, where that is defined; JSFuck lives on it.
std::optional<std::string> javascript_text(const Value& value, Interpreter* interpreter, int depth);
Value binary_operation(Interpreter& interpreter, Op op, const Value& left, const Value& right,
                       Language language);
std::optional<bool> compare_values(Op op, const Value& left, const Value& right, Language language);

// javascript_effects.cpp
bool calls_back_soon(std::string_view path);
bool is_digest(std::string_view path);  // what it gives no longer tells what went in

// process_effects.cpp
bool names_path(std::string_view command, std::string_view path);

// Paths that are longer no system takes.
inline constexpr std::size_t max_path_bytes = 4096;

// Where a package's own files seem to lie: "/assay:package/lib/a.js".
inline constexpr std::string_view package_root = "/assay:package";

// Arguments of a pure function or method. Nullopt: not computable, the sources flow on.
struct PureCall {
  Interpreter& interpreter;
  Frame& frame;
  NodeId site;
  const Value& self;
  std::vector<Value>& arguments;
  std::vector<Keyword>& keywords;

  const Value& argument(std::size_t i) const {
    static const Value nothing = Value::undefined();
    return i < arguments.size() ? arguments[i] : nothing;
  }
  const Value* keyword(std::string_view name) const;
};
using Pure = std::optional<Value> (*)(PureCall&);
Pure find_javascript_function(std::string_view path);
Pure find_python_function(std::string_view path);
Pure find_javascript_method(const Value& self, std::string_view name);
Pure find_python_method(const Value& self, std::string_view name);

}  // namespace assay::code
