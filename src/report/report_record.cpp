#include "report/report_record.h"

#include <concepts>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace assay {
namespace {

// Changes with each change to what is written below, so that nobody reads an older layout.
constexpr std::string_view layout = "assay-report-1\n";
constexpr std::size_t digest_bytes = 32;

// The fields of a structure, for writing and for reading. One that is added to the structure and
// not here does not compile.
template <typename T, typename Of>
concept Either = std::same_as<std::remove_const_t<T>, Of>;

template <Either<Position> T>
auto fields_of(T& value) {
  auto& [line, column] = value;
  return std::tie(line, column);
}
template <Either<Excerpt> T>
auto fields_of(T& value) {
  auto& [text, mark_column, mark_width] = value;
  return std::tie(text, mark_column, mark_width);
}
template <Either<LayerPlace> T>
auto fields_of(T& value) {
  auto& [kind, how, depth, begin, end, excerpt] = value;
  return std::tie(kind, how, depth, begin, end, excerpt);
}
template <Either<Place> T>
auto fields_of(T& value) {
  auto& [path, begin, end, begin_byte, end_byte, excerpt, layer] = value;
  return std::tie(path, begin, end, begin_byte, end_byte, excerpt, layer);
}
template <Either<ReportedStep> T>
auto fields_of(T& value) {
  auto& [place, what] = value;
  return std::tie(place, what);
}
template <Either<ReportedFinding> T>
auto fields_of(T& value) {
  auto& [rule, severity, place, message, steps, trigger, reached_by, sha256, print, excepted] =
      value;
  return std::tie(rule, severity, place, message, steps, trigger, reached_by, sha256, print,
                  excepted);
}
template <Either<Excepted> T>
auto fields_of(T& value) {
  auto& [finding, reason] = value;
  return std::tie(finding, reason);
}
template <Either<Verdict> T>
auto fields_of(T& value) {
  auto& [decision, complete, score, reasons, excepted] = value;
  return std::tie(decision, complete, score, reasons, excepted);
}
template <Either<Gap> T>
auto fields_of(T& value) {
  auto& [kind, path, reason] = value;
  return std::tie(kind, path, reason);
}
template <Either<PackageId> T>
auto fields_of(T& value) {
  auto& [ecosystem, name, version] = value;
  return std::tie(ecosystem, name, version);
}
template <Either<Error> T>
auto fields_of(T& value) {
  auto& [kind, message] = value;
  return std::tie(kind, message);
}
template <Either<Report> T>
auto fields_of(T& value) {
  auto& [target, archive, id, purl, kind, sha256, archive_bytes, files, verdict, findings, gaps,
         notes, error, cpu_seconds, surface] = value;
  return std::tie(target, archive, id, purl, kind, sha256, archive_bytes, files, verdict, findings,
                  gaps, notes, error, cpu_seconds);
}

template <typename T>
concept Plain = std::integral<T> || std::is_enum_v<T> || std::same_as<T, double>;

class RecordWriter {
 public:
  template <Plain T>
  void operator()(const T& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  void operator()(const std::string& text) { add_text(text); }
  void operator()(const std::string_view& text) { add_text(text); }
  void operator()(const Rule* const& rule) { add_text(rule->id); }
  template <typename T>
  void operator()(const std::vector<T>& items) {
    (*this)(static_cast<std::uint64_t>(items.size()));
    for (const T& item : items) (*this)(item);
  }
  template <typename T>
  void operator()(const std::optional<T>& value) {
    (*this)(value.has_value());
    if (value) (*this)(*value);
  }
  template <typename T>
  void operator()(const T& value) {
    std::apply([this](auto&... field) { ((*this)(field), ...); }, fields_of(value));
  }

  std::string take() { return std::move(out_); }

 private:
  void add_text(std::string_view text) {
    (*this)(static_cast<std::uint64_t>(text.size()));
    out_ += text;
  }
  std::string out_;
};

class RecordReader {
 public:
  RecordReader(std::string_view bytes, std::span<const Rule* const> rules)
      : rest_(bytes), rules_(rules) {}

  bool is_whole() const { return ok_ && rest_.empty(); }

  void operator()(bool& value) {
    std::uint8_t byte = 0;
    (*this)(byte);
    value = byte != 0;
  }
  template <Plain T>
  void operator()(T& value) {
    const std::string_view bytes = take(sizeof(value));
    if (ok_) std::memcpy(&value, bytes.data(), sizeof(value));
  }
  void operator()(std::string& text) { text = take(take_size()); }
  void operator()(std::string_view& rule_id) {
    const Rule* rule = take_rule();
    if (rule != nullptr) rule_id = rule->id;
  }
  void operator()(const Rule*& rule) { rule = take_rule(); }
  template <typename T>
  void operator()(std::vector<T>& items) {
    const std::size_t count = take_size();
    for (std::size_t i = 0; ok_ && i < count; ++i) (*this)(items.emplace_back());
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    bool present = false;
    (*this)(present);
    if (present && ok_) (*this)(value.emplace());
  }
  template <typename T>
  void operator()(T& value) {
    std::apply([this](auto&... field) { ((*this)(field), ...); }, fields_of(value));
  }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      size = 0;
    }
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  // Nothing is smaller than a byte, so no count can be above what is left.
  std::size_t take_size() {
    std::uint64_t size = 0;
    (*this)(size);
    if (size > rest_.size()) ok_ = false;
    return ok_ ? static_cast<std::size_t>(size) : 0;
  }
  const Rule* take_rule() {
    const std::string_view id = take(take_size());
    for (const Rule* rule : rules_) {
      if (rule->id == id) return rule;
    }
    ok_ = false;
    return nullptr;
  }

  std::string_view rest_;
  std::span<const Rule* const> rules_;
  bool ok_ = true;
};

}  // namespace

std::string write_report_record(const Report& report) {
  RecordWriter writer;
  writer(report);
  const std::string body = writer.take();
  return std::string(layout) + hash_bytes(HashKind::sha256, body) + body;
}

std::optional<Report> read_report_record(std::string_view bytes,
                                         std::span<const Rule* const> rules) {
  if (!bytes.starts_with(layout) || bytes.size() < layout.size() + digest_bytes)
    return std::nullopt;
  const std::string_view digest = bytes.substr(layout.size(), digest_bytes);
  const std::string_view body = bytes.substr(layout.size() + digest_bytes);
  if (hash_bytes(HashKind::sha256, body) != digest) return std::nullopt;
  RecordReader reader(body, rules);
  Report report;
  reader(report);
  return reader.is_whole() ? std::optional(std::move(report)) : std::nullopt;
}

}  // namespace assay
