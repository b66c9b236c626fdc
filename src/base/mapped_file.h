// A file as read-only bytes in memory that are read when they are looked at. A file that is
// replaced by renaming another over it stays as it was for whoever has it mapped.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace assay {

class MappedFile {
 public:
  // Kind missing when there is no such file; limit when it is larger than `most_bytes`.
  [[nodiscard]] static Result<MappedFile> open(const std::string& path, std::size_t most_bytes);
  MappedFile() = default;
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::span<const std::byte> bytes() const { return bytes_; }  // begins at a page

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> bytes_;
};

}  // namespace assay
