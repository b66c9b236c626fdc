// How people name a package of a registry on the command line:
//   npm:NAME  npm:NAME@VERSION-OR-RANGE-OR-TAG  npm:@scope/name@1
//   pypi:NAME  pypi:NAME==1.0  pypi:NAME@1.0  pypi:NAME>=1,<2  pypi:NAME[extra]
//   pkg:npm/%40scope/name@1  pkg:pypi/name@1    (https://github.com/package-url/purl-spec)
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "package/package.h"

namespace assay {

struct PackageSpec {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;
  // npm: version, range, tag. PyPI: a PEP 440 specifier, "==1.0" for a plain version. Empty:
  // newest.
  std::string wanted;

  bool operator==(const PackageSpec&) const = default;
};

// True for "npm:", "pypi:" and "pkg:", which no path begins with by accident.
bool is_package_spec(std::string_view text);

// Kind usage for what is misspelt, unsupported for a purl of another ecosystem. Names are checked
// here, so that no later use of one can leave its place in a URL.
Result<PackageSpec> parse_package_spec(std::string_view text);

}  // namespace assay
