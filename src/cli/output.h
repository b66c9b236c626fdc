// Where a report goes: stdout as it comes, or a file that appears whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

class OutputFile {
 public:
  // An empty path is stdout.
  [[nodiscard]] static Result<OutputFile> open(const std::string& path);
  ~OutputFile();  // A file that was not finished is removed.
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;

  // After a failure does nothing; finish() tells.
  void write(std::string_view text);
  // Everything was written; a file takes its name, replacing what had it.
  [[nodiscard]] Result<void> finish();

 private:
  OutputFile(int descriptor, std::string path, std::string temporary);

  int descriptor_;
  std::string path_;
  std::string temporary_;  // empty for stdout
  int failure_ = 0;        // errno
};

}  // namespace assay
