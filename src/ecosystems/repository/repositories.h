// What a repository of git holds, without a copy of it on this machine: its tags, the files of a
// commit by their ids, and the contents of those that are asked for. Tests pass one that answers
// from memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"

namespace assay {

struct RepositoryTag {
  std::string name;    // without "refs/tags/"
  std::string commit;  // hex

  bool operator==(const RepositoryTag&) const = default;
};

struct RepositoryRefs {
  std::string head;  // commit of the default branch; empty in an empty repository
  std::vector<RepositoryTag> tags;
  std::optional<Time> asked;  // when the repository said so
  bool from_cache = false;

  bool operator==(const RepositoryRefs&) const = default;
};

enum class TreeKind : std::uint8_t { file, link, submodule };

struct TreeFile {
  std::string path;
  std::string id;  // hex, see blob_id
  TreeKind kind = TreeKind::file;

  bool operator==(const TreeFile&) const = default;
};

// Who worked on the default branch, and when.
struct RepositoryHistory {
  std::uint64_t commits = 0, merges = 0, authors = 0;
  std::optional<Time> first, last;

  bool operator==(const RepositoryHistory&) const = default;
};

class Repositories {
 public:
  virtual ~Repositories() = default;

  // `url` as RepositoryLocation has it. Kind missing: there is none, or it is not public, which
  // forges do not tell apart.
  [[nodiscard]] virtual Result<RepositoryRefs> refs(const std::string& url) = 0;
  // All files of a commit, sorted by path. Kind missing: the repository does not have the commit.
  [[nodiscard]] virtual Result<std::vector<TreeFile>> tree(const std::string& url,
                                                           const std::string& commit) = 0;
  // By id, those of them that could be had; `ids` are of files of that commit.
  [[nodiscard]] virtual Result<std::map<std::string, std::string>> contents(
      const std::string& url, const std::string& commit, std::span<const std::string> ids) = 0;
  // Of a commit and all before it.
  [[nodiscard]] virtual Result<RepositoryHistory> history(const std::string& url,
                                                          const std::string& commit) = 0;
};

// The id that git gives to a file with these bytes: SHA-1, or SHA-256 in repositories whose ids
// have 64 digits.
std::string blob_id(std::string_view bytes, std::size_t digits = 40);

// 40 or 64 lower-case hex digits.
bool is_object_id(std::string_view text);

// How answers of git are read, and those kept from earlier calls. "id\tname" lines.
Result<RepositoryRefs> parse_refs(std::string_view text);
// "mode type id\tpath" records, each ended by NUL.
Result<std::vector<TreeFile>> parse_tree(std::string_view text);
// "id type size\n", as many bytes, "\n"; "id missing\n" for what is not there.
Result<std::map<std::string, std::string>> parse_contents(std::string_view text);
// "seconds since 1970\tparents\tauthor\n" for each commit.
Result<RepositoryHistory> parse_history(std::string_view text);

}  // namespace assay
