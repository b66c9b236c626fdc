// What the parts of Python's library on constants share: library_python*.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/code/flow/interpreter.h"

namespace assay::code::python_library {

inline constexpr std::size_t max_text = 8u << 20;

struct Row {
  std::string_view name;
  Pure pure;
};

Sources from_of(PureCall& call);
std::uint32_t trace_before(PureCall& call);
std::optional<std::string> constant(const Value& value);
// What a decoder made of a constant; noted as a disguise when it is long enough to tell.
Value decoded(PureCall& call, std::string value, std::string how,
              Disguise kind = Disguise::encoded_blob, bool is_bytes = true);
// The items of a list, the bytes of bytes, the characters of a text, all known.
std::optional<std::vector<Value>> items_of(PureCall& call, const Value& value);
// The i-th argument that the receiver was made with.
const Value* made_with(PureCall& call, std::size_t i);
std::optional<Value> decode_by_codec(PureCall& call, const Value& source, const std::string& codec);
std::optional<Value> first_argument(PureCall& call);

std::span<const Row> text_methods();
std::span<const Row> list_methods();
std::span<const Row> object_methods();
std::span<const Row> text_functions();
std::span<const Row> container_functions();
std::span<const Row> encoding_functions();
std::span<const Row> path_functions();
std::span<const Row> object_functions();
std::optional<Value> decode_list(PureCall& call);  // of a bytearray that was filled byte by byte

}  // namespace assay::code::python_library
