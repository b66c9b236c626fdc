// Small files kept in a folder of the user's cache, by name, until there are too many bytes; then
// the oldest go. Any number of threads and processes may use a folder at once: a file appears whole
// or not at all. Not being able to keep something is no error.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

class KeptFiles {
 public:
  KeptFiles(std::string folder, std::uint64_t most_bytes);
  ~KeptFiles();
  KeptFiles(const KeptFiles&) = delete;
  KeptFiles& operator=(const KeptFiles&) = delete;

  // By a name of hex digits, at least 3. Nothing when it was never kept or cannot be read.
  std::optional<std::string> load(std::string_view name) const;
  void save(std::string_view name, std::string_view bytes);

 private:
  // Names are spread over sub-folders by their first two digits, each with its share of the bytes.
  static constexpr std::size_t shelves = 256;
  std::string shelf_of(std::string_view name) const;

  std::string folder_;
  std::uint64_t most_bytes_;
  std::atomic<bool> saved_to_[shelves] = {};
};

}  // namespace assay
