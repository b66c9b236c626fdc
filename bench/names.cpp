// How well and how fast names are told apart:
//   assay_bench_names [--squats FILE] [--honest npm|pypi FILE]...
// --squats has ecosystem, name, target and kind in columns; --honest one name in the first column.
// Names that are popular themselves are left out of --honest, as they would be too easy.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <map>
#include <random>

#include "base/text.h"
#include "facts/names/judge.h"
#include "facts/names/shipped/shipped_names.h"
#include "facts/names/slips.h"
#include "facts/names/spelling.h"

using namespace assay;
using namespace assay::names;

namespace {

// Time of this process, not of what else the machine does.
double microseconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) * 1e6 / CLOCKS_PER_SEC;
}

struct Rates {
  std::size_t all = 0, first = 0, named = 0, flagged = 0;

  void add(const Opinion& opinion, std::string_view target) {
    const auto is_target = [target](const Relation& relation) {
      return target.ends_with("/*")
                 ? relation.target.starts_with(target.substr(0, target.size() - 1))
                 : squash(relation.target) == squash(target);
    };
    ++all;
    first += !opinion.relations.empty() && is_target(opinion.relations[0]) ? 1 : 0;
    named += std::ranges::any_of(opinion.relations, is_target) ? 1 : 0;
    flagged += opinion.is_flagged ? 1 : 0;
  }
  void print(std::string_view what) const {
    const auto percent = [this](std::size_t part) {
      return 100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(all, 1));
    };
    fmt::print("  {:<22} {:>7}   target first {:5.1f}%   named {:5.1f}%   flagged {:5.1f}%\n", what,
               all, percent(first), percent(named), percent(flagged));
  }
};

std::vector<std::vector<std::string>> rows_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> row;
    for (const std::string_view field : split(line, '\t')) row.emplace_back(field);
    rows.push_back(std::move(row));
  }
  return rows;
}

void print_squats(const std::string& path) {
  std::map<std::string, Rates> rates;
  for (const auto& row : rows_of(path)) {
    if (row.size() < 4 || row[0] == "ecosystem") continue;
    const Ecosystem ecosystem = row[0] == "npm" ? Ecosystem::npm : Ecosystem::pypi;
    const Opinion opinion = judge_name(shipped_names(), ecosystem, row[1]);
    if (!opinion.rank) rates[row[3]].add(opinion, row[2]);
  }
  fmt::print("known imitations that are not popular themselves, by kind:\n");
  for (const auto& [kind, rate] : rates) rate.print(kind);
}

void print_honest(Ecosystem ecosystem, const std::string& path) {
  std::size_t all = 0, near = 0, flagged = 0;
  std::map<std::string_view, std::pair<std::size_t, std::size_t>> kinds;
  for (const auto& row : rows_of(path)) {
    const Opinion opinion = judge_name(shipped_names(), ecosystem, row[0]);
    if (opinion.rank) continue;
    ++all;
    if (opinion.relations.empty()) continue;
    ++near;
    flagged += opinion.is_flagged ? 1 : 0;
    auto& [of_kind, flagged_of_kind] = kinds[to_string(opinion.relations[0].kind)];
    ++of_kind;
    flagged_of_kind += opinion.is_flagged ? 1 : 0;
  }
  fmt::print(
      "{}: {} names, {} near a popular one, {} flagged ({:.2f}% of all, {:.2f}% of near)\n", path,
      all, near, flagged,
      100.0 * static_cast<double>(flagged) / static_cast<double>(std::max<std::size_t>(all, 1)),
      100.0 * static_cast<double>(flagged) / static_cast<double>(std::max<std::size_t>(near, 1)));
  for (const auto& [kind, counts] : kinds) {
    fmt::print("  {:<18} {:>7} near {:>6} flagged\n", kind, counts.first, counts.second);
  }
}

// One edit of each kind in popular names of five letters and more.
void print_generated(Ecosystem ecosystem, std::size_t most_popular) {
  const Names& names = shipped_names().names(ecosystem);
  std::mt19937_64 random(7);
  std::map<std::string_view, Rates> rates;
  const std::map<std::string_view, Change> changes = {{"letter removed", Change::remove},
                                                      {"letter added", Change::insert},
                                                      {"letter replaced", Change::replace},
                                                      {"letters swapped", Change::swap}};
  for (int round = 0; round < 8000; ++round) {
    const auto id = static_cast<NameId>(random() % most_popular);
    const std::string target(names.name(id));
    if (squash(target).size() < 5) continue;
    auto change = changes.begin();
    std::advance(change, round % 4);
    const std::size_t at = random() % (target.size() - 1);
    const std::string written =
        edited(target, at, change->second, edit_letters[random() % edit_letters.size()]);
    if (written == target || names.find(ecosystem, written)) continue;
    rates[change->first].add(judge_name(shipped_names(), ecosystem, written), target);
  }
  fmt::print("generated slips in the {} most popular of {}:\n", most_popular, to_string(ecosystem));
  for (const auto& [kind, rate] : rates) rate.print(kind);
}

// The best of several rounds, since other work on the machine only ever adds.
void print_speed(Ecosystem ecosystem) {
  const Names& names = shipped_names().names(ecosystem);
  std::vector<std::string> asked;
  for (NameId id = 0; id < names.size(); id += 5) asked.emplace_back(names.name(id));
  for (std::size_t i = 0; i < asked.size(); i += 2) asked[i].insert(asked[i].size() / 2, "q");
  double best = 1e9;
  std::size_t flagged = 0;
  constexpr std::size_t batch = 500;
  for (std::size_t from = 0; from + batch <= asked.size(); from += batch) {
    for (int round = 0; round < 3; ++round) {
      const std::clock_t start = std::clock();
      for (std::size_t i = from; i < from + batch; ++i) {
        flagged += judge_name(shipped_names(), ecosystem, asked[i]).is_flagged ? 1 : 0;
      }
      best = std::min(best, microseconds_since(start) / batch);
    }
  }
  const std::clock_t start = std::clock();
  for (const std::string& name : asked) {
    flagged += judge_name(shipped_names(), ecosystem, name).is_flagged ? 1 : 0;
  }
  fmt::print("{}: {:.1f} us a name over {} names, best batch {:.1f} us ({} flagged)\n",
             to_string(ecosystem), microseconds_since(start) / static_cast<double>(asked.size()),
             asked.size(), best, flagged);
}

void print_popular(Ecosystem ecosystem) {
  const Names& names = shipped_names().names(ecosystem);
  std::size_t flagged = 0;
  for (NameId id = 0; id < 10'000; ++id) {
    flagged += judge_name(shipped_names(), ecosystem, names.name(id)).is_flagged ? 1 : 0;
  }
  fmt::print("{}: {} of the 10,000 most popular names flagged\n", to_string(ecosystem), flagged);
}

}  // namespace

int main(int count, char** arguments) {
  const std::clock_t start = std::clock();
  const NameIndex& index = shipped_names();
  fmt::print("opened in {:.2f} ms: {} npm and {} PyPI names\n", microseconds_since(start) / 1000,
             index.names(Ecosystem::npm).size(), index.names(Ecosystem::pypi).size());
  for (const Ecosystem ecosystem : {Ecosystem::npm, Ecosystem::pypi}) {
    print_speed(ecosystem);
    print_popular(ecosystem);
    print_generated(ecosystem, 5000);
  }
  const std::vector<std::string> options(arguments + 1, arguments + count);
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    if (options[i] == "--squats") print_squats(options[i + 1]);
    if (options[i] == "--honest" && i + 2 < options.size()) {
      print_honest(options[i + 1] == "npm" ? Ecosystem::npm : Ecosystem::pypi, options[i + 2]);
    }
  }
}
