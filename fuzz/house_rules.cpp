// House rules: any text is read or refused, and what was read can be applied.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/user/user_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  assay::Result<std::vector<assay::HouseRule>> rules = assay::read_house_rules(text, "fuzz.toml");
  if (!rules) return 0;
  static const assay::Package package = assay::package_from_bundle(
      "==> package.json\n{\"name\": \"a\", \"scripts\": {\"install\": \"node i.js\"}}\n"
      "==> i.js\nrequire('child_process').exec('id ' + process.env.X);\n");
  assay::Facts facts = assay::collect_facts(package);
  std::vector<assay::Finding> findings;
  assay::UserRules(std::nullopt, std::move(*rules), "").check(facts, findings);
  return 0;
}
