#include <string>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  if (!facts.metadata || !facts.metadata->wheel) return;
  std::size_t others = 0;
  std::string first;
  for (const WheelDifference& difference : facts.metadata->wheel->differences) {
    if (difference.is_generated && !difference.acts) continue;
    const std::string path = shown(difference.path);
    if (difference.acts) {
      findings.add(
          Severity::medium, Where{},
          "installs " + path + ", which acts when it is imported and is " +
              (difference.is_absent ? "not in the sources" : "another file in the sources"));
    } else if (others++ == 0) {
      first = path;
    }
  }
  if (others == 0) return;
  // A whole package that is built from elsewhere tells nothing of one file.
  const bool is_few = others <= 5;
  findings.add(is_few ? Severity::low : Severity::info, Where{},
               "installs " + first +
                   (others > 1 ? " and " + std::to_string(others - 1) + " more" : "") +
                   ", not as in the sources");
}

}  // namespace

extern constinit const Rule wheel_differs = {
    .id = "wheel-differs",
    .title = "The wheel holds modules that the source distribution does not",
    .why = "Whoever reviews the sources does not see what the wheel installs.",
    .harmless_when = "Modules that the build generates: versions, protocols, compiled grammars.",
    .severity = Severity::low,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module that only the wheel has",
     .expect = "package",
     .bundle = R"(==> pkg/__init__.py
x = 1
==> pkg/extra.py
y = 2
==> //sdist/pkg/__init__.py
x = 1
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
)"},
    {.name = "the same modules", .expect = silent, .bundle = R"(==> pkg/__init__.py
x = 1
==> //sdist/src/pkg/__init__.py
x = 1
==> //package
pypi widget 1.0
==> //pypi/widget.json
{"meta": {"api-version": "1.4"}, "files": [{"filename": "widget-1.0.tar.gz", "url": "/f"}]}
)"},
};
extern const std::span<const Sample> wheel_differs_samples = samples;
#endif

}  // namespace assay::rules
