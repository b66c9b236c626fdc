// Facts as named values, which is how house rules see them: one record an action, an executor, a
// dependency, a manifest or a file.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace assay {

enum class RecordKind : std::uint8_t { action, executor, dependency, manifest, file };
inline constexpr int record_kind_count = 5;
std::string_view to_string(RecordKind kind);

enum class FieldKind : std::uint8_t {
  text,    // matched by patterns
  path,    // by patterns in which '*' stops at '/'
  choice,  // one or several of fixed words
  flag,    // true or false
  size,    // a number of bytes
};

struct Field {
  RecordKind record;
  std::string_view name;
  FieldKind kind;
  // Of a choice: the word of index i, empty behind the last.
  std::string (*word)(int index) = nullptr;
};
// Those of a kind of record stand together, in the order of their values in FactRecord.
std::span<const Field> fields_of(RecordKind kind);
std::vector<std::string> words_of(const Field& field);

struct FactRecord {
  Where where;
  std::string what;                                   // for the finding: "fetch https://…"
  std::vector<std::vector<std::string_view>> values;  // by field; flags are "true" or "false"
  std::uint64_t size_bytes = 0;
};

// All records of one kind. The facts and the result outlive what is taken from it.
class FactRecords {
 public:
  FactRecords(const Facts& facts, RecordKind kind);
  const std::vector<FactRecord>& list() const { return list_; }

 private:
  void add_actions();
  void add_executors();
  void add_dependencies();
  void add_manifests();
  void add_files();
  std::string_view own(std::string text) { return owned_.emplace_back(std::move(text)); }
  std::vector<std::string_view> sources(Sources sources);
  std::string_view path_of(std::int32_t file) const;

  const Facts& facts_;
  std::vector<FactRecord> list_;
  std::deque<std::string> owned_;
};

}  // namespace assay
