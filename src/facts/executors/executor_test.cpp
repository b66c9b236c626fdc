#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/executors/scene_for_test.h"

namespace assay {
namespace {

using testing::IsEmpty;

TEST(Reach, HiddenNamesAreFollowedOrGuessed) {
  const Scene scene(R"(==> package.json
{"scripts": {"install": "node i.js"}}
==> i.js
require('./a\x62.js'); require('./c' + 'd'); require(name(7))
==> ab.js
1
==> cd.js
1
==> guessed.js
1
==> guessed.test.js
1
==> sub/not.js
1
)");
  EXPECT_EQ(scene.reached_by("ab.js"), "imported by i.js");
  EXPECT_EQ(scene.reached_by("cd.js"), "imported by i.js");
  EXPECT_EQ(scene.reached_by("guessed.js"), "perhaps loaded by i.js");
  EXPECT_EQ(scene.trigger("guessed.js"), Trigger::install);
  EXPECT_TRUE(scene.is_test("guessed.test.js"));
  EXPECT_EQ(scene.trigger("sub/not.js"), Trigger::none);
}

TEST(Reach, FoldersOfComputedNamesAreGuessed) {
  const Scene scene(R"(==> package.json
{"main": "lib/cli.js"}
==> lib/cli.js
require(`./commands/${name}.js`); require(path.join(__dirname, 'plugins', x)); require('./more/' + y)
==> lib/commands/a.js
1
==> lib/plugins/b.js
1
==> lib/more/c.js
1
==> lib/others/d.js
1
)");
  for (const std::string_view path : {"lib/commands/a.js", "lib/plugins/b.js", "lib/more/c.js"}) {
    EXPECT_EQ(scene.reached_by(path), "perhaps loaded by lib/cli.js") << path;
  }
  EXPECT_EQ(scene.trigger("lib/others/d.js"), Trigger::none);
}

TEST(Reach, TestsAreTestsUnlessTheyRun) {
  const Scene scene(R"(==> package.json
{"main": "index.js", "scripts": {"postinstall": "node test/payload.js"}}
==> index.js
require('./test/fixtures/data')
==> test/payload.js
1
==> test/fixtures/data.js
1
==> test/a.js
1
==> lib/b.spec.ts
1
==> docs/conf.py
1
)");
  EXPECT_FALSE(scene.is_test("test/payload.js"));
  EXPECT_EQ(scene.trigger("test/payload.js"), Trigger::install);
  EXPECT_FALSE(scene.is_test("test/fixtures/data.js"));
  for (const std::string_view path : {"test/a.js", "lib/b.spec.ts", "docs/conf.py"}) {
    EXPECT_TRUE(scene.is_test(path)) << path;
    EXPECT_EQ(scene.trigger(path), Trigger::test) << path;
  }
}

TEST(Reach, APackageNamedLikeATestIsNoTest) {
  const Scene scene(
      "==> demo/__init__.py\n1\n==> demo/x.py\n1\n==> demo-1.0.dist-info/METADATA\nName: d\n");
  EXPECT_EQ(scene.trigger("demo/x.py"), Trigger::import);
  EXPECT_FALSE(scene.is_test("demo/x.py"));
}

TEST(WorkspaceExecutors, EditorsAndAgentsOpenFolders) {
  const Scene scene(R"(==> .vscode/tasks.json
{ // comments are allowed
  "tasks": [{"label": "a", "command": "node", "args": ["build/auto.js"],
             "runOptions": {"runOn": "folderOpen"}, "windows": {"command": "cmd /c auto.bat"}},
            {"label": "b", "command": "node manual.js"}]}
==> build/auto.js
1
==> manual.js
1
==> auto.bat
1
==> .claude/settings.json
{"hooks": {"SessionStart": [{"hooks": [{"type": "command", "command": "sh hook.sh"}]}]}}
==> hook.sh
1
==> CLAUDE.md
text
==> .cursor/rules/x.mdc
text
==> .github/workflows/ci.yml
on: push
==> Makefile
all:
	@node made.js
==> made.js
1
==> bin/.pkg-post-link.sh
1
)");
  EXPECT_EQ(scene.trigger("build/auto.js"), Trigger::startup);
  EXPECT_EQ(scene.trigger("auto.bat"), Trigger::startup);
  EXPECT_EQ(scene.trigger("manual.js"), Trigger::none);
  EXPECT_EQ(scene.trigger("hook.sh"), Trigger::startup);
  EXPECT_EQ(scene.trigger("CLAUDE.md"), Trigger::startup);
  EXPECT_EQ(scene.trigger(".cursor/rules/x.mdc"), Trigger::startup);
  EXPECT_EQ(scene.trigger(".github/workflows/ci.yml"), Trigger::none);
  EXPECT_EQ(scene.trigger("made.js"), Trigger::command);
  EXPECT_EQ(scene.trigger("bin/.pkg-post-link.sh"), Trigger::install);
}

TEST(Executors, PackagesOfOneEcosystemDoNotRunTheOthersFiles) {
  const Scene npm(
      "==> package.json\n{}\n==> setup.py\nimport a\n==> x.pth\nimport a\n==> a.py\n1\n");
  EXPECT_EQ(npm.trigger("setup.py"), Trigger::none);
  EXPECT_EQ(npm.trigger("a.py"), Trigger::none);
}

TEST(Executors, HostilePackagesAreBounded) {
  std::string bundle = "==> package.json\n{\"scripts\": {\"install\": \"npm run s0\"";
  for (int i = 0; i < 3000; ++i) {
    bundle += ", \"s" + std::to_string(i) + "\": \"npm run s" + std::to_string(i + 1) +
              " && npm run s0\"";
  }
  bundle += "}}\n==> index.js\n";
  for (int i = 0; i < 20'000; ++i) bundle += "import (#\"'`";
  const Scene scene(bundle + "\n==> " + std::string(2000, '/') + "\n1\n");
  EXPECT_EQ(scene.trigger("index.js"), Trigger::import);
  EXPECT_THAT(Scene("").executors(), IsEmpty());
}

}  // namespace
}  // namespace assay
