#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace assay {
namespace {

constexpr std::string_view erase_line = "\r\033[K";

std::string minutes(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Terminal inspect_terminal(const std::map<std::string, std::string>& variables) {
  const auto variable = [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
  Terminal terminal;
  terminal.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  terminal.err_is_terminal = isatty(STDERR_FILENO) == 1;
  // https://no-color.org: any value but an empty one.
  terminal.allows_color =
      terminal.out_is_terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  winsize size{};
  if (terminal.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    // Lines longer than 120 columns are hard to read, and narrower than 40 nothing fits.
    terminal.width = std::clamp<std::size_t>(size.ws_col, 40, 120);
  }
  return terminal;
}

std::string progress_text(const ScanProgress& progress, std::uint64_t bytes_total,
                          std::chrono::duration<double> elapsed) {
  if (progress.total == 0) return "";
  const double seconds = std::max(elapsed.count(), 0.001);
  const double done =
      bytes_total > 0 ? static_cast<double>(progress.bytes) / static_cast<double>(bytes_total)
                      : static_cast<double>(progress.done) / static_cast<double>(progress.total);
  const double part = std::clamp(done, 0.0, 1.0);
  constexpr int bar_width = 20;
  const auto filled = static_cast<std::size_t>(part * bar_width);
  std::string text =
      fmt::format("{:3.0f}% [{}{}] {}/{}  {:.1f} packages/s  {:.1f} MB/s", part * 100,
                  std::string(filled, '#'), std::string(bar_width - filled, ' '), progress.done,
                  progress.total, static_cast<double>(progress.done) / seconds,
                  static_cast<double>(progress.bytes) / 1e6 / seconds);
  if (part > 0 && part < 1) text += "  " + minutes(seconds / part - seconds) + " left";
  return text;
}

ProgressLine::ProgressLine(bool is_on, std::uint64_t bytes_total)
    : is_on_(is_on), bytes_total_(bytes_total), start_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const ScanProgress& progress) {
  show(progress_text(progress, bytes_total_, std::chrono::steady_clock::now() - start_));
}

void ProgressLine::show(std::string_view text) {
  if (!is_on_) return;
  const std::string line = fmt::format("{}{}", erase_line, text);
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  is_drawn_ = true;
}

void ProgressLine::clear() {
  if (!is_drawn_) return;
  std::fwrite(erase_line.data(), 1, erase_line.size(), stderr);
  std::fflush(stderr);
  is_drawn_ = false;
}

}  // namespace assay
