#include "ecosystems/repository/repositories.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"

namespace assay {
namespace {

// Of the largest repositories in use; what has more is no source of a package.
constexpr std::size_t most_tags = 200'000;
constexpr std::size_t most_files = 500'000;
constexpr std::size_t most_path_bytes = 4096;

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorKind::malformed, fmt::format("git's list of {} cannot be read", what));
}

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(text.size(), at + 1));
  return part;
}

TreeKind kind_of(std::string_view mode) {
  if (mode == "160000") return TreeKind::submodule;
  return mode == "120000" ? TreeKind::link : TreeKind::file;
}

}  // namespace

std::string blob_id(std::string_view bytes, std::size_t digits) {
  std::string object = fmt::format("blob {}", bytes.size());
  object += '\0';
  object += bytes;
  return hash_hex(digits == 64 ? HashKind::sha256 : HashKind::sha1, object);
}

bool is_object_id(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<RepositoryRefs> parse_refs(std::string_view text) {
  constexpr std::string_view tag_prefix = "refs/tags/", peeled = "^{}";
  RepositoryRefs refs;
  while (!text.empty()) {
    std::string_view name = take_until(text, '\n');
    const std::string_view id = take_until(name, '\t');
    if (!is_object_id(id) || name.empty()) return malformed("tags");
    if (name == "HEAD") refs.head = id;
    if (!name.starts_with(tag_prefix)) continue;
    name.remove_prefix(tag_prefix.size());
    // The commit that an annotated tag is about follows the tag itself.
    if (name.ends_with(peeled)) {
      name.remove_suffix(peeled.size());
      if (!refs.tags.empty() && refs.tags.back().name == name) refs.tags.back().commit = id;
      continue;
    }
    if (refs.tags.size() >= most_tags) {
      return fail(ErrorKind::limit, fmt::format("the repository has over {} tags", most_tags));
    }
    refs.tags.push_back({std::string(name), std::string(id)});
  }
  return refs;
}

Result<std::vector<TreeFile>> parse_tree(std::string_view text) {
  std::vector<TreeFile> files;
  while (!text.empty()) {
    std::string_view record = take_until(text, '\0');
    const std::string_view mode = take_until(record, ' ');
    const std::string_view type = take_until(record, ' ');
    const std::string_view id = take_until(record, '\t');
    if (!is_object_id(id) || record.empty() || (type != "blob" && type != "commit")) {
      return malformed("files");
    }
    if (record.size() > most_path_bytes) continue;  // No package has such a path either.
    if (files.size() >= most_files) {
      return fail(ErrorKind::limit, fmt::format("the repository has over {} files", most_files));
    }
    files.push_back({std::string(record), std::string(id), kind_of(mode)});
  }
  std::ranges::sort(files, {}, &TreeFile::path);
  return files;
}

Result<std::map<std::string, std::string>> parse_contents(std::string_view text) {
  std::map<std::string, std::string> contents;
  while (!text.empty()) {
    std::string_view head = take_until(text, '\n');
    const std::string_view id = take_until(head, ' ');
    const std::string_view type = take_until(head, ' ');
    if (!is_object_id(id)) return malformed("contents");
    if (type == "missing") continue;
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), size);
    if (error != std::errc() || end != head.data() + head.size() || size >= text.size()) {
      return malformed("contents");
    }
    if (type == "blob") contents.emplace(id, text.substr(0, size));
    text.remove_prefix(size + 1);
  }
  return contents;
}

Result<RepositoryHistory> parse_history(std::string_view text) {
  RepositoryHistory history;
  std::unordered_set<std::string> authors;
  while (!text.empty()) {
    std::string_view author = take_until(text, '\n');
    const std::string_view seconds = take_until(author, '\t');
    const std::string_view parents = take_until(author, '\t');
    std::int64_t since_1970 = 0;
    const auto [end, error] =
        std::from_chars(seconds.data(), seconds.data() + seconds.size(), since_1970);
    if (error != std::errc() || end != seconds.data() + seconds.size()) return malformed("commits");
    const Time time{std::chrono::seconds(since_1970)};
    history.first = history.first ? std::min(*history.first, time) : time;
    history.last = history.last ? std::max(*history.last, time) : time;
    ++history.commits;
    if (contains(parents, " ")) ++history.merges;
    authors.insert(to_lower_ascii(author));
  }
  history.authors = authors.size();
  return history;
}

}  // namespace assay
