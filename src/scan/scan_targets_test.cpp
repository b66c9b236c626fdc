#include "scan/scan_targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>

#include "scan/worker.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A zip archive without members: 22 bytes.
const std::string empty_zip = std::string("PK\x05\x06", 4) + std::string(18, '\0');

// Answers by name: "many" has two artifacts, "absent" none, "explodes" throws.
class FakeRegistry final : public Registry {
 public:
  Result<FetchedRelease> fetch(const PackageSpec& spec) override {
    if (spec.name == "absent") return fail(ErrorKind::missing, "absent: no such package");
    if (spec.name == "explodes") throw std::bad_alloc();
    FetchedRelease release;
    release.id = {spec.ecosystem, spec.name, "1.0.0"};
    const int count = spec.name == "many" ? 2 : 1;
    for (int i = 0; i < count; ++i) {
      release.artifacts.push_back(
          {release.id, spec.name + std::to_string(i) + ".zip", empty_zip, "sha512"});
    }
    if (spec.name == "partly") release.others = {{"partly.whl", "answer 500", false}};
    return release;
  }
};

std::vector<Report> scan_all(const std::vector<std::string>& names, ScanOptions options) {
  std::vector<Target> targets;
  for (const std::string& name : names) targets.push_back(parse_target(name).value());
  std::vector<Report> reports;
  scan_targets(targets, options, [&](const Report& report) { reports.push_back(report); });
  return reports;
}

std::vector<std::string> archives_of(const std::vector<Report>& reports) {
  std::vector<std::string> names;
  for (const Report& report : reports) names.push_back(report.archive);
  return names;
}

class ScanTargets : public testing::Test {
 protected:
  ScanOptions options(int jobs) {
    ScanOptions options;
    options.jobs = jobs;
    options.registry = &registry;
    return options;
  }

  FakeRegistry registry;
};

TEST_F(ScanTargets, Reports_come_in_the_order_given_however_many_threads) {
  std::vector<std::string> names, expected;
  for (int i = 0; i < 40; ++i) {
    names.push_back("npm:p" + std::to_string(i));
    expected.push_back("p" + std::to_string(i) + "0.zip");
  }
  EXPECT_EQ(archives_of(scan_all(names, options(1))), expected);
  EXPECT_EQ(archives_of(scan_all(names, options(8))), expected);
}

TEST_F(ScanTargets, A_release_with_several_artifacts_has_a_report_for_each) {
  const std::vector<Report> reports = scan_all({"pypi:many"}, options(2));
  EXPECT_THAT(archives_of(reports), ElementsAre("many0.zip", "many1.zip"));
  EXPECT_EQ(reports[0].target, "pypi:many");
  EXPECT_EQ(reports[0].id.version, "1.0.0");
}

TEST_F(ScanTargets, What_goes_wrong_with_one_leaves_the_others_alone) {
  const std::vector<Report> reports =
      scan_all({"npm:explodes", "npm:absent", "npm:good"}, options(2));
  ASSERT_EQ(reports.size(), 3u);
  EXPECT_THAT(reports[0].error->message, HasSubstr("internal error"));
  EXPECT_EQ(reports[0].error->kind, ErrorKind::environment);
  EXPECT_EQ(reports[1].error->kind, ErrorKind::missing);
  EXPECT_FALSE(reports[2].error);
}

TEST_F(ScanTargets, A_file_of_a_release_that_could_not_be_had_is_a_gap) {
  const std::vector<Report> reports = scan_all({"pypi:partly"}, options(1));
  EXPECT_FALSE(reports[0].verdict.complete);
  EXPECT_EQ(reports[0].gaps[0].kind, GapKind::not_fetched);
}

TEST_F(ScanTargets, Offline_nothing_is_fetched_and_that_is_said) {
  ScanOptions offline = options(1);
  offline.registry = nullptr;
  const std::vector<Report> reports = scan_all({"npm:good"}, offline);
  EXPECT_EQ(reports[0].error->kind, ErrorKind::refused);
  EXPECT_THAT(reports[0].error->message, HasSubstr("--offline"));
}

TEST_F(ScanTargets, A_path_that_is_not_there_is_reported_by_its_name) {
  const std::vector<Report> reports = scan_all({"no/such/file.tgz"}, options(1));
  EXPECT_EQ(reports[0].error->kind, ErrorKind::missing);
  EXPECT_THAT(reports[0].error->message, HasSubstr("no/such/file.tgz"));
}

TEST_F(ScanTargets, Nothing_to_do_ends) { EXPECT_TRUE(scan_all({}, options(4)).empty()); }

TEST_F(ScanTargets, A_sink_that_throws_stops_the_work) {
  const std::vector<Target> targets(100, parse_target("npm:good").value());
  int calls = 0;
  EXPECT_THROW(scan_targets(targets, options(4),
                            [&](const Report&) {
                              ++calls;
                              throw std::runtime_error("closed");
                            }),
               std::runtime_error);
  EXPECT_EQ(calls, 1);
}

// Touches `frames` KiB of stack.
int descend(int frames) {
  volatile char page[1024];
  page[0] = static_cast<char>(frames);
  return frames == 0 ? 0 : descend(frames - 1) + page[0] * 0;
}

TEST(Worker, Has_room_for_parsers_that_recurse) {
  int result = -1;
  {
    const Worker worker([&] { result = descend(40'000); });
  }
  EXPECT_EQ(result, 0);
}

}  // namespace
}  // namespace assay
