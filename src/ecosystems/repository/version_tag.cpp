#include "ecosystems/repository/version_tag.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "ecosystems/pypi/pep440.h"

namespace assay {
namespace {

// What may stand before a version without naming a package, lower case.
constexpr std::string_view words[] = {
    "",    "v",    "r",      "ver",      "version", "versions", "rel",    "release", "releases",
    "tag", "tags", "stable", "upstream", "npm",     "pypi",     "python", "py",      "js"};
constexpr std::string_view separators = "-_/.@ ";

// "@ann/left_box" is ann, left and box.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t begin = text.find_first_not_of(separators);
    if (begin == std::string_view::npos) return parts;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool is_word(std::string_view text) {
  return std::ranges::find(words, text) != std::ranges::end(words);
}

// Where the version begins: at the first digit behind which only a version can follow. Names hold
// digits too ("base64-1.2"), so that each place is tried.
std::vector<std::size_t> version_places(std::string_view tag) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const bool is_digit = tag[i] >= '0' && tag[i] <= '9';
    const bool follows_digit = i > 0 && tag[i - 1] >= '0' && tag[i - 1] <= '9';
    const bool is_inside = i > 1 && tag[i - 1] == '.' && tag[i - 2] >= '0' && tag[i - 2] <= '9';
    if (is_digit && !follows_digit && !is_inside) places.push_back(i);
  }
  return places;
}

// A version in the way in which tags spell it: "1_2_3" for 1.2.3.
std::string with_dots(std::string_view text) {
  std::string dotted(text);
  for (std::size_t i = 1; i + 1 < dotted.size(); ++i) {
    const auto is_digit = [&](std::size_t at) { return dotted[at] >= '0' && dotted[at] <= '9'; };
    if ((dotted[i] == '_' || dotted[i] == '-') && is_digit(i - 1) && is_digit(i + 1)) {
      dotted[i] = '.';
    }
  }
  return dotted;
}

class Wanted {
 public:
  explicit Wanted(const PackageId& package)
      : is_python_(package.ecosystem == Ecosystem::pypi),
        version_(to_lower_ascii(package.version)) {
    if (is_python_) parsed_ = parse_pep440_version(package.version);
    name_ = to_lower_ascii(package.name);
    names_.push_back(parts_of(name_));
    if (const std::size_t slash = name_.find('/'); slash != std::string::npos) {
      names_.push_back(parts_of(std::string_view(name_).substr(slash + 1)));
    }
  }
  // The parts point into the name.
  Wanted(const Wanted&) = delete;
  Wanted& operator=(const Wanted&) = delete;

  bool is_version(std::string_view text) const {
    if (text == version_ || with_dots(text) == version_) return true;
    if (!is_python_ || !parsed_) return false;
    for (const std::string& spelling : {std::string(text), with_dots(text)}) {
      const std::optional<Pep440Version> version = parse_pep440_version(spelling);
      if (version && *version == *parsed_) return true;
    }
    return false;
  }

  // 2: the package's name, 1: no name at all, 0: something else. Words may stand on both sides.
  int rank(std::string_view before) const {
    const std::vector<std::string_view> parts = parts_of(before);
    if (std::ranges::all_of(parts, is_word)) return 1;
    const auto is_name = [&](const std::vector<std::string_view>& name) {
      for (std::size_t begin = 0; begin + name.size() <= parts.size(); ++begin) {
        const auto at = parts.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto end = at + static_cast<std::ptrdiff_t>(name.size());
        if (!name.empty() && std::equal(at, end, name.begin()) &&
            std::all_of(parts.begin(), at, is_word) && std::all_of(end, parts.end(), is_word)) {
          return true;
        }
      }
      return false;
    };
    return std::ranges::any_of(names_, is_name) ? 2 : 0;
  }

 private:
  bool is_python_;
  std::string version_;
  std::optional<Pep440Version> parsed_;
  std::string name_;
  std::vector<std::vector<std::string_view>> names_;
};

// Of a whole tag, as Wanted::rank; 0 when it is not about the version.
int rank_of(const Wanted& wanted, std::string_view tag) {
  const std::string lower = to_lower_ascii(tag);
  const std::string_view text = lower;
  for (const std::size_t place : version_places(text)) {
    if (!wanted.is_version(text.substr(place))) continue;
    if (const int rank = wanted.rank(text.substr(0, place)); rank > 0) return rank;
  }
  return 0;
}

}  // namespace

const RepositoryTag* tag_of_version(std::span<const RepositoryTag> tags, const PackageId& package) {
  if (package.version.empty()) return nullptr;
  const Wanted wanted(package);
  const RepositoryTag* best = nullptr;
  int best_rank = 0;
  for (const RepositoryTag& tag : tags) {
    const int rank = rank_of(wanted, tag.name);
    if (rank <= best_rank) continue;
    best = &tag;
    best_rank = rank;
  }
  return best;
}

}  // namespace assay
