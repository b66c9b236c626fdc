#include <algorithm>
#include <cstddef>
#include <string>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::size_t unusual = 60;  // One package in a hundred has more.

void check(const Facts& facts, Findings& findings) {
  if (facts.npm) {
    const std::size_t count = static_cast<std::size_t>(
        std::ranges::count_if(facts.npm->dependencies, [](const NpmDependency& dependency) {
          return dependency.group == NpmDependencyGroup::dependencies;
        }));
    if (count > unusual) {
      findings.add(place(facts, facts.npm->path), "has " + std::to_string(count) + " dependencies");
    }
  }
  if (facts.python && facts.python->metadata) {
    const std::size_t count = static_cast<std::size_t>(std::ranges::count_if(
        facts.python->metadata->requires_dist, [](const std::string& requirement) {
          return !contains(requirement, "extra ==") && !contains(requirement, "extra==");
        }));
    if (count > unusual) {
      findings.add(place(facts, facts.python->metadata->path),
                   "has " + std::to_string(count) + " requirements");
    }
  }
}

}  // namespace

extern constinit const Rule dependency_count = {
    .id = "dependency-count",
    .title = "The package has an unusual number of dependencies",
    .why =
        "Every dependency is more code that nobody looked at. Beyond some dozens it is "
        "unusual; far beyond, it is spam.",
    .harmless_when = "Applications and presets that bring a whole toolchain.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "sixty-one requirements", .expect = "PKG-INFO:1", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
Requires-Dist: widget-part-0
Requires-Dist: widget-part-1
Requires-Dist: widget-part-2
Requires-Dist: widget-part-3
Requires-Dist: widget-part-4
Requires-Dist: widget-part-5
Requires-Dist: widget-part-6
Requires-Dist: widget-part-7
Requires-Dist: widget-part-8
Requires-Dist: widget-part-9
Requires-Dist: widget-part-10
Requires-Dist: widget-part-11
Requires-Dist: widget-part-12
Requires-Dist: widget-part-13
Requires-Dist: widget-part-14
Requires-Dist: widget-part-15
Requires-Dist: widget-part-16
Requires-Dist: widget-part-17
Requires-Dist: widget-part-18
Requires-Dist: widget-part-19
Requires-Dist: widget-part-20
Requires-Dist: widget-part-21
Requires-Dist: widget-part-22
Requires-Dist: widget-part-23
Requires-Dist: widget-part-24
Requires-Dist: widget-part-25
Requires-Dist: widget-part-26
Requires-Dist: widget-part-27
Requires-Dist: widget-part-28
Requires-Dist: widget-part-29
Requires-Dist: widget-part-30
Requires-Dist: widget-part-31
Requires-Dist: widget-part-32
Requires-Dist: widget-part-33
Requires-Dist: widget-part-34
Requires-Dist: widget-part-35
Requires-Dist: widget-part-36
Requires-Dist: widget-part-37
Requires-Dist: widget-part-38
Requires-Dist: widget-part-39
Requires-Dist: widget-part-40
Requires-Dist: widget-part-41
Requires-Dist: widget-part-42
Requires-Dist: widget-part-43
Requires-Dist: widget-part-44
Requires-Dist: widget-part-45
Requires-Dist: widget-part-46
Requires-Dist: widget-part-47
Requires-Dist: widget-part-48
Requires-Dist: widget-part-49
Requires-Dist: widget-part-50
Requires-Dist: widget-part-51
Requires-Dist: widget-part-52
Requires-Dist: widget-part-53
Requires-Dist: widget-part-54
Requires-Dist: widget-part-55
Requires-Dist: widget-part-56
Requires-Dist: widget-part-57
Requires-Dist: widget-part-58
Requires-Dist: widget-part-59
Requires-Dist: widget-part-60
)"},
    {.name = "two requirements", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
Requires-Dist: widget-a
Requires-Dist: widget-b
)"},
};
extern const std::span<const Sample> dependency_count_samples = samples;
#endif

}  // namespace assay::rules
