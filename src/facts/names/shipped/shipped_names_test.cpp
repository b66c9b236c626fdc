#include "facts/names/shipped/shipped_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "base/text.h"
#include "facts/names/judge.h"

namespace assay::names {
namespace {

Opinion judge(Ecosystem ecosystem, std::string_view name, const Circumstances& known = {}) {
  return judge_name(shipped_names(), ecosystem, name, known);
}
Opinion judge_npm(std::string_view name) { return judge(Ecosystem::npm, name); }
Opinion judge_pypi(std::string_view name) { return judge(Ecosystem::pypi, name); }

bool names_target(const Opinion& opinion, std::string_view target) {
  return std::ranges::any_of(opinion.relations, [target](const Relation& relation) {
    if (target.ends_with("/*")) {
      return relation.target.starts_with(target.substr(0, target.size() - 1));
    }
    return relation.target == target;
  });
}

std::vector<std::vector<std::string>> rows_of(const std::string& file) {
  std::ifstream in(std::string(TEST_DATA) + "/" + file);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> row;
    for (const std::string_view field : split(line, '\t')) row.emplace_back(field);
    rows.push_back(std::move(row));
  }
  return rows;
}
Ecosystem ecosystem_of(const std::string& text) {
  return text == "npm" ? Ecosystem::npm : Ecosystem::pypi;
}

TEST(ShippedNames, ImitationsNameTheirTargetAndTheWayToIt) {
  const Opinion opinion = judge_pypi("reqeusts");
  ASSERT_TRUE(opinion.is_flagged);
  EXPECT_EQ(opinion.relations[0].target, "requests");
  EXPECT_EQ(opinion.relations[0].kind, Kind::swapped);
  EXPECT_EQ(opinion.relations[0].evidence,
            "two letters next to each other swapped: `reqeusts` for `requests` (rank 6)");
}

TEST(ShippedNames, EachWayToImitateIsTold) {
  const std::map<std::string, Kind> npm = {
      {"crossenv", Kind::separators},
      {"expresss", Kind::doubled},
      {"mongose", Kind::undoubled},
      {"types-node", Kind::scope_flattened},
      {"@types-node", Kind::scope_flattened},
      {"@bable/core", Kind::swapped},
      {"@babell/anything", Kind::scope_look_alike},
      {"nodemailer-js", Kind::affix_added},
      {"jsonstream", Kind::letter_case},
  };
  for (const auto& [name, kind] : npm) {
    const Opinion opinion = judge_npm(name);
    ASSERT_FALSE(opinion.relations.empty()) << name;
    EXPECT_EQ(opinion.relations[0].kind, kind) << name;
  }
  const std::map<std::string, Kind> pypi = {
      {"jeIlyfish", Kind::look_alike},
      {"urllib4", Kind::number},
      {"python-mongo", Kind::affix_exchanged},
      {"cv2", Kind::import_name},
      {"toolbelt-requests", Kind::reordered},
      {"matplatlib-plus", Kind::slip_and_affix},
      {"\xD0\xB3\xD0\xB5quests", Kind::foreign_letters},
      {"requests-darwin", Kind::word_added},
      {"seleenimu", Kind::distant},
      {"coloramza", Kind::added},
  };
  for (const auto& [name, kind] : pypi) {
    const Opinion opinion = judge_pypi(name);
    ASSERT_FALSE(opinion.relations.empty()) << name;
    EXPECT_EQ(opinion.relations[0].kind, kind) << name;
  }
}

TEST(ShippedNames, AnotherSpellingOfTheSamePypiNameIsNoImitation) {
  EXPECT_TRUE(judge_pypi("Python_Dateutil").rank.has_value());
  EXPECT_FALSE(judge_pypi("Python_Dateutil").is_flagged);
}

TEST(ShippedNames, WhatIsKnownBesideTheNameClearsIt) {
  using std::chrono::days;
  const auto cleared = [](const Circumstances& known) {
    const Opinion opinion = judge(Ecosystem::pypi, "reqeusts", known);
    return !opinion.is_flagged && !opinion.cleared_by.empty();
  };
  EXPECT_FALSE(cleared({}));
  EXPECT_FALSE(cleared({.age = days(30), .shares_maintainer = false, .shares_repository = false}));
  EXPECT_TRUE(cleared({.age = days(2000)}));
  EXPECT_TRUE(cleared({.shares_maintainer = true}));
  EXPECT_TRUE(cleared({.shares_repository = true}));
  EXPECT_TRUE(cleared({.rank = 900}));
  EXPECT_FALSE(cleared({.rank = 2'000'000}));
}

TEST(ShippedNames, KnownImitationsNameTheirTarget) {
  std::map<std::string, int> all, named, flagged;
  for (const auto& row : rows_of("known_squats.tsv")) {
    const Opinion opinion = judge(ecosystem_of(row[0]), row[1]);
    ++all[row[3]];
    named[row[3]] += names_target(opinion, row[2]) ? 1 : 0;
    // What has become popular itself is no longer for the name to tell.
    flagged[row[3]] += opinion.is_flagged || opinion.rank ? 1 : 0;
  }
  const auto share = [&](std::map<std::string, int>& part, const std::string& kind) {
    return static_cast<double>(part[kind]) / std::max(all[kind], 1);
  };
  int total = 0;
  for (const auto& [kind, count] : all) total += count;
  EXPECT_GE(total, 300);
  EXPECT_GE(share(named, "slip"), 0.99);
  EXPECT_GE(share(flagged, "slip"), 0.93);
  EXPECT_GE(share(named, "composed"), 0.90);
  EXPECT_GE(share(flagged, "composed"), 0.55);
  EXPECT_GE(share(named, "scope"), 0.85);
}

TEST(ShippedNames, HonestNeighboursAreLeftAlone) {
  const auto rows = rows_of("honest_near_names.tsv");
  int flagged = 0;
  for (const auto& row : rows) flagged += judge(ecosystem_of(row[0]), row[1]).is_flagged ? 1 : 0;
  EXPECT_GE(rows.size(), 250U);
  EXPECT_LE(flagged, static_cast<int>(rows.size()) * 3 / 100);
}

TEST(ShippedNames, PopularNamesAreNotFlagged) {
  for (const Ecosystem ecosystem : {Ecosystem::npm, Ecosystem::pypi}) {
    const Names& names = shipped_names().names(ecosystem);
    for (NameId id = 0; id < 10'000; id += 3) {
      EXPECT_FALSE(judge(ecosystem, names.name(id)).is_flagged) << names.name(id);
    }
  }
}

TEST(ShippedNames, AnyBytesAreANameToAskAbout) {
  for (const std::string& name :
       {std::string(), std::string(1, '\0'), std::string(214, 'a'), std::string(5000, 'b'),
        std::string("@"), std::string("@/"), std::string("/"), std::string("\xFF\xFE\xFD"),
        std::string("@@@///..--__")}) {
    judge_npm(name);
    EXPECT_FALSE(judge_pypi(name).is_flagged);
  }
}

}  // namespace
}  // namespace assay::names
