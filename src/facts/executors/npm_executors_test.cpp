#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/executors/scene_for_test.h"

namespace assay {
namespace {

using testing::ElementsAre;

TEST(NpmExecutors, InstallHooksAreFollowedIntoTheFilesTheyRun) {
  const Scene scene(R"(==> package.json
{"name": "x", "scripts": {"postinstall": "node scripts/setup.js && sh ./run.sh", "test": "node t.js"}}
==> scripts/setup.js
require('./helper')
==> scripts/helper.js
1
==> run.sh
python3 payload.py
==> payload.py
import extra
==> extra.py
1
==> t.js
1
)");
  EXPECT_THAT(scene.executors(),
              ElementsAre("install npm script postinstall -> run.sh scripts/setup.js"));
  EXPECT_EQ(scene.trigger("scripts/helper.js"), Trigger::install);
  EXPECT_EQ(scene.reached_by("scripts/helper.js"), "imported by scripts/setup.js");
  EXPECT_EQ(scene.trigger("payload.py"), Trigger::install);
  EXPECT_EQ(scene.trigger("extra.py"), Trigger::install);
  EXPECT_EQ(scene.trigger("t.js"), Trigger::none);
  const Executor& hook = scene.surface().executors.front();
  EXPECT_EQ(scene.package().files[static_cast<std::size_t>(hook.where.file)].path, "package.json");
  EXPECT_GT(hook.where.end, hook.where.begin);
}

TEST(NpmExecutors, ScriptsThatCallScriptsAreFollowedOnce) {
  const Scene scene(R"(==> package.json
{"name": "x", "scripts": {"install": "npm run a", "a": "yarn b", "prea": "node pre.js",
 "b": "npm run a && cd lib && node go", "c": "run-s a"}}
==> lib/go.js
1
==> pre.js
1
)");
  EXPECT_THAT(scene.executors(), ElementsAre("install npm script install -> lib/go.js pre.js"));
}

TEST(NpmExecutors, CommandsNameFilesInManyWays) {
  const Scene scene(R"(==> package.json
{"name": "x", "main": "lib", "bin": {"tool": "cli.js"}, "scripts": {
 "preinstall": "node -e \"require('./inline')\"", "install": "node .", "postinstall":
 "npx tool; node ./scripts; node -r ./hook x; KEY=conf.json run < input.sh"}}
==> lib/index.js
1
==> cli.js
1
==> inline.js
1
==> scripts/index.js
1
==> hook.js
1
==> conf.json
{}
==> input.sh
1
)");
  for (const std::string_view path : {"lib/index.js", "cli.js", "inline.js", "scripts/index.js",
                                      "hook.js", "conf.json", "input.sh"}) {
    EXPECT_EQ(scene.trigger(path), Trigger::install) << path;
  }
}

TEST(NpmExecutors, SomeHooksNeedACheckout) {
  const Scene scene(R"(==> package.json
{"name": "x", "scripts": {"prepare": "node p.js", "dependencies": "node d.js", "uninstall": "node u.js"}}
==> p.js
1
==> d.js
1
==> u.js
1
)");
  EXPECT_THAT(scene.executors(),
              ElementsAre("command npm script prepare (git and local installs only) -> p.js",
                          "command npm script uninstall (removal with npm 6 and older) -> u.js",
                          "none npm script dependencies (in its own project only) -> d.js"));
}

TEST(NpmExecutors, EveryEntryPointCounts) {
  const Scene scene(R"(==> package.json
{"name": "x", "main": "./lib/a", "module": "lib/a.mjs", "types": "a.d.ts",
 "exports": {".": {"node": "./lib/n.cjs", "types": "./a.d.ts"}, "./p/*": "./plugins/*.js"}}
==> lib/a.js
require('x/plugins/q')
==> lib/a.mjs
import d, { e } from './d.js'; export * from "../e"; const f = await import('./f.js');
==> lib/d.ts
1
==> lib/f.js
1
==> e/index.js
new Worker(new URL('./w.js', import.meta.url)); fork(path.join(__dirname, 'deep', 'unique.js'));
==> e/w.js
1
==> e/deep/unique.js
1
==> lib/n.cjs
1
==> plugins/q.js
1
==> other.js
1
==> a.d.ts
1
)");
  for (const std::string_view path : {"lib/a.js", "lib/a.mjs", "lib/d.ts", "lib/f.js", "e/index.js",
                                      "e/w.js", "e/deep/unique.js", "lib/n.cjs", "plugins/q.js"}) {
    EXPECT_EQ(scene.trigger(path), Trigger::import) << path;
  }
  EXPECT_EQ(scene.trigger("other.js"), Trigger::none);
  EXPECT_EQ(scene.trigger("a.d.ts"), Trigger::none);
}

TEST(NpmExecutors, IndexIsTheDefaultMain) {
  EXPECT_THAT(Scene("==> package.json\n{\"name\": \"x\"}\n==> index.js\n1\n").executors(),
              ElementsAre("import main main (index by default) -> index.js"));
  EXPECT_EQ(
      Scene("==> package.json\n{\"main\": \"gone.js\"}\n==> index.js\n1\n").trigger("index.js"),
      Trigger::import);
}

TEST(NpmExecutors, ACommandThatShadowsTheSystemsIsNamed) {
  EXPECT_THAT(
      Scene("==> package.json\n{\"bin\": {\"npm\": \"n.js\", \"mine\": \"n.js\"}}\n==> n.js\n1\n")
          .executors(),
      ElementsAre("command command bin npm (shadows a system command) -> n.js",
                  "command command bin mine -> n.js"));
}

TEST(NpmExecutors, BundledPackagesRunTheirHooksWhenListed) {
  constexpr std::string_view rest = R"(
==> node_modules/a/package.json
{"name": "a", "scripts": {"install": "node i.js"}}
==> node_modules/a/i.js
1
==> node_modules/a/lib/package.json
{"scripts": {"install": "node no.js"}}
)";
  EXPECT_THAT(
      Scene("==> package.json\n{\"bundledDependencies\": [\"a\"]}" + std::string(rest)).executors(),
      ElementsAre("install bundled script node_modules/a: install -> node_modules/a/i.js"));
  EXPECT_THAT(Scene("==> package.json\n{}" + std::string(rest)).executors(),
              ElementsAre("command bundled script node_modules/a (bundled without being listed): "
                          "install -> node_modules/a/i.js"));
}

TEST(NpmExecutors, LocalDependenciesRunTheirHooks) {
  constexpr std::string_view bundle = R"(==> package.json
{"dependencies": {"a": "file:./sub", "b": "file:inner.tgz"}, "devDependencies": {"c": "file:dev"}}
==> sub/package.json
{"scripts": {"postinstall": "node i.js"}}
==> sub/i.js
1
==> inner.tgz!/package/package.json
{"scripts": {"preinstall": "node ./p"}}
==> inner.tgz!/package/p.js
1
==> dev/package.json
{"scripts": {"install": "node d.js"}}
==> dev/d.js
1
)";
  const Scene scene(bundle);
  EXPECT_EQ(scene.trigger("sub/i.js"), Trigger::install);
  EXPECT_EQ(scene.trigger("inner.tgz!/package/p.js"), Trigger::install);
  EXPECT_EQ(scene.trigger("dev/d.js"), Trigger::none);
}

TEST(NpmExecutors, RequiresReachBundledPackages) {
  const Scene scene(R"(==> package.json
{"main": "lib/m.js"}
==> lib/m.js
require('dep')
==> node_modules/dep/package.json
{"main": "d"}
==> node_modules/dep/d.js
1
)");
  EXPECT_EQ(scene.trigger("node_modules/dep/d.js"), Trigger::import);
}

TEST(GypExecutors, ABindingFileAloneRunsNodeGyp) {
  const Scene scene(R"(==> package.json
{"name": "x"}
==> binding.gyp
{'targets': [{'sources': ['<!(node evil.js)'], 'actions': [{'action': ['python', 'act.py']}]}],
 'includes': ['more.gypi'], 'x': '<!pymod_do_main(mod a)'}
==> more.gypi
{'y': '>!(sh more.sh)'}
==> evil.js
1
==> act.py
1
==> more.sh
1
==> mod.py
1
)");
  for (const std::string_view path : {"evil.js", "act.py", "more.sh", "mod.py", "binding.gyp"}) {
    EXPECT_EQ(scene.trigger(path), Trigger::install) << path;
  }
  EXPECT_THAT(scene.executors(),
              testing::Contains("install implicit node-gyp install (implicit, for binding.gyp) -> "
                                "binding.gyp"));
}

TEST(GypExecutors, SwitchedOffItRunsOnlyByCommand) {
  constexpr std::string_view rest = "\n==> binding.gyp\n{'a': '<!(node e.js)'}\n==> e.js\n1\n";
  const auto trigger = [&](std::string_view json) {
    return Scene("==> package.json\n" + std::string(json) + std::string(rest)).trigger("e.js");
  };
  EXPECT_EQ(trigger(R"({"gypfile": false})"), Trigger::command);
  EXPECT_EQ(trigger(R"({"scripts": {"install": "echo"}})"), Trigger::command);
  EXPECT_EQ(trigger(R"({"scripts": {"install": "prebuild-install || node-gyp rebuild"}})"),
            Trigger::install);
  EXPECT_EQ(trigger(R"({"scripts": {"install": ""}})"), Trigger::install);
}

TEST(GypExecutors, AnUnreadableFileIsAGap) {
  EXPECT_EQ(Scene("==> package.json\n{}\n==> binding.gyp\n{'a': [\n").surface().gaps.size(), 1u);
}

}  // namespace
}  // namespace assay
