// The machine with the registries of assay.toml in place of those that npm and pip are set to.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ecosystems/registry/client_environment.h"

namespace assay {

class RegistryOverride final : public ClientEnvironment {
 public:
  // `machine` outlives this.
  RegistryOverride(ClientEnvironment& machine, const std::optional<std::string>& npm_registry,
                   const std::optional<std::string>& pypi_index);

  const std::map<std::string, std::string>& variables() const override { return variables_; }
  std::string working_folder() const override { return machine_.working_folder(); }
  Result<std::string> read_file(const std::string& path) const override {
    return machine_.read_file(path);
  }
  bool exists(const std::string& path) const override { return machine_.exists(path); }
  std::string real_path(const std::string& path) const override { return machine_.real_path(path); }
  std::optional<std::int64_t> changed_at(const std::string& path) const override {
    return machine_.changed_at(path);
  }
  Result<void> write_file(const std::string& path, std::string_view text) override {
    return machine_.write_file(path, text);
  }
  Result<std::string> run(const std::vector<std::string>& command,
                          std::chrono::seconds limit) override {
    return machine_.run(command, limit);
  }

 private:
  ClientEnvironment& machine_;
  std::map<std::string, std::string> variables_;
};

}  // namespace assay
