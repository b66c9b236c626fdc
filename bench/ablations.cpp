// Verdicts of the archives of a folder with parts of the analysis left out, to see what each part
// is worth. The product has no such switches: this calls the libraries.
//
//   assay_ablations FOLDER     one line an archive and variant: archive, variant, verdict
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/flow/flow.h"
#include "facts/facts.h"
#include "facts/observe.h"
#include "package/archive/archive.h"
#include "rules/rule.h"
#include "scan/worker.h"
#include "verdict/verdict.h"

namespace {

using namespace assay;

// Where values come from is forgotten; which calls there are, and their constants, is kept.
void forget_flows(Facts& facts) {
  for (Action& action : facts.actions) {
    action.data = {};
    action.target_from = {};
    action.data_text.clear();
    action.steps.clear();
    action.program = -1;
  }
}

void forget_lexical(Facts& facts) {
  for (FileFacts& file : facts.files) file.lexical = {};
}

void forget_code(Facts& facts) {
  facts.actions.clear();
  facts.layers.clear();
  facts.disguises.clear();
}

// What runs uncalled is not told from what somebody has to call.
void forget_executors(Facts& facts) {
  for (FileFacts& file : facts.files) file.trigger = Trigger::import;
  for (Action& action : facts.actions) {
    action.trigger = Trigger::import;
    action.at_load = true;
  }
}

struct Variant {
  std::string_view name;
  bool folds;  // computes texts and opens what they hide
  void (*forget)(Facts&);
};

constexpr Variant variants[] = {
    {"everything", true, nullptr},
    {"without folding and layers", false, nullptr},
    {"without flows from sources to sinks", true, forget_flows},
    {"without lexical facts", true, forget_lexical},
    {"without code: manifests, texts and programs only", true, forget_code},
    {"without knowing what runs uncalled", true, forget_executors},
};

code::FlowLimits limits_without_folding() {
  code::FlowLimits limits;
  limits.layers = 0;
  limits.layer_bytes = 0;
  limits.text_bytes = 0;
  return limits;
}

void judge(const std::string& path) {
  Observer observer;
  const Result<Package> package = read_path(path, {}, [&](File& file) { observer.look_at(file); });
  if (!package) return;
  const Facts folded = collect_facts(*package, &observer);
  const Facts unfolded = collect_facts(*package, &observer, limits_without_folding());
  for (const Variant& variant : variants) {
    Facts facts = variant.folds ? folded : unfolded;
    if (variant.forget != nullptr) variant.forget(facts);
    const std::vector<Finding> findings = run_rules(all_rules(), facts);
    fmt::print("{}\t{}\t{}\n", path, variant.name, to_string(decide(findings, facts, {}).decision));
  }
}

std::vector<std::string> archives_in(const char* folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: assay_ablations FOLDER\n");
    return 2;
  }
  // The parsers need more stack than a main thread has.
  const Worker worker([&] {
    for (const std::string& path : archives_in(arguments[1])) judge(path);
  });
}
