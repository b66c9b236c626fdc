#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

bool is_code(FileKind kind) {
  return kind == FileKind::python || kind == FileKind::javascript || kind == FileKind::typescript;
}

// Text of any encoding has few control characters; what is encrypted or compressed has one in nine
// bytes. UTF-16 and UTF-32 have zeros, and say so in front.
bool is_data(std::string_view bytes) {
  constexpr std::size_t fewest_bytes = 256;
  constexpr std::size_t looked_at = 1u << 16;
  constexpr std::size_t one_in = 16;
  if (bytes.size() < fewest_bytes || bytes.starts_with("\xff\xfe") ||
      bytes.starts_with("\xfe\xff") || bytes.starts_with(std::string_view("\0\0\xfe\xff", 4))) {
    return false;
  }
  const std::string_view sample = bytes.substr(0, looked_at);
  const auto controls = std::ranges::count_if(sample, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
           byte != 0x1b;
  });
  return static_cast<std::size_t>(controls) * one_in >= sample.size();
}

void check(const Facts& facts, Findings& findings) {
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const File& file = facts.package->files[i];
    if (!is_code(file.kind) || file.dropped || facts.files[i].is_test || !is_data(file.bytes)) {
      continue;
    }
    findings.add({static_cast<std::int32_t>(i), -1, 0, 0},
                 "holds data that no interpreter reads, under the name " + shown(file.path));
  }
}

}  // namespace

extern constinit const Rule data_named_code = {
    .id = "data-named-code",
    .title = "A file that is named like a program holds encrypted or compressed data",
    .why =
        "Nobody opens a module that can not be imported, and scanners skip what they can not "
        "parse. Another program decrypts the file and runs what comes out.",
    .harmless_when = "A broken file that was packed by mistake.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
#define SIXTEEN "\x91\x02\xe4z\x1f\x88\x0b\xd3q\x05\xbe\x16\xc0\x9f\x03\xaa"
#define SIXTY_FOUR SIXTEEN SIXTEEN SIXTEEN SIXTEEN

constexpr Sample samples[] = {
    {.name = "a module is encrypted",
     .expect = "widget/store.py:1",
     .bundle = "==> PKG-INFO\n"
               "Metadata-Version: 2.1\n"
               "Name: widget\n"
               "Version: 1.0.0\n"
               "==> setup.py\n"
               "from setuptools import setup\n"
               "setup(name='widget', version='1.0.0', packages=['widget'])\n"
               "==> widget/__init__.py\n"
               "A = 1\n"
               "==> widget/store.py\n" SIXTY_FOUR SIXTY_FOUR SIXTY_FOUR SIXTY_FOUR "\n"},
    {.name = "a module is text", .expect = silent, .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
NAMES = ("Müller", "Šimon", "Юлия")
)"},
};
extern const std::span<const Sample> data_named_code_samples = samples;
#endif

}  // namespace assay::rules
