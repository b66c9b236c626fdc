// What a Python distribution says of itself: the input is a bundle, so that names and contents of
// METADATA, RECORD, pyproject.toml and their kin are all up to it.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "ecosystems/pypi/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const assay::Package package =
      assay::package_from_bundle({reinterpret_cast<const char*>(data), size});
  const auto manifest = assay::read_python_manifest(package);
  if (!manifest) return 0;
  for (const assay::PythonEntryPoint& point : manifest->entry_points) {
    const assay::File* file = package.find(point.path);
    CHECK(file && point.begin <= point.end && point.end <= file->bytes.size());
  }
  for (const assay::PythonBuildHook& hook : manifest->build_hooks) {
    const assay::File* file = package.find(hook.path);
    CHECK(file && hook.begin <= hook.end && hook.end <= file->bytes.size());
  }
  return 0;
}
