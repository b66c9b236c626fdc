#include "facts/names/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "facts/names/search.h"
#include "facts/names/spelling.h"

namespace assay::names {
namespace {

constexpr std::size_t most_relations = 5;
// Beyond, a rank says that somebody installs it, which imitations want.
constexpr std::uint32_t last_popular_rank = 50'000;
// A package that has been there so long was seen by many, and was not taken down.
constexpr std::chrono::days old_age{3 * 365};

std::string describe(Kind kind, const std::string& affix) {
  switch (kind) {
    case Kind::separators: return "only separators differ";
    case Kind::letter_case: return "only capitals differ";
    case Kind::look_alike: return "written with characters that look alike";
    case Kind::foreign_letters: return "written with letters of another script";
    case Kind::swapped: return "two letters next to each other swapped";
    case Kind::doubled: return "a letter doubled";
    case Kind::undoubled: return "a double letter written once";
    case Kind::omitted: return "a letter left out";
    case Kind::added: return "a letter added";
    case Kind::keyboard: return "a key beside the right one";
    case Kind::vowel: return "a vowel replaced";
    case Kind::bit_flip: return "a letter replaced that differs in one bit";
    case Kind::replaced: return "a letter replaced";
    case Kind::distant: return "two letters differ";
    case Kind::reordered: return "the same words in another order";
    case Kind::number: return affix.empty() ? "a number differs" : "the number " + affix + " added";
    case Kind::plural: return "a final s added or left out";
    case Kind::scope_flattened: return "the scope written as part of the name";
    case Kind::scope_dropped: return "the scope left out";
    case Kind::scope_look_alike: return "a scope that is nearly a known one";
    case Kind::affix_added: return "only '" + affix + "' added";
    case Kind::affix_dropped: return "'" + affix + "' left out";
    case Kind::affix_exchanged: return "'" + affix + "' in place of another way to say it";
    case Kind::word_added: return "'" + affix + "' added to the whole name";
    case Kind::slip_and_affix: return "one letter differs, and '" + affix + "' added";
    case Kind::import_name: return "what is imported, not what is installed";
    case Kind::in_other_scope: return "the same name under a scope";
  }
  return "";
}

std::string clearing_fact(const Opinion& opinion, const Circumstances& known) {
  if (opinion.rank) return fmt::format("it is popular itself (rank {})", *opinion.rank);
  if (known.shares_repository.value_or(false)) return "both come from the same repository";
  if (known.shares_maintainer.value_or(false)) return "both have a maintainer in common";
  if (known.age && *known.age >= old_age) {
    return fmt::format("its first version is {} years old", known.age->count() / 365);
  }
  return "";
}

Relation relation_of(const Names& names, std::string_view name, const Candidate& candidate) {
  const std::string_view target = names.name(candidate.id);
  const std::uint32_t rank = names.ranks[candidate.id];
  return {candidate.kind, std::string(target), rank,
          fmt::format("{}: `{}` for `{}` (rank {})", describe(candidate.kind, candidate.affix),
                      escape_for_display(name, max_name_bytes), target, rank),
          candidate.weight};
}

}  // namespace

Opinion judge_name(const NameIndex& index, Ecosystem ecosystem, std::string_view name,
                   const Circumstances& known) {
  Opinion opinion;
  if (name.empty() || name.size() > max_name_bytes) return opinion;
  const Names& names = index.names(ecosystem);
  const bool is_masked = !is_ascii(name);
  const std::string spelled = canonical(ecosystem, is_masked ? unmask(name) : std::string(name));
  const std::optional<NameId> own = names.find(ecosystem, spelled);
  if (own && !is_masked) {
    opinion.rank = names.ranks[*own];
  } else if (known.rank.value_or(UINT32_MAX) <= last_popular_rank) {
    opinion.rank = known.rank;
  }
  std::vector<Candidate> candidates = find_candidates(index, ecosystem, spelled);
  // Look-alikes of a known name are not somebody's own choice of a name.
  if (own && is_masked)
    candidates.insert(candidates.begin(), {*own, Kind::foreign_letters, 20, {}});
  for (const Candidate& candidate : candidates) {
    // The better known of two is never the imitation.
    if (opinion.rank && names.ranks[candidate.id] >= *opinion.rank) continue;
    opinion.relations.push_back(relation_of(names, name, candidate));
    if (opinion.relations.size() == most_relations) break;
  }
  if (opinion.relations.empty() || opinion.relations.front().weight < 0) return opinion;
  opinion.cleared_by = clearing_fact(opinion, known);
  opinion.is_flagged = opinion.cleared_by.empty();
  return opinion;
}

}  // namespace assay::names
