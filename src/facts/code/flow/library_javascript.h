// What the parts of JavaScript's library on constants share: library_javascript*.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "facts/code/flow/interpreter.h"

namespace assay::code::javascript_library {

inline constexpr std::size_t max_text = 8u << 20;

struct Row {
  std::string_view name;
  Pure pure;
};

std::string from_units(std::u32string_view units);  // UTF-16 units to UTF-8
const std::u32string& units_of(PureCall& call);     // of the receiver
Sources from_of(PureCall& call);
Value text(PureCall& call, std::string value);  // with the sources of receiver and arguments
std::optional<double> number(PureCall& call, std::size_t i);
std::optional<std::string> constant(PureCall& call, std::size_t i);
// Marks a text as decoded and says how, once it is long enough to hide anything.
Value decoded(PureCall& call, std::string value, std::string how,
              Disguise kind = Disguise::encoded_blob);
std::string latin1_to_utf8(std::string_view bytes);
std::optional<std::string> utf8_to_latin1(std::string_view text);

// library_javascript_patterns.cpp: the same with a regular expression, where it can be computed.
std::optional<Value> replace_pattern(PureCall& call, bool all);
std::optional<Value> match_pattern(PureCall& call);
std::optional<Value> split_by_pattern(PureCall& call);
std::optional<Value> test_pattern(PureCall& call);  // pattern.test(text)
std::optional<Value> make_pattern(PureCall& call);  // RegExp(source, flags)

std::span<const Row> text_methods();
std::span<const Row> list_methods();
std::span<const Row> object_methods();
std::span<const Row> container_functions();
std::span<const Row> encoding_functions();
std::span<const Row> path_functions();

}  // namespace assay::code::javascript_library
