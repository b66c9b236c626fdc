// What decides how the user's own npm, pip and uv are configured: variables, configuration files
// and the installed clients themselves. An interface, so that tests describe a whole machine in a
// few lines and never depend on the one that runs them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

class ClientEnvironment {
 public:
  virtual ~ClientEnvironment() = default;

  virtual const std::map<std::string, std::string>& variables() const = 0;
  virtual std::string working_folder() const = 0;
  // Kind missing when there is no such file; bounded, since no configuration file is large.
  virtual Result<std::string> read_file(const std::string& path) const = 0;
  virtual bool exists(const std::string& path) const = 0;
  // With links resolved; empty when there is none.
  virtual std::string real_path(const std::string& path) const = 0;
  // In any unit, only compared for being equal; nullopt when there is no such file.
  virtual std::optional<std::int64_t> changed_at(const std::string& path) const = 0;
  // Creates missing folders, for the user alone, and replaces the file at once or not at all.
  virtual Result<void> write_file(const std::string& path, std::string_view text) = 0;
  // Standard output of an absolute program path and its arguments, run in the root folder, where
  // no project's configuration can change what it says.
  virtual Result<std::string> run(const std::vector<std::string>& command,
                                  std::chrono::seconds limit) = 0;

  // Conveniences on top.
  std::string variable(const std::string& name) const;  // empty when unset
  std::string home() const;
  std::string xdg_config_home() const;
  std::string xdg_cache_home() const;
  // What of this program lies there under a name; empty when the user has no place for it.
  std::string own_cache(std::string_view name) const;
  // The first match in the absolute folders of PATH; empty when there is none. Relative folders
  // are skipped: a project must not choose which program runs.
  std::string find_program(std::string_view name) const;
};

// The machine itself.
class SystemEnvironment final : public ClientEnvironment {
 public:
  SystemEnvironment();
  const std::map<std::string, std::string>& variables() const override { return variables_; }
  std::string working_folder() const override;
  Result<std::string> read_file(const std::string& path) const override;
  bool exists(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;
  std::optional<std::int64_t> changed_at(const std::string& path) const override;
  Result<void> write_file(const std::string& path, std::string_view text) override;
  Result<std::string> run(const std::vector<std::string>& command,
                          std::chrono::seconds limit) override;

 private:
  std::map<std::string, std::string> variables_;
};

}  // namespace assay
