#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "facts/executors/scene_for_test.h"

namespace assay {
namespace {

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

TEST(PythonExecutors, APackageOfNothingButTestsIsNoTest) {
  const Scene scene(R"(==> thing.dist-info/METADATA
Name: thing
==> thing.dist-info/top_level.txt
thing
==> thing/__init__.py

==> thing/tests.py
1
==> thing/examples/run.py
1
)");
  EXPECT_EQ(scene.trigger("thing/tests.py"), Trigger::import);
  EXPECT_FALSE(scene.is_test("thing/tests.py"));
  EXPECT_FALSE(scene.is_test("thing/examples/run.py"));
}

TEST(PythonExecutors, WhatACommandStartsIsNoTest) {
  const Scene scene(R"(==> thing-1.0.dist-info/METADATA
Name: thing
==> thing-1.0.dist-info/entry_points.txt
[console_scripts]
thing = thing.tests.cli:main
==> thing/__init__.py
1
==> thing/tests/__init__.py

==> thing/tests/cli.py
1
==> thing/tests/test_a.py
1
)");
  EXPECT_FALSE(scene.is_test("thing/tests/cli.py"));
  EXPECT_TRUE(scene.is_test("thing/tests/test_a.py"));
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

}  // namespace
}  // namespace assay
