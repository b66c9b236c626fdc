#include "cli/app.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/suggest.h"
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

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 usage, 3 something was not examined,
  4 nothing to examine, 5 internal error, disk or network.)";

constexpr const char* main_examples = R"(Examples:
  assay scan npm:name               judge a package before it is installed
  assay scan ./downloads --each     judge every archive of a folder
  assay explain RULE                why a finding matters, and when it is harmless
  assay doctor                      check that this assay works

Settings also come from ASSAY_FAIL_ON, ASSAY_JOBS, ASSAY_FORMAT and ASSAY_OFFLINE, ./assay.toml and
the user's assay/assay.toml, in this order.)";

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
struct ScanText {
  std::string format, jobs, fail_on;
  bool offline = false;
};

void add_scan_options(CLI::App& scan, ScanArguments& arguments, ScanText& text) {
  scan.add_option("TARGET", arguments.targets, "What to examine")->required()->type_name("");
  scan.add_flag("--each", arguments.each, "Each archive and sub-folder of a folder is a target");
  scan.add_option("--format", text.format, "text, json, jsonl or sarif")
      ->type_name("FORMAT")
      ->check(parsed_by(format_from));
  scan.add_option("-o,--output", arguments.output,
                  "Write the report to a file, whole or not at all")
      ->type_name("FILE");
  scan.add_option("--fail-on", text.fail_on, "Exit with 1 from: review (default), block, never")
      ->type_name("VERDICT")
      ->check(parsed_by(fail_on_from));
  scan.add_flag("--exit-zero", arguments.exit_zero, "Exit with 0 once the report is written");
  scan.add_option("-j,--jobs", text.jobs, "Packages examined at once (default: processors)")
      ->type_name("N")
      ->check(parsed_by(jobs_from));
  scan.add_flag("--all-files", arguments.all_files,
                "pypi: every file of a release, not an sdist and one wheel");
  scan.add_flag("--offline", text.offline, "Fetch nothing");
  scan.add_option("--config", arguments.config, "Settings from this file, not ./assay.toml")
      ->type_name("FILE");
  scan.add_flag("-q,--quiet", arguments.quiet, "Only what is not clean");
  scan.add_flag("--no-color", arguments.no_color, "No colour; NO_COLOR does the same");
  scan.footer(scan_examples);
}

// The values were checked while parsing.
void take_values(const ScanText& text, ScanArguments& arguments) {
  if (!text.format.empty()) arguments.flags.format = format_from(text.format).value();
  if (!text.fail_on.empty()) arguments.flags.fail_on = fail_on_from(text.fail_on).value();
  if (!text.jobs.empty()) arguments.flags.jobs = jobs_from(text.jobs).value();
  if (text.offline) arguments.flags.offline = true;
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
  ScanText scan_text;
  CLI::App& scan_command = *app.add_subcommand("scan", "Judge packages by their bytes");
  add_scan_options(scan_command, scan, scan_text);

  RulesArguments rules;
  std::string rules_format;
  CLI::App& rules_command = *app.add_subcommand("rules", "List the rules");
  rules_command.add_option("--format", rules_format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  rules_command.footer("Example:\n  assay rules --format json | jq '.[].id'");

  std::string rule;
  CLI::App& explain_command =
      *app.add_subcommand("explain", "Tell why a rule matters and when it is harmless");
  explain_command.add_option("RULE", rule, "The id in brackets behind a finding")
      ->required()
      ->type_name("");
  explain_command.footer("Example:\n  assay explain hook-runs-download");

  CLI::App& doctor_command =
      *app.add_subcommand("doctor", "Check offline that this assay works and what it will use");
  doctor_command.footer("Example:\n  assay doctor");

  if (count <= 1) {
    fmt::print(stderr, "{}", app.help());
    return ExitCode::usage;
  }
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (arguments[1][0] != '-' && std::ranges::find(names, arguments[1]) == names.end()) {
    complain(fmt::format("there is no command '{}'{}", escape_for_display(arguments[1], 80),
                         did_you_mean(arguments[1], names)));
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
    take_values(scan_text, scan);
    return run_scan(scan, world);
  }
  if (rules_command.parsed()) {
    if (rules_format == "json") rules.format = Format::json;
    return run_rules_command(rules);
  }
  if (explain_command.parsed()) return run_explain(rule, world);
  return run_doctor(world);
}

}  // namespace assay
