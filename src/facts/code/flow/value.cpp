#include "facts/code/flow/value.h"

namespace assay::code {
namespace {
// Below this a linear search is faster than a hash.
constexpr std::size_t few = 12;

void rebuild_index(Object& object) {
  object.index = std::make_unique<std::unordered_map<NameId, std::uint32_t>>();
  for (std::uint32_t i = 0; i < object.properties.size(); ++i) {
    (*object.index)[object.properties[i].first] = i;
  }
}

}  // namespace

Names::Names() { intern(""); }

NameId Names::intern(std::string_view text) {
  const auto found = ids_.find(text);
  if (found != ids_.end()) return found->second;
  texts_.push_back(std::make_unique<std::string>(text));
  const auto id = static_cast<NameId>(texts_.size() - 1);
  ids_.emplace(*texts_.back(), id);
  return id;
}

const Value* Object::find(NameId name) const {
  if (properties.size() > few) {
    const auto found = index->find(name);
    return found == index->end() ? nullptr : &properties[found->second].second;
  }
  for (const auto& [key, value] : properties) {
    if (key == name) return &value;
  }
  return nullptr;
}

void Object::set(NameId name, Value value) {
  if (const Value* old = find(name)) {
    const_cast<Value&>(*old) = std::move(value);
    return;
  }
  properties.emplace_back(name, std::move(value));
  if (properties.size() == few + 1) {
    rebuild_index(*this);
  } else if (properties.size() > few) {
    (*index)[name] = static_cast<std::uint32_t>(properties.size() - 1);
  }
}

bool Object::erase(NameId name) {
  for (std::size_t i = 0; i < properties.size(); ++i) {
    if (properties[i].first != name) continue;
    properties.erase(properties.begin() + static_cast<std::ptrdiff_t>(i));
    if (properties.size() > few) rebuild_index(*this);
    return true;
  }
  return false;
}

void append_bounded(Object& list, const Value& item) {
  constexpr std::size_t most = 1'000'000;
  constexpr std::size_t enough = 4;
  if (item.is(ValueKind::unknown) && list.items.size() >= enough) {
    const Value& last = list.items.back();
    if (last.is(ValueKind::unknown) && last.from == item.from) {
      list.open = true;
      list.from |= item.from;
      return;
    }
  }
  if (list.items.size() < most) list.items.push_back(item);
}

Binding* Scope::find(NameId name) {
  if (bindings.size() > few) {
    const auto found = index->find(name);
    return found == index->end() ? nullptr : &bindings[found->second];
  }
  for (Binding& binding : bindings) {
    if (binding.name == name) return &binding;
  }
  return nullptr;
}

Binding& Scope::declare(NameId name, std::uint32_t certainty) {
  if (Binding* old = find(name)) return *old;
  bindings.push_back({name, certainty, Value::undefined()});
  if (bindings.size() == few + 1) {
    index = std::make_unique<std::unordered_map<NameId, std::uint32_t>>();
    for (std::uint32_t i = 0; i < bindings.size(); ++i) (*index)[bindings[i].name] = i;
  } else if (bindings.size() > few) {
    (*index)[name] = static_cast<std::uint32_t>(bindings.size() - 1);
  }
  return bindings.back();
}

}  // namespace assay::code
