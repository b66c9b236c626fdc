#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_code(FileKind kind) {
  switch (kind) {
    case FileKind::javascript:
    case FileKind::typescript:
    case FileKind::declaration:
    case FileKind::python:
    case FileKind::shell:
    case FileKind::powershell:
    case FileKind::batch:
    case FileKind::native:
    case FileKind::wasm:
    case FileKind::bytecode:
    case FileKind::other_source: return true;
    default: return false;
  }
}

void check(const Facts& facts, Findings& findings) {
  if (!facts.npm && !facts.python) return;
  for (const File& file : facts.package->files) {
    if (is_code(file.kind) && file.path != "setup.py" && !trim(file.bytes).empty()) return;
  }
  findings.add(Where{}, "holds no code but its manifests");
}

}  // namespace

extern constinit const Rule holds_no_code = {
    .id = "holds-no-code",
    .title = "The package holds no code",
    .why = "A name without contents is reserved, a placeholder, or there for its dependencies.",
    .harmless_when = "Packages of types, data, styles or metadata.",
    .severity = Severity::info,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a manifest alone", .expect = "package", .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0"}
)"},
    {.name = "a module", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
exports.a = 1;
)"},
};
extern const std::span<const Sample> holds_no_code_samples = samples;
#endif

}  // namespace assay::rules
