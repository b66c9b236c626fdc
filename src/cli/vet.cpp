#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/call.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/outside.h"
#include "cli/user_rules_files.h"
#include "report/page_writer.h"
#include "report/tally.h"
#include "scan/manifest_targets.h"
#include "scan/scan.h"
#include "scan/vet.h"

namespace assay {
namespace {

// Packages at once without --jobs. More wait for the registry, which should not be pressed.
constexpr int usual_jobs = 4;

Result<std::vector<VetTarget>> expand(const std::vector<std::string>& texts) {
  std::vector<VetTarget> targets;
  for (const std::string& text : texts) {
    std::vector<VetTarget> more = TRY(parse_vet_target(text));
    std::ranges::move(more, std::back_inserter(targets));
  }
  return targets;
}

std::unique_ptr<PageWriter> make_writer(Format format, const VetArguments& arguments,
                                        const Terminal& terminal, const Tool& tool, Output output) {
  switch (format) {
    case Format::json: return make_page_json_writer(std::move(output), tool);
    case Format::jsonl: return make_page_json_lines_writer(std::move(output), tool);
    case Format::sarif: return make_page_sarif_writer(std::move(output), tool);
    case Format::text: break;
  }
  return make_page_text_writer(std::move(output), style_for(terminal, arguments.output,
                                                            arguments.quiet, arguments.no_color));
}

void count(const Page& page, Tally& tally) {
  if (page.error) {
    tally.count(failed_report(page.target, *page.error));
    return;
  }
  // One package, one entry: the gravest verdict over its archives.
  Report report;
  report.verdict.decision = page.decision;
  report.verdict.complete = page.complete;
  report.files = 1;
  tally.count(report);
}

// The folder in which a manifest lies is what is judged: its ./assay.toml must not except it.
std::vector<Target> judged_paths(const std::vector<std::string>& texts) {
  std::vector<Target> targets;
  for (const std::string& text : texts) {
    Result<Target> target = parse_target(text);
    if (target && target->spec) targets.push_back(std::move(*target));
  }
  return targets;
}

}  // namespace

ExitCode run_vet(const VetArguments& arguments, World& world) {
  const Result<std::vector<VetTarget>> targets = expand(arguments.targets);
  if (!targets) {
    complain(escape_for_display(targets.error().message));
    return exit_code_of(targets.error());
  }
  const Result<Configuration> configuration = load_configuration(
      arguments.flags, arguments.config, judged_paths(arguments.targets), world.environment);
  if (!configuration) {
    complain(configuration.error().message);
    return ExitCode::usage;
  }
  const Settings& settings = configuration->settings;
  const Result<LoadedRules> loaded = load_user_rules(settings.yara, settings.house_rules);
  if (!loaded) {
    complain(loaded.error().message);
    return exit_code_of(loaded.error());
  }
  const Tool tool = this_tool(loaded->rules.get());
  if (!arguments.quiet) tell_notes(*configuration, loaded->notes, tool.rules, world.clock);
  Result<OutputFile> output = OutputFile::open(arguments.output);
  if (!output) {
    complain(output.error().message);
    return ExitCode::broken;
  }
  const std::unique_ptr<PageWriter> writer =
      make_writer(format_for(settings, arguments.output), arguments, world.terminal, tool,
                  [&](std::string_view text) { output->write(text); });

  ProgressLine line(world.terminal.err_is_terminal && !arguments.quiet, 0);
  Outside outside(world, settings, arguments.no_repository);
  VetOptions options;
  options.jobs = settings.jobs.value_or(usual_jobs);
  options.policy = {settings.exceptions, world.clock.now()};
  options.user_rules = loaded->rules.get();
  options.registry = &outside.registry();
  options.sources = outside.sources();
  options.on_progress = [&](const ScanProgress& progress) { line.show(progress); };
  Tally tally;
  vet_targets(*targets, options, [&](const Page& page) {
    line.clear();
    count(page, tally);
    writer->add(page);
  });
  line.clear();
  writer->finish();
  if (const Result<void> done = output->finish(); !done) {
    complain(done.error().message);
    return ExitCode::broken;
  }
  if (arguments.exit_zero) return ExitCode::clean;
  return exit_code_of(tally, settings.fail_on.value_or(FailOn::review));
}

}  // namespace assay
