// package.json: any bytes give a manifest or an error, and every range lies inside the text.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "ecosystems/npm/manifest.h"
#include "ecosystems/npm/version.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto manifest = assay::read_npm_manifest(text);
  if (!manifest) return 0;
  for (const assay::NpmScript& script : manifest->scripts) {
    CHECK(script.where.begin <= script.where.end && script.where.end <= size);
  }
  for (const assay::NpmDependency& dependency : manifest->dependencies) {
    CHECK(dependency.where.end <= size);
    const auto range = assay::NpmRange::parse(dependency.spec);
    const auto version = assay::parse_npm_version(dependency.spec);
    // An exact version satisfies itself.
    if (range && version) CHECK(range->matches(*version));
  }
  CHECK(manifest->entry_points.size() == manifest->entry_points_where.size());
  return 0;
}
