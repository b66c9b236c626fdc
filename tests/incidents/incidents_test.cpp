// Every incident of the folder through the real pipeline: the hostile version is found for the
// reason that the file names, and the clean ones before and after it are left in peace.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"
#include "facts/facts.h"
#include "incidents/incident.h"
#include "rules/rule.h"
#include "verdict/verdict.h"

namespace assay::incidents {
namespace {

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> incident_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(INCIDENTS)) {
    if (entry.path().extension() == ".incident") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

struct Judged {
  Package package;
  Facts facts;
  std::vector<Finding> findings;
};

void judge(const Incident& incident, std::string_view version, Judged& judged) {
  Result<Package> package = package_of(incident, version);
  ASSERT_TRUE(package) << package.error().message;
  judged.package = std::move(*package);
  judged.facts = collect_facts(judged.package);
  judged.findings = run_rules(all_rules(), judged.facts);
}

Decision decision_on(const Judged& judged, const std::vector<Finding>& findings) {
  return decide(findings, judged.facts, {}).decision;
}

std::string told(const Judged& judged) {
  std::string text;
  for (const Finding& finding : judged.findings) {
    const std::string path =
        finding.where.file < 0 ? "the package" : judged.facts.file(finding.where).path;
    text += "  " + std::string(to_string(finding.severity)) + " " + std::string(finding.rule) +
            " in " + path + ": " + finding.message + "\n";
  }
  for (const Gap& gap : judged.facts.gaps) text += "  gap " + gap.path + ": " + gap.reason + "\n";
  return text;
}

class IncidentTest : public testing::TestWithParam<std::filesystem::path> {
 protected:
  void SetUp() override {
    Result<Incident> read = read_incident(GetParam().filename().string(), contents_of(GetParam()));
    ASSERT_TRUE(read) << read.error().message;
    incident_ = std::move(*read);
    ASSERT_FALSE(incident_.incident.empty() || incident_.technique.empty());
    ASSERT_FALSE(incident_.because.empty());
  }

  Incident incident_;
};

TEST_P(IncidentTest, The_hostile_version_is_found_for_the_right_reason) {
  Judged judged;
  ASSERT_NO_FATAL_FAILURE(judge(incident_, "malicious", judged));
  const std::string all = told(judged);
  for (const std::string& rule : incident_.because) {
    EXPECT_TRUE(std::ranges::any_of(judged.findings,
                                    [&](const Finding& finding) { return finding.rule == rule; }))
        << rule << " says nothing:\n"
        << all;
  }
  // The rules named must carry the verdict without the others' help.
  std::vector<Finding> named = judged.findings;
  std::erase_if(named, [&](const Finding& finding) {
    return std::ranges::find(incident_.because, finding.rule) == incident_.because.end();
  });
  const auto expected = decision_from(incident_.verdict);
  ASSERT_TRUE(expected) << incident_.verdict;
  EXPECT_GE(decision_on(judged, named), *expected) << all;
}

TEST_P(IncidentTest, The_clean_versions_before_and_after_raise_no_alarm) {
  for (const std::string_view version : {"predecessor", "successor"}) {
    Judged judged;
    ASSERT_NO_FATAL_FAILURE(judge(incident_, version, judged));
    EXPECT_EQ(decision_on(judged, judged.findings), Decision::allow) << told(judged);
    for (const Finding& finding : judged.findings) {
      EXPECT_LT(finding.severity, Severity::high) << version << "\n" << told(judged);
    }
  }
}

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace_if(
      name, [](char c) { return (c < '0' || c > '9') && (c < 'a' || c > 'z'); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Incidents, IncidentTest, testing::ValuesIn(incident_files()), name_of);

TEST(Incidents, Each_one_is_in_the_table_of_the_README) {
  const std::string table = contents_of(std::filesystem::path(INCIDENTS) / "README.md");
  for (const std::filesystem::path& file : incident_files()) {
    EXPECT_TRUE(contains(table, file.stem().string())) << file.filename();
  }
}

}  // namespace
}  // namespace assay::incidents
