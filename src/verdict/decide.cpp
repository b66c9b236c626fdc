#include <algorithm>
#include <map>

#include "base/text.h"
#include "verdict/file_hashes.h"
#include "verdict/verdict.h"

namespace assay {
namespace {

static_assert(weight_of(Severity::high) >= review_from &&
              weight_of(Severity::critical) >= block_from);
static_assert(most_from_small < block_from);

bool is_same_path(std::string_view path, const Exception& exception) {
  return exception.path == path || exception.path == escape_for_display(path);
}

const Exception* exception_for(const Finding& finding, const Facts& facts, const Policy& policy,
                               FileHashes& hashes) {
  if (policy.exceptions.empty()) return nullptr;
  const bool has_file = finding.where.file >= 0;
  const std::string_view path = has_file ? std::string_view(facts.file(finding.where).path) : "";
  for (const Exception& exception : policy.exceptions) {
    if (exception.rule != finding.rule || !is_same_path(path, exception)) continue;
    if (has_expired(exception, policy.now)) continue;
    const std::string& hash = hashes.of(finding.where);
    if (!hash.empty() && hash == to_lower_ascii(exception.sha256)) return &exception;
  }
  return nullptr;
}

struct Reason {
  std::string_view rule;
  int weight;
};

int score_of(std::span<const Reason> reasons) {
  int small = 0, large = 0;
  for (const Reason& reason : reasons) {
    (reason.weight < review_from ? small : large) += reason.weight;
  }
  return std::min(std::min(small, most_from_small) + large, most_score);
}

}  // namespace

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::allow: return "allow";
    case Decision::review: return "review";
    case Decision::block: return "block";
  }
  return "";
}

std::optional<Decision> decision_from(std::string_view text) {
  for (const Decision decision : {Decision::allow, Decision::review, Decision::block}) {
    if (to_string(decision) == text) return decision;
  }
  return std::nullopt;
}

bool has_expired(const Exception& exception, std::chrono::system_clock::time_point now) {
  // In days: a far day has no place in the clock's nanoseconds.
  return std::chrono::floor<std::chrono::days>(now) > exception.expires;
}

Verdict decide(std::span<const Finding> findings, const Facts& facts, const Policy& policy) {
  Verdict verdict;
  verdict.complete = facts.gaps.empty();
  FileHashes hashes(*facts.package);
  std::map<std::string_view, int> gravest;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (const Exception* exception = exception_for(finding, facts, policy, hashes)) {
      verdict.excepted.push_back({i, exception->reason});
      continue;
    }
    int& weight = gravest[finding.rule];
    weight = std::max(weight, weight_of(finding.severity));
  }

  std::vector<Reason> reasons;
  for (const auto& [rule, weight] : gravest) {
    if (weight > 0) reasons.push_back({rule, weight});
  }
  // The map gave them sorted by rule, so that equal weights stay in that order.
  std::ranges::stable_sort(reasons, std::ranges::greater{}, &Reason::weight);
  for (const Reason& reason : reasons) verdict.reasons.push_back(reason.rule);
  verdict.score = score_of(reasons);
  verdict.decision = verdict.score >= block_from    ? Decision::block
                     : verdict.score >= review_from ? Decision::review
                                                    : Decision::allow;
  return verdict;
}

}  // namespace assay
