#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_python(const Facts& facts, const Action& action) {
  const FileKind kind = facts.file(action.where).kind;
  return kind == FileKind::python || kind == FileKind::pth;
}

// An installer keeps what it fetches; a beacon wants to be seen and no more.
bool keeps_answer(const Action& action) {
  return (action.act == Act::write_file || action.act == Act::load_native) &&
         action.data.any(foreign);
}

// A build that fetches style sheets or data puts them into the package that it builds.
bool leaves_package(const Action& action) {
  return is_run(action.act) || (keeps_answer(action) && !action.target.starts_with("<package>/"));
}

// Its own version stands in the address of its own release.
bool is_own_release(const Facts& facts, const Action& action) {
  return facts.npm && facts.npm->version.size() > 2 && contains(action.target, facts.npm->version);
}

// Sources or data that are not in the package; what then starts out of them is another rule's
// business.
bool is_archive(const Action& action) {
  constexpr std::string_view endings[] = {".zip",     ".tar.gz", ".tgz", ".tar.xz",
                                          ".tar.bz2", ".whl",    ".7z"};
  return action.act == Act::fetch && std::ranges::any_of(endings, [&](std::string_view ending) {
           return ends_with_ignoring_case(action.target, ending);
         });
}

Severity severity_of(const Facts& facts, const Action& action, HostKind kind, bool is_kept,
                     bool is_built_in) {
  const bool is_cheap = kind == HostKind::free_hosting;
  // Nothing is asked of anybody until the user says so, and then it is the kind of machine.
  if (action.opted_in && !is_cheap && !action.data.any(secrets | identity)) return Severity::low;
  if (at_install(action)) {
    // Building from source fetches nothing; npm installers fetch binaries by computed addresses.
    if (is_python(facts, action)) {
      const bool is_data =
          (is_built_in && action.act == Act::fetch) || (!is_cheap && is_archive(action)) ||
          (kind == HostKind::code_host && action.act == Act::fetch && !action.target_complete);
      return is_data ? Severity::medium : Severity::high;
    }
    if (kind == HostKind::code_host || !action.target_complete) return Severity::info;
    if (is_cheap || starts_with_ignoring_case(action.target, "http:")) return Severity::high;
    return is_kept || is_own_release(facts, action) ? Severity::medium : Severity::high;
  }
  if (is_cheap) return Severity::high;
  // An import has nothing to ask of anybody; a list kept beside the source code comes close.
  const bool is_beacon = action.act == Act::send || kind == HostKind::ordinary;
  return is_python(facts, action) && is_beacon && action.target_complete ? Severity::high
                                                                         : Severity::medium;
}

void check(const Facts& facts, Findings& findings) {
  const Beside keepers(facts, keeps_answer);
  const Beside leavers(facts, leaves_package);
  for (const Action& action : facts.actions) {
    // A name asked of DNS by a command is a beacon as good as a page.
    const bool asks_dns =
        action.act == Act::resolve && action.through_shell && is_python(facts, action);
    if (action.act != Act::send && action.act != Act::fetch && !asks_dns) continue;
    if (!runs_uncalled(action)) continue;
    const Destination destination = destination_of(action.target);
    const bool is_plain = destination.kind == HostKind::ordinary ||
                          destination.kind == HostKind::free_hosting ||
                          destination.kind == HostKind::code_host;
    if (!is_plain || !destination.host_is_constant || !contains(destination.host, ".")) continue;
    const Severity severity =
        severity_of(facts, action, destination.kind, keepers(action) != nullptr,
                    keepers(action) != nullptr && leavers(action) == nullptr);
    if (severity == Severity::info) continue;
    findings.add(severity, action.where, sentence("contacts " + shown_target(action), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule contacts_host_uncalled = {
    .id = "contacts-host-uncalled",
    .title = "Installing or importing the package contacts a host",
    .why =
        "Nobody asked for it, and the host learns who installs the package and when, and can "
        "answer with anything.",
    .harmless_when = "Installers of binaries fetch their own release; telemetry that says so.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script calls home", .expect = "setup.py:3", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import urllib.request
from setuptools import setup
urllib.request.urlopen("https://counter.example.test/installed")
setup(name="widget", version="1.0.0")
)"},
    {.name = "a client calls when it is called", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const https = require("https");
exports.status = () => https.get("https://api.example.test/status");
)"},
    {.name = "a setup script asks DNS for a name of its author",
     .expect = "setup.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import subprocess
from setuptools import setup
subprocess.getoutput("dig @192.0.2.53 install.widget.example.test")
setup(name="widget", version="1.0.0")
)"},
    {.name = "a build fetches a style sheet into its package",
     .expect = "setup.py:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
import urllib.request
from setuptools import setup
css = urllib.request.urlopen("https://styles.example.test/a.css").read()
with open(os.path.join(os.path.dirname(__file__), "widget/a.css"), "wb") as file:
    file.write(css)
setup(name="widget", version="1.0.0")
)"},
};
extern const std::span<const Sample> contacts_host_uncalled_samples = samples;
#endif

}  // namespace assay::rules
