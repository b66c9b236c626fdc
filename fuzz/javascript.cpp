// JavaScript, TypeScript and JSX: any bytes give a tree whose parts lie inside the source and which
// a walk from the root can finish.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "facts/code/javascript/parser.h"

namespace {

using namespace assay::code;

void check_tree(const Tree& tree) {
  const std::size_t size = tree.source.size();
  CHECK(tree[tree.root].kind == Kind::module);
  // A child is made before its parent, so no walk can come round.
  for (NodeId id = 1; id < tree.nodes.size(); ++id) {
    CHECK(tree[id].begin <= tree[id].end && tree[id].end <= size);
    CHECK(tree[id].first_child + tree[id].child_count <= tree.child_ids.size());
    for (const NodeId child : tree.children(id)) CHECK(child < id);
  }
  for (const Skipped& skipped : tree.skipped)
    CHECK(skipped.begin <= skipped.end && skipped.end <= size);
}

}  // namespace

// The first byte chooses the dialect.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view source(reinterpret_cast<const char*>(data) + 1, size - 1);
  JavaScriptOptions options;
  options.typescript = (data[0] & 1) != 0;
  options.jsx = (data[0] & 2) != 0;
  options.module = (data[0] & 4) != 0;
  ParseLimits limits;
  if ((data[0] & 8) != 0) limits.max_depth = 10;
  if ((data[0] & 16) != 0) limits.max_nodes = 50;
  check_tree(parse_javascript(source, options, limits));
  return 0;
}
