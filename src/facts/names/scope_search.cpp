#include "facts/names/margins.h"
#include "facts/names/query.h"
#include "facts/names/slips.h"

namespace assay::names {
namespace {

void find_dropped_scope(const Query& query, Candidates& candidates) {
  query.names.bare.probe(hash_of(query.squashed), [&](NameId id) {
    const std::string_view target = query.names.name(id);
    if (!is_squashed(target.substr(target.find('/')), query.squashed)) return;
    candidates.add(id, Kind::scope_dropped,
                   query.own_cost - query.cost_of_target(id) - 3.0F - scope_margin);
  });
}

bool is_known_scope(const Names& names, std::string_view scope) {
  bool is_known = false;
  names.scope.probe(hash_of(scope), [&](NameId id) {
    const std::string_view name = names.name(id);
    is_known = is_known || is_squashed(name.substr(0, name.find('/')), scope);
  });
  return is_known;
}

void find_near_scope(const Query& query, std::string_view scope, Candidates& candidates) {
  if (scope.size() < 4 || is_known_scope(query.names, scope)) return;
  const float own_cost = cost_of_word(query.index, scope);
  const auto is_possible = [&](std::uint64_t hash) { return query.names.may_have_pattern(hash); };
  each_edit(scope, is_possible,
            [&](std::uint64_t hash, std::size_t position, Change change, char letter) {
              query.names.scope.probe(hash, [&](NameId id) {
                const std::string target = edited(scope, position, change, letter);
                const std::string_view known = query.names.name(id);
                if (target == scope || !is_squashed(known.substr(0, known.find('/')), target))
                  return;
                const Slip slip = describe_slip(target, scope);
                candidates.add(id, Kind::scope_look_alike,
                               own_cost - query.cost_of_target(id) - slip.cost - slip_margin);
              });
            });
}

}  // namespace

void find_scopes(const Query& query, Candidates& candidates) {
  if (query.is_pypi) return;
  const std::size_t slash = query.name.find('/');
  if (!query.name.starts_with('@') || slash == std::string_view::npos) {
    find_dropped_scope(query, candidates);
    return;
  }
  query.each_same(squash(query.name.substr(slash)),
                  [&](NameId id) { candidates.add(id, Kind::in_other_scope, -1.0F); });
  find_near_scope(query, squash(query.name.substr(0, slash)), candidates);
}

}  // namespace assay::names
