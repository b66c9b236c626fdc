// assay names: which names look like imitations of better known ones.
#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/names_data.h"
#include "cli/output.h"
#include "ecosystems/registry/package_spec.h"
#include "facts/names/judge.h"
#include "facts/names/spelling.h"

namespace assay {
namespace {

// Longer lines of a list are no names.
constexpr std::size_t longest_line = 4096;

struct Asked {
  Ecosystem ecosystem = Ecosystem::unknown;
  std::string name;
};

// "npm:name", "pypi:name", a purl, or a name alone of the ecosystem that was chosen. Names that no
// registry would take are no error when they could be mistaken for one: letters of other scripts.
Result<Asked> read_name(std::string_view text, Ecosystem chosen) {
  Asked asked{chosen, std::string(trim(text))};
  if (is_package_spec(asked.name) && !asked.name.starts_with("pkg:")) {
    const std::size_t colon = asked.name.find(':');
    asked.ecosystem = asked.name.starts_with("npm") ? Ecosystem::npm : Ecosystem::pypi;
    asked.name.erase(0, colon + 1);
  }
  if (asked.ecosystem == Ecosystem::unknown && !asked.name.starts_with("pkg:")) {
    return fail(ErrorKind::usage, "'" + asked.name + "': say npm:" + asked.name +
                                      " or pypi:" + asked.name + ", or choose with --ecosystem");
  }
  const bool has_letters_alone = !names::is_ascii(asked.name) && is_valid_utf8(asked.name) &&
                                 asked.name.size() <= names::max_name_bytes;
  if (has_letters_alone) return asked;
  const std::string prefix = asked.name.starts_with("pkg:")      ? ""
                             : asked.ecosystem == Ecosystem::npm ? "npm:"
                                                                 : "pypi:";
  // npm takes what is left of "@types-node" for a tag of nothing.
  if (prefix == "npm:" && asked.name.starts_with('@') && !asked.name.contains('/')) {
    const PackageSpec bare = TRY(parse_package_spec(prefix + asked.name.substr(1)));
    return Asked{Ecosystem::npm, "@" + bare.name};
  }
  PackageSpec spec = TRY(parse_package_spec(prefix + asked.name));
  return Asked{spec.ecosystem, std::move(spec.name)};
}

nlohmann::ordered_json json_of(const names::Relation& relation) {
  return {{"relation", names::to_string(relation.kind)},
          {"target", relation.target},
          {"target_rank", relation.target_rank},
          {"evidence", relation.evidence},
          {"weight", std::round(static_cast<double>(relation.weight) * 10) / 10}};
}

std::string json_line(const Asked& asked, const names::Opinion& opinion) {
  nlohmann::ordered_json line = {{"schema", 1},
                                 {"name", escape_for_display(asked.name, names::max_name_bytes)},
                                 {"ecosystem", to_string(asked.ecosystem)},
                                 {"verdict", opinion.is_flagged ? "review" : "allow"},
                                 {"rank", nullptr},
                                 {"target", nullptr},
                                 {"relation", nullptr},
                                 {"evidence", nullptr},
                                 {"cleared_by", opinion.cleared_by},
                                 {"relations", nlohmann::ordered_json::array()}};
  if (opinion.rank) line["rank"] = *opinion.rank;
  for (const names::Relation& relation : opinion.relations) {
    line["relations"].push_back(json_of(relation));
  }
  if (!opinion.relations.empty()) {
    for (const char* key : {"target", "relation", "evidence"})
      line[key] = line["relations"][0][key];
  }
  return line.dump() + "\n";
}

std::string text_line(const Asked& asked, const names::Opinion& opinion) {
  std::string reason = "no popular name is near";
  if (!opinion.relations.empty()) reason = opinion.relations.front().evidence;
  if (!opinion.is_flagged && !opinion.relations.empty()) reason = "near: " + reason;
  if (opinion.rank) reason = fmt::format("popular itself (rank {})", *opinion.rank);
  return fmt::format("{:<6}  {}:{}  {}\n", opinion.is_flagged ? "review" : "allow",
                     to_string(asked.ecosystem),
                     escape_for_display(asked.name, names::max_name_bytes), reason);
}

// Judges one name after the other and keeps what the exit code depends on.
class NamesRun {
 public:
  NamesRun(const NamesArguments& arguments, const names::NameIndex& index, OutputFile output)
      : arguments_(arguments), index_(index), output_(std::move(output)) {}

  void judge(std::string_view text) {
    const Result<Asked> asked = read_name(text, arguments_.ecosystem);
    if (!asked) {
      ++failed_;
      fail_with(text, asked.error().message);
      return;
    }
    const names::Opinion opinion = names::judge_name(index_, asked->ecosystem, asked->name);
    ++judged_;
    flagged_ += opinion.is_flagged ? 1 : 0;
    if (arguments_.quiet && !opinion.is_flagged) return;
    output_.write(arguments_.is_json ? json_line(*asked, opinion) : text_line(*asked, opinion));
  }

  // One name a line; empty lines and those that begin with '#' are skipped.
  void judge_list(std::istream& list) {
    std::string line;
    for (int c = list.get(); c != EOF; c = list.get()) {
      if (c != '\n' && line.size() <= longest_line) line += static_cast<char>(c);
      if (c == '\n') judge_line(line);
    }
    judge_line(line);
  }

  ExitCode finish() {
    const Result<void> written = output_.finish();
    if (!written) {
      complain(written.error().message);
      return exit_code_of(written.error());
    }
    if (flagged_ > 0 && arguments_.fail_on == FailOn::review) return ExitCode::findings;
    if (failed_ > 0) return judged_ > 0 ? ExitCode::incomplete : ExitCode::usage;
    return judged_ > 0 ? ExitCode::clean : ExitCode::nothing;
  }

 private:
  void judge_line(std::string& line) {
    const std::string_view name = trim(line);
    if (!name.empty() && !name.starts_with('#')) judge(name);
    line.clear();
  }
  void fail_with(std::string_view text, std::string_view reason) {
    const std::string shown = escape_for_display(text, names::max_name_bytes);
    complain(escape_for_display(reason, 2 * names::max_name_bytes));
    if (!arguments_.is_json) return;
    const nlohmann::ordered_json line = {
        {"schema", 1}, {"name", shown}, {"error", escape_for_display(reason, 600)}};
    output_.write(line.dump() + "\n");
  }

  const NamesArguments& arguments_;
  const names::NameIndex& index_;
  OutputFile output_;
  std::size_t judged_ = 0, flagged_ = 0, failed_ = 0;
};

}  // namespace

ExitCode run_names(const NamesArguments& arguments, World& world) {
  Result<OutputFile> output = OutputFile::open(arguments.output);
  if (!output) {
    complain(output.error().message);
    return exit_code_of(output.error());
  }
  const NamesData data = load_names(world.environment);
  for (const std::string& note : data.notes) complain(note);
  NamesRun run(arguments, data.index, std::move(*output));
  for (const std::string& name : arguments.names) {
    if (name == "-") {
      run.judge_list(std::cin);
    } else {
      run.judge(name);
    }
  }
  return run.finish();
}

}  // namespace assay
