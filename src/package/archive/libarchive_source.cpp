// libarchive as a decoder only: its filters for bzip2, xz and zstd, and its zip reader for the
// methods beyond deflate. Formats are registered one by one, so that a static link leaves out its
// XML formats. Its tar reader is not used: names that are not ASCII get lost outside a UTF-8
// locale, and it stops where npm's reader goes on (see tar.h).
#include <archive.h>
#include <archive_entry.h>

#include <fmt/format.h>

#include "package/archive/stream.h"

namespace assay {
namespace {

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchivePointer = std::unique_ptr<archive, FreeArchive>;

std::string error_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text != nullptr ? text : "broken stream";
}

bool register_filter(archive* reader, ArchiveFormat format) {
  switch (format) {
    case ArchiveFormat::bzip2: return archive_read_support_filter_bzip2(reader) == ARCHIVE_OK;
    case ArchiveFormat::xz: return archive_read_support_filter_xz(reader) == ARCHIVE_OK;
    case ArchiveFormat::zstd: return archive_read_support_filter_zstd(reader) == ARCHIVE_OK;
    default: return false;
  }
}

class FilterSource final : public ByteSource {
 public:
  FilterSource(std::string_view packed, ArchiveFormat format, std::uint64_t most_bytes)
      : packed_bytes_(packed.size()), most_bytes_(most_bytes), reader_(archive_read_new()) {
    archive_entry* entry = nullptr;
    is_finished_ =
        !reader_ || !register_filter(reader_.get(), format) ||
        archive_read_support_format_raw(reader_.get()) != ARCHIVE_OK ||
        archive_read_support_format_empty(reader_.get()) != ARCHIVE_OK ||
        archive_read_open_memory(reader_.get(), packed.data(), packed.size()) != ARCHIVE_OK;
    if (is_finished_) {
      end_with(GapKind::malformed, reader_ ? error_of(reader_.get()) : "libarchive did not start");
      return;
    }
    const int status = archive_read_next_header(reader_.get(), &entry);
    is_finished_ = status != ARCHIVE_OK;
    if (is_finished_ && status != ARCHIVE_EOF)
      end_with(GapKind::malformed, error_of(reader_.get()));
  }

  std::string_view next() override {
    while (!is_finished_) {
      const void* block = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int status = archive_read_data_block(reader_.get(), &block, &size, &offset);
      if (status != ARCHIVE_OK) {
        finish(status);
        return {};
      }
      produced_ += size;
      if (produced_ > most_bytes_) {
        is_finished_ = true;
        end_with(GapKind::bomb, fmt::format("unpacks to more than {} MB", most_bytes_ >> 20));
        return {};
      }
      if (size != 0) return {static_cast<const char*>(block), size};
    }
    return {};
  }

 private:
  void finish(int status) {
    is_finished_ = true;
    if (status != ARCHIVE_EOF) {
      const std::string reason = error_of(reader_.get());
      const bool is_short = reason.find("runcated") != std::string::npos;
      end_with(is_short ? GapKind::truncated : GapKind::malformed, reason);
      return;
    }
    // Filter -1 is the last one, which hands out the bytes as they were packed.
    const la_int64_t used = archive_filter_bytes(reader_.get(), -1);
    if (used >= 0 && static_cast<std::uint64_t>(used) < packed_bytes_) {
      end_with(GapKind::polyglot, fmt::format("{} bytes follow the end of the packed stream",
                                              packed_bytes_ - static_cast<std::uint64_t>(used)));
    }
  }

  std::uint64_t packed_bytes_;
  std::uint64_t most_bytes_;
  std::uint64_t produced_ = 0;
  ArchivePointer reader_;
  bool is_finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> open_libarchive_filter(std::string_view packed, ArchiveFormat format,
                                                   std::uint64_t most_bytes) {
  return std::make_unique<FilterSource>(packed, format, most_bytes);
}

UnpackedMember unpack_zip_member(std::string_view member, std::size_t limit_bytes) {
  UnpackedMember result;
  const ArchivePointer reader(archive_read_new());
  archive_entry* entry = nullptr;
  if (!reader || archive_read_support_format_zip_streamable(reader.get()) != ARCHIVE_OK ||
      archive_read_open_memory(reader.get(), member.data(), member.size()) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) < ARCHIVE_WARN) {
    result.problem = reader ? error_of(reader.get()) : "libarchive did not start";
    return result;
  }
  while (result.bytes.size() < limit_bytes) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(reader.get(), &block, &size, &offset);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK) {
      result.problem = error_of(reader.get());
      break;
    }
    result.bytes.append(static_cast<const char*>(block),
                        std::min(size, limit_bytes - result.bytes.size()));
  }
  return result;
}

}  // namespace assay
