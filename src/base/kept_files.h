// Small files kept in a folder of the user's cache, by name, until there are too many bytes; then
// the oldest go. Any number of threads and processes may use a folder at once: a file appears whole
// or not at all. Not being able to keep something is no error. What another user could have written
// is not read; damage is for the reader to find out.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class KeptFiles {
 public:
  // Many: names are spread over sub-folders by their first two digits, each with its share of the
  // bytes, so that making room looks at few files. A file is then no larger than that share.
  enum class Shelves : std::uint16_t { one = 1, many = 256 };

  // An empty `folder` keeps nothing. It is made when it is first needed.
  KeptFiles(std::string folder, std::uint64_t most_bytes, Shelves shelves);
  ~KeptFiles();
  KeptFiles(const KeptFiles&) = delete;
  KeptFiles& operator=(const KeptFiles&) = delete;

  // By a name of hex digits, at least 3. Nothing when it was never kept or cannot be read.
  std::optional<std::string> load(std::string_view name) const;
  // The parts one after another.
  void save(std::string_view name, std::initializer_list<std::string_view> parts);

 private:
  std::string path_of(std::string_view name) const;
  std::uint64_t most_of_a_shelf() const { return most_bytes_ / saved_to_.size(); }

  std::string folder_;
  std::uint64_t most_bytes_;
  std::vector<std::atomic<bool>> saved_to_;  // one for each shelf
};

}  // namespace assay
