#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/text.h"
#include "ecosystems/registry/caching_client.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

// First line of each file; another format gets another word, and old files are then not read.
constexpr std::string_view format_line = "assay-answer-1";
// What is worth keeping of an answer's header.
constexpr std::string_view kept_headers[] = {"etag", "content-type"};

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

struct Kept {
  fs::path path;
  fs::file_time_type time;
  std::uint64_t bytes;
};

void remove_oldest(const std::string& folder, std::uint64_t most_bytes) {
  std::vector<Kept> files;
  std::uint64_t total = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored)) continue;
    files.push_back({entry->path(), entry->last_write_time(ignored), entry->file_size(ignored)});
    total += files.back().bytes;
  }
  if (total <= most_bytes) return;
  std::ranges::sort(files, {}, &Kept::time);
  for (const Kept& file : files) {
    // Some room at once, rather than a file a call.
    if (total <= most_bytes - most_bytes / 10) return;
    std::error_code ignored;
    if (fs::remove(file.path, ignored)) total -= file.bytes;
  }
}

}  // namespace

DiskStore::DiskStore(std::string folder, std::uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

DiskStore::~DiskStore() {
  if (has_saved_) remove_oldest(folder_, most_bytes_);
}

std::optional<HttpResponse> DiskStore::load(const std::string& name) {
  std::ifstream file(folder_ + "/" + name, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  const std::streamoff size = file.tellg();
  if (size <= 0 || static_cast<std::uint64_t>(size) > most_bytes_) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(text.data(), size)) return std::nullopt;
  return parse_kept(text);
}

void DiskStore::save(const std::string& name, const HttpResponse& response) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error || holds_line_end(response.url)) return;
  fs::permissions(folder_, fs::perms::owner_all, error);
  std::string temporary = folder_ + "/" + name + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());  // Mode 0600.
  if (descriptor < 0) return;
  ::close(descriptor);
  std::ofstream file(temporary, std::ios::binary);
  const std::string head = head_of(response);
  file << head << response.body;
  file.close();
  if (!file || ::rename(temporary.c_str(), (folder_ + "/" + name).c_str()) != 0) {
    ::unlink(temporary.c_str());
    return;
  }
  has_saved_ = true;
}

}  // namespace assay
