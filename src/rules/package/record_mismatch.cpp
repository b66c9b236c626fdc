#include <cstddef>
#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.python || facts.python->record_mismatches.empty()) return;
  const std::size_t count = facts.python->record_mismatches.size();
  findings.add(Where{}, "lists other files than it holds: " +
                            shown(facts.python->record_mismatches.front()) +
                            (count > 1 ? " and " + std::to_string(count - 1) + " more" : ""));
}

}  // namespace

extern constinit const Rule record_mismatch = {
    .id = "record-mismatch",
    .title = "The wheel's list of files does not match its files",
    .why =
        "RECORD lists every file with its hash. A file that is not listed was added after the "
        "wheel was built.",
    .harmless_when = "Tools that repack wheels and forget the list.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a listed file has another hash",
     .expect = "package",
     .bundle = R"(==> widget-1.0.0.dist-info/METADATA
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> widget-1.0.0.dist-info/WHEEL
Wheel-Version: 1.0
==> widget-1.0.0.dist-info/RECORD
widget/__init__.py,sha256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,1
widget-1.0.0.dist-info/METADATA,,
widget-1.0.0.dist-info/WHEEL,,
widget-1.0.0.dist-info/RECORD,,
==> widget/__init__.py
version = "1.0.0"
)"},
    {.name = "no list, no mismatch", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
)"},
};
extern const std::span<const Sample> record_mismatch_samples = samples;
#endif

}  // namespace assay::rules
