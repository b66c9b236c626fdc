// The encoding a Python file declares. The parser reads bytes as UTF-8 or Latin-1 alike; this tells
// where that would read something else than the interpreter does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::code::python {

// Three for a UTF-8 byte order mark, else none.
std::uint32_t byte_order_mark_size(std::string_view source);

// The name in a `coding:` comment of the first two lines (PEP 263), as written; else empty.
std::string_view declared_encoding(std::string_view source);

// The text in UTF-8 that the interpreter sees, where the declared encoding turns ASCII bytes into
// other ones and is read here: UTF-7, unicode_escape, UTF-16 by its mark. Without the declaration.
std::optional<std::string> decode_source(std::string_view source);

// Why the bytes cannot be read as they are (static text), or empty.
std::string_view encoding_problem(std::string_view source);

}  // namespace assay::code::python
