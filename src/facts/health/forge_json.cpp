#include "facts/health/forge_json.h"

#include <fmt/format.h>

namespace assay {
namespace {

using Element = simdjson::dom::element;

Element member(const Element& value, std::string_view key, bool& is_there) {
  Element found;
  simdjson::dom::object object;
  is_there = value.get(object) == simdjson::SUCCESS && object[key].get(found) == simdjson::SUCCESS;
  return found;
}

}  // namespace

ForgeDocument::ForgeDocument(std::string_view json) {
  is_json_ = parser_.parse(json.data(), json.size(), true).get(root_) == simdjson::SUCCESS;
}

Unknown ForgeDocument::absent(std::string_view key) const {
  if (!is_json_) return {"the forge's answer is not JSON"};
  return {fmt::format("the forge does not tell \"{}\"", key)};
}

bool ForgeDocument::is_object() const { return is_json_ && root_.is_object(); }

Known<bool> ForgeDocument::flag(std::string_view key) const {
  bool is_there = false, value = false;
  if (!is_json_) return absent(key);
  const Element element = member(root_, key, is_there);
  if (!is_there || element.get(value) != simdjson::SUCCESS) return absent(key);
  return value;
}

Known<std::uint64_t> ForgeDocument::count(std::string_view key) const {
  bool is_there = false;
  std::uint64_t value = 0;
  if (!is_json_) return absent(key);
  const Element element = member(root_, key, is_there);
  if (!is_there || element.get(value) != simdjson::SUCCESS) return absent(key);
  return value;
}

Known<double> ForgeDocument::real(std::string_view key) const {
  bool is_there = false;
  double value = 0;
  if (!is_json_) return absent(key);
  const Element element = member(root_, key, is_there);
  if (!is_there || element.get(value) != simdjson::SUCCESS) return absent(key);
  return value;
}

Known<Time> ForgeDocument::time(std::string_view key) const {
  const std::optional<Time> time = parse_timestamp(text(key));
  if (!time) return absent(key);
  return *time;
}

std::string ForgeDocument::text(std::string_view key) const {
  return is_json_ ? text_in(root_, key) : std::string();
}

std::vector<Element> ForgeDocument::list(std::string_view key) const {
  std::vector<Element> elements;
  if (!is_json_) return elements;
  bool is_there = true;
  const Element from = key.empty() ? root_ : member(root_, key, is_there);
  simdjson::dom::array array;
  if (!is_there || from.get(array) != simdjson::SUCCESS) return elements;
  for (const Element element : array) elements.push_back(element);
  return elements;
}

Known<std::uint64_t> ForgeDocument::length() const {
  simdjson::dom::array array;
  if (!is_json_ || root_.get(array) != simdjson::SUCCESS) {
    return Unknown{"the forge's answer is not the list that it should be"};
  }
  return static_cast<std::uint64_t>(array.size());
}

std::string text_in(const Element& value, std::string_view key) {
  bool is_there = false;
  std::string_view text;
  const Element element = member(value, key, is_there);
  if (!is_there || element.get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

bool has_value(const Element& value, std::string_view key) {
  bool is_there = false;
  const Element element = member(value, key, is_there);
  return is_there && !element.is_null();
}

}  // namespace assay
