// Which values are there. Most objects that the interpreter makes are of use for a moment only; of
// those that nothing leads to any more the memory is used again. Only looked for between files and
// functions, where no value is on its way.
#include <algorithm>
#include <vector>

#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

// Marks what can be reached. Values are graphs of any depth: the stack is our own.
class Reachable {
 public:
  void add(Object* object) {
    if (object == nullptr || object->is_needed) return;
    object->is_needed = true;
    objects_.push_back(object);
  }
  void add(Scope* scope) {
    for (; scope != nullptr && !scope->is_needed; scope = scope->parent) {
      scope->is_needed = true;
      scopes_.push_back(scope);
    }
  }
  void add(const Value& value) { add(value.object); }

  void follow() {
    while (!objects_.empty() || !scopes_.empty()) {
      if (!objects_.empty()) {
        const Object& object = *objects_.back();
        objects_.pop_back();
        follow(object);
      } else {
        const Scope& scope = *scopes_.back();
        scopes_.pop_back();
        for (const Binding& binding : scope.bindings) add(binding.value);
      }
    }
  }

 private:
  void follow(const Object& object) {
    for (const Value& item : object.items) add(item);
    for (const auto& property : object.properties) add(property.second);
    add(object.scope);
    add(object.self);
    add(object.made_by);
    add(object.resolves);
    if (object.bound_this) add(*object.bound_this);
    if (!object.bases) return;
    for (const Value& base : *object.bases) add(base);
  }

  std::vector<Object*> objects_;
  std::vector<Scope*> scopes_;
};

std::uint8_t authority_of(const Object& function) {
  return function.home == nullptr ? authority_no : function.record->authority;
}

}  // namespace

// Of functions that are known by their names only the answer is needed, once there is one.
void Interpreter::forget_closures_named() {
  for (auto& [name, functions] : closures_named_) {
    std::erase_if(functions, [](const Object* function) {
      return !function->is_needed && authority_of(*function) == authority_no;
    });
    for (Object* function : functions) {
      if (function->is_needed) continue;
      Object bare;
      bare.home = function->home;
      bare.record = function->record;
      bare.node = function->node;
      bare.is_needed = true;
      *function = std::move(bare);
    }
  }
}

void Interpreter::let_values_go() {
  constexpr std::size_t worth_looking = 50'000;
  if (objects_made_ - objects_made_before_ < std::max(worth_looking, objects_needed_)) return;
  Reachable reachable;
  const auto add_module = [&](const LoadedModule& module) {
    reachable.add(module.scope);
    reachable.add(module.module_object);
    reachable.add(module.exports);
  };
  for (const auto& [file, module] : modules_) add_module(*module);
  for (const auto& module : layer_modules_) add_module(*module);
  for (const auto& [name, methods] : methods_named_) {
    for (Object* method : methods) reachable.add(method);
  }
  for (std::size_t i = next_closure_; i < closures_.size(); ++i) reachable.add(closures_[i]);
  for (const auto& [name, functions] : closures_named_) {
    for (Object* function : functions) {
      if (authority_of(*function) == 0) reachable.add(function);
    }
  }
  reachable.follow();
  forget_closures_named();
  std::erase_if(handlers_, [](const Object* function) { return !function->is_needed; });
  constant_list_ = {};
  free_objects_.clear();
  free_scopes_.clear();
  for (Object& object : objects_) {
    if (!object.is_needed) {
      object = Object();
      free_objects_.push_back(&object);
    }
    object.is_needed = false;
  }
  for (Scope& scope : scopes_) {
    if (!scope.is_needed) {
      scope = Scope();
      free_scopes_.push_back(&scope);
    }
    scope.is_needed = false;
  }
  objects_made_before_ = objects_made_;
  objects_needed_ = objects_.size() - free_objects_.size();
}

}  // namespace assay::code
