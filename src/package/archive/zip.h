// Gives the members that zip_directory.h lists, one after the other.
#pragma once

#include "base/limits.h"
#include "package/archive/member.h"
#include "package/archive/zip_directory.h"

namespace assay {

class ZipReader final : public MemberReader {
 public:
  ZipReader(std::string_view bytes, ZipDirectory directory);

  const std::vector<ZipEntry>& entries() const { return entries_; }

  bool next(Member& member) override;
  bool is_bounded() const override { return false; }
  Content read(std::size_t limit_bytes) override;

 private:
  const ZipEntry& current() const { return entries_[next_ - 1]; }
  std::string_view packed() const;
  Content unpack(std::size_t limit_bytes);
  // For streams that are broken, of another size than promised, or not deflated.
  void unpack_slowly(std::size_t limit_bytes, Content& content);

  std::string_view bytes_;
  std::vector<ZipEntry> entries_;
  std::size_t next_ = 0;
};

}  // namespace assay
