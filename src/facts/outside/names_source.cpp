#include "facts/outside/names_source.h"

#include "facts/outside/same_project.h"

namespace assay {
namespace {

std::optional<bool> if_known(const Known<bool>& value) {
  return value ? std::optional(*value) : std::nullopt;
}

}  // namespace

void NamesSource::collect(const Subject& subject, Facts& facts) {
  names::Circumstances known;
  if (facts.metadata && facts.metadata->project_age()) {
    known.age = std::chrono::floor<std::chrono::days>(*facts.metadata->project_age());
  }
  const auto judge = [&] {
    return names::judge_name(index_, subject.id.ecosystem, subject.id.name, known);
  };
  names::Opinion opinion = judge();
  if (opinion.is_flagged && facts.metadata) {
    const std::string& target = opinion.relations.front().target;
    const Result<ProjectRecord> other = records_.record(subject.id.ecosystem, target);
    if (other) {
      known.shares_maintainer = if_known(share_people(facts.metadata->record, *other));
      known.shares_repository =
          is_same_repository(repository_of(facts, facts.metadata->record),
                             other->repository.empty() ? other->homepage : other->repository);
      opinion = judge();
    }
  }
  facts.name = std::move(opinion);
}

}  // namespace assay
