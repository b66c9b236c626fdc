#include <algorithm>
#include <cctype>

#include "facts/names/margins.h"
#include "facts/names/query.h"
#include "facts/names/slips.h"

namespace assay::names {
namespace {

float ln(std::size_t count) {
  return std::log(static_cast<float>(std::max<std::size_t>(count, 1)));
}

float margin_of(Kind kind, bool is_shorter) {
  switch (kind) {
    case Kind::plural: return plural_margin;
    case Kind::doubled: return doubled_margin;
    case Kind::number: return is_shorter ? slip_margin : number_margin;
    default: return slip_margin;
  }
}

bool is_same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](unsigned char c) { return std::tolower(c); };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Beside 0 and 1, digits are hardly taken for letters, only for a joke on them.
bool has_leet_digit(std::string_view a, std::string_view b) {
  const auto count = [](std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '2' && c <= '9'; });
  };
  return count(a) != count(b);
}

// "beautifulsoop" is near "beautifulsoup", which few know, and meant for "beautifulsoup4".
void add_numbered(const Query& query, const std::string& target, NameId id, Kind kind, float weight,
                  const std::string& affix, Candidates& candidates) {
  for (const char digit : {'2', '3', '4'}) {
    query.each_same(target + digit, [&](NameId numbered) {
      if (query.names.ranks[numbered] < query.names.ranks[id] / 4) {
        candidates.add(numbered, kind, weight + 0.1F, affix);
      }
    });
  }
}

}  // namespace

void find_slips(const Query& query, std::string_view text, float own_cost, const std::string& affix,
                float extra, Candidates& candidates) {
  if (text.size() < 2) return;
  const auto is_possible = [&](std::uint64_t hash) { return query.names.may_have_pattern(hash); };
  each_edit(text, is_possible,
            [&](std::uint64_t hash, std::size_t position, Change change, char letter) {
              query.names.squashed.probe(hash, [&](NameId id) {
                const std::string target = edited(text, position, change, letter);
                if (target == text || !is_squashed(query.names.name(id), target)) return;
                const Slip slip = describe_slip(target, text);
                const float weight = own_cost - query.cost_of_target(id) - slip.cost -
                                     margin_of(slip.kind, text.size() < target.size()) + extra;
                const Kind kind = affix.empty() ? slip.kind : Kind::slip_and_affix;
                candidates.add(id, kind, weight, affix);
                add_numbered(query, target, id, kind, weight, affix, candidates);
              });
            });
}

void find_same(const Query& query, Candidates& candidates) {
  query.each_same(query.squashed, [&](NameId id) {
    const std::string_view target = query.names.name(id);
    Kind kind = Kind::separators;
    if (target.starts_with('@') && query.name.find('/') == std::string_view::npos) {
      kind = Kind::scope_flattened;
    }
    if (is_same_but_for_case(target, query.name)) kind = Kind::letter_case;
    candidates.add(id, kind, query.own_cost - query.cost_of_target(id) - 1.5F - separators_margin);
  });
  const std::string glance = skeleton(query.squashed);
  if (glance.size() < 3) return;
  query.names.glance.probe(hash_of(glance), [&](NameId id) {
    const std::string target = squash(query.names.name(id));
    if (target == query.squashed || skeleton(target) != glance) return;
    const float leet = has_leet_digit(target, query.squashed) ? 2.0F : 0.0F;
    candidates.add(id, Kind::look_alike,
                   query.own_cost - query.cost_of_target(id) - 1.0F - leet -
                       ln(query.squashed.size()) - slip_margin);
  });
}

// Only names with the same first letter are looked at: it is the last to be mistaken.
void find_distant_slips(const Query& query, Candidates& candidates) {
  const std::size_t size = query.squashed.size();
  if (size < 7 || size + 2 > longest_signature) return;
  const std::uint64_t signature = signature_of(query.squashed);
  const std::size_t letter = letter_number(query.squashed.front());
  const Names& names = query.names;
  const std::size_t begin = names.signature_ends[signature_bucket(letter, size - 2)];
  const std::size_t end = names.signature_ends[signature_bucket(letter, size + 2) + 1];
  for (std::size_t i = begin; i < end; ++i) {
    // A slip takes at most one character away and brings one: four bits for two slips.
    std::uint64_t differing = names.signatures[i] ^ signature;
    for (int bit = 0; bit < 4; ++bit) differing &= differing - 1;
    if (differing != 0) continue;
    const NameId id = names.signature_ids[i];
    const std::string target = squash(names.name(id));
    if (edits_between(target, query.squashed, 2) != 2) continue;
    candidates.add(
        id, Kind::distant,
        query.own_cost - query.cost_of_target(id) - 2 * ln(size) - 5.0F - distant_margin);
  }
}

}  // namespace assay::names
