// What a user may set once instead of with every command: assay.toml (a project's and the user's
// own) and ASSAY_* variables. Anything misspelt is an error, since a setting that silently does
// nothing is worse than none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scan/exit_code.h"
#include "verdict/verdict.h"

namespace assay {

enum class Format : std::uint8_t { text, json, jsonl, sarif };

struct Settings {
  std::optional<FailOn> fail_on;
  std::optional<int> jobs;  // from 1
  std::optional<Format> format;
  std::optional<bool> offline;
  std::optional<std::string> npm_registry, pypi_index;  // URLs that replace the clients' own
  std::vector<std::string> yara, house_rules;           // paths
  std::optional<std::string> rdap;  // URL of a server that tells since when domains are registered
  std::optional<std::string> github, gitlab, scorecard;  // URLs of the forges' interfaces
  std::vector<Exception> exceptions;

  bool operator==(const Settings&) const = default;
};

// By name, as in files, variables and flags; the error names what is possible.
Result<FailOn> fail_on_from(std::string_view text);
Result<Format> format_from(std::string_view text);
Result<int> jobs_from(std::string_view text);

// `name` names the text in errors: "assay.toml:3:1: …".
Result<Settings> parse_settings(std::string_view text, std::string_view name);
Result<Settings> settings_of_variables(const std::map<std::string, std::string>& variables);

// `over` wins where both say something; exceptions and rules of both hold.
Settings merge(Settings under, const Settings& over);

}  // namespace assay
