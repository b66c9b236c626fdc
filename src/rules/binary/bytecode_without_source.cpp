#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

// a/__pycache__/b.cpython-311.pyc and a/b.pyc are both a/b.py's.
std::string source_of(std::string_view path) {
  std::string source(path);
  std::string folder = "", name = source;
  if (const std::size_t slash = source.rfind('/'); slash != std::string::npos) {
    folder = source.substr(0, slash + 1);
    name = source.substr(slash + 1);
  }
  if (folder.ends_with("__pycache__/"))
    folder.resize(folder.size() - std::string_view("__pycache__/").size());
  return folder + name.substr(0, name.find('.')) + ".py";
}

// By what its code does, where that was read.
Severity severity_of(const Facts& facts, const HiddenCode& hidden, std::int32_t file) {
  for (std::size_t i = 0; i < facts.layers.size(); ++i) {
    const Layer& layer = facts.layers[i];
    if (layer.from.file != file || layer.from.layer >= 0 || layer.how != "bytecode") continue;
    const auto number = static_cast<std::int32_t>(i);
    if (hidden.is_idle_when_called(number)) return Severity::low;
    return hidden.is_idle_at_load(number) ? Severity::medium : Severity::high;
  }
  return Severity::high;
}

void check(const Facts& facts, Findings& findings) {
  const HiddenCode hidden(facts);
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const File& file = facts.package->files[i];
    if (file.kind != FileKind::bytecode || facts.files[i].is_test) continue;
    if (facts.package->find(source_of(file.path)) != nullptr) continue;
    const bool is_cache = contains(file.path, "__pycache__/");
    findings.add(
        is_cache ? Severity::low : severity_of(facts, hidden, static_cast<std::int32_t>(i)),
        {static_cast<std::int32_t>(i), -1, 0, 0}, "is bytecode whose source is not in the package");
  }
}

}  // namespace

extern constinit const Rule bytecode_without_source = {
    .id = "bytecode-without-source",
    .title = "The package holds Python bytecode without its source",
    .why =
        "Bytecode runs like source and reads like noise. A package that ships it alone keeps "
        "its readers out.",
    .harmless_when =
        "Commercial packages, and caches that were published along. Bytecode that was read and "
        "does nothing weighs little.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module is there as bytecode only",
     .expect = "widget/hidden.pyc:1",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
version = "1.0.0"
==> widget/hidden.pyc
widget
)"},
    {.name = "a cache lies beside its source", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
version = "1.0.0"
==> widget/__pycache__/__init__.cpython-311.pyc
widget
)"},
};
extern const std::span<const Sample> bytecode_without_source_samples = samples;
#endif

}  // namespace assay::rules
