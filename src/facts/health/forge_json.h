// Documents of forges, of which nothing is sure: each field is there with the right type or
// Unknown.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/known.h"
#include "base/timestamp.h"

namespace assay {

class ForgeDocument {
 public:
  explicit ForgeDocument(std::string_view json);
  ForgeDocument(const ForgeDocument&) = delete;
  ForgeDocument& operator=(const ForgeDocument&) = delete;

  bool is_object() const;
  Known<bool> flag(std::string_view key) const;
  Known<std::uint64_t> count(std::string_view key) const;
  Known<double> real(std::string_view key) const;
  Known<Time> time(std::string_view key) const;
  std::string text(std::string_view key) const;

  // Of a list, or of the list under `key`; empty when it is none.
  std::vector<simdjson::dom::element> list(std::string_view key = {}) const;
  // Of a list, unknown for anything else.
  Known<std::uint64_t> length() const;

  const simdjson::dom::element& root() const { return root_; }

 private:
  Unknown absent(std::string_view key) const;

  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
  bool is_json_ = false;
};

// Of one element of a list.
std::string text_in(const simdjson::dom::element& value, std::string_view key);
bool has_value(const simdjson::dom::element& value, std::string_view key);

}  // namespace assay
