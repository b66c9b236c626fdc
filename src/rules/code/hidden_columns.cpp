#include <algorithm>
#include <cstddef>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.trigger == Trigger::test) continue;
    constexpr std::size_t enough = 20;  // More are not told.
    for (std::size_t j = 0; j < std::min(enough, file.lexical.hidden_columns.size()); ++j) {
      const Span& span = file.lexical.hidden_columns[j];
      const Where where{static_cast<std::int32_t>(i), -1, span.begin, span.end};
      const bool acts = std::ranges::any_of(facts.actions, [&](const Action& action) {
        return action.where.file == where.file && action.where.layer < 0 &&
               action.where.begin >= span.begin && action.where.begin < span.end &&
               (is_network(action.act) || is_run(action.act));
      });
      findings.add(acts ? Severity::critical : Severity::high, where,
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
    .harmless_when = "A generated table with very wide columns.",
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
