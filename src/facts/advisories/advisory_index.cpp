#include "facts/advisories/advisory_index.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "facts/advisories/encoding.h"
#include "facts/advisories/index_layout.h"

namespace assay {
namespace {

using namespace advisory_layout;

Error broken(std::string_view what) {
  return {ErrorKind::malformed,
          "advisory index: " + std::string(what) + "; 'assay db update' writes a new one"};
}
Error damaged() { return broken("its contents do not match their checksums"); }

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Result<AdvisoryIndex> AdvisoryIndex::open(std::span<const std::byte> bytes) {
  CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 == 0);
  Header header;
  if (bytes.size() < sizeof header) return std::unexpected(broken("it is cut short"));
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != magic) return std::unexpected(broken("it is something else"));
  if (header.version != version) {
    return std::unexpected(broken("it was written by another version"));
  }
  if (header.bytes != bytes.size()) {
    return std::unexpected(broken("its size is not what it says"));
  }
  const std::size_t blocks = header.slots / slots_in_block;
  if (!std::has_single_bit(header.slots) || blocks == 0 ||
      header.slots > bytes.size() / sizeof(std::uint64_t) ||
      sizeof header + header.slots * 8 + blocks * 4 > bytes.size()) {
    return std::unexpected(broken("its table does not fit"));
  }
  AdvisoryIndex index;
  index.bytes_ = bytes;
  index.slots_ = {reinterpret_cast<const std::uint64_t*>(bytes.data() + sizeof header),
                  header.slots};
  const std::span<const std::byte> sums =
      bytes.subspan(sizeof header + index.slots_.size_bytes(), blocks * 4);
  index.block_sums_ = {reinterpret_cast<const std::uint32_t*>(sums.data()), blocks};
  const std::uint32_t sum = header.sum;
  header.sum = 0;
  const std::string_view head(reinterpret_cast<const char*>(&header), sizeof header);
  if (sum_of(text_of(sums), sum_of(head)) != sum) return std::unexpected(damaged());
  index.records_at_ = sizeof header + index.slots_.size_bytes() + sums.size();
  index.counts_ = {header.packages, header.malware, header.vulnerabilities};
  index.built_ = Time(std::chrono::seconds(header.built));
  return index;
}

// The block that holds the slot is checked each time: it is four kilobytes.
Result<std::uint64_t> AdvisoryIndex::slot(std::size_t number) const {
  const std::size_t block = number / slots_in_block;
  const auto slots = slots_.subspan(block * slots_in_block, slots_in_block);
  if (sum_of(text_of(std::as_bytes(slots))) != block_sums_[block]) {
    return std::unexpected(damaged());
  }
  return slots_[number];
}

Result<std::string_view> AdvisoryIndex::record_at(std::uint64_t offset) const {
  RecordHead head;
  if (offset < records_at_ || offset > bytes_.size() || bytes_.size() - offset < sizeof head) {
    return std::unexpected(damaged());
  }
  std::memcpy(&head, bytes_.data() + offset, sizeof head);
  const std::string_view rest = text_of(bytes_.subspan(offset + sizeof head));
  if (head.bytes > rest.size()) return std::unexpected(damaged());
  const std::string_view record = rest.substr(0, head.bytes);
  if (sum_of(record) != head.sum) return std::unexpected(damaged());
  return record;
}

Result<std::vector<Advisory>> AdvisoryIndex::find(Ecosystem ecosystem,
                                                  std::string_view name) const {
  const std::uint64_t hash = hash_of(ecosystem, name);
  std::size_t checked_block = SIZE_MAX;
  for (std::size_t step = 0; step < longest_search; ++step) {
    const std::size_t number = (hash + step) & (slots_.size() - 1);
    if (number / slots_in_block != checked_block) {
      checked_block = number / slots_in_block;
      TRY(slot(number));
    }
    const std::uint64_t found = slots_[number];
    if (found == 0) return std::vector<Advisory>();
    if (found >> 32 != hash >> 32) continue;
    const std::string_view bytes = TRY(record_at((found & 0xFFFF'FFFF) * record_unit));
    if (!has_key(bytes, ecosystem, name)) continue;
    std::optional<PackageRecord> record = read_record(bytes);
    if (!record) return std::unexpected(damaged());
    return std::move(record->advisories);
  }
  return std::unexpected(damaged());
}

Result<void> AdvisoryIndex::verify() const {
  std::uint64_t packages = 0;
  for (std::size_t number = 0; number < slots_.size(); ++number) {
    if (number % slots_in_block == 0) TRY(slot(number));
    if (slots_[number] == 0) continue;
    const std::string_view bytes = TRY(record_at((slots_[number] & 0xFFFF'FFFF) * record_unit));
    if (!read_record(bytes)) return std::unexpected(damaged());
    ++packages;
  }
  if (packages != counts_.packages) return std::unexpected(damaged());
  return {};
}

}  // namespace assay
