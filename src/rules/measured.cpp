#include "rules/measured.h"

#include <algorithm>

namespace assay {
namespace {

std::string of(int part, int whole) {
  return std::to_string(part) + " of " + std::to_string(whole);
}

}  // namespace

const Measured* find_measured(std::string_view rule) {
  const auto found = std::ranges::lower_bound(all_measured(), rule, {}, &Measured::rule);
  return found != all_measured().end() && found->rule == rule ? &*found : nullptr;
}

std::string tell_measured(std::string_view rule) {
  const Measured* measured = find_measured(rule);
  if (measured == nullptr) return "Not measured on the development corpus yet.";
  const Counts& here = measured->counts;
  const Counts& all = measured_corpus().counts;
  std::string text = "Found in " + of(here.npm_clusters, all.npm_clusters) + " npm and " +
                     of(here.pypi_clusters, all.pypi_clusters) +
                     " PyPI clusters of malware, and in " + of(here.benign(), all.benign()) +
                     " benign packages";
  if (here.benign() > 0) {
    text += " (" + of(here.top, all.top) + " most downloaded, " + of(here.mid, all.mid) +
            " of middle popularity, " + of(here.hard, all.hard) + " hard ones)";
  }
  text += ".";
  if (measured->decides > 0) {
    text += " The verdict on " + std::to_string(measured->decides) + " clusters rests on it.";
  }
  if (!measured->kept_for.empty()) text += " Kept for " + std::string(measured->kept_for) + ".";
  return text + " Measured on " + std::string(measured_corpus().date) + ".";
}

}  // namespace assay
