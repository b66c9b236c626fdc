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
Name: sample
Version: 1.0.0
Requires-Dist: sample-part-0
Requires-Dist: sample-part-1
Requires-Dist: sample-part-2
Requires-Dist: sample-part-3
Requires-Dist: sample-part-4
Requires-Dist: sample-part-5
Requires-Dist: sample-part-6
Requires-Dist: sample-part-7
Requires-Dist: sample-part-8
Requires-Dist: sample-part-9
Requires-Dist: sample-part-10
Requires-Dist: sample-part-11
Requires-Dist: sample-part-12
Requires-Dist: sample-part-13
Requires-Dist: sample-part-14
Requires-Dist: sample-part-15
Requires-Dist: sample-part-16
Requires-Dist: sample-part-17
Requires-Dist: sample-part-18
Requires-Dist: sample-part-19
Requires-Dist: sample-part-20
Requires-Dist: sample-part-21
Requires-Dist: sample-part-22
Requires-Dist: sample-part-23
Requires-Dist: sample-part-24
Requires-Dist: sample-part-25
Requires-Dist: sample-part-26
Requires-Dist: sample-part-27
Requires-Dist: sample-part-28
Requires-Dist: sample-part-29
Requires-Dist: sample-part-30
Requires-Dist: sample-part-31
Requires-Dist: sample-part-32
Requires-Dist: sample-part-33
Requires-Dist: sample-part-34
Requires-Dist: sample-part-35
Requires-Dist: sample-part-36
Requires-Dist: sample-part-37
Requires-Dist: sample-part-38
Requires-Dist: sample-part-39
Requires-Dist: sample-part-40
Requires-Dist: sample-part-41
Requires-Dist: sample-part-42
Requires-Dist: sample-part-43
Requires-Dist: sample-part-44
Requires-Dist: sample-part-45
Requires-Dist: sample-part-46
Requires-Dist: sample-part-47
Requires-Dist: sample-part-48
Requires-Dist: sample-part-49
Requires-Dist: sample-part-50
Requires-Dist: sample-part-51
Requires-Dist: sample-part-52
Requires-Dist: sample-part-53
Requires-Dist: sample-part-54
Requires-Dist: sample-part-55
Requires-Dist: sample-part-56
Requires-Dist: sample-part-57
Requires-Dist: sample-part-58
Requires-Dist: sample-part-59
Requires-Dist: sample-part-60
)"},
    {.name = "two requirements", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: sample
Version: 1.0.0
Requires-Dist: sample-a
Requires-Dist: sample-b
)"},
};
extern const std::span<const Sample> dependency_count_samples = samples;
#endif

}  // namespace assay::rules
