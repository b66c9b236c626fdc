#include "ecosystems/pypi/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "ecosystems/pypi/ini.h"
#include "ecosystems/pypi/pyproject.h"
#include "ecosystems/pypi/record.h"
#include "ecosystems/pypi/setup_cfg.h"

namespace assay {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

PythonManifest read(std::string_view bundle) {
  const auto manifest = read_python_manifest(package_from_bundle(bundle));
  EXPECT_TRUE(manifest);
  return manifest.value_or(PythonManifest{});
}

TEST(CoreMetadata, ReadsHeadersAndBody) {
  const CoreMetadata m = parse_core_metadata(
      "Metadata-Version: 2.1\r\nName: thing\r\nVERSION: 1.0\r\nHome-page: UNKNOWN\r\n"
      "Project-URL: Source, https://example.test/r\r\nClassifier: A\r\nClassifier: B\r\n"
      "Requires-Dist: other (>=1) ; extra == 'x'\r\n\r\n# Thing\r\nName: not a header\r\n");
  EXPECT_EQ(m.name, "thing");
  EXPECT_EQ(m.version, "1.0");
  EXPECT_EQ(m.home_page, "") << "setuptools writes UNKNOWN for nothing";
  EXPECT_THAT(m.project_urls, ElementsAre("Source, https://example.test/r"));
  EXPECT_THAT(m.classifiers, ElementsAre("A", "B"));
  EXPECT_THAT(m.requires_dist, SizeIs(1));
  EXPECT_EQ(m.description, "# Thing\r\nName: not a header\r\n");
}

TEST(CoreMetadata, ReadsADescriptionFoldedIntoAHeader) {
  EXPECT_EQ(
      parse_core_metadata("Description: one\n        two\n       |  three\nName: n").description,
      "one\ntwo\n  three");
  EXPECT_EQ(parse_core_metadata("Description: UNKNOWN\nName: n").description, "");
}

TEST(EntryPoints, AreReadWithTheirPlace) {
  constexpr std::string_view text =
      "# c\n[console_scripts]\nTool = pkg.cli:main [extra]\n\n[pytest11]\nplug=pkg.plugin\n";
  const auto points = parse_entry_points(text);
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[0].group, "console_scripts");
  EXPECT_EQ(points[0].name, "Tool");
  EXPECT_EQ(points[0].target, "pkg.cli:main [extra]");
  EXPECT_EQ(text.substr(points[1].begin, points[1].end - points[1].begin), "plug=pkg.plugin");
}

TEST(Ini, JoinsContinuationLinesAsConfigparserDoes) {
  const auto entries = parse_ini("stray\n[a]\nk = 1\n  2\n# c\n  3\n\nL: x\n[b]\n", "=:");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].value(), "1\n2\n3");
  EXPECT_EQ(entries[1].key, "L");
  EXPECT_EQ(entries[1].value(), "x");
}

TEST(SetupCfg, DeclaresMetadataEntryPointsAndWhatTheBuildImports) {
  const SetupCfg cfg = parse_setup_cfg(
      "[metadata]\nname = thing\nversion = attr: thing.__version__\nproject_urls =\n"
      "    Source = https://example.test\n[options]\ncmdclass =\n    install = cmds.Install\n"
      "install_requires =\n    a>=1\n    b\n"
      "[options.entry_points]\nconsole_scripts =\n    t = thing:main\npytest11 =\n    p = "
      "thing.p\n");
  EXPECT_EQ(cfg.metadata.name, "thing");
  EXPECT_THAT(cfg.metadata.project_urls, ElementsAre("Source, https://example.test"));
  EXPECT_THAT(cfg.metadata.requires_dist, ElementsAre("a>=1", "b"));
  ASSERT_EQ(cfg.entry_points.size(), 2u);
  EXPECT_EQ(cfg.entry_points[1].group, "pytest11");
  ASSERT_EQ(cfg.build_hooks.size(), 2u);
  EXPECT_EQ(cfg.build_hooks[0].target, "thing.__version__");
  EXPECT_EQ(cfg.build_hooks[1].option, "options.cmdclass");
  EXPECT_EQ(cfg.build_hooks[1].target, "cmds.Install");
}

TEST(Pyproject, ReadsTheBuildSystem) {
  const auto build = parse_build_system(
      "[build-system]\nrequires = ['setuptools>=61']\nbuild-backend = 'mine'\n"
      "backend-path = ['_build']\n");
  ASSERT_TRUE(build);
  EXPECT_EQ(build->backend, "mine");
  EXPECT_THAT(build->backend_path, ElementsAre("_build"));
  EXPECT_THAT(build->requires_, ElementsAre("setuptools>=61"));
  EXPECT_EQ(parse_build_system("[project]\nname='x'\n").error().kind, ErrorKind::missing);
  EXPECT_EQ(parse_build_system("[project\n").error().kind, ErrorKind::malformed);
}

TEST(Pyproject, ReadsProjectsAndTheirEntryPoints) {
  constexpr std::string_view text =
      "[project]\nname = 'thing'\nauthors = [{name = 'A', email = 'a@example.test'}]\n"
      "[project.urls]\nSource = 'https://example.test'\n"
      "[project.scripts]\ntool = 'thing:main'\n[project.entry-points.pytest11]\nplug = 'thing.p'\n";
  const auto project = parse_pyproject(text);
  ASSERT_TRUE(project);
  EXPECT_EQ(project->metadata->author_email, "a@example.test");
  EXPECT_THAT(project->metadata->project_urls, ElementsAre("Source, https://example.test"));
  ASSERT_EQ(project->entry_points.size(), 2u);
  const PythonEntryPoint& plug = project->entry_points[1];
  EXPECT_EQ(plug.group, "pytest11");
  EXPECT_EQ(text.substr(plug.begin, plug.end - plug.begin), "plug = 'thing.p'");
}

TEST(Pyproject, FindsCodeThatBackEndsLoad) {
  const auto project = parse_pyproject(
      "[tool.hatch.build.targets.wheel.hooks.custom]\n[tool.poetry.build]\nscript = 'b.py'\n"
      "[tool.setuptools.dynamic]\nversion = {attr = 'thing.v'}\n"
      "[tool.setuptools.cmdclass]\nbuild_py = 'cmds.Build'\n");
  ASSERT_TRUE(project);
  std::vector<std::string> targets;
  for (const PythonBuildHook& hook : project->build_hooks) targets.push_back(hook.target);
  EXPECT_THAT(targets, ElementsAre("cmds.Build", "thing.v", "hatch_build.py", "b.py"));
}

TEST(Pyproject, TakesAnyDepth) {
  std::string keys = "a";
  for (int i = 0; i < 20'000; ++i) keys += ".a";
  EXPECT_TRUE(parse_pyproject(keys + " = 1\n"));
  EXPECT_TRUE(parse_pyproject("x = {" + keys + " = 1}\n"));
  EXPECT_TRUE(parse_pyproject("[" + keys + "]\n"));
  EXPECT_EQ(parse_pyproject("x = " + std::string(20'000, '[')).error().kind, ErrorKind::malformed);
}

TEST(PythonManifest, ReadsAWheel) {
  const PythonManifest m = read(
      "==> pkg/__init__.py\nx = 1\n==> pkg-1.0.dist-info/METADATA\nName: pkg\nVersion: 1.0\n"
      "==> pkg-1.0.dist-info/WHEEL\nWheel-Version: 1.0\nTag: py3-none-any\n"
      "==> pkg-1.0.dist-info/entry_points.txt\n[console_scripts]\nt = pkg:main\n"
      "==> pkg-1.0.data/purelib/other.py\n1\n==> start.pth\nimport other\n");
  EXPECT_EQ(m.metadata->name, "pkg");
  EXPECT_EQ(m.metadata->path, "pkg-1.0.dist-info/METADATA");
  EXPECT_THAT(m.wheel_tags, ElementsAre("py3-none-any"));
  EXPECT_THAT(m.top_level, ElementsAre("other", "pkg"));
  ASSERT_EQ(m.entry_points.size(), 1u);
  EXPECT_EQ(m.entry_points[0].path, "pkg-1.0.dist-info/entry_points.txt");
  EXPECT_THAT(m.record_mismatches, ElementsAre("pkg-1.0.dist-info/RECORD: absent"));
  EXPECT_FALSE(m.has_setup_py);
}

std::string wheel_with_record(std::string_view record) {
  return "==> a.py\nx = 1\n==> b.py\ny = 2\n==> pkg-1.0.dist-info/METADATA\nName: pkg\n"
         "==> pkg-1.0.dist-info/RECORD\n" +
         std::string(record);
}

TEST(Record, ComparesEveryFileOfTheWheel) {
  std::string digest = base64_encode(hash_bytes(HashKind::sha256, "x = 1\n"));
  for (char& c : digest) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (digest.ends_with('=')) digest.pop_back();
  const std::string good = "a.py,sha256=" + digest + ",6\npkg-1.0.dist-info/RECORD,,\n";
  EXPECT_THAT(read(wheel_with_record(good + "b.py,sha256=AAAA,6\ngone.py,sha256=AAAA,1\n"))
                  .record_mismatches,
              ElementsAre("b.py: hash differs from RECORD", "gone.py: listed in RECORD and absent",
                          "pkg-1.0.dist-info/METADATA: not listed in RECORD"));
  EXPECT_THAT(read(wheel_with_record(good + "b.py,sha256=AAAA,7\n")).record_mismatches,
              Contains("b.py: size differs from RECORD"));
  EXPECT_THAT(read(wheel_with_record(good + "b.py,md5=AAAA,6\n")).record_mismatches,
              Contains("b.py: hash differs from RECORD"));
  EXPECT_THAT(read(wheel_with_record("a.py,SHA256=" + digest + ",6\n")).record_mismatches,
              Not(Contains(HasSubstr("a.py"))))
      << "some tools write the algorithm's name in capitals";
  EXPECT_THAT(read(wheel_with_record(good + "b.py,crc=AAAA,6\n")).record_mismatches,
              Contains(HasSubstr("unknown kind")));
  EXPECT_THAT(
      read(wheel_with_record("\"a.py\",sha256=" + digest + ",6\nb.py,,\n")).record_mismatches,
      Contains("b.py: no hash in RECORD"));
}

TEST(Record, DoesNotHoldGapsAgainstTheWheel) {
  Package package = package_from_bundle(wheel_with_record("gone.py,sha256=AAAA,1\n"));
  package.gaps.push_back({GapKind::link, "gone.py", "link"});
  package.gaps.push_back({GapKind::link, "b.py", "link"});
  EXPECT_THAT(read_python_manifest(package)->record_mismatches,
              Not(Contains(HasSubstr("gone.py"))));
}

TEST(Record, ReadsQuotedFields) {
  const auto record = parse_record("\"a,\"\"b.py\",sha256=x,12\n./c.py,,\n");
  ASSERT_EQ(record.size(), 2u);
  EXPECT_EQ(record[0], (RecordEntry{"a,\"b.py", "sha256=x", 12}));
  EXPECT_EQ(record[1].path, "c.py");
}

TEST(PythonManifest, ReadsASourceTree) {
  const PythonManifest m = read(
      "==> setup.py\nfrom setuptools import setup\n==> PKG-INFO\nName: thing\n"
      "==> src/thing/__init__.py\n1\n==> src/thing.egg-info/top_level.txt\nthing\nghost\n"
      "==> src/thing.egg-info/entry_points.txt\n[console_scripts]\nt = thing:main\n"
      "==> setup.cfg\n[options.entry_points]\nconsole_scripts =\n  t = thing:main\n"
      "==> tests/__init__.py\n1\n==> helper.py\n1\n");
  EXPECT_TRUE(m.has_setup_py);
  EXPECT_EQ(m.metadata->path, "PKG-INFO");
  EXPECT_THAT(m.top_level, ElementsAre("ghost", "helper", "thing"));
  EXPECT_THAT(m.entry_points, SizeIs(1)) << "declared in two files, counted once";
}

TEST(PythonManifest, FallsBackToDeclarations) {
  const PythonManifest m = read(
      "==> pyproject.toml\n[project]\nname = 'thing'\nreadme = 'README.md'\n"
      "==> setup.cfg\n[metadata]\nname = other\nauthor = A\n==> README.md\n# Thing\n");
  EXPECT_EQ(m.metadata->name, "thing");
  EXPECT_EQ(m.metadata->description, "# Thing\n");
  EXPECT_EQ(m.metadata->author, "A");
}

TEST(PythonManifest, SaysWhatCouldNotBeRead) {
  const PythonManifest m = read("==> pyproject.toml\n[project\n==> setup.py\n1\n");
  ASSERT_THAT(m.gaps, SizeIs(1));
  EXPECT_EQ(m.gaps[0].path, "pyproject.toml");
  EXPECT_FALSE(read_python_manifest(package_from_bundle("==> index.js\n1\n")));
}

TEST(PypiName, IsNormalised) {
  EXPECT_EQ(normalise_pypi_name("Friendly-._.Bard"), "friendly-bard");
}

}  // namespace
}  // namespace assay
