#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_about_code(GapKind kind) {
  return kind == GapKind::unparsed_code || kind == GapKind::budget || kind == GapKind::too_large ||
         kind == GapKind::too_deep;
}

void check(const Facts& facts, Findings& findings) {
  for (const Gap& gap : facts.gaps) {
    if (!is_about_code(gap.kind)) continue;
    const Where where = place(facts, gap.path);
    if (where.file < 0) continue;
    const Trigger trigger = facts.files[static_cast<std::size_t>(where.file)].trigger;
    if (trigger < Trigger::import) continue;
    findings.add(trigger >= Trigger::startup ? Severity::medium : Severity::info, where,
                 "could not be read whole: " + shown(gap.reason));
  }
}

}  // namespace

extern constinit const Rule unread_uncalled_code = {
    .id = "unread-uncalled-code",
    .title = "Code that runs uncalled could not be read whole",
    .why =
        "What a parser cannot follow, a reviewer cannot either; and what runs at installation "
        "has to be readable.",
    .harmless_when = "A file in a dialect that is newer or older than the parser.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a setup script is garbage in the middle",
     .expect = "setup.py:1",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0"
)) ]] }} def def class 1a 2b ((((
$$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ```
$$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ``` $$$ ??? ```
)"},
    {.name = "a setup script reads well", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
)"},
};
extern const std::span<const Sample> unread_uncalled_code_samples = samples;
#endif

}  // namespace assay::rules
