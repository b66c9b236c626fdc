#include "cli/app.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/suggest.h"
#include "base/text.h"
#include "cli/commands.h"
#include "scan/scan.h"

namespace assay {
namespace {

constexpr const char* scan_examples =
    R"(A TARGET is an archive (.tgz .tar.* .zip .whl .egg), a folder, or a package by name:
  npm:NAME  npm:NAME@VERSION  pypi:NAME  pypi:NAME==VERSION  pkg:npm/NAME@VERSION

Examples:
  assay scan ./some-package-1.0.0.tgz
  assay scan npm:@scope/name@1.2.3 pypi:name
  assay scan --each downloads/ --format jsonl -o results.jsonl
  assay scan . --format sarif -o assay.sarif --fail-on block
  assay scan --surface npm:name

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, 3 something was not examined,
  4 nothing to examine, 5 internal error, disk or network.)";

constexpr const char* vet_examples =
    R"(A TARGET is a package by name, or a manifest for all of its direct dependencies:
  npm:NAME  npm:NAME@VERSION  pypi:NAME  pypi:NAME==VERSION  pkg:npm/NAME@VERSION
  package.json  pyproject.toml  requirements.txt  a folder with any of them

Examples:
  assay vet npm:express
  assay vet pypi:requests==2.32.0 --format json
  assay vet package.json requirements.txt --quiet

Exit codes: 0 install, 1 findings at or above --fail-on, 2 usage, 3 something was not examined,
  4 nothing to examine, 5 internal error, disk or network.)";

constexpr const char* main_examples = R"(Examples:
  assay vet npm:name                everything that can be known before an install
  assay scan npm:name               judge a package by its bytes
  assay scan ./downloads --each     judge every archive of a folder
  assay names npm:name              does the name imitate a better known one?
  assay explain RULE                why a finding matters, and when it is harmless
  assay doctor                      check that this assay works

Settings also come from ASSAY_FAIL_ON, ASSAY_JOBS, ASSAY_FORMAT and ASSAY_OFFLINE, ./assay.toml and
the user's assay/assay.toml, in this order.)";

constexpr const char* names_examples =
    R"(A NAME is npm:NAME, pypi:NAME or a package URL, or a name alone with --ecosystem; '-' reads one
a line from standard input.

Examples:
  assay names npm:crossenv pypi:reqeusts
  assay names --ecosystem pypi --quiet - < requirements-names.txt
  assay names npm:@bable/core --format jsonl

Exit codes: 0 no name is flagged, 1 some are, 2 usage, 3 some could not be read as a name.)";

constexpr const char* db_update_examples =
    R"(A SOURCE is a folder with OSV records, a zip archive of them, one record, or the address of these.
All of them together make the new index, which replaces the old one at once.

Examples:
  assay db update npm-all.zip pypi-all.zip malicious-packages/osv
  assay db update https://mirror.example.test/osv/npm/all.zip)";

constexpr const char* db_names_examples =
    R"(FILE has one name a line, most popular first, or columns with tabs between them under a line that
calls them: the name, and its rank or how often it is downloaded.

Example:
  assay db names --npm most-downloaded-npm.tsv --pypi top-pypi.tsv)";

// A validator that keeps what a parser of settings says.
template <typename Value>
CLI::Validator parsed_by(Result<Value> (*parse)(std::string_view)) {
  return CLI::Validator(
      [parse](std::string& text) {
        const Result<Value> value = parse(text);
        return value ? std::string() : value.error().message;
      },
      "");
}

// Options as text, until their values are known to be good.
struct JudgeText {
  std::string format, jobs, fail_on;
  bool offline = false;
};

void add_rule_options(CLI::App& command, Settings& flags) {
  command
      .add_option("--yara", flags.yara, "YARA rules: a file, or a folder of .yar and .yara files")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--house-rules", flags.house_rules, "Rules of your own on facts: a TOML file")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

// Options of every command that judges packages.
template <typename Arguments>
void add_judge_options(CLI::App& command, Arguments& arguments, JudgeText& text) {
  command.add_option("--format", text.format, "text, json, jsonl or sarif")
      ->type_name("FORMAT")
      ->check(parsed_by(format_from));
  command
      .add_option("-o,--output", arguments.output,
                  "Write the report to a file, whole or not at all")
      ->type_name("FILE");
  command.add_option("--fail-on", text.fail_on, "Exit with 1 from: review (default), block, never")
      ->type_name("VERDICT")
      ->check(parsed_by(fail_on_from));
  add_rule_options(command, arguments.flags);
  command.add_flag("--exit-zero", arguments.exit_zero, "Exit with 0 once the report is written");
  command.add_option("--config", arguments.config, "Settings from this file, not ./assay.toml")
      ->type_name("FILE");
  command.add_flag("--no-color", arguments.no_color, "No colour; NO_COLOR does the same");
}

void add_jobs(CLI::App& command, std::string& text, const char* help) {
  command.add_option("-j,--jobs", text, help)->type_name("N")->check(parsed_by(jobs_from));
}

void add_scan_options(CLI::App& scan, ScanArguments& arguments, JudgeText& text) {
  scan.add_option("TARGET", arguments.targets, "What to examine")->required()->type_name("");
  scan.add_flag("--each", arguments.each, "Each archive and sub-folder of a folder is a target");
  add_judge_options(scan, arguments, text);
  add_jobs(scan, text.jobs, "Packages examined at once (default: processors)");
  scan.add_flag("--surface", arguments.surface, "List what runs uncalled, and what it can do");
  scan.add_flag("--all-files", arguments.all_files,
                "pypi: every file of a release, not an sdist and one wheel");
  scan.add_flag("--offline", text.offline, "Fetch nothing");
  scan.add_flag("--no-cache", arguments.no_cache,
                "Examine anew what was examined before, and keep no report");
  scan.add_flag("-q,--quiet", arguments.quiet, "Only what is not clean");
  scan.add_flag("-v,--verbose", arguments.verbose, "Tell how many reports earlier scans had kept")
      ->excludes("--quiet");
  scan.footer(scan_examples);
}

struct NamesText {
  std::string format, ecosystem, fail_on;
};

CLI::App& add_names_command(CLI::App& app, NamesArguments& arguments, NamesText& text) {
  CLI::App& names = *app.add_subcommand("names", "Tell which names imitate better known ones");
  names.add_option("NAME", arguments.names, "What to judge")->required()->type_name("");
  names.add_option("--ecosystem", text.ecosystem, "Of names that do not say: npm or pypi")
      ->check(CLI::IsMember({"npm", "pypi"}));
  names.add_option("--format", text.format, "text or jsonl")
      ->check(CLI::IsMember({"text", "jsonl"}));
  names.add_option("-o,--output", arguments.output, "Write to a file, whole or not at all")
      ->type_name("FILE");
  names.add_option("--fail-on", text.fail_on, "Exit with 1 from: review (default), block, never")
      ->type_name("VERDICT")
      ->check(parsed_by(fail_on_from));
  names.add_flag("-q,--quiet", arguments.quiet, "Only names that are flagged");
  names.footer(names_examples);
  return names;
}

void take_values(const NamesText& text, NamesArguments& arguments) {
  if (text.ecosystem == "npm") arguments.ecosystem = Ecosystem::npm;
  if (text.ecosystem == "pypi") arguments.ecosystem = Ecosystem::pypi;
  arguments.is_json = text.format == "jsonl";
  if (!text.fail_on.empty()) arguments.fail_on = fail_on_from(text.fail_on).value();
}

CLI::App& add_db_names_command(CLI::App& db, DbNamesArguments& arguments) {
  CLI::App& names = *db.add_subcommand("names", "Which names are popular, from lists");
  names.add_option("--npm", arguments.npm, "Names of npm")->type_name("FILE");
  names.add_option("--pypi", arguments.pypi, "Names of PyPI")->type_name("FILE");
  names.require_option(1, 2);
  names.footer(db_names_examples);
  return names;
}

void add_vet_options(CLI::App& vet, VetArguments& arguments, JudgeText& text) {
  vet.add_option("TARGET", arguments.targets, "What is to be installed")->required()->type_name("");
  add_judge_options(vet, arguments, text);
  add_jobs(vet, text.jobs, "Packages asked about at once (default: 4)");
  vet.add_flag("--offline", text.offline, "Ask nobody; use what earlier calls were told");
  vet.add_flag("--no-repository", arguments.no_repository,
               "Don't read the repository that a package names");
  vet.add_flag("-q,--quiet", arguments.quiet, "Only what should not simply be installed");
  vet.footer(vet_examples);
}

// What `assay db` does, one command each.
struct DbCommands {
  DbNamesArguments names;
  DbUpdateArguments update;
  CLI::App* names_command = nullptr;
  CLI::App* update_command = nullptr;
};

CLI::App& add_db_command(CLI::App& app, DbCommands& commands) {
  CLI::App& db = *app.add_subcommand("db", "Bring the data up to date that assay judges by");
  db.require_subcommand(1);
  db.footer("Example:\n  assay db status");
  commands.names_command = &add_db_names_command(db, commands.names);
  commands.update_command = db.add_subcommand("update", "Known malware and vulnerabilities");
  commands.update_command->add_option("SOURCE", commands.update.sources, "OSV records")
      ->required()
      ->type_name("");
  commands.update_command->footer(db_update_examples);
  db.add_subcommand("status", "What there is, how old it is, and whether it is sound")
      ->footer("Example:\n  assay db status");
  return db;
}

ExitCode run_db(const DbCommands& commands, World& world) {
  if (commands.names_command->parsed()) return run_db_names(commands.names, world);
  if (commands.update_command->parsed()) return run_db_update(commands.update, world);
  return run_db_status(world);
}

// The values were checked while parsing.
void take_values(const JudgeText& text, Settings& flags) {
  if (!text.format.empty()) flags.format = format_from(text.format).value();
  if (!text.fail_on.empty()) flags.fail_on = fail_on_from(text.fail_on).value();
  if (!text.jobs.empty()) flags.jobs = jobs_from(text.jobs).value();
  if (text.offline) flags.offline = true;
}

std::string version_text() {
  const Tool tool = this_tool();
  return fmt::format("assay {} (ruleset {}, {} rules)", tool.version, tool.ruleset,
                     tool.rules.size());
}

ExitCode complain_of_usage(std::string_view command) {
  fmt::print(stderr, "'{} --help' shows what is possible\n", command);
  return ExitCode::usage;
}

}  // namespace

ExitCode run_app(int count, const char* const* arguments, World& world) {
  CLI::App app("Finds malicious npm and PyPI packages before they run.", "assay");
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text);
  app.footer(main_examples);

  ScanArguments scan;
  JudgeText scan_text;
  CLI::App& scan_command = *app.add_subcommand("scan", "Judge packages by their bytes");
  add_scan_options(scan_command, scan, scan_text);

  VetArguments vet;
  JudgeText vet_text;
  CLI::App& vet_command = *app.add_subcommand(
      "vet", "Tell everything that can be known of a package before it is installed");
  add_vet_options(vet_command, vet, vet_text);

  RulesArguments rules;
  std::string rules_format;
  CLI::App& rules_command = *app.add_subcommand("rules", "List the rules");
  rules_command.add_option("--format", rules_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  add_rule_options(rules_command, rules.flags);
  rules_command.add_option("--config", rules.config, "Settings from this file, not ./assay.toml")
      ->type_name("FILE");
  rules_command.footer("Example:\n  assay rules --format json | jq '.[].id'");

  std::string rule;
  CLI::App& explain_command =
      *app.add_subcommand("explain", "Tell why a rule matters and when it is harmless");
  explain_command.add_option("RULE", rule, "The id in brackets behind a finding")
      ->required()
      ->type_name("");
  explain_command.footer("Example:\n  assay explain hook-runs-download");

  NamesArguments names;
  NamesText names_text;
  CLI::App& names_command = add_names_command(app, names, names_text);

  DbCommands db;
  CLI::App& db_command = add_db_command(app, db);

  CLI::App& doctor_command =
      *app.add_subcommand("doctor", "Check offline that this assay works and what it will use");
  doctor_command.footer("Example:\n  assay doctor");

  if (count <= 1) {
    fmt::print(stderr, "{}", app.help());
    return ExitCode::usage;
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (arguments[1][0] != '-' && std::ranges::find(commands, arguments[1]) == commands.end()) {
    complain(fmt::format("there is no command '{}'{}", escape_for_display(arguments[1], 80),
                         did_you_mean(arguments[1], commands)));
    return complain_of_usage("assay");
  }
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // help and version
      app.exit(error);
      return ExitCode::clean;
    }
    complain(escape_for_display(error.what()));
    const CLI::App* command = &app;
    for (const CLI::App* parsed : app.get_subcommands()) command = parsed;
    const std::string name = command == &app ? "assay" : "assay " + command->get_name();
    return complain_of_usage(name);
  }

  if (scan_command.parsed()) {
    take_values(scan_text, scan.flags);
    return run_scan(scan, world);
  }
  if (vet_command.parsed()) {
    take_values(vet_text, vet.flags);
    return run_vet(vet, world);
  }
  if (rules_command.parsed()) {
    if (rules_format == "json") rules.format = Format::json;
    return run_rules_command(rules, world);
  }
  if (explain_command.parsed()) return run_explain(rule, world);
  if (names_command.parsed()) {
    take_values(names_text, names);
    return run_names(names, world);
  }
  if (db_command.parsed()) return run_db(db, world);
  return run_doctor(world);
}

}  // namespace assay
