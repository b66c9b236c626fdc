// Values of the abstract interpreter: a constant where it can be computed, a name of the outside
// world (an "api"), a thing made by the package (list, object, function, class, module), or
// unknown. Each carries the Sources that flowed into it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "facts/code/flow/action.h"
#include "facts/code/syntax/tree.h"

namespace assay::code {

using NameId = std::uint32_t;  // interned text; 0 is ""

// Interned strings, shared by a whole package.
class Names {
 public:
  Names();
  NameId intern(std::string_view text);
  std::string_view operator[](NameId id) const { return *texts_[id]; }

 private:
  std::unordered_map<std::string_view, NameId> ids_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

enum class ValueKind : std::uint8_t {
  unknown,
  undefined,  // JavaScript undefined
  null,       // null, None
  boolean,
  number,
  string,    // text; may hold holes (then not complete)
  bytes,     // bytes, Buffer
  list,      // array, list, tuple, set
  object,    // object, dict, instance of a class of the package
  function,  // closure of the package
  klass,
  module,  // another file of the package
  api,     // a name outside the package: "child_process.exec"
  either,  // one of several: the items of its Object
};

struct Object;

struct Value {
  ValueKind kind = ValueKind::unknown;
  bool complete = true;  // string, bytes: no hole in it
  Sources from;
  std::uint32_t trace = 0;   // index into the interpreter's steps: how the sources came here
  NameId api = 0;            // api: its path
  double number = 0;         // number, boolean
  Object* object = nullptr;  // list … either; api: the arguments it was made with, if any
  std::shared_ptr<std::string> text;  // string, bytes

  static Value unknown(Sources from = {}, std::uint32_t trace = 0) {
    Value value;
    value.from = from;
    value.trace = trace;
    return value;
  }
  static Value undefined() { return of(ValueKind::undefined); }
  static Value null() { return of(ValueKind::null); }
  static Value boolean(bool truth) {
    Value value = of(ValueKind::boolean);
    value.number = truth ? 1 : 0;
    return value;
  }
  static Value of_number(double number) {
    Value value = of(ValueKind::number);
    value.number = number;
    return value;
  }
  static Value string(std::string text, bool complete = true) {
    Value value = of(ValueKind::string);
    value.text = std::make_shared<std::string>(std::move(text));
    value.complete = complete;
    return value;
  }
  static Value bytes(std::string text) {
    Value value = string(std::move(text));
    value.kind = ValueKind::bytes;
    return value;
  }
  static Value of_object(ValueKind kind, Object* object) {
    Value value = of(kind);
    value.object = object;
    return value;
  }
  static Value of_api(NameId path) {
    Value value = of(ValueKind::api);
    value.api = path;
    return value;
  }

  bool is(ValueKind wanted) const { return kind == wanted; }
  bool is_textual() const { return kind == ValueKind::string || kind == ValueKind::bytes; }
  bool is_constant_text() const { return is_textual() && complete; }
  bool is_nothing() const { return kind == ValueKind::undefined || kind == ValueKind::null; }
  bool is_primitive_constant() const {
    return is_constant_text() || kind == ValueKind::number || kind == ValueKind::boolean ||
           is_nothing();
  }
  Value with(Sources more, std::uint32_t more_trace = 0) const {
    Value value = *this;
    value.from |= more;
    if (more_trace != 0 && value.trace == 0) value.trace = more_trace;
    return value;
  }

 private:
  static Value of(ValueKind kind) {
    Value value;
    value.kind = kind;
    return value;
  }
};

struct Scope;
struct LoadedModule;

// What is known of a function node beside its syntax, for all closures made of it.
struct FunctionRecord {
  std::uint16_t entered = 0;   // how often
  std::uint8_t authority = 0;  // authority_yes or authority_no once known
  bool undecided = false;      // met an unknown condition although given constants
};

// Anything with an identity. Owned by the interpreter's arena until nothing leads to it any more.
struct Object {
  std::vector<Value> items;                          // list, either; api: its arguments
  std::vector<std::pair<NameId, Value>> properties;  // in order of insertion
  std::unique_ptr<std::unordered_map<NameId, std::uint32_t>> index;  // once there are many
  Sources from;  // of keys and values that cannot be told apart
  std::uint32_t trace = 0;
  bool open = false;  // written to with an unknown key, or made elsewhere

  // function, klass
  LoadedModule* home = nullptr;
  FunctionRecord* record = nullptr;  // of a function or class with a home
  NodeId node = no_node;
  NameId declared_name = 0;
  Scope* scope = nullptr;
  Object* self = nullptr;                     // bound receiver, or the class of a method for super
  std::unique_ptr<Value> bound_this;          // arrow functions and bound methods
  std::unique_ptr<std::vector<Value>> bases;  // klass
  Object* made_by = nullptr;                  // object: its class
  std::uint32_t active = 0;                   // function: entered and not yet left
  Object* resolves = nullptr;  // a promise's resolve function: its argument goes to items[0] there
  bool is_getter = false;      // function: whoever reads its name calls it
  bool is_proxy = false;       // object: items are what it stands for and its traps
  NameId fallback = 0;         // members that are not here are api paths below this one
  bool has_fallback = false;
  bool is_needed = false;  // while what nothing leads to is looked for

  const Value* find(NameId name) const;
  void set(NameId name, Value value);
  bool erase(NameId name);
};

// Takes so many from what is left of a budget, or all of it and says no.
inline bool draw_from(std::size_t& left, std::size_t count) {
  const bool enough = count <= left;
  left -= enough ? count : left;
  return enough;
}

// Adds to a list. Unknown items beyond a few of the same sources only make it open.
void append_bounded(Object& list, const Value& item);

struct Binding {
  NameId name = 0;
  std::uint32_t certainty = 0;  // depth of unknown conditions at its declaration
  Value value;
};

struct Scope {
  Scope* parent = nullptr;
  bool is_function = false;  // `var` and Python names live here
  bool captured = false;     // a closure was made in it, so it outlives its call
  bool is_needed = false;    // while what nothing leads to is looked for
  std::vector<Binding> bindings;
  std::unique_ptr<std::unordered_map<NameId, std::uint32_t>> index;  // once there are many
  std::vector<std::pair<NameId, bool>> redirected;  // Python global (true) and nonlocal (false)

  Binding* find(NameId name);
  Binding& declare(NameId name, std::uint32_t certainty);
};

}  // namespace assay::code
