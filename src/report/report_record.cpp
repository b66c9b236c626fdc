#include "report/report_record.h"

#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace assay {
namespace {

// Changes with each change to what is written below, so that nobody reads an older layout.
constexpr std::string_view layout = "assay-report-1\n";
constexpr std::size_t digest_bytes = 32;

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
    visit_fields(*this, value);
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
    visit_fields(*this, value);
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

// One list of fields serves both ways.
template <typename T, typename Of>
concept Either = std::same_as<std::remove_const_t<T>, Of>;

template <typename Io, Either<Position> T>
void visit_fields(Io& io, T& value) {
  io(value.line), io(value.column);
}
template <typename Io, Either<Excerpt> T>
void visit_fields(Io& io, T& value) {
  io(value.text), io(value.mark_column), io(value.mark_width);
}
template <typename Io, Either<LayerPlace> T>
void visit_fields(Io& io, T& value) {
  io(value.kind), io(value.how), io(value.depth), io(value.begin), io(value.end), io(value.excerpt);
}
template <typename Io, Either<Place> T>
void visit_fields(Io& io, T& value) {
  io(value.path), io(value.begin), io(value.end), io(value.begin_byte), io(value.end_byte);
  io(value.excerpt), io(value.layer);
}
template <typename Io, Either<ReportedStep> T>
void visit_fields(Io& io, T& value) {
  io(value.place), io(value.what);
}
template <typename Io, Either<ReportedFinding> T>
void visit_fields(Io& io, T& value) {
  io(value.rule), io(value.severity), io(value.place), io(value.message), io(value.steps),
      io(value.trigger);
  io(value.reached_by), io(value.file_sha256), io(value.fingerprint), io(value.excepted);
}
template <typename Io, Either<Excepted> T>
void visit_fields(Io& io, T& value) {
  io(value.finding), io(value.reason);
}
template <typename Io, Either<Verdict> T>
void visit_fields(Io& io, T& value) {
  io(value.decision), io(value.complete), io(value.score), io(value.reasons), io(value.excepted);
}
template <typename Io, Either<Gap> T>
void visit_fields(Io& io, T& value) {
  io(value.kind), io(value.path), io(value.reason);
}
template <typename Io, Either<PackageId> T>
void visit_fields(Io& io, T& value) {
  io(value.ecosystem), io(value.name), io(value.version);
}
template <typename Io, Either<Error> T>
void visit_fields(Io& io, T& value) {
  io(value.kind), io(value.message);
}
template <typename Io, Either<Report> T>
void visit_fields(Io& io, T& value) {
  io(value.target), io(value.archive), io(value.id), io(value.purl), io(value.kind),
      io(value.sha256);
  io(value.archive_bytes), io(value.files), io(value.verdict), io(value.findings), io(value.gaps);
  io(value.notes), io(value.error), io(value.cpu_seconds);
}

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
