// What runs in a package: the input is a bundle. Every index and range must lie inside the package.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/check.h"
#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/manifest.h"
#include "facts/executors/executor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const assay::Package package =
      assay::package_from_bundle({reinterpret_cast<const char*>(data), size});
  std::optional<assay::NpmManifest> npm;
  if (const assay::File* json = package.find("package.json")) {
    if (auto manifest = assay::read_npm_manifest(json->bytes)) npm = std::move(*manifest);
  }
  const auto python = assay::read_python_manifest(package);
  const assay::Surface surface =
      assay::find_executors(package, npm ? &*npm : nullptr, python ? &*python : nullptr);
  const auto count = static_cast<std::int32_t>(package.files.size());
  CHECK(surface.reach.size() == package.files.size());
  for (const assay::Executor& executor : surface.executors) {
    CHECK(executor.where.file < count);
    for (const std::int32_t file : executor.files) CHECK(file >= 0 && file < count);
    if (executor.where.file < 0) continue;
    const auto& bytes = package.files[static_cast<std::size_t>(executor.where.file)].bytes;
    CHECK(executor.where.begin <= executor.where.end && executor.where.end <= bytes.size());
  }
  return 0;
}
