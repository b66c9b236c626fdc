// The commands, each in a file of its own name. Arguments come parsed; nothing here knows options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/settings.h"
#include "cli/world.h"
#include "package/package.h"
#include "scan/exit_code.h"

namespace assay {

struct ScanArguments {
  std::vector<std::string> targets;
  Settings flags;
  std::string output;  // a file; empty: stdout
  std::string config;  // instead of ./assay.toml
  bool each = false;   // folders hold targets instead of being one
  bool quiet = false;
  bool no_color = false;
  bool all_files = false;
  bool exit_zero = false;
  bool surface = false;   // what runs uncalled instead of the findings
  bool no_cache = false;  // examine everything anew, and keep nothing
  bool verbose = false;
};
ExitCode run_scan(const ScanArguments& arguments, World& world);

struct VetArguments {
  std::vector<std::string> targets;
  Settings flags;
  std::string output;
  std::string config;
  bool quiet = false;
  bool no_color = false;
  bool exit_zero = false;
  bool no_repository = false;
};
ExitCode run_vet(const VetArguments& arguments, World& world);

struct RulesArguments {
  Format format = Format::text;
  Settings flags;
  std::string config;
};
ExitCode run_rules_command(const RulesArguments& arguments, const World& world);

ExitCode run_explain(const std::string& rule, const World& world);

struct NamesArguments {
  std::vector<std::string> names;            // "-": one a line on standard input
  Ecosystem ecosystem = Ecosystem::unknown;  // of names that do not say
  FailOn fail_on = FailOn::review;
  std::string output;
  bool is_json = false;
  bool quiet = false;
};
ExitCode run_names(const NamesArguments& arguments, World& world);

struct DbNamesArguments {
  std::string npm, pypi;  // lists; empty: what the program carries
};
ExitCode run_db_names(const DbNamesArguments& arguments, World& world);

struct DbUpdateArguments {
  std::vector<std::string> sources;  // folders, zip archives, records, addresses of these
};
ExitCode run_db_update(const DbUpdateArguments& arguments, World& world);
ExitCode run_db_status(World& world);

ExitCode run_doctor(World& world);

}  // namespace assay
