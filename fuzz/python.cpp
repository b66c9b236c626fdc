// Python: any bytes give a tree, in which every range lies inside the source, children were made
// before their parent, and a second parse gives the same.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "facts/code/python/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const assay::code::ParseLimits limits{.max_nodes = 20'000, .max_depth = 200};
  const assay::code::Tree tree = assay::code::parse_python(source, limits);
  CHECK(tree.root != assay::code::no_node);
  for (assay::code::NodeId id = 1; id < tree.nodes.size(); ++id) {
    CHECK(tree[id].begin <= tree[id].end && tree[id].end <= size);
    for (const assay::code::NodeId child : tree.children(id)) CHECK(child < id);
  }
  for (const assay::code::Skipped& skipped : tree.skipped) CHECK(skipped.end <= size);
  CHECK(assay::code::dump(tree) == assay::code::dump(assay::code::parse_python(source, limits)));
  return 0;
}
