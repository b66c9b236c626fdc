// The ways in which one name is written, so that names which people take for one another meet:
// as its registry knows it, without separators, and as it looks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "package/package.h"

namespace assay::names {

// npm rejects names over 214 characters, and PyPI has none that long.
inline constexpr std::size_t max_name_bytes = 214;

// What the registry itself takes for the same name: PEP 503 on PyPI; npm compares bytes.
std::string canonical(Ecosystem ecosystem, std::string_view name);

// Lower-case letters and digits alone: "@Types/node-fetch" is "typesnodefetch".
std::string squash(std::string_view name);

// Words between separators, lower case, at most `most`; an '@' before a scope is no part of one.
std::vector<std::string> words_of(std::string_view name, std::size_t most = 12);

// What a squashed name looks like at a glance: rn is m, 1 and i are l, 0 is o, and a letter
// written twice is there once. Equal for names that are easily taken for one another.
std::string skeleton(std::string_view squashed);

// Characters outside ASCII as the ASCII letters that they look like or are marked forms of;
// others are left out. `name` itself when it is ASCII.
std::string unmask(std::string_view name);
bool is_ascii(std::string_view name);

}  // namespace assay::names
