// A repository of git in a temporary folder, and Repositories that read it in place of every
// address: the one way in which anything but https is read.
#pragma once

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "ecosystems/registry/memory_environment_for_test.h"
#include "ecosystems/repository/git_repositories.h"

namespace assay {

class LocalRepository {
 public:
  static constexpr const char* url = "https://code.example.test/ann/widget";

  static bool is_possible() { return !SystemEnvironment().find_program("git").empty(); }

  LocalRepository() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-test-XXXXXX").string();
    CHECK(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    run({"init", "--quiet", "--template=", "--initial-branch=main"});
    // As forges have them.
    run({"config", "uploadpack.allowFilter", "true"});
    run({"config", "uploadpack.allowAnySHA1InWant", "true"});
  }
  ~LocalRepository() { remove(); }
  LocalRepository(const LocalRepository&) = delete;
  LocalRepository& operator=(const LocalRepository&) = delete;

  const std::string& folder() const { return folder_; }
  void remove() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void write_raw(const std::string& path, const std::string& text) const {
    const std::filesystem::path whole = std::filesystem::path(folder_) / path;
    std::filesystem::create_directories(whole.parent_path());
    std::ofstream(whole, std::ios::binary) << text;
    std::filesystem::permissions(whole, std::filesystem::perms::owner_all);
  }
  void write(const std::string& path, const std::string& text) const { write_raw(path, text); }
  void erase(const std::string& path) const {
    std::filesystem::remove_all(std::filesystem::path(folder_) / path);
  }

  // Everything as it is; returns the commit.
  std::string commit(const std::string& tag = {}) const {
    run({"add", "--all", "--force"});
    run({"commit", "--quiet", "--no-verify", "--allow-empty", "-m", "change"});
    if (!tag.empty()) run({"tag", tag});
    return std::string(trim(run({"rev-parse", "HEAD"})));
  }

  std::string run(std::vector<std::string> arguments) const {
    ProgramRun run;
    run.command = {SystemEnvironment().find_program("git"), "-C", folder_};
    run.command.insert(run.command.end(), arguments.begin(), arguments.end());
    run.environment = {{"HOME=" + folder_, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=ann",
                        "GIT_AUTHOR_EMAIL=ann@mail.example.test", "GIT_COMMITTER_NAME=ann",
                        "GIT_COMMITTER_EMAIL=ann@mail.example.test",
                        "GIT_AUTHOR_DATE=2026-01-01T00:00:00Z",
                        "GIT_COMMITTER_DATE=2026-01-01T00:00:00Z"}};
    run.limit = std::chrono::seconds(60);
    Result<ProgramEnd> end = run_to_end(run);
    CHECK(end.has_value());
    return end->output;
  }

 private:
  std::string folder_;
};

class LocalRepositories final : public GitRepositories {
 public:
  explicit LocalRepositories(const LocalRepository& repository, GitLimits limits = {})
      : GitRepositories(machine(), limits,
                        [&repository](const std::string&) { return repository.folder(); }) {}

 private:
  static const ClientEnvironment& machine() {
    static const SystemEnvironment environment;
    return environment;
  }
};

}  // namespace assay
