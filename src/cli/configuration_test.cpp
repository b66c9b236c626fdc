#include "cli/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/registry_override.h"
#include "ecosystems/registry/memory_environment_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Target path_target(std::string path) {
  Target target;
  target.given = std::move(path);
  return target;
}

class ConfigurationTest : public testing::Test {
 protected:
  Configuration load(const Settings& flags = {}, const std::string& file = "",
                     const std::vector<Target>& targets = {}) {
    return load_configuration(flags, file, targets, machine).value();
  }

  MemoryEnvironment machine;
};

TEST_F(ConfigurationTest, Flags_win_over_variables_over_the_project_over_the_user) {
  machine.files["/home/u/.config/assay/assay.toml"] =
      "jobs = 1\nformat = 'json'\nfail_on = 'never'";
  machine.files["/home/u/project/assay.toml"] = "jobs = 2\nformat = 'jsonl'";
  machine.variable_values["ASSAY_JOBS"] = "3";
  EXPECT_EQ(load().settings.jobs, 3);
  EXPECT_EQ(load().settings.format, Format::jsonl);
  EXPECT_EQ(load().settings.fail_on, FailOn::never);
  Settings flags;
  flags.jobs = 4;
  EXPECT_EQ(load(flags).settings.jobs, 4);
}

TEST_F(ConfigurationTest, Without_files_everything_is_left_to_defaults) {
  EXPECT_EQ(load().settings, Settings{});
  EXPECT_THAT(load().files, IsEmpty());
}

TEST_F(ConfigurationTest, A_folder_that_is_examined_cannot_configure_how) {
  machine.files["/home/u/project/assay.toml"] = "fail_on = 'never'";
  machine.files["/home/u/project"] = "";
  const Configuration inside = load({}, "", {path_target("/home/u/project")});
  EXPECT_EQ(inside.settings.fail_on, std::nullopt);
  EXPECT_THAT(inside.notes, ElementsAre(HasSubstr("./assay.toml")));
  machine.files["/home/u/project/package"] = "";
  const Configuration beside = load({}, "", {path_target("/home/u/project/package")});
  EXPECT_EQ(beside.settings.fail_on, FailOn::never);
}

TEST_F(ConfigurationTest, A_file_that_is_named_is_used_and_must_exist) {
  machine.files["/home/u/project/assay.toml"] = "jobs = 2";
  machine.files["/home/u/project"] = "";
  machine.files["other.toml"] = "jobs = 7";
  EXPECT_EQ(load({}, "other.toml", {path_target("/home/u/project")}).settings.jobs, 7);
  EXPECT_FALSE(load_configuration({}, "absent.toml", {}, machine));
}

TEST_F(ConfigurationTest, A_bad_file_is_named) {
  machine.files["/home/u/project/assay.toml"] = "job = 2";
  const Result<Configuration> bad = load_configuration({}, "", {}, machine);
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().message, HasSubstr("/home/u/project/assay.toml:1:1"));
}

TEST_F(ConfigurationTest, Registries_of_the_settings_replace_those_of_the_clients) {
  machine.variable_values["NPM_CONFIG_REGISTRY"] = "https://old.example.test/";
  machine.variable_values["PIP_INDEX_URL"] = "https://pip.example.test/simple";
  const RegistryOverride override(machine, "https://new.example.test/", std::nullopt);
  EXPECT_EQ(override.variable("npm_config_registry"), "https://new.example.test/");
  EXPECT_EQ(override.variable("NPM_CONFIG_REGISTRY"), "");
  EXPECT_EQ(override.variable("PIP_INDEX_URL"), "https://pip.example.test/simple");
}

}  // namespace
}  // namespace assay
