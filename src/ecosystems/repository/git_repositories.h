// Repositories through the installed git, which is kept on a short leash: https only, nobody is
// asked for a password, no configuration of the machine or of a repository holds, no hook, filter,
// submodule or large-file program runs, and nothing is ever checked out. What is fetched lies in a
// private folder as long as one question takes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ecosystems/registry/client_environment.h"
#include "ecosystems/registry/run_program.h"
#include "ecosystems/repository/repositories.h"

namespace assay {

struct GitLimits {
  std::chrono::seconds time{120};  // one run of git
  // Of the private folder. Trees of the largest repositories have about 40 MiB; servers that send
  // contents unasked send more.
  std::uint64_t folder_bytes = 256_MiB;
  std::size_t listing_bytes = 64_MiB;   // what git prints of tags or files
  std::size_t contents_bytes = 32_MiB;  // of all files asked for at once
};

class GitRepositories : public Repositories {
 public:
  // `environment` outlives this; it is asked for the program and for proxies and certificates.
  explicit GitRepositories(const ClientEnvironment& environment, GitLimits limits = {});

  Result<RepositoryRefs> refs(const std::string& url) override;
  Result<std::vector<TreeFile>> tree(const std::string& url, const std::string& commit) override;
  Result<std::map<std::string, std::string>> contents(const std::string& url,
                                                      const std::string& commit,
                                                      std::span<const std::string> ids) override;
  Result<RepositoryHistory> history(const std::string& url, const std::string& commit) override;

 protected:
  // For tests and measurements alone: repositories of this machine instead of those that an
  // address names.
  using LocalFolder = std::function<std::string(const std::string& url)>;
  GitRepositories(const ClientEnvironment& environment, GitLimits limits, LocalFolder local);

 private:
  class Session;

  const ClientEnvironment& environment_;
  GitLimits limits_;
  LocalFolder local_;
};

// Whether git may be given this address at all: "https://", and no character that could end a line
// or begin an option.
bool is_address_for_git(std::string_view url);

// What a failure of git means, from its own words.
Error error_of_git(std::string_view errors, std::string_view url);

}  // namespace assay
