#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

constexpr std::string_view dangerous[] = {
    "eval",       "exec",     "execsync",     "spawn",    "child_process", "subprocess",
    "os.system",  "system",   "popen",        "compile",  "__import__",    "builtins",
    "marshal",    "function", "urlopen",      "urllib",   "requests",      "base64",
    "b64decode",  "zlib",     "socket",       "ctypes",   "process.env",   "environ",
    "powershell", "discord",  "webhook",      "http://",  "https://",      "cmd.exe",
    "/bin/sh",    "curl",     "fromcharcode", "execfile", "winreg",        "fernet"};

bool is_part_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Not as a part of another name: no_compile compiles nothing.
bool holds_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_part_of_name(text[at - 1]);
    const bool ends = end == text.size() || !is_part_of_name(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool is_dangerous(const Disguised& disguised) {
  // A page or a script that is put together is no name.
  if (contains(disguised.result, "\n")) return false;
  const std::string lower = to_lower_ascii(disguised.result);
  return std::ranges::any_of(dangerous, [&](std::string_view word) {
    // The whole name, or a word that tells in any surroundings.
    return lower == word || (word.size() > 6 && holds_word(lower, word));
  });
}

bool is_encoding_only(Disguise kind) {
  return kind == Disguise::encoded_blob || kind == Disguise::invisible_text ||
         kind == Disguise::homoglyph_identifier;
}

void check(const Facts& facts, Findings& findings) {
  std::map<std::int32_t, std::vector<const Disguised*>> by_file;
  for (const Disguised& disguised : facts.disguises) {
    const std::int32_t file = disguised.where.file;
    if (file < 0 || is_encoding_only(disguised.kind)) continue;
    const FileFacts& about = facts.files[static_cast<std::size_t>(file)];
    if (about.is_test || about.trigger == Trigger::test || !is_dangerous(disguised)) continue;
    by_file[file].push_back(&disguised);
  }
  for (const auto& [file, list] : by_file) {
    std::set<std::string> results;
    for (const Disguised* disguised : list) results.insert(to_lower_ascii(disguised->result));
    const bool is_uncalled = facts.files[static_cast<std::size_t>(file)].trigger >= Trigger::import;
    const Severity severity = results.size() > 2 && is_uncalled ? Severity::high : Severity::medium;
    findings.add(
        severity, list.front()->where,
        "assembles " + shown(list.front()->result, 60) +
            (results.size() > 1 ? " and " + std::to_string(results.size() - 1) + " more such names"
                                : ""));
  }
}

}  // namespace

extern constinit const Rule disguised_calls = {
    .id = "disguised-calls",
    .title = "The code reaches dangerous functions under assembled names",
    .why =
        "A name that is put together from pieces, numbers or reversed text cannot be found by "
        "searching for it. That is what it is for.",
    .harmless_when =
        "Code that must keep a bundler from following a require builds its name, "
        "once.",
    .severity = Severity::medium,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module is required under a split name",
     .expect = "index.js:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const run = require("child" + "_pro" + "cess")["ex" + "ec"];
run("uname");
)"},
    {.name = "a reversed name is imported",
     .expect = "widget/__init__.py:1",
     .bundle = R"(==> PKG-INFO
Metadata-Version: 2.1
Name: widget
Version: 1.0.0
==> setup.py
from setuptools import setup
setup(name="widget", version="1.0.0", packages=["widget"])
==> widget/__init__.py
module = __import__("ssecorpbus"[::-1])
module.call(["uname"])
)"},
    {.name = "a harmless name is computed", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
const name = ["a", "b"].join(".");
exports[name] = 1;
)"},
};
extern const std::span<const Sample> disguised_calls_samples = samples;
#endif

}  // namespace assay::rules
