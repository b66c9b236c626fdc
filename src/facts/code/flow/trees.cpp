// Which syntax trees are there. Functions are interpreted across files, so any tree may be needed
// until the package is done, and all of them together can take hundreds of megabytes. Trees that
// nothing on the way uses are let go, the longest unused first; a file gives the same tree again.
#include <algorithm>
#include <vector>

#include "facts/code/flow/interpreter.h"
#include "facts/code/javascript/parser.h"
#include "facts/code/python/parser.h"

namespace assay::code {
namespace {

// About 50 bytes each with their names: 40 MB.
constexpr std::size_t most_kept_nodes = 800'000;

}  // namespace

Interpreter::TreeInUse::TreeInUse(Interpreter& interpreter, LoadedModule& module)
    : module_(module) {
  ++module.users;
  module.last_used = ++interpreter.tree_uses_;
  if (!module.has_tree) interpreter.restore_tree(module);
}

Interpreter::TreeInUse::~TreeInUse() { --module_.users; }

void Interpreter::parse_tree(LoadedModule& module, FileKind kind) {
  const File& source = package_.files[static_cast<std::size_t>(module.file)];
  if (kind == FileKind::python || kind == FileKind::bytecode) {
    const bool is_own = module.layer < 0 && kind == FileKind::python;
    module.tree =
        parse_python(is_own ? std::string_view(source.bytes) : std::string_view(module.own_text));
  } else {
    const bool typescript = kind == FileKind::typescript;
    module.tree = parse_javascript(source.bytes, {.typescript = typescript,
                                                  .jsx = !typescript || source.path.ends_with("x"),
                                                  .module = source.path.ends_with(".mjs")});
  }
  // The parsers ask for the most that the file could need. Of large requests what is not written to
  // costs nothing, and a copy would need both.
  constexpr std::size_t large = 200'000;
  if (module.tree.nodes.capacity() < large) {
    module.tree.nodes.shrink_to_fit();
    module.tree.child_ids.shrink_to_fit();
  }
}

void Interpreter::intern_names(LoadedModule& module) {
  module.names.assign(module.tree.nodes.size(), 0);
  for (std::size_t i = 0; i < module.tree.nodes.size(); ++i) {
    const Node& node = module.tree.nodes[i];
    switch (node.kind) {
      case Kind::name:
      case Kind::member:
      case Kind::function:
      case Kind::class_:
      case Kind::keyword:
      case Kind::import_name:
      case Kind::break_:
      case Kind::continue_:
      case Kind::labelled: module.names[i] = names_.intern(node.text); break;
      case Kind::pair: {
        // Plain keys are strings; interning them once makes object literals cheap.
        const NodeId key = module.tree.child(static_cast<NodeId>(i), 0);
        if (module.tree[key].kind == Kind::string)
          module.names[i] = names_.intern(module.tree[key].text);
        break;
      }
      default: break;
    }
  }
}

void Interpreter::restore_tree(LoadedModule& module) {
  let_trees_go(module.tree_nodes);
  parse_tree(module, package_.files[static_cast<std::size_t>(module.file)].kind);
  intern_names(module);
  module.has_tree = true;
  kept_nodes_ += module.tree_nodes;
  nodes_to_parse_again_ -= std::min(nodes_to_parse_again_, module.tree_nodes);
}

// Makes room for so many nodes. Down to three quarters, so that not each file looks through all
// others.
void Interpreter::let_trees_go(std::size_t room) {
  if (kept_nodes_ + room <= most_kept_nodes) return;
  std::vector<LoadedModule*> idle;
  for (const auto& [file, module] : modules_) {
    if (module->has_tree && module->users == 0) idle.push_back(module.get());
  }
  std::ranges::sort(idle, {}, &LoadedModule::last_used);
  for (LoadedModule* module : idle) {
    if (kept_nodes_ + room <= most_kept_nodes / 4 * 3) return;
    // Files that call one another would otherwise be parsed again and again.
    if (module->tree_nodes > nodes_to_parse_again_) continue;
    module->tree = Tree();
    module->names = std::vector<NameId>();
    module->mentions.reset();
    module->has_tree = false;
    kept_nodes_ -= module->tree_nodes;
  }
}

}  // namespace assay::code
