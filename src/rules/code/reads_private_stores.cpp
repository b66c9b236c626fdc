#include <set>
#include <string>

#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_reading(Act act) {
  return act == Act::read_file || act == Act::list_folder || act == Act::read_source ||
         act == Act::move_file;
}

bool is_store(PathKind kind) {
  return kind == PathKind::browser_logins || kind == PathKind::wallet ||
         kind == PathKind::messenger;
}

bool reports_somewhere(const Facts& facts) {
  return any_action(facts, [](const Action& action) {
    return is_network(action.act) && is_shipped(action) &&
           is_shady_origin(destination_of(action.target).kind);
  });
}

void check(const Facts& facts, Findings& findings) {
  std::set<std::string> places;
  const Action* first = nullptr;
  bool is_uncalled = false;
  for (const Action& action : facts.actions) {
    if (!is_reading(action.act) || !is_shipped(action)) continue;
    if (!is_store(path_kind(action.target))) continue;
    places.insert(normal_path(action.target));
    if (first == nullptr || (runs_uncalled(action) && !is_uncalled)) first = &action;
    is_uncalled = is_uncalled || runs_uncalled(action);
  }
  if (first == nullptr) return;
  Severity severity = places.size() > 1 ? Severity::high : Severity::medium;
  if (is_uncalled) severity = Severity::high;
  if (reports_somewhere(facts)) severity = Severity::critical;
  findings.add(severity, first->where,
               sentence("reads " + shown(first->target) +
                            (places.size() > 1
                                 ? " and " + std::to_string(places.size() - 1) + " more such places"
                                 : ""),
                        *first),
               first->steps);
}

}  // namespace

extern constinit const Rule reads_private_stores = {
    .id = "reads-private-stores",
    .title = "The package reads where browsers, wallets and messengers keep secrets",
    .why =
        "Saved logins, wallet files and session tokens are protected by nothing but their "
        "place. A list of such places is a thief's shopping list.",
    .harmless_when =
        "A tool that imports cookies or bookmarks from the browser that its user "
        "names.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module reads saved logins when imported",
     .expect = "widget/__init__.py:3",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
import shutil
shutil.copy(os.getenv("LOCALAPPDATA") + "/Google/Chrome/User Data/Default/Login Data", "copy.db")
)"},
    {.name = "a browser's own folder is created for a test run",
     .expect = silent,
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const fs = require("fs");
exports.profile = (folder) => fs.mkdtempSync(folder + "/profile-");
)"},
};
extern const std::span<const Sample> reads_private_stores_samples = samples;
#endif

}  // namespace assay::rules
