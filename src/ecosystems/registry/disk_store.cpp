#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "ecosystems/registry/caching_client.h"

namespace assay {
namespace {

// First line of each file; another format gets another word, and old files are then not read.
constexpr std::string_view format_line = "assay-answer-1";
// What is worth keeping of an answer's header.
constexpr std::string_view kept_headers[] = {"etag", "content-type", "link", "x-total"};

bool holds_line_end(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

std::string head_of(const HttpResponse& response) {
  std::string head = fmt::format("{}\n{}\n{}\n{}\n", format_line, response.status,
                                 format_timestamp(response.asked.value_or(Time{})), response.url);
  for (const std::string_view name : kept_headers) {
    const std::string_view value = response.header(name);
    if (!value.empty() && !holds_line_end(value)) head += fmt::format("{}: {}\n", name, value);
  }
  return head + "\n";
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.size(), text.find('\n'));
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  return line;
}

std::optional<HttpResponse> parse_kept(std::string_view text) {
  HttpResponse response;
  if (take_line(text) != format_line) return std::nullopt;
  const std::string_view status = take_line(text);
  std::from_chars(status.data(), status.data() + status.size(), response.status);
  response.asked = parse_timestamp(take_line(text));
  response.url = take_line(text);
  while (true) {
    if (text.empty()) return std::nullopt;  // Cut short.
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return std::nullopt;
    response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  if (!response.asked || response.status == 0) return std::nullopt;
  response.body = text;
  return response;
}

}  // namespace

DiskStore::DiskStore(std::string folder, std::uint64_t most_bytes)
    : files_(std::move(folder), most_bytes, KeptFiles::Shelves::one) {}

std::optional<HttpResponse> DiskStore::load(const std::string& name) {
  const std::optional<std::string> text = files_.load(name);
  return text ? parse_kept(*text) : std::nullopt;
}

void DiskStore::save(const std::string& name, const HttpResponse& response) {
  if (holds_line_end(response.url)) return;
  files_.save(name, {head_of(response), response.body});
}

}  // namespace assay
