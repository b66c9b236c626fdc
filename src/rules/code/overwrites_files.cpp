#include <cstdint>
#include <vector>

#include "rules/conditions.h"
#include "rules/paths.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// All that counts, or upwards from wherever the program was started.
bool lists_everything(const Action& action) {
  if (action.act != Act::list_folder) return false;
  return is_whole_tree(action.target) ||
         (runs_uncalled(action) && action.target.starts_with("../"));
}

// A listing in the same code, and not far off: in a bundle of a hundred libraries what stands
// elsewhere belongs to another of them.
const Action* listing_near(const std::vector<const Action*>& listings, const Action& action) {
  constexpr std::uint32_t near_bytes = 16 * 1024;
  for (const Action* listing : listings) {
    if (listing->where.file != action.where.file || listing->where.layer != action.where.layer)
      continue;
    const std::uint32_t apart = listing->where.begin > action.where.begin
                                    ? listing->where.begin - action.where.begin
                                    : action.where.begin - listing->where.begin;
    if (apart <= near_bytes) return listing;
  }
  return nullptr;
}

void check(const Facts& facts, Findings& findings) {
  std::vector<const Action*> listings;
  for (const Action& action : facts.actions) {
    if (lists_everything(action)) listings.push_back(&action);
  }
  for (const Action& action : facts.actions) {
    const bool changes = action.act == Act::write_file || action.act == Act::delete_file ||
                         action.act == Act::move_file;
    if (!changes || !is_shipped(action) || !action.target_from.has(Source::listing)) continue;
    const Action* listing = listing_near(listings, action);
    if (listing == nullptr) continue;
    findings.add(runs_uncalled(action) ? Severity::critical : Severity::high, action.where,
                 sentence("changes the files that it finds in " + shown(listing->target), action),
                 action.steps);
  }
}

}  // namespace

extern constinit const Rule overwrites_files = {
    .id = "overwrites-files",
    .title = "The package overwrites or deletes the files that it finds",
    .why =
        "Walking through the home folder or the disk and writing to every file found is what "
        "ransom and protest software does.",
    .harmless_when = "A formatter or cleaner walks through the folder that its user names.",
    .severity = Severity::critical,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module overwrites what is in the home folder",
     .expect = "widget/__init__.py:5",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
home = os.path.expanduser("~")
for name in os.listdir(home):
    path = os.path.join(home, name)
    open(path, "w").write("peace")
)"},
    {.name = "a cleaner works in the folder that it is given",
     .expect = silent,
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
def clean(folder):
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
)"},
};
extern const std::span<const Sample> overwrites_files_samples = samples;
#endif

}  // namespace assay::rules
