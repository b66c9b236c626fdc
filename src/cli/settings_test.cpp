#include "cli/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view whole_file = R"(# of the project
fail_on = "block"
jobs = 4
format = "jsonl"
offline = true

[registry]
npm = "https://npm.example.test/"
pypi = "https://pypi.example.test/simple"

[[exception]]
rule = "sends-environment"
path = "lib/report.js"
sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
reason = "our own crash reports"
expires = 2031-02-28
)";

std::string complaint(std::string_view text) {
  const Result<Settings> settings = parse_settings(text, "assay.toml");
  return settings ? "" : settings.error().message;
}

TEST(Settings, A_file_sets_everything) {
  const Settings settings = parse_settings(whole_file, "assay.toml").value();
  EXPECT_EQ(settings.fail_on, FailOn::block);
  EXPECT_EQ(settings.jobs, 4);
  EXPECT_EQ(settings.format, Format::jsonl);
  EXPECT_EQ(settings.offline, true);
  EXPECT_EQ(settings.npm_registry, "https://npm.example.test/");
  EXPECT_EQ(settings.pypi_index, "https://pypi.example.test/simple");
  ASSERT_EQ(settings.exceptions.size(), 1u);
  EXPECT_EQ(settings.exceptions[0].rule, "sends-environment");
  EXPECT_EQ(settings.exceptions[0].expires,
            std::chrono::sys_days(std::chrono::year(2031) / 2 / 28));
}

TEST(Settings, Forges_are_addresses) {
  const Settings settings =
      parse_settings(
          "[forge]\ngithub = \"https://g.example.test/\"\nscorecard = \"https://s.example.test\"\n",
          "assay.toml")
          .value();
  EXPECT_EQ(settings.github, "https://g.example.test/");
  EXPECT_EQ(settings.gitlab, std::nullopt);
  EXPECT_EQ(settings.scorecard, "https://s.example.test");
}

TEST(Settings, An_empty_file_sets_nothing) {
  EXPECT_EQ(parse_settings("", "assay.toml").value(), Settings{});
}

TEST(Settings, A_misspelt_key_is_an_error_that_says_where_and_what_was_meant) {
  EXPECT_THAT(complaint("jobs = 1\nfial_on = \"block\"\n"),
              HasSubstr("assay.toml:2:1: unknown key 'fial_on'; did you mean 'fail_on'?"));
}

TEST(Settings, Rules_are_paths) {
  const Settings settings =
      parse_settings("[rules]\nyara = [\"a\", \"b.yar\"]\nhouse = \"h.toml\"\n", "assay.toml")
          .value();
  EXPECT_EQ(settings.yara, (std::vector<std::string>{"a", "b.yar"}));
  EXPECT_EQ(settings.house_rules, std::vector<std::string>{"h.toml"});
}

TEST(Settings, A_wrong_value_is_an_error_that_says_what_is_possible) {
  EXPECT_THAT(complaint("fail_on = \"warn\""), HasSubstr("'warn' is none of review, block, never"));
  EXPECT_THAT(complaint("jobs = 0"), HasSubstr("a number from 1 to"));
  EXPECT_THAT(complaint("jobs = \"4\""), HasSubstr("a number from 1 to"));
  EXPECT_THAT(complaint("offline = 1"), HasSubstr("true or false"));
  EXPECT_THAT(complaint("format = 3"), HasSubstr("must be a string"));
  EXPECT_THAT(complaint("registry = 3"), HasSubstr("[registry]"));
  EXPECT_THAT(complaint("exception = 3"), HasSubstr("[[exception]]"));
  EXPECT_THAT(complaint("exception = []"), HasSubstr("[[exception]]"));
}

TEST(Settings, Text_that_is_no_toml_is_an_error_and_never_ends_the_program) {
  for (const std::string_view text : {"[=", "jobs", "= 1", "[[", "a = 'x", "\xFF\xFE = 1", "[a"}) {
    EXPECT_THAT(complaint(text), StartsWith("assay.toml:")) << text;
  }
}

TEST(Settings, An_exception_without_a_part_is_an_error) {
  const auto without = [](std::string_view key) {
    std::string text;
    for (std::string_view rest = whole_file.substr(whole_file.find("[[")); !rest.empty();) {
      const std::size_t end = rest.find('\n') + 1;
      if (!rest.starts_with(key)) text += rest.substr(0, end);
      rest.remove_prefix(end);
    }
    return complaint(text);
  };
  EXPECT_EQ(without("nothing"), "");
  EXPECT_EQ(without("path"), "");  // An exception for a finding on the whole package has no path.
  EXPECT_THAT(without("rule"), HasSubstr("needs a rule"));
  EXPECT_THAT(without("sha256"), HasSubstr("needs the sha256"));
  EXPECT_THAT(without("reason"), HasSubstr("needs a reason"));
  EXPECT_THAT(without("expires"), HasSubstr("needs its last day"));
}

TEST(Settings, Only_real_days_are_dates) {
  for (const std::string_view day :
       {"2030-02-30", "2030-13-01", "\"2030-01-01\"", "2030-01-01x", "1"}) {
    EXPECT_THAT(complaint("[[exception]]\nexpires = " + std::string(day)),
                HasSubstr("must be a date"))
        << day;
  }
}

TEST(Settings, Variables_set_what_they_can) {
  const Settings settings = settings_of_variables({{"ASSAY_FAIL_ON", "never"},
                                                   {"ASSAY_JOBS", "3"},
                                                   {"ASSAY_FORMAT", "sarif"},
                                                   {"ASSAY_OFFLINE", "1"},
                                                   {"OTHER", "x"}})
                                .value();
  EXPECT_EQ(settings.fail_on, FailOn::never);
  EXPECT_EQ(settings.jobs, 3);
  EXPECT_EQ(settings.format, Format::sarif);
  EXPECT_EQ(settings.offline, true);
}

TEST(Settings, A_bad_variable_is_named_and_an_empty_one_is_as_good_as_none) {
  EXPECT_EQ(settings_of_variables({{"ASSAY_JOBS", ""}}).value(), Settings{});
  const auto bad = settings_of_variables({{"ASSAY_JOBS", "many"}});
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().message, StartsWith("ASSAY_JOBS: 'many' is no number"));
}

TEST(Settings, Numbers_of_jobs_have_bounds) {
  for (const std::string_view text : {"0", "-1", "1e9", "99999999999", " 1", "1 "}) {
    EXPECT_FALSE(jobs_from(text)) << text;
  }
}

TEST(Settings, What_is_nearer_to_the_call_wins_and_exceptions_add_up) {
  Settings under;
  under.jobs = 1;
  under.format = Format::json;
  under.exceptions.resize(1);
  Settings over;
  over.jobs = 2;
  over.exceptions.resize(2);
  const Settings merged = merge(under, over);
  EXPECT_EQ(merged.jobs, 2);
  EXPECT_EQ(merged.format, Format::json);
  EXPECT_EQ(merged.exceptions.size(), 3u);
}

}  // namespace
}  // namespace assay
