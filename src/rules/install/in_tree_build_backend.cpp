#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

void check(const Facts& facts, Findings& findings) {
  for (const Executor& executor : facts.executors) {
    if (executor.kind != ExecutorKind::build_backend) continue;
    findings.add(executor.where, "is built by its own " + shown(executor.name));
  }
}

}  // namespace

extern constinit const Rule in_tree_build_backend = {
    .id = "in-tree-build-backend",
    .title = "The package is built by a back end of its own",
    .why =
        "A back end in the package itself runs when the package is built, like setup.py, but "
        "where fewer people look.",
    .harmless_when = "Build tools build themselves this way.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a project names a back end in its own folder",
     .expect = "pyproject.toml:4",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> pyproject.toml
[build-system]
requires = []
build-backend = "backend"
backend-path = ["build"]
==> build/backend.py
def build_wheel(folder, settings=None, metadata=None):
    return ""
)"},
    {.name = "a project uses a published back end", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> pyproject.toml
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
)"},
};
extern const std::span<const Sample> in_tree_build_backend_samples = samples;
#endif

}  // namespace assay::rules
