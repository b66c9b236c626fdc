#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// A whole commit hash: it may stand in no branch, or in a fork's, and still be had.
bool names_commit(std::string_view spec) {
  const std::size_t mark = spec.rfind('#');
  return mark != std::string_view::npos && spec.size() - mark == 41 &&
         spec.find_first_not_of("0123456789abcdef", mark + 1) == std::string_view::npos;
}

// An optional one fails in silence where it cannot be had, and so is not missed by its publisher.
Severity of_git(const NpmDependency& dependency) {
  if (dependency.group != NpmDependencyGroup::optional) return Severity::low;
  return names_commit(dependency.spec) ? Severity::high : Severity::medium;
}

void check_npm(const Facts& facts, Findings& findings) {
  for (const NpmDependency& dependency : facts.npm->dependencies) {
    const bool is_installed = dependency.group == NpmDependencyGroup::dependencies ||
                              dependency.group == NpmDependencyGroup::optional ||
                              dependency.group == NpmDependencyGroup::bundled;
    if (!is_installed) continue;
    const bool is_tarball = dependency.kind == NpmSpecKind::remote_tarball;
    if (!is_tarball && dependency.kind != NpmSpecKind::git) continue;
    const bool is_plain = dependency.spec.starts_with("http://");
    const Severity severity = is_tarball && is_plain ? Severity::high
                              : is_tarball           ? Severity::medium
                                                     : of_git(dependency);
    findings.add(severity,
                 place(facts, facts.npm->path, dependency.where.begin, dependency.where.end),
                 "takes " + shown(dependency.name) + " from " + shown(dependency.spec));
  }
}

void check(const Facts& facts, Findings& findings) {
  if (facts.npm) check_npm(facts, findings);
  if (!facts.python || !facts.python->metadata) return;
  for (const std::string& requirement : facts.python->metadata->requires_dist) {
    if (!contains(requirement, "@") || !contains(requirement, "://")) continue;
    findings.add(place(facts, facts.python->metadata->path), "requires " + shown(requirement));
  }
}

}  // namespace

extern constinit const Rule remote_dependency = {
    .id = "remote-dependency",
    .title = "A dependency comes from an address instead of the registry",
    .why =
        "What stands at an address can be changed at any time and for some visitors only, and "
        "scanners of registries never see it.",
    .harmless_when = "A fork that waits for its changes to be published.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a tarball over plain HTTP", .expect = "package.json:1", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"other": "http://packages.example.test/other.tgz"}}
)"},
    {.name = "a requirement with an address", .expect = "PKG-INFO:1", .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
Requires-Dist: other @ https://packages.example.test/other-1.0.0.tar.gz
)"},
    {.name = "ranges", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "dependencies": {"other": "^1.0.0"}, "devDependencies": {"tool": "git+https://git.example.test/tool.git"}}
)"},
};
extern const std::span<const Sample> remote_dependency_samples = samples;
#endif

}  // namespace assay::rules
