#include "facts/yara/yara_rules.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/hash.h"
#include "base/text.h"
#include "facts/yara/yara_library.h"

namespace assay {
namespace {

// `time` is left out because a verdict does not depend on the clock.
constexpr std::array<std::string_view, 4> safe_modules = {"math", "hash", "console", "string"};
// Names that rule sets in use expect to be told of the file.
constexpr std::array<const char*, 3> externals = {"filepath", "filename", "extension"};
constexpr std::size_t most_strings = 8;  // of a match
constexpr std::size_t most_warnings = 20;

struct Complaints {
  const YaraSource* source = nullptr;
  std::string error;  // the first
  std::vector<std::string> warnings;
};

std::string at_line(const YaraSource& source, int line) {
  return source.name + ":" + std::to_string(line) + ": ";
}

// libyara calls it; nothing may be thrown through its frames.
void note_complaint(int level, const char*, int line, const YR_RULE*, const char* message,
                    void* user_data) noexcept {
  Complaints& complaints = *static_cast<Complaints*>(user_data);
  std::string text = at_line(*complaints.source, line) + escape_for_display(message, 300);
  if (level == YARA_ERROR_LEVEL_ERROR) {
    if (complaints.error.empty()) complaints.error = std::move(text);
  } else if (complaints.warnings.size() < most_warnings) {
    complaints.warnings.push_back(std::move(text));
  }
}

// What can be told before the compiler, which takes text that ends at its first NUL.
Result<void> check_sources(std::span<const YaraSource> sources, const YaraRules::Bounds& bounds) {
  if (sources.size() > bounds.files) {
    return fail(ErrorKind::usage, "more than " + std::to_string(bounds.files) +
                                      " YARA files: give a folder with fewer");
  }
  std::size_t total = 0;
  for (const YaraSource& source : sources) {
    total += source.text.size();
    if (source.text.size() > bounds.file_bytes || total > bounds.total_bytes) {
      return fail(ErrorKind::usage, source.name + ": more YARA text than is compiled: " +
                                        std::to_string(bounds.file_bytes >> 20) + " MiB a file, " +
                                        std::to_string(bounds.total_bytes >> 20) +
                                        " MiB in all; leave some out");
    }
    if (source.text.starts_with("YARA")) {
      return fail(ErrorKind::usage, source.name +
                                        ":1: compiled rules are not read, since they can crash "
                                        "whoever runs them: give their sources");
    }
    const std::size_t nul = source.text.find('\0');
    if (nul != std::string::npos) {
      const auto line = std::ranges::count(std::string_view(source.text).substr(0, nul), '\n') + 1;
      return fail(ErrorKind::usage, at_line(source, static_cast<int>(line)) +
                                        "a NUL byte: this is no YARA text; leave the file out");
    }
  }
  return {};
}

std::string hash_of(std::span<const YaraSource> sources) {
  std::string all;
  for (const YaraSource& source : sources) {
    all += source.name_space + '\n' + hash_hex(HashKind::sha256, source.text) + '\n';
  }
  return hash_hex(HashKind::sha256, all);
}

YaraRuleInfo info_of(const YR_RULE& rule) {
  YaraRuleInfo info;
  info.id = "yara:" + std::string(rule.ns->name) + '/' + rule.identifier;
  info.is_private = RULE_IS_PRIVATE(&rule) != 0;
  std::string weight;
  const YR_META* meta = nullptr;
  yr_rule_metas_foreach((&rule), meta) {
    if (meta->type != META_TYPE_STRING) continue;
    const std::string name = to_lower_ascii(meta->identifier);
    if (name == "description" && info.description.empty()) info.description = meta->string;
    if (name == "severity" && info.severity.empty()) info.severity = meta->string;
    if (name == "weight" && weight.empty()) weight = meta->string;
  }
  if (info.severity.empty()) info.severity = weight;
  return info;
}

struct Imports {
  std::string refused;
};

int note_import(YR_SCAN_CONTEXT*, int message, void* data, void* user_data) noexcept {
  if (message != CALLBACK_MSG_IMPORT_MODULE) return CALLBACK_CONTINUE;
  const char* name = static_cast<YR_MODULE_IMPORT*>(data)->module_name;
  if (std::ranges::find(safe_modules, std::string_view(name)) != safe_modules.end()) {
    return CALLBACK_CONTINUE;
  }
  static_cast<Imports*>(user_data)->refused = name;
  return CALLBACK_ERROR;
}

// Where `import "name"` stands, as far as a look at the lines tells.
std::string place_of_import(std::span<const YaraSource> sources, const std::string& module) {
  for (const YaraSource& source : sources) {
    int line = 0;
    for (const std::string_view text : split_lines(source.text)) {
      ++line;
      const std::string_view trimmed = trim(text);
      if (trimmed.starts_with("import") && contains(trimmed, '"' + module + '"')) {
        return at_line(source, line);
      }
    }
  }
  return "";
}

// The compiler takes any module it knows, so the compiled rules are asked what they load.
Result<void> check_imports(const YaraLibrary& yara, YR_RULES* rules,
                           std::span<const YaraSource> sources) {
  YR_SCANNER* scanner = nullptr;
  if (yara.scanner_create(rules, &scanner) != ERROR_SUCCESS) {
    return fail(ErrorKind::environment, "libyara has no memory for a scanner");
  }
  Imports imports;
  yara.scanner_set_callback(scanner, note_import, &imports);
  yara.scanner_set_flags(scanner, SCAN_FLAGS_FAST_MODE | SCAN_FLAGS_NO_TRYCATCH);
  const std::uint8_t nothing[1] = {0};
  yara.scanner_scan_mem(scanner, nothing, 0);
  yara.scanner_destroy(scanner);
  if (imports.refused.empty()) return {};
  return fail(ErrorKind::usage,
              place_of_import(sources, imports.refused) + "the module " + imports.refused +
                  " is not allowed, only math, hash, console and string are: its reader would meet "
                  "hostile files, or its answer changes by the day; take the import and its rules "
                  "out");
}

}  // namespace

Result<YaraRules> YaraRules::compile(std::span<const YaraSource> sources, const Bounds& bounds) {
  TRY(check_sources(sources, bounds));
  const YaraLibrary* yara = TRY(YaraLibrary::load());
  YR_COMPILER* made = nullptr;
  if (yara->compiler_create(&made) != ERROR_SUCCESS) {
    return fail(ErrorKind::environment, "libyara has no memory for a compiler");
  }
  const std::unique_ptr<YR_COMPILER, decltype(yara->compiler_destroy)> compiler(
      made, yara->compiler_destroy);
  Complaints complaints;
  yara->compiler_set_callback(made, note_complaint, &complaints);
  yara->compiler_set_include_callback(made, nullptr, nullptr, nullptr);
  for (const char* name : externals) yara->compiler_define_string(made, name, "");
  for (const YaraSource& source : sources) {
    complaints.source = &source;
    const int errors =
        yara->compiler_add_string(made, source.text.c_str(), source.name_space.c_str());
    if (errors == 0) continue;
    // After an error libyara's compiler takes nothing more.
    if (complaints.error.empty()) complaints.error = source.name + ":1: cannot be compiled";
    const bool is_include = contains(complaints.error, "include");
    return fail(ErrorKind::usage,
                complaints.error + (is_include ? "; `include` is off: every file of a folder is "
                                                 "read without it, so take the line out"
                                               : "; correct the rule or leave the file out"));
  }
  YR_RULES* compiled = nullptr;
  if (yara->compiler_get_rules(made, &compiled) != ERROR_SUCCESS) {
    return fail(ErrorKind::environment, "libyara has no memory for the rules");
  }
  YaraRules rules;
  rules.compiled_ = std::shared_ptr<void>(
      compiled, [yara](void* freed) { yara->rules_destroy(static_cast<YR_RULES*>(freed)); });
  TRY(check_imports(*yara, compiled, sources));
  const YR_RULE* rule = nullptr;
  yr_rules_foreach(compiled, rule) rules.rules_.push_back(info_of(*rule));
  rules.warnings_ = std::move(complaints.warnings);
  rules.sha256_ = hash_of(sources);
  return rules;
}

namespace {

struct Scanning {
  const YR_RULE* first_rule = nullptr;
  YaraScanner::Outcome outcome;
};

std::uint32_t clamped(std::int64_t offset) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(offset, 0, UINT32_MAX));
}

YaraMatch match_of(YR_SCAN_CONTEXT* context, const YR_RULE* rule, std::size_t index) {
  YaraMatch match;
  match.rule = index;
  const YR_STRING* string = nullptr;
  yr_rule_strings_foreach(rule, string) {
    const YR_MATCH* found = nullptr;
    // The macro's `else` takes the block; the first match is enough.
    yr_string_matches_foreach(context, string, found) {
      const std::int64_t begin = found->base + found->offset;
      match.strings.push_back({escape_for_display(string->identifier, 60), clamped(begin),
                               clamped(begin + found->match_length)});
      break;
    }
  }
  std::ranges::stable_sort(match.strings, {}, &YaraString::begin);
  if (match.strings.size() > most_strings) match.strings.resize(most_strings);
  return match;
}

int note_match(YR_SCAN_CONTEXT* context, int message, void* data, void* user_data) noexcept {
  Scanning& scanning = *static_cast<Scanning*>(user_data);
  if (message == CALLBACK_MSG_TOO_MANY_MATCHES) {
    scanning.outcome.flaw = "a YARA string matched more than 1000000 times and was given up";
  }
  if (message == CALLBACK_MSG_RULE_MATCHING) {
    const auto* rule = static_cast<const YR_RULE*>(data);
    if (RULE_IS_PRIVATE(rule)) return CALLBACK_CONTINUE;
    const auto index = static_cast<std::size_t>(rule - scanning.first_rule);
    scanning.outcome.matches.push_back(match_of(context, rule, index));
  }
  return CALLBACK_CONTINUE;
}

}  // namespace

YaraScanner::YaraScanner(const YaraRules& rules) : rules_(rules) {
  const Result<const YaraLibrary*> yara = YaraLibrary::load();
  YR_SCANNER* scanner = nullptr;
  if (!yara || (*yara)->scanner_create(static_cast<YR_RULES*>(rules.compiled_.get()), &scanner) !=
                   ERROR_SUCCESS) {
    return;
  }
  (*yara)->scanner_set_flags(
      scanner, SCAN_FLAGS_FAST_MODE | SCAN_FLAGS_NO_TRYCATCH | SCAN_FLAGS_REPORT_RULES_MATCHING);
  scanner_ = std::shared_ptr<void>(scanner, [destroy = (*yara)->scanner_destroy](void* freed) {
    destroy(static_cast<YR_SCANNER*>(freed));
  });
}

YaraScanner::Outcome YaraScanner::scan(std::string_view bytes, std::string_view path, int seconds) {
  Scanning scanning;
  if (!scanner_) {
    scanning.outcome.flaw = "libyara has no memory for a scanner";
    return std::move(scanning.outcome);
  }
  const YaraLibrary& yara = **YaraLibrary::load();
  auto* scanner = static_cast<YR_SCANNER*>(scanner_.get());
  scanning.first_rule = static_cast<YR_RULES*>(rules_.compiled_.get())->rules_table;
  const std::string whole(path);
  const std::string name = whole.substr(whole.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  yara.scanner_define_string(scanner, "filepath", whole.c_str());
  yara.scanner_define_string(scanner, "filename", name.c_str());
  yara.scanner_define_string(scanner, "extension",
                             dot == std::string::npos ? "" : name.substr(dot).c_str());
  yara.scanner_set_callback(scanner, note_match, &scanning);
  yara.scanner_set_timeout(scanner, std::max(seconds, 1));
  const int error = yara.scanner_scan_mem(
      scanner, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (error == ERROR_SCAN_TIMEOUT) {
    scanning.outcome.flaw = "YARA rules took longer than " + std::to_string(seconds) + " s";
  } else if (error != ERROR_SUCCESS) {
    scanning.outcome.flaw = "YARA rules ended with libyara's error " + std::to_string(error);
  }
  std::ranges::stable_sort(scanning.outcome.matches, {}, &YaraMatch::rule);
  return std::move(scanning.outcome);
}

}  // namespace assay
