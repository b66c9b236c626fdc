#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "rules/conditions.h"
#include "rules/rule.h"

namespace assay::rules {
namespace {

using Obfuscator = LexicalFacts::Obfuscator;

struct Weight {
  Obfuscator kind;
  Severity uncalled, otherwise;
};

constexpr Weight weights[] = {
    {Obfuscator::hex_names, Severity::medium, Severity::medium},
    {Obfuscator::string_array, Severity::medium, Severity::medium},
    {Obfuscator::jsfuck, Severity::high, Severity::medium},
    {Obfuscator::aaencode, Severity::high, Severity::medium},
    {Obfuscator::jjencode, Severity::high, Severity::medium},
    {Obfuscator::packer, Severity::medium, Severity::low},
    {Obfuscator::pyarmor, Severity::medium, Severity::medium},
    {Obfuscator::hyperion, Severity::high, Severity::high},
    {Obfuscator::l_and_i_names, Severity::high, Severity::medium},
    {Obfuscator::lambda_chain, Severity::critical, Severity::high},
};

// A protected script calls its runtime, on a line of its own; others only speak of it.
bool is_protected(const Facts& facts, std::size_t file) {
  const std::string_view text = facts.package->files[file].bytes;
  constexpr std::string_view call = "__pyarmor__(";
  for (std::size_t at = text.find(call); at != std::string_view::npos;
       at = text.find(call, at + 1)) {
    // What protects writes such lines too, as texts.
    const bool is_statement = at == 0 || text[at - 1] == '\n' || text[at - 1] == ';';
    const bool has_payload = text.substr(at, 200).find("\\x") != std::string_view::npos;
    if (is_statement && has_payload) return true;
  }
  return false;
}

Severity severity_of(Obfuscator kind, Trigger trigger) {
  for (const Weight& weight : weights) {
    if (weight.kind == kind) return trigger >= Trigger::import ? weight.uncalled : weight.otherwise;
  }
  return Severity::low;
}

// Hides a whole program in a text that is run, rather than the names in one.
bool wraps_program(Obfuscator kind) {
  return kind == Obfuscator::jsfuck || kind == Obfuscator::aaencode ||
         kind == Obfuscator::jjencode || kind == Obfuscator::packer ||
         kind == Obfuscator::lambda_chain;
}

// Nothing is left that a reader of the report does not see: what it wraps was opened and is idle,
// or it only renames, and its code was read and starts nothing.
bool is_undone(const HiddenCode& hidden, const std::set<std::int32_t>& acting, Obfuscator kind,
               std::int32_t file) {
  if (wraps_program(kind)) return hidden.is_opened(file);
  return kind == Obfuscator::l_and_i_names && hidden.is_readable(file) && !acting.contains(file);
}

// Files whose own code, uncalled, reaches out.
std::set<std::int32_t> acting_files(const Facts& facts) {
  std::set<std::int32_t> files;
  for (const Action& action : facts.actions) {
    const bool acts = is_network(action.act) || is_process(action.act) ||
                      action.act == Act::load_native || action.act == Act::inject_code;
    if (acts && runs_uncalled(action) && !action.opted_in) files.insert(action.where.file);
  }
  return files;
}

void check(const Facts& facts, Findings& findings) {
  const HiddenCode hidden(facts);
  const std::set<std::int32_t> acting = acting_files(facts);
  for (std::size_t i = 0; i < facts.files.size(); ++i) {
    const FileFacts& file = facts.files[i];
    if (file.is_test || file.trigger == Trigger::test) continue;
    for (const LexicalFacts::Obfuscated& mark : file.lexical.obfuscators) {
      Severity severity = severity_of(mark.kind, file.trigger);
      if (mark.kind == Obfuscator::pyarmor && is_protected(facts, i)) severity = Severity::high;
      if (is_undone(hidden, acting, mark.kind, static_cast<std::int32_t>(i))) {
        severity = Severity::low;
      }
      findings.add(severity, {static_cast<std::int32_t>(i), -1, mark.where.begin, mark.where.end},
                   "looks like the output of an obfuscator: " + std::string(to_string(mark.kind)));
    }
  }
}

}  // namespace

extern constinit const Rule obfuscator_signature = {
    .id = "obfuscator-signature",
    .title = "The code went through an obfuscator",
    .why =
        "Obfuscation keeps reviewers out. Open source packages have no use for it, and "
        "malicious ones nearly all of it.",
    .harmless_when =
        "Minified code is not meant. Commercial packages and anti-bot scripts are "
        "obfuscated now and then. A program that was opened whole and does nothing uncalled weighs "
        "little.",
    .severity = Severity::high,
    .check = check,
};

#ifdef RULE_SAMPLES
constexpr Sample samples[] = {
    {.name = "a module has a rotated array of strings",
     .expect = "index.js:1",
     .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
var _0x1a2b=['aGVsbG8=','bG9n','d29ybGQ='];(function(_0x3c4d,_0x5e6f){var _0x7a8b=function(_0x9c0d){while(--_0x9c0d){_0x3c4d['push'](_0x3c4d['shift']());}};_0x7a8b(++_0x5e6f);}(_0x1a2b,0x1f4));var _0x2b3c=function(_0x4d5e,_0x6f7a){_0x4d5e=_0x4d5e-0x0;var _0x8b9c=_0x1a2b[_0x4d5e];return _0x8b9c;};console[_0x2b3c('0x0')](_0x2b3c('0x1')+_0x2b3c('0x2'));
)"},
    {.name = "minified code", .expect = silent, .bundle = R"(==> package.json
{"name": "widget", "version": "1.0.0", "main": "index.js"}
==> index.js
!function(e,t){"object"==typeof exports?module.exports=t():e.widget=t()}(this,function(){return{add:function(e,t){return e+t}}});
)"},
};
extern const std::span<const Sample> obfuscator_signature_samples = samples;
#endif

}  // namespace assay::rules
