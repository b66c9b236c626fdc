#include <algorithm>
#include <cstddef>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// What the code behind the blanks does: nothing that reaches out, or only to run a text that was
// read and is idle. One that was stored encoded besides is hidden twice.
Severity severity_of(const Facts& facts, const HiddenCode& hidden, const Where& where) {
  Severity severity = hidden.is_readable(where.file) ? Severity::low : Severity::high;
  for (const Action& action : facts.actions) {
    const bool is_there = action.where.file == where.file && action.where.layer < 0 &&
                          action.where.begin >= where.begin && action.where.begin < where.end;
    if (!is_there || !is_shipped(action) || action.act == Act::read_source) continue;
    if (action.act == Act::run_code && hidden.is_idle(action) && !action.target_from.any(undone)) {
      continue;
    }
    if (is_network(action.act) || is_run(action.act)) return Severity::critical;
    severity = std::max(severity, Severity::high);
  }
  return severity;
}

void check(const Facts& facts, Findings& findings) {
  const HiddenCode hidden(facts);
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.trigger == Trigger::test) continue;
    constexpr std::size_t enough = 20;  // More are not told.
    for (std::size_t j = 0; j < std::min(enough, file.lexical.hidden_columns.size()); ++j) {
      const Span& span = file.lexical.hidden_columns[j];
      const Where where{static_cast<std::int32_t>(i), -1, span.begin, span.end};
      findings.add(severity_of(facts, hidden, where), where,
                   "holds code behind a run of blanks, out of sight");
    }
  }
}

}  // namespace

extern constinit const Rule hidden_columns = {
    .id = "hidden-columns",
    .title = "Code stands far to the right of an innocent line",
    .why =
        "Code after a hundred blanks is outside the window of every editor and every diff. "
        "Nobody puts code there who wants it read.",
    .harmless_when =
        "A generated table with very wide columns. Code behind the blanks that was read and does "
        "nothing weighs little.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a call stands 130 blanks to the right",
     .expect = "widget/__init__.py:2",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
import os
name = "widget"                                                                                                                                  ; os.system("echo hello")
)"},
    {.name = "a comment is aligned", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
name = "widget"                                     # its name
)"},
};
extern const std::span<const Sample> hidden_columns_samples = samples;
#endif

}  // namespace assay::rules
