// YARA files that a user brings, compiled once for the process, and scanners that find their
// matches. Files are given as text: nothing here reads a disk, and `include` is off.
//
// Only modules that read no file format are allowed: libyara's readers of PE, ELF, .NET and kin
// are C that would meet hostile files outside of our own checked ones.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace assay {

struct YaraSource {
  std::string name;        // of the file, for complaints
  std::string name_space;  // its rules are yara:<name_space>/<rule>
  std::string text;
};

struct YaraRuleInfo {
  std::string id;           // "yara:stealers/discord_token"
  std::string description;  // of its meta, may be empty
  std::string severity;     // of its meta `severity` or `weight`, as written, may be empty
  bool is_private = false;  // only other rules see whether it matches

  bool operator==(const YaraRuleInfo&) const = default;
};

struct YaraString {
  std::string identifier;  // "$url"
  std::uint32_t begin = 0, end = 0;

  bool operator==(const YaraString&) const = default;
};

struct YaraMatch {
  std::size_t rule = 0;  // index into YaraRules::rules
  // The first match of each string that has one, in order of place; cut at a limit. Empty when the
  // rule has none.
  std::vector<YaraString> strings;

  bool operator==(const YaraMatch&) const = default;
};

class YaraRules {
 public:
  struct Bounds {
    std::size_t files = 10'000;
    std::size_t file_bytes = 16_MiB;
    std::size_t total_bytes = 64_MiB;  // rule sets in use have under 10 MB
  };

  // Kind usage when a file is no good; the message names file and line and what to do.
  [[nodiscard]] static Result<YaraRules> compile(std::span<const YaraSource> sources,
                                                 const Bounds& bounds);
  [[nodiscard]] static Result<YaraRules> compile(std::span<const YaraSource> sources) {
    return compile(sources, Bounds());
  }

  const std::vector<YaraRuleInfo>& rules() const { return rules_; }
  // "slow.yar:3: string "$a" may slow down scanning".
  const std::vector<std::string>& warnings() const { return warnings_; }
  const std::string& sha256() const { return sha256_; }  // hex, of all names and texts

 private:
  friend class YaraScanner;
  YaraRules() = default;

  std::shared_ptr<void> compiled_;  // YR_RULES
  std::vector<YaraRuleInfo> rules_;
  std::vector<std::string> warnings_;
  std::string sha256_;
};

// Of one thread. The rules outlive it.
class YaraScanner {
 public:
  explicit YaraScanner(const YaraRules& rules);

  struct Outcome {
    std::vector<YaraMatch> matches;   // by rule
    std::optional<std::string> flaw;  // why some of the bytes were not looked at
  };
  // `path` is what rules see as the external variables filepath, filename and extension.
  Outcome scan(std::string_view bytes, std::string_view path, int seconds);

  const YaraRules& rules() const { return rules_; }

 private:
  const YaraRules& rules_;
  std::shared_ptr<void> scanner_;  // YR_SCANNER
};

}  // namespace assay
