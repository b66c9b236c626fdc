// Repositories described by a test: files by path for each commit.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ecosystems/repository/repositories.h"

namespace assay {

class MemoryRepositories final : public Repositories {
 public:
  using Files = std::map<std::string, std::string>;

  std::map<std::string, RepositoryRefs> refs_by_url;
  std::map<std::string, Files> commits;  // by id
  std::vector<std::string> submodules;   // paths in each commit
  std::optional<Error> error;            // of every question
  std::optional<Error> contents_error;
  std::map<std::string, RepositoryHistory> histories;  // by commit
  std::vector<std::string> questions;

  // A commit with a tag, which becomes the head; returns its id.
  std::string add(const std::string& url, const std::string& tag, Files files) {
    std::string id = blob_id(tag + std::to_string(commits.size()));
    commits[id] = std::move(files);
    RepositoryRefs& refs = refs_by_url[url];
    refs.head = id;
    if (!tag.empty()) refs.tags.push_back({tag, id});
    return id;
  }

  Result<RepositoryRefs> refs(const std::string& url) override {
    questions.push_back("refs " + url);
    if (error) return std::unexpected(*error);
    const auto found = refs_by_url.find(url);
    if (found == refs_by_url.end()) return fail(ErrorKind::missing, url + ": there is none");
    return found->second;
  }

  Result<std::vector<TreeFile>> tree(const std::string& url, const std::string& commit) override {
    questions.push_back("tree " + url + " " + commit);
    if (error) return std::unexpected(*error);
    const auto found = commits.find(commit);
    if (found == commits.end()) return fail(ErrorKind::missing, "no such commit");
    std::vector<TreeFile> files;
    for (const auto& [path, text] : found->second) files.push_back({path, blob_id(text)});
    for (const std::string& path : submodules) {
      files.push_back({path, std::string(40, '0'), TreeKind::submodule});
    }
    std::ranges::sort(files, {}, &TreeFile::path);
    return files;
  }

  Result<std::map<std::string, std::string>> contents(const std::string& url,
                                                      const std::string& commit,
                                                      std::span<const std::string> ids) override {
    questions.push_back("contents " + url);
    if (error) return std::unexpected(*error);
    if (contents_error) return std::unexpected(*contents_error);
    std::map<std::string, std::string> contents;
    for (const auto& [path, text] : commits[commit]) {
      const std::string id = blob_id(text);
      if (std::ranges::find(ids, id) != ids.end()) contents[id] = text;
    }
    return contents;
  }

  Result<RepositoryHistory> history(const std::string& url, const std::string& commit) override {
    questions.push_back("history " + url);
    if (error) return std::unexpected(*error);
    const auto found = histories.find(commit);
    if (found == histories.end()) return fail(ErrorKind::missing, "no such history");
    return found->second;
  }
};

}  // namespace assay
