// Words that are put beside a known name.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace assay::names {

struct Affix {
  std::string_view word;
  float cost;  // -ln of how often it is what an imitation adds
};

// Words that say nothing about what else the package does, so that the name claims to be the known
// one: its language, that it is a package, that it is the real, new or better one. Sorted.
std::span<const Affix> affixes();
std::optional<float> cost_of_affix(std::string_view word);

// Those that names of a registry often have and drop: "python-dateutil" is imported as dateutil.
std::span<const std::string_view> droppable_affixes(bool is_pypi);

// What a PyPI project is imported as, where that is not its name.
struct ImportName {
  std::string_view import_name, project;
};
std::span<const ImportName> import_names();  // sorted by import_name, squashed

}  // namespace assay::names
