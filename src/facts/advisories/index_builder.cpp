#include "facts/advisories/index_builder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

#include "facts/advisories/encoding.h"
#include "facts/advisories/index_layout.h"

namespace assay {
namespace {

using namespace advisory_layout;

template <typename T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

void put(std::vector<std::uint64_t>& slots, std::string_view key, std::uint64_t unit) {
  const auto ecosystem = static_cast<Ecosystem>(key[0]);
  // Behind the ecosystem comes the name with its length.
  const std::optional<PackageRecord> record = read_record(key);
  const std::uint64_t hash = hash_of(ecosystem, record ? record->name : "");
  std::size_t slot = hash & (slots.size() - 1);
  while (slots[slot] != 0) slot = (slot + 1) & (slots.size() - 1);
  slots[slot] = (hash >> 32) << 32 | unit;
}

void append_record(std::string& records, std::string_view body) {
  const RecordHead head{static_cast<std::uint32_t>(body.size()), sum_of(body)};
  records.append(reinterpret_cast<const char*>(&head), sizeof head);
  records += body;
  records.resize((records.size() + record_unit - 1) / record_unit * record_unit);
}

std::string assemble(Header header, const std::vector<std::uint64_t>& slots,
                     const std::string& records) {
  std::vector<std::uint32_t> sums;
  for (std::size_t i = 0; i < slots.size(); i += slots_in_block) {
    sums.push_back(sum_of(bytes_of(slots).substr(i * 8, slots_in_block * 8)));
  }
  if (sums.size() % 2 != 0) sums.push_back(0);
  const std::string_view sum_bytes = bytes_of(sums).substr(0, slots.size() / slots_in_block * 4);
  header.bytes = sizeof header + slots.size() * 8 + bytes_of(sums).size() + records.size();
  const auto head = [&] {
    return std::string_view(reinterpret_cast<const char*>(&header), sizeof header);
  };
  header.sum = sum_of(sum_bytes, sum_of(head()));
  std::string bytes;
  bytes.reserve(header.bytes);
  bytes += head();
  bytes += bytes_of(slots);
  bytes += bytes_of(sums);
  bytes += records;
  return bytes;
}

}  // namespace

Result<void> AdvisoryIndexBuilder::add(std::string_view json) {
  const OsvRecord record = TRY(reader_.read(json));
  ++records_;
  if (record.is_withdrawn) {
    ++withdrawn_;
    return {};
  }
  if (record.advisories.empty()) ++elsewhere_;
  for (const PackageAdvisory& entry : record.advisories) {
    std::string key;
    append_key(key, entry.ecosystem, entry.name);
    const auto [number, is_new] =
        numbers_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (is_new) keys_.push_back(std::move(key));
    std::string bytes;
    append_advisory(bytes, entry.advisory, entry.name);
    entries_.push_back(
        {number->second, entry.advisory.is_malware, std::move(bytes), entry.advisory.id});
  }
  return {};
}

std::string AdvisoryIndexBuilder::build(Time now) {
  numbers_.clear();
  std::ranges::stable_sort(entries_, [](const Entry& a, const Entry& b) {
    return std::tie(a.package, b.is_malware, a.id) < std::tie(b.package, a.is_malware, b.id);
  });
  // The same record from two sources is one.
  const auto [same, end] = std::ranges::unique(entries_, [](const Entry& a, const Entry& b) {
    return a.package == b.package && a.id == b.id && a.bytes == b.bytes;
  });
  entries_.erase(same, end);
  Header header{};
  header.magic = magic;
  header.version = version;
  header.built = now.time_since_epoch().count();
  header.packages = keys_.size();
  header.slots = std::bit_ceil(std::max(slots_in_block, keys_.size() * 3 / 2));
  std::vector<std::uint64_t> slots(header.slots);
  const std::size_t blocks = header.slots / slots_in_block;
  const std::size_t records_at = sizeof header + header.slots * 8 + (blocks + 1) / 2 * 8;
  std::string records;
  auto entry = entries_.begin();
  for (std::uint32_t package = 0; package < keys_.size(); ++package) {
    std::string body = keys_[package];
    for (; entry != entries_.end() && entry->package == package; ++entry) {
      body += entry->bytes;
      ++(entry->is_malware ? header.malware : header.vulnerabilities);
    }
    put(slots, keys_[package], (records_at + records.size()) / record_unit);
    append_record(records, body);
  }
  entries_.clear();
  return assemble(header, slots, records);
}

}  // namespace assay
