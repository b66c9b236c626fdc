#include "base/text.h"
#include "ecosystems/pypi/ini.h"
#include "ecosystems/pypi/manifest.h"

namespace assay {

std::vector<PythonEntryPoint> parse_entry_points(std::string_view text) {
  std::vector<PythonEntryPoint> found;
  for (const IniEntry& entry : parse_ini(text, "=")) {
    if (entry.section.empty()) continue;
    found.push_back({.group = std::string(trim(entry.section)),
                     .name = std::string(entry.key),
                     .target = entry.value(),
                     .path = {},
                     .begin = entry.begin,
                     .end = entry.end});
  }
  return found;
}

}  // namespace assay
