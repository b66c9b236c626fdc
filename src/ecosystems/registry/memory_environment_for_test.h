// A user's machine described by a test: variables, files and what its programs print.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ecosystems/registry/client_environment.h"

namespace assay {

class MemoryEnvironment final : public ClientEnvironment {
 public:
  std::map<std::string, std::string> variable_values = {{"HOME", "/home/u"}, {"PATH", "/usr/bin"}};
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> answers;  // output by program path
  std::map<std::string, std::int64_t> times;
  std::string folder = "/home/u/project";
  std::vector<std::vector<std::string>> commands;  // that were run

  const std::map<std::string, std::string>& variables() const override { return variable_values; }
  std::string working_folder() const override { return folder; }
  Result<std::string> read_file(const std::string& path) const override {
    const auto found = files.find(path);
    if (found == files.end()) return fail(ErrorKind::missing, path);
    return found->second;
  }
  bool exists(const std::string& path) const override { return files.contains(path); }
  std::string real_path(const std::string& path) const override {
    return exists(path) ? path : std::string();
  }
  std::optional<std::int64_t> changed_at(const std::string& path) const override {
    const auto found = times.find(path);
    return found == times.end() ? 1 : found->second;
  }
  Result<void> write_file(const std::string& path, std::string_view text) override {
    files[path] = text;
    return {};
  }
  Result<std::string> run(const std::vector<std::string>& command, std::chrono::seconds) override {
    commands.push_back(command);
    const auto found = answers.find(command[0]);
    if (found == answers.end()) return fail(ErrorKind::environment, command[0] + " failed");
    return found->second;
  }

  // An executable that prints `output`.
  void install(const std::string& path, const std::string& output) {
    files[path] = "";
    answers[path] = output;
  }
};

}  // namespace assay
