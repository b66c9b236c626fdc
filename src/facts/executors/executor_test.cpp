#include "facts/executors/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ecosystems/npm/manifest.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A package, what runs in it, and questions about both by path.
class Scene {
 public:
  explicit Scene(std::string_view bundle) : package_(package_from_bundle(bundle)) {
    const File* json = package_.find("package.json");
    const auto npm = json ? read_npm_manifest(json->bytes) : fail(ErrorKind::missing, "");
    const auto python = read_python_manifest(package_);
    surface_ = find_executors(package_, npm ? &*npm : nullptr, python ? &*python : nullptr);
  }

  Trigger trigger(std::string_view path) const { return reach(path).trigger; }
  std::string reached_by(std::string_view path) const { return reach(path).reached_by; }
  bool is_test(std::string_view path) const { return reach(path).is_test; }

  // "install npm script postinstall -> a.js b.js"
  std::vector<std::string> executors() const {
    std::vector<std::string> lines;
    for (const Executor& each : surface_.executors) {
      std::string line = std::string(to_string(each.trigger)) + ' ' +
                         std::string(to_string(each.kind)) + ' ' + each.name + " ->";
      for (const std::int32_t file : each.files) {
        line += ' ' + package_.files[static_cast<std::size_t>(file)].path;
      }
      lines.push_back(line);
    }
    return lines;
  }

  const Surface& surface() const { return surface_; }
  const Package& package() const { return package_; }

 private:
  const Reach& reach(std::string_view path) const {
    const File* file = package_.find(path);
    static const Reach none;
    EXPECT_NE(file, nullptr) << path;
    return file ? surface_.reach[static_cast<std::size_t>(file - package_.files.data())] : none;
  }

  Package package_;
  Surface surface_;
};

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

TEST(PythonExecutors, ASourceTreeRunsItsSetup) {
  const Scene scene(R"(==> setup.py
from setuptools import setup
import helper, pkg.version as v
exec(open('meta.py').read())
setup(scripts=['bin/tool'], data_files=[('x', ['data/d.py'])])
==> helper.py
from tools import (
    one,  # comment
    two)
==> tools/__init__.py
1
==> tools/one.py
1
==> meta.py
1
==> pkg/__init__.py
from . import core
from .sub.deep import thing
==> pkg/version.py
1
==> pkg/core.py
1
==> pkg/sub/__init__.py
1
==> pkg/sub/deep.py
1
==> pkg/lonely.py
1
==> pkg/tests/test_a.py
1
==> bin/tool
#!/bin/sh
==> data/d.py
1
==> tests/test_b.py
import pkg
)");
  for (const std::string_view path :
       {"setup.py", "helper.py", "tools/__init__.py", "tools/one.py", "meta.py", "pkg/__init__.py",
        "pkg/version.py", "pkg/core.py", "pkg/sub/__init__.py", "pkg/sub/deep.py"}) {
    EXPECT_EQ(scene.trigger(path), Trigger::install) << path;
  }
  EXPECT_EQ(scene.trigger("pkg/lonely.py"), Trigger::import);
  EXPECT_EQ(scene.reached_by("pkg/lonely.py"), "a module of pkg");
  EXPECT_EQ(scene.trigger("bin/tool"), Trigger::none) << "installed, not run";
  EXPECT_TRUE(scene.is_test("pkg/tests/test_a.py"));
  EXPECT_EQ(scene.trigger("tests/test_b.py"), Trigger::test);
}

TEST(PythonExecutors, ReadingAFileIsNotRunningIt) {
  constexpr std::string_view rest = "\n==> pkg/__init__.py\n1\n==> tools/alone.py\n1\n";
  const auto trigger = [&](std::string_view setup, std::string_view path) {
    return Scene("==> setup.py\n" + std::string(setup) + std::string(rest)).trigger(path);
  };
  EXPECT_EQ(trigger("v = open('pkg/__init__.py').read()", "pkg/__init__.py"), Trigger::import);
  EXPECT_EQ(trigger("v = open('tools/alone.py').read()", "tools/alone.py"), Trigger::install);
  EXPECT_EQ(trigger("exec(open('pkg/__init__.py').read())", "pkg/__init__.py"), Trigger::install);
}

TEST(PythonExecutors, SetupIsIgnoredByBackEndsThatDoNotUseIt) {
  EXPECT_EQ(Scene("==> setup.py\n1\n==> pyproject.toml\n[build-system]\nbuild-backend = "
                  "'hatchling.build'\n")
                .trigger("setup.py"),
            Trigger::command);
  EXPECT_EQ(Scene("==> setup.py\n1\n==> pyproject.toml\n[build-system]\nbuild-backend = "
                  "'setuptools.build_meta'\n")
                .trigger("setup.py"),
            Trigger::install);
}

TEST(PythonExecutors, InTreeBackEndsAndBuildHooksRunAtInstall) {
  const Scene scene(R"(==> pyproject.toml
[build-system]
build-backend = "mine.api:backend"
backend-path = ["_custom"]
[tool.hatch.build.hooks.custom]
[tool.setuptools.dynamic]
version = {attr = "pkg.version.text"}
==> _custom/mine/__init__.py
1
==> _custom/mine/api.py
1
==> hatch_build.py
1
==> pkg/__init__.py
1
==> pkg/version.py
text = compute()
)");
  for (const std::string_view path :
       {"_custom/mine/__init__.py", "_custom/mine/api.py", "hatch_build.py", "pkg/version.py"}) {
    EXPECT_EQ(scene.trigger(path), Trigger::install) << path;
  }
  EXPECT_EQ(Scene("==> setup.cfg\n[metadata]\nname = p\nversion = attr: pkg.v\n"
                  "==> pkg/__init__.py\nv = '1'\n")
                .trigger("pkg/__init__.py"),
            Trigger::import)
      << "setuptools reads a literal without importing";
}

TEST(PythonExecutors, StartUpFilesOfAWheelRunWithEveryInterpreter) {
  const Scene scene(R"(==> a.pth
# comment
./folder
import hidden; hidden.go()
==> hidden.py
1
==> p-1.0.data/purelib/sitecustomize.py
import dropped
==> p-1.0.data/purelib/dropped.py
1
==> sub/sitecustomize.py
1
==> p-1.0.dist-info/METADATA
Name: p
)");
  EXPECT_EQ(scene.trigger("hidden.py"), Trigger::startup);
  EXPECT_EQ(scene.trigger("p-1.0.data/purelib/dropped.py"), Trigger::startup);
  EXPECT_EQ(scene.trigger("sub/sitecustomize.py"), Trigger::import);
  EXPECT_THAT(scene.executors(), testing::Contains("startup .pth line a.pth -> a.pth hidden.py"));
  EXPECT_EQ(scene.surface().executors.front().command, "import hidden; hidden.go()");
}

TEST(PythonExecutors, EntryPointsStartCommandsAndPlugins) {
  const Scene scene(R"(==> pkg/__init__.py
1
==> pkg/cli.py
1
==> pkg/plug.py
1
==> pkg/other.py
1
==> pkg/__main__.py
1
==> p-1.0.data/scripts/git
#!python
==> p-1.0.dist-info/METADATA
Name: p
==> p-1.0.dist-info/entry_points.txt
[console_scripts]
pip = pkg.cli:main
[pytest11]
plug = pkg.plug
[own.plugins]
x = pkg.other:X [extra]
)");
  const auto lines = scene.executors();
  EXPECT_THAT(
      lines,
      testing::IsSupersetOf(
          {"startup plugin pytest11: plug -> pkg/__init__.py pkg/plug.py",
           "import plugin own.plugins: x -> pkg/__init__.py pkg/other.py",
           "import main import pkg -> pkg/__init__.py",
           "command command console_scripts: pip (shadows a system command) -> "
           "pkg/__init__.py pkg/cli.py",
           "command command python -m pkg -> pkg/__main__.py",
           "command command script git (shadows a system command) -> p-1.0.data/scripts/git"}));
  EXPECT_EQ(scene.trigger("pkg/__init__.py"), Trigger::startup);
}

TEST(PythonExecutors, ImportsByNameAndByPathAreFollowed) {
  const Scene scene(R"(==> src/pkg/__init__.py
importlib.import_module("pkg.by_name"); __import__ ('pkg.by_call')
x=1                                             ;import pkg.after_spaces
subprocess.run(["node", os.path.join(HERE, "run.js")])
==> src/pkg/by_name.py
1
==> src/pkg/by_call.py
1
==> src/pkg/after_spaces.py
from .. import x
==> src/pkg/run.js
require('./lib/next')
==> src/pkg/lib/next.js
1
==> src/pkg.egg-info/PKG-INFO
Name: pkg
)");
  for (const std::string_view path :
       {"src/pkg/by_name.py", "src/pkg/by_call.py", "src/pkg/after_spaces.py", "src/pkg/run.js"}) {
    EXPECT_EQ(scene.reached_by(path), "imported by src/pkg/__init__.py") << path;
  }
  EXPECT_EQ(scene.trigger("src/pkg/lib/next.js"), Trigger::import);
}

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
