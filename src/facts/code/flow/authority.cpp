#include "facts/code/flow/authority.h"

#include <algorithm>
#include <array>
#include <string>

#include "facts/code/flow/api_rows.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

enum class Reach : std::uint8_t {
  leads = 1,
  acts = 2
};  // a prefix of a path that acts; such a path

using Paths = std::unordered_map<std::string_view, std::uint8_t>;

void add(Paths& paths, std::string_view path) {
  paths[path] |= static_cast<std::uint8_t>(Reach::acts);
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (path[i] == '.' || path[i] == '(')
      paths[path.substr(0, i)] |= static_cast<std::uint8_t>(Reach::leads);
    if (path[i] == ')') paths[path.substr(0, i + 1)] |= static_cast<std::uint8_t>(Reach::leads);
  }
}

Paths paths_of(std::span<const Api> rows, std::span<const std::string_view> patched) {
  Paths paths;
  paths.reserve(rows.size() * 3);
  for (const Api& row : rows) {
    if (row.acts || row.special != Special::none) add(paths, row.path);
  }
  for (const std::string_view path : patched) add(paths, path);
  return paths;
}

const Paths& paths_of(Language language) {
  static const Paths javascript = paths_of(javascript_rows(), javascript_patched());
  static const Paths python = paths_of(python_rows(), python_patched());
  return language == Language::python ? python : javascript;
}

// Members that lead out of any value to everything.
constexpr std::string_view open_members[] = {"constructor",  "__globals__",      "__subclasses__",
                                             "__builtins__", "__getattribute__", "__loader__",
                                             "f_globals",    "mainModule",       "_load"};
// Names whose calls give or change what other names mean.
constexpr std::string_view open_names[] = {
    "globals",     "locals",   "vars",       "getattr", "setattr", "__import__", "__builtins__",
    "__builtin__", "builtins", "globalThis", "global",  "GLOBAL",  "eval",       "exec"};

}  // namespace

bool has_authority(Language language, std::string_view path, bool escapes) {
  const Paths& paths = paths_of(language);
  const auto found = paths.find(path);
  if (found != paths.end()) {
    if ((found->second & static_cast<std::uint8_t>(Reach::acts)) != 0) return true;
    return escapes;
  }
  return false;
}

Mentions::Mentions(const Tree& tree, std::span<const NameId> names, Names& all)
    : tree_(tree), names_(names), all_(all) {
  visit(tree.root);
}

std::span<const Mentions::Mention> Mentions::of(NodeId function) const {
  const auto found = ranges_.find(function);
  if (found == ranges_.end()) return {};
  return std::span(mentions_).subspan(found->second.begin, found->second.end - found->second.begin);
}

void Mentions::visit_children(NodeId id, std::size_t from) {
  const auto children = tree_.children(id);
  for (std::size_t i = from; i < children.size(); ++i) visit(children[i]);
}

void Mentions::visit(NodeId id) {
  const Node& node = tree_[id];
  switch (node.kind) {
    case Kind::none:
    case Kind::string:
    case Kind::number:
    case Kind::regex:
    case Kind::literal: return;
    case Kind::function: {
      const auto begin = static_cast<std::uint32_t>(mentions_.size());
      const std::size_t open = open_count_;
      visit_children(id);
      ranges_[id] = {begin, static_cast<std::uint32_t>(mentions_.size())};
      if (open_count_ != open) open_.insert(id);
      return;
    }
    case Kind::name:
    case Kind::member:
    case Kind::index:
    case Kind::call:
    case Kind::new_: visit_chain(id, true); return;
    case Kind::import_call:
      mark_open();
      visit_children(id);
      return;
    case Kind::import_: visit_import(id); return;
    case Kind::logical: {
      const auto operands = tree_.children(id);
      for (std::size_t i = 0; i < operands.size(); ++i) {
        if (node.op == Op::and_ && i + 1 < operands.size())
          visit_tested(operands[i]);
        else
          visit(operands[i]);
      }
      return;
    }
    case Kind::if_:
    case Kind::conditional:
      visit_tested(tree_.child(id, 0));
      visit_children(id, 1);
      return;
    case Kind::unary:
      node.op == Op::not_ || node.op == Op::type_of ? visit_tested(tree_.child(id, 0))
                                                    : visit(tree_.child(id, 0));
      return;
    case Kind::compare: {
      const bool looks_inside =
          node.op == Op::in || node.op == Op::not_in || node.op == Op::instance_of;
      for (const NodeId side : tree_.children(id)) looks_inside ? visit(side) : visit_tested(side);
      return;
    }
    default: visit_children(id);
  }
}

// root.a.b(x).c: the mention is root.a.b; x is visited by itself; what follows a call is a member
// of a value that the interpreter would know by root.a.b.
void Mentions::visit_chain(NodeId id, bool escapes) {
  std::vector<NameId> found;  // innermost last
  NodeId at = id;
  while (true) {
    const Node& node = tree_[at];
    if (node.kind == Kind::member) {
      if (std::ranges::find(open_members, node.text) != std::end(open_members)) mark_open();
      found.push_back(names_[at]);
    } else if (node.kind == Kind::index) {
      const NodeId key = tree_.child(at, 1);
      if (tree_[key].kind == Kind::string) {
        if (std::ranges::find(open_members, tree_[key].text) != std::end(open_members)) mark_open();
        found.push_back(all_.intern(tree_[key].text));
      } else {
        visit(key);
        found.clear();
        escapes = true;
      }
    } else if (node.kind == Kind::call || node.kind == Kind::new_) {
      visit_children(at, 1);
      found.clear();
      escapes = false;
    } else {
      break;
    }
    at = tree_.child(at, 0);
  }
  if (tree_[at].kind != Kind::name) {
    visit(at);
    return;
  }
  if (std::ranges::find(open_names, tree_[at].text) != std::end(open_names)) mark_open();
  Mention mention{names_[at], static_cast<std::uint32_t>(members_.size()),
                  static_cast<std::uint32_t>(found.size()), escapes};
  members_.insert(members_.end(), found.rbegin(), found.rend());
  mentions_.push_back(mention);
}

// Of what is only asked whether it is there, or the same as something, nothing is handed on. A name
// alone then does nothing; reading a member may call a getter.
void Mentions::visit_tested(NodeId id) {
  const Kind kind = tree_[id].kind;
  if (kind == Kind::name) {
    if (std::ranges::find(open_names, tree_[id].text) != std::end(open_names)) mark_open();
  } else if (kind == Kind::member) {
    visit_chain(id, false);
  } else {
    visit(id);
  }
}

// An import inside a function: what it brings in is not in any scope yet.
void Mentions::visit_import(NodeId id) {
  const Node& node = tree_[id];
  if (node.text.starts_with('.')) {
    mark_open();
    return;
  }
  const std::string_view module = canonical_module(tree_.language, node.text);
  const auto brings_in = [&](const std::string& path) {
    if (has_authority(tree_.language, path, true)) mark_open();
  };
  if (node.op == Op::from) {
    for (const NodeId child : tree_.children(id)) {
      brings_in(tree_[child].text == "*"
                    ? std::string(module)
                    : std::string(module) + "." + std::string(tree_[child].text));
    }
  } else if (node.child_count > 0 || module != node.text) {
    brings_in(std::string(module));
  }
}

Mentions& Interpreter::mentions_of(LoadedModule& module) {
  if (!module.mentions) {
    const TreeInUse in_use(*this, module);
    module.mentions = std::make_unique<Mentions>(module.tree, module.names, names_);
  }
  return *module.mentions;
}

// Looks through the functions that this one could call until one acts, or none is left.
bool Interpreter::may_act(Object* function) {
  constexpr std::size_t most_followed = 256;
  Followed followed;
  follow(function, followed);
  for (std::size_t i = 0; i < followed.reached.size() && !followed.found; ++i) {
    const Object& each = *followed.reached[i];
    followed.language = each.home->language;
    if (!acts_itself(each, followed) && followed.reached.size() <= most_followed) continue;
    each.record->authority = authority_yes;
    followed.found = true;
  }
  if (followed.found) {
    function->record->authority = authority_yes;
    return true;
  }
  for (const Object* each : followed.reached) each->record->authority = authority_no;
  return false;
}

bool Interpreter::acts_itself(const Object& function, Followed& followed) {
  LoadedModule& module = *function.home;
  const Mentions& mentions = mentions_of(module);
  if (mentions.is_open(function.node)) return true;
  for (const Mentions::Mention& mention : mentions.of(function.node)) {
    const auto members = mentions.members(mention);
    const Value* value = nullptr;
    for (Scope* scope = function.scope; scope != nullptr && value == nullptr;
         scope = scope->parent) {
      if (const Binding* binding = scope->find(mention.root)) value = &binding->value;
    }
    if (value != nullptr) {
      if (value_acts(*value, members, mention.escapes, followed, 0)) return true;
      continue;
    }
    // A name of the language, or a local one, which may be an object of the package.
    if (begins_path(module.language, mention.root) &&
        path_acts(module.language, std::string(names_[mention.root]), members, mention.escapes))
      return true;
    for (const NameId starred : module.starred) {
      if (path_acts(module.language,
                    std::string(names_[starred]) + "." + std::string(names_[mention.root]), members,
                    mention.escapes))
        return true;
    }
    for (const NameId member : members) follow_named(member, followed);
  }
  return false;
}

bool Interpreter::begins_path(Language language, NameId root) {
  std::vector<std::uint8_t>& known = begins_path_[language == Language::python ? 1 : 0];
  if (known.size() <= root) known.resize(std::max<std::size_t>(root + 1, known.size() * 2), 0);
  if (known[root] == 0)
    known[root] = names_[root].empty() || has_authority(language, names_[root], true)
                      ? authority_yes
                      : authority_no;
  return known[root] == authority_yes;
}

bool Interpreter::path_acts(Language language, std::string path, std::span<const NameId> members,
                            bool escapes) const {
  if (path.empty() && members.empty()) return true;
  for (std::size_t i = 0; i <= members.size(); ++i) {
    if (i > 0) {
      if (!path.empty()) path += '.';
      path += names_[members[i - 1]];
    }
    const bool last = i == members.size();
    // What a call gives may lead on: requests.Session().post.
    if (has_authority(language, path,
                      last && (escapes || has_authority(language, path + "()", true))))
      return true;
  }
  return false;
}

void Interpreter::follow(const Object* function, Followed& followed) {
  if (function->home == nullptr) return;
  const std::uint8_t known = function->record->authority;
  if (known == authority_no) return;
  if (known == authority_yes) followed.found = true;
  if (followed.seen.insert(function).second) followed.reached.push_back(function);
}

void Interpreter::remember_name(NameId name, const Value& value) {
  if (name != 0 && value.is(ValueKind::function)) closures_named_[name].push_back(value.object);
}

void Interpreter::follow_named(NameId name, Followed& followed) {
  const auto found = closures_named_.find(name);
  if (found == closures_named_.end() || !followed.names.insert(name).second) return;
  for (const Object* each : found->second) follow(each, followed);
}

bool Interpreter::value_acts(const Value& value, std::span<const NameId> members, bool escapes,
                             Followed& followed, int depth) {
  constexpr int deepest = 6;
  constexpr std::size_t most_parts = 64;
  if (depth > deepest) return true;
  const auto part_acts = [&](const Value& part) {
    return value_acts(part, {}, true, followed, depth + 1);
  };
  switch (value.kind) {
    case ValueKind::api:
      return path_acts(followed.language, std::string(names_[value.api]), members, escapes);
    case ValueKind::function: follow(value.object, followed); break;
    case ValueKind::klass:
      if (value.object->bases) {
        for (const Value& base : *value.object->bases) {
          if (value_acts(base, members, escapes, followed, depth + 1)) return true;
        }
      }
      break;
    case ValueKind::module:
      if (members.empty()) return true;
      for (const Binding& binding : value.object->scope->bindings) {
        if (binding.name == members[0])
          return value_acts(binding.value, members.subspan(1), escapes, followed, depth + 1);
      }
      return false;
    case ValueKind::either:
    case ValueKind::list:
      if (value.object->items.size() > most_parts) return true;
      for (const Value& item : value.object->items) {
        if (value_acts(item, value.is(ValueKind::either) ? members : std::span<const NameId>(),
                       escapes, followed, depth + 1))
          return true;
      }
      return false;
    case ValueKind::object:
      if (value.object->made_by != nullptr &&
          part_acts(Value::of_object(ValueKind::klass, value.object->made_by)))
        return true;
      break;
    default: return false;
  }
  const Object& object = *value.object;
  if (!members.empty()) {
    if (const Value* property = object.find(members[0]))
      return value_acts(*property, members.subspan(1), escapes, followed, depth + 1);
    if (object.has_fallback &&
        path_acts(followed.language, std::string(names_[object.fallback]), members, escapes))
      return true;
    for (const NameId member : members) follow_named(member, followed);
    return false;
  }
  if (object.properties.size() > most_parts && !value.is(ValueKind::klass)) return true;
  for (const auto& [name, property] : object.properties) {
    if (property.is(ValueKind::function))
      follow(property.object, followed);
    else if ((property.is(ValueKind::object) || property.is(ValueKind::klass) ||
              property.is(ValueKind::api)) &&
             part_acts(property))
      return true;
  }
  return object.has_fallback &&
         path_acts(followed.language, std::string(names_[object.fallback]), {}, escapes);
}

}  // namespace assay::code
