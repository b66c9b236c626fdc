// INI text by the rules of Python's configparser, without interpolation: setup.cfg and
// entry_points.txt. Repeated sections are joined, where configparser would refuse the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct IniLine {
  std::string_view text;  // trimmed, in the text that was parsed
  std::uint32_t begin = 0;

  std::uint32_t end() const { return begin + static_cast<std::uint32_t>(text.size()); }
};

struct IniEntry {
  std::string_view section, key;
  std::vector<IniLine> lines;  // of the value, empty ones left out
  std::uint32_t begin = 0, end = 0;

  std::string value() const;  // lines joined by '\n'
};

// `delimiters` end a key: "=:" in setup.cfg, "=" in entry_points.txt. `text` must outlive the
// result.
std::vector<IniEntry> parse_ini(std::string_view text, std::string_view delimiters);

// setuptools takes "Long-Description" for long_description.
std::string normalise_ini_key(std::string_view key);

}  // namespace assay
