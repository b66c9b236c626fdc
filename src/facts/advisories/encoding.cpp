#include "facts/advisories/encoding.h"

#include <algorithm>

namespace assay::advisory_layout {
namespace {

// Three records of four have this summary, in which only the name differs.
constexpr std::string_view usual_summary = "Malicious code in ";

void append_number(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  out += static_cast<char>(number);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, text.size());
  out += text;
}

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  append_number(out, texts.size());
  for (const std::string& text : texts) append_text(out, text);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    is_sound_ = false;
    return 0;
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) {
      is_sound_ = false;
      return {};
    }
    const std::string_view result = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return result;
  }
  // How many items follow; each takes a byte at least.
  std::size_t count() {
    const std::uint64_t value = number();
    if (value <= bytes_.size()) return value;
    is_sound_ = false;
    return 0;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> result;
    for (std::size_t left = count(); left > 0 && is_sound_; --left) result.emplace_back(text());
    return result;
  }
  bool is_done() const { return bytes_.empty(); }
  bool is_sound() const { return is_sound_; }

 private:
  std::string_view bytes_;
  bool is_sound_ = true;
};

Advisory read_advisory(Reader& reader, std::string_view name) {
  Advisory advisory;
  const std::uint64_t flags = reader.number();
  advisory.is_malware = (flags & 1) != 0;
  advisory.id = reader.text();
  advisory.aliases = reader.texts();
  advisory.summary = reader.text();
  if ((flags & 2) != 0) {
    advisory.summary = std::string(usual_summary) + std::string(name) + advisory.summary;
  }
  advisory.severity = reader.text();
  const std::uint64_t modified = reader.number();
  if (modified != 0) advisory.modified = Time(std::chrono::seconds(modified - 1));
  for (std::size_t ranges = reader.count(); ranges > 0 && reader.is_sound(); --ranges) {
    VersionRange range;
    for (std::size_t events = reader.count(); events > 0 && reader.is_sound(); --events) {
      const auto kind = static_cast<VersionEvent::Kind>(reader.number() & 3);
      range.push_back({kind, std::string(reader.text())});
    }
    advisory.ranges.push_back(std::move(range));
  }
  advisory.versions = reader.texts();
  return advisory;
}

}  // namespace

void append_key(std::string& out, Ecosystem ecosystem, std::string_view name) {
  out += static_cast<char>(ecosystem);
  append_text(out, name);
}

void append_advisory(std::string& out, const Advisory& advisory, std::string_view name) {
  const std::string usual = std::string(usual_summary) + std::string(name);
  const bool is_usual = advisory.summary.starts_with(usual);
  append_number(out, (advisory.is_malware ? 1U : 0U) | (is_usual ? 2U : 0U));
  append_text(out, advisory.id);
  append_texts(out, advisory.aliases);
  append_text(out, std::string_view(advisory.summary).substr(is_usual ? usual.size() : 0));
  append_text(out, advisory.severity);
  append_number(out,
                advisory.modified
                    ? static_cast<std::uint64_t>(advisory.modified->time_since_epoch().count()) + 1
                    : 0);
  append_number(out, advisory.ranges.size());
  for (const VersionRange& range : advisory.ranges) {
    append_number(out, range.size());
    for (const VersionEvent& event : range) {
      append_number(out, static_cast<std::uint64_t>(event.kind));
      append_text(out, event.version);
    }
  }
  append_texts(out, advisory.versions);
}

bool has_key(std::string_view record, Ecosystem ecosystem, std::string_view name) {
  std::string key;
  append_key(key, ecosystem, name);
  return record.starts_with(key);
}

std::optional<PackageRecord> read_record(std::string_view bytes) {
  Reader reader(bytes.substr(std::min<std::size_t>(1, bytes.size())));
  PackageRecord record;
  if (bytes.empty() || bytes[0] > static_cast<char>(Ecosystem::pypi)) return std::nullopt;
  record.ecosystem = static_cast<Ecosystem>(bytes[0]);
  record.name = reader.text();
  while (reader.is_sound() && !reader.is_done()) {
    record.advisories.push_back(read_advisory(reader, record.name));
  }
  if (!reader.is_sound()) return std::nullopt;
  return record;
}

}  // namespace assay::advisory_layout
