// What is at the other end of stdout and stderr, and the line of progress on a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "scan/scan_targets.h"

namespace assay {

struct Terminal {
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool allows_color = false;  // stdout is a terminal, and neither NO_COLOR nor TERM=dumb forbid it
  std::size_t width = 100;    // columns of stdout; 100 when it is no terminal
};

Terminal inspect_terminal(const std::map<std::string, std::string>& variables);

// "37% [####      ] 123/456  12.3 packages/s  8.1 MB/s  0:42 left". `bytes_total` is 0 when the
// sizes are not known; the time left then goes by the count.
std::string progress_text(const ScanProgress& progress, std::uint64_t bytes_total,
                          std::chrono::duration<double> elapsed);

// One line on stderr that is drawn over and leaves nothing behind. Off when stderr is no terminal.
class ProgressLine {
 public:
  ProgressLine(bool is_on, std::uint64_t bytes_total);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const ScanProgress& progress);
  void show(std::string_view text);
  void clear();  // before anything else is written to the terminal

 private:
  bool is_on_;
  bool is_drawn_ = false;
  std::uint64_t bytes_total_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace assay
