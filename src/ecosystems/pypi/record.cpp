#include "ecosystems/pypi/record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

constexpr std::size_t most_mismatches = 1000;

// The next field of a line of CSV; `line` moves past it and its comma.
std::string take_field(std::string_view& line) {
  std::string field;
  if (!line.starts_with('"')) {
    const std::size_t comma = std::min(line.find(','), line.size());
    field = line.substr(0, comma);
    line.remove_prefix(std::min(comma + 1, line.size()));
    return field;
  }
  line.remove_prefix(1);
  while (!line.empty()) {
    const std::size_t quote = std::min(line.find('"'), line.size());
    field += line.substr(0, quote);
    line.remove_prefix(std::min(quote + 1, line.size()));
    if (!line.starts_with('"')) break;
    field += '"';
    line.remove_prefix(1);
  }
  const std::size_t comma = std::min(line.find(','), line.size());
  line.remove_prefix(std::min(comma + 1, line.size()));
  return field;
}

struct Algorithm {
  std::string_view prefix;
  HashKind kind;
};
// The specification rules out the last two, which old tools wrote; they still say what was meant.
constexpr std::array<Algorithm, 5> algorithms = {{{"sha256=", HashKind::sha256},
                                                  {"sha384=", HashKind::sha384},
                                                  {"sha512=", HashKind::sha512},
                                                  {"sha1=", HashKind::sha1},
                                                  {"md5=", HashKind::md5}}};

std::string urlsafe_base64(std::string_view bytes) {
  std::string text = base64_encode(bytes);
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text.substr(0, text.find('='));
}

class RecordComparison {
 public:
  RecordComparison(const Package& package, std::string_view record_path,
                   const std::vector<RecordEntry>& record)
      : package_(package), record_path_(record_path) {
    for (const Gap& gap : package.gaps) gap_paths_.insert(gap.path);
    for (const RecordEntry& entry : record) {
      const auto [known, is_new] = entries_.try_emplace(entry.path, &entry);
      if (!is_new && !(*known->second == entry)) add(entry.path, "listed twice in RECORD");
    }
  }

  std::vector<std::string> compare() {
    for (const File& file : package_.files) {
      if (!contains(file.path, "!/")) compare_file(file);
    }
    if (!is_cut()) {
      for (const auto& [path, entry] : entries_) find_absent(path);
    }
    std::ranges::sort(mismatches_);
    if (mismatches_.size() > most_mismatches) mismatches_.resize(most_mismatches);
    return std::move(mismatches_);
  }

 private:
  void add(std::string_view path, std::string_view what) {
    mismatches_.push_back(std::string(path) + ": " + std::string(what));
  }

  // The signature files that the specification exempts, and RECORD itself.
  bool is_exempt(std::string_view path) const {
    return path == record_path_ || path == std::string(record_path_) + ".jws" ||
           path == std::string(record_path_) + ".p7s";
  }

  void compare_file(const File& file) {
    const auto found = entries_.find(file.path);
    if (found == entries_.end()) {
      if (!is_exempt(file.path)) add(file.path, "not listed in RECORD");
      return;
    }
    const RecordEntry& entry = *found->second;
    if (is_exempt(file.path)) return;
    if (entry.hash.empty()) return add(file.path, "no hash in RECORD");
    if (entry.size_bytes != file.size_bytes && entry.size_bytes != 0) {
      return add(file.path, "size differs from RECORD");
    }
    if (file.dropped && file.sha256.empty()) return;
    for (const Algorithm& algorithm : algorithms) {
      if (!starts_with_ignoring_case(entry.hash, algorithm.prefix)) continue;
      const std::string_view wanted = std::string_view(entry.hash).substr(algorithm.prefix.size());
      if (file.dropped && algorithm.kind != HashKind::sha256) return;
      const std::string digest =
          urlsafe_base64(file.dropped ? file.sha256 : hash_bytes(algorithm.kind, file.bytes));
      if (wanted.substr(0, wanted.find('=')) != digest) add(file.path, "hash differs from RECORD");
      return;
    }
    add(file.path, "hash of an unknown kind in RECORD");
  }

  // Whether reading stopped early, so that absence proves nothing.
  bool is_cut() const { return gap_paths_.contains(""); }

  void find_absent(std::string_view path) {
    if (path.ends_with('/') || package_.find(path)) return;
    // A nested archive that was descended into shows as its members only.
    const std::string inside = std::string(path) + "!/";
    const auto next = std::ranges::lower_bound(package_.files, inside, {}, &File::path);
    if (next != package_.files.end() && next->path.starts_with(inside)) return;
    if (!gap_paths_.contains(path)) add(path, "listed in RECORD and absent");
  }

  const Package& package_;
  std::string_view record_path_;
  std::unordered_map<std::string_view, const RecordEntry*> entries_;
  std::unordered_set<std::string_view> gap_paths_;
  std::vector<std::string> mismatches_;
};

}  // namespace

std::vector<RecordEntry> parse_record(std::string_view csv, std::size_t most) {
  std::vector<RecordEntry> record;
  if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
  for (std::string_view line : split_lines(csv)) {
    if (trim(line).empty()) continue;
    if (record.size() >= most) break;
    RecordEntry entry;
    const std::string written = take_field(line);
    entry.path = join_path("", written).value_or(written);
    entry.hash = take_field(line);
    const std::string size = take_field(line);
    std::from_chars(size.data(), size.data() + size.size(), entry.size_bytes);
    record.push_back(std::move(entry));
  }
  return record;
}

std::vector<std::string> compare_with_record(const Package& package, std::string_view record_path,
                                             const std::vector<RecordEntry>& record) {
  return RecordComparison(package, record_path, record).compare();
}

}  // namespace assay
