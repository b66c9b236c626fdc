// Bytes of a Python index's project page, JSON or HTML; the names of the files on it; and .netrc
// and .npmrc text, which have the same shape of reader.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ecosystems/npm/npmrc.h"
#include "ecosystems/pypi/file_name.h"
#include "ecosystems/pypi/simple_index.h"
#include "ecosystems/registry/netrc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  assay::parse_netrc(text);
  assay::parse_npmrc(text);
  assay::expand_npm_variables(text, {{"A", "value"}});
  const assay::Result<assay::Url> page = assay::parse_url("https://index.example.test/simple/x/");
  const assay::Result<assay::ProjectPage> read = assay::parse_project_page(text, *page);
  if (!read) return 0;
  for (const assay::IndexFile& file : read->files) {
    // A link never leaves https, and a name is always one component of a path.
    CHECK(file.url.starts_with("https://") && !file.file_name.contains('/'));
    const auto name = assay::parse_distribution_name(file.file_name, "x");
    if (name) assay::wheel_rank(*name);
  }
  return 0;
}
