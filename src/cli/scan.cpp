#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "base/text.h"
#include "cli/call.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/output.h"
#include "cli/registry_override.h"
#include "cli/user_rules_files.h"
#include "ecosystems/registry/curl_client.h"
#include "ecosystems/registry/polite_client.h"
#include "ecosystems/registry/registry.h"
#include "report/writer.h"
#include "scan/scan.h"
#include "scan/scan_targets.h"

namespace assay {
namespace {

Result<std::vector<Target>> expand_targets(const ScanArguments& arguments) {
  std::vector<Target> targets;
  for (const std::string& text : arguments.targets) {
    Target target = TRY(parse_target(text));
    std::error_code ignored;
    if (!arguments.each || target.spec || !std::filesystem::is_directory(text, ignored)) {
      targets.push_back(std::move(target));
      continue;
    }
    std::vector<Target> inside = TRY(targets_inside(text));
    if (inside.empty()) complain(escape_for_display(text) + ": holds no archives and no folders");
    std::ranges::move(inside, std::back_inserter(targets));
  }
  return targets;
}

std::unique_ptr<ReportWriter> make_writer(Format format, const ScanArguments& arguments,
                                          const Terminal& terminal, const Tool& tool,
                                          Output output) {
  switch (format) {
    case Format::json: return make_json_writer(std::move(output), tool);
    case Format::jsonl: return make_json_lines_writer(std::move(output), tool);
    case Format::sarif: return make_sarif_writer(std::move(output), tool);
    case Format::text: break;
  }
  return make_text_writer(std::move(output), style_for(terminal, arguments.output, arguments.quiet,
                                                       arguments.no_color));
}

// The client side of the registries, made whole only when something is to be fetched.
class Fetching {
 public:
  Fetching(World& world, const Settings& settings, FetchOptions options)
      : environment_(world.environment, settings.npm_registry, settings.pypi_index),
        curl_("assay/" + this_tool().version),
        client_(curl_),
        registry_(client_, environment_, std::move(options)) {}

  Registry& registry() { return registry_; }

 private:
  RegistryOverride environment_;
  CurlClient curl_;
  PoliteClient client_;
  ConfiguredRegistry registry_;
};

std::uint64_t known_bytes(std::span<const Target> targets) {
  std::uint64_t total = 0;
  for (const Target& target : targets) {
    if (target.size_bytes == 0) return 0;
    total += target.size_bytes;
  }
  return total;
}

void tell_kept(const std::optional<ReportCache>& cache, const Tally& tally) {
  if (!cache) {
    complain("no report of an earlier scan was looked for");
    return;
  }
  complain(fmt::format("{} of {} reports are those that earlier scans kept", cache->found(),
                       tally.targets));
}

}  // namespace

ExitCode run_scan(const ScanArguments& arguments, World& world) {
  const Result<std::vector<Target>> targets = expand_targets(arguments);
  if (!targets) {
    complain(escape_for_display(targets.error().message));
    return exit_code_of(targets.error());
  }
  const Result<Configuration> configuration =
      load_configuration(arguments.flags, arguments.config, *targets, world.environment);
  if (!configuration) {
    complain(configuration.error().message);
    return ExitCode::usage;
  }
  const Settings& settings = configuration->settings;
  const Format format = format_for(settings, arguments.output);
  if (arguments.surface && format == Format::sarif) {
    complain("--surface has no SARIF form: choose --format text, json or jsonl");
    return ExitCode::usage;
  }
  const Result<LoadedRules> loaded = load_user_rules(settings.yara, settings.house_rules);
  if (!loaded) {
    complain(loaded.error().message);
    return exit_code_of(loaded.error());
  }
  const UserRules* user_rules = loaded->rules.get();
  const Tool tool = this_tool(user_rules);
  if (!arguments.quiet) tell_notes(*configuration, loaded->notes, tool.rules, world.clock);

  Result<OutputFile> output = OutputFile::open(arguments.output);
  if (!output) {
    complain(output.error().message);
    return ExitCode::broken;
  }
  const std::unique_ptr<ReportWriter> writer = make_writer(
      format, arguments, world.terminal, tool, [&](std::string_view text) { output->write(text); });

  ProgressLine line(world.terminal.err_is_terminal && !arguments.quiet, known_bytes(*targets));
  std::atomic<std::uint64_t> received = 0;
  FetchOptions fetch_options;
  fetch_options.all_files = arguments.all_files;
  fetch_options.on_progress = [&](std::string_view, std::uint64_t bytes, std::uint64_t) {
    received = bytes;
  };
  std::optional<Fetching> fetching;
  const bool may_fetch = !settings.offline.value_or(false);
  if (may_fetch &&
      std::ranges::any_of(*targets, [](const Target& t) { return t.spec.has_value(); })) {
    fetching.emplace(world, settings, std::move(fetch_options));
  }

  std::optional<ReportCache> cache;
  // Rules of the user and surfaces are no part of what is kept.
  if (!arguments.no_cache && !arguments.surface && user_rules == nullptr) {
    cache.emplace(world.environment.own_cache("reports"), tool);
  }

  ScanOptions options;
  options.cache = cache ? &*cache : nullptr;
  options.jobs =
      settings.jobs.value_or(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())));
  options.asked.policy = {settings.exceptions, world.clock.now()};
  options.asked.user_rules = user_rules;
  options.asked.with_surface = arguments.surface;
  options.registry = fetching ? &fetching->registry() : nullptr;
  options.on_progress = [&](const ScanProgress& progress) {
    if (progress.total > 1) {
      line.show(progress);
    } else if (received > 0) {
      line.show(fmt::format("fetching, {:.1f} MB", static_cast<double>(received) / 1e6));
    }
  };

  Tally tally;
  scan_targets(*targets, options, [&](const Report& report) {
    line.clear();
    tally.count(report);
    writer->add(report);
  });
  line.clear();
  writer->finish(tally);
  if (arguments.verbose) tell_kept(cache, tally);
  if (const Result<void> done = output->finish(); !done) {
    complain(done.error().message);
    return ExitCode::broken;
  }
  if (arguments.exit_zero) return ExitCode::clean;
  return exit_code_of(tally, settings.fail_on.value_or(FailOn::review));
}

}  // namespace assay
