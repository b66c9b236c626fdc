#include "rules/conditions.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::rules {
namespace {

Action network(std::string target, Sources target_from, Sources data) {
  Action action;
  action.act = Act::fetch;
  action.target = std::move(target);
  action.target_from = target_from;
  action.data = data;
  return action;
}

TEST(Conditions, A_moment_needs_both_the_trigger_and_running_at_load) {
  Action action;
  action.trigger = Trigger::install;
  EXPECT_EQ(moment_of(action), Moment::called);
  action.at_load = true;
  EXPECT_EQ(moment_of(action), Moment::install);
  EXPECT_TRUE(runs_uncalled(action));
  action.trigger = Trigger::command;
  EXPECT_FALSE(runs_uncalled(action));
  action.in_test = true;
  EXPECT_FALSE(is_shipped(action));
}

TEST(Conditions, What_only_names_the_host_is_not_carried_out) {
  const Sources name = Source::environment;
  EXPECT_TRUE(outflow(network(std::string(hole) + "/tool.tgz", name, {})).empty());
  EXPECT_TRUE(outflow(network("https://host.example.test/" + std::string(hole), name, {}))
                  .has(Source::environment));
  EXPECT_TRUE(outflow(network(std::string(hole) + "/x", {}, Source::host)).has(Source::host));
}

TEST(Conditions, Kinds_of_identity_are_counted_without_the_platform) {
  EXPECT_EQ(identity_kinds(Source::host | Source::user | Source::path), 3);
  EXPECT_EQ(identity_kinds(Source::platform), 0);
}

TEST(Conditions, Text_from_a_package_is_made_safe_before_it_is_told) {
  EXPECT_EQ(shown("http://host.example.test/\x1b[0m").find('\x1b'), std::string::npos);
  EXPECT_NE(shown("http://host.example.test/").find("hxxp"), std::string::npos);
  EXPECT_EQ(names_of(Source::host | Source::user),
            std::string(to_string(Source::host)) + " and " + std::string(to_string(Source::user)));
}

Action in_file(std::int32_t file, Act act, std::string target, Sources data = {}) {
  Action action;
  action.act = act;
  action.where.file = file;
  action.target = std::move(target);
  action.data = data;
  return action;
}

TEST(Conditions, A_file_s_gravest_origin_is_found_and_no_other_file_s) {
  Facts facts;
  facts.actions = {in_file(0, Act::fetch, "https://api.example.test/"),
                   in_file(0, Act::fetch, "http://192.0.2.1/a"),
                   in_file(1, Act::fetch, "https://webhook.site/0")};
  const Origins origins(facts);
  EXPECT_EQ(origins.near(facts.actions[0]).kind, HostKind::raw_address);
  EXPECT_EQ(origins.near(in_file(2, Act::run_code, "")).kind, HostKind::unknown);
}

TEST(Conditions, What_a_file_wrote_is_recognised_when_it_is_started) {
  Facts facts;
  facts.actions = {in_file(0, Act::write_file, "/tmp/x/Tool.exe", Source::remote),
                   in_file(0, Act::write_file, "/tmp/" + std::string(hole), Source::remote)};
  const Written written(facts, Source::remote);
  EXPECT_TRUE(written.is_started_by(in_file(0, Act::run_shell, "cmd /c start tool.exe")));
  EXPECT_FALSE(written.is_started_by(in_file(0, Act::run_shell, "cmd /c start other.exe")));
  EXPECT_FALSE(written.is_started_by(in_file(1, Act::run_shell, "tool.exe")));
  EXPECT_FALSE(
      Written(facts, Source::decoded).is_started_by(in_file(0, Act::run_shell, "tool.exe")));
}

TEST(Conditions, Neighbours_are_those_of_the_same_file) {
  Facts facts;
  facts.actions = {in_file(0, Act::connect, "a"), in_file(1, Act::run_shell, "b")};
  const Beside connects(facts, [](const Action& action) { return action.act == Act::connect; });
  EXPECT_EQ(connects(facts.actions[0]), &facts.actions[0]);
  EXPECT_EQ(connects(facts.actions[1]), nullptr);
}

}  // namespace
}  // namespace assay::rules
