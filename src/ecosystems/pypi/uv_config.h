// The package indexes that uv is configured with
// (https://docs.astral.sh/uv/configuration/indexes/): UV_* variables, then the project's uv.toml or
// [tool.uv] of pyproject.toml, then the user's uv.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecosystems/registry/client_environment.h"

namespace assay {

struct UvIndexes {
  std::string default_url;  // empty: not configured
  std::vector<std::string> extra_urls;
  bool operator==(const UvIndexes&) const = default;
};

UvIndexes load_uv_indexes(const ClientEnvironment& environment);

// `table` names the table that holds uv's settings: "" in uv.toml, "tool.uv" in pyproject.toml.
// What is no TOML configures nothing, as it is for uv itself to complain.
UvIndexes parse_uv_toml(std::string_view text, std::string_view table);

}  // namespace assay
