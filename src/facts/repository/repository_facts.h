// What a package has in common with the repository that it names, worked out and not judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/known.h"
#include "base/timestamp.h"

namespace assay {

enum class RepositoryState : std::uint8_t {
  undeclared,  // the package names none
  unusable,    // what it names is no repository of git
  absent,      // there is none at that address, or it is not public
  empty,
  unmatched,  // nothing in it marks this version; only its manifests were looked at
  compared,
};
std::string_view to_string(RepositoryState state);

// Why a commit is taken for the version's.
enum class CommitFrom : std::uint8_t {
  none,
  registry,  // the registry says which commit was published
  tag,
  manifest,  // the newest commit's manifest has this version
};

enum class NameMatch : std::uint8_t {
  untold,  // no manifest in it tells a name
  agrees,
  differs,  // all that was read belong to other packages
};

// A file of the package that the repository does not hold like that.
struct RepositoryFile {
  std::string path;
  std::string counterpart;               // in the repository; empty: there is none
  std::string made_by;                   // why a build may have made it; empty: nothing says so
  bool is_weakly_made = false;           // `made_by` rests on the name of its folder alone
  bool at_install = false;               // runs when the package is installed or built
  bool acts = false;                     // reaches the network, processes or code, uncalled
  std::size_t lines = 0, new_lines = 0;  // of a changed text, and those that the repository lacks
  std::string first_new_line;

  bool operator==(const RepositoryFile&) const = default;
};

// A script, dependency or command of package.json that the repository's own does not have.
struct RepositoryField {
  enum class Kind : std::uint8_t { script, dependency, command };
  Kind kind = Kind::script;
  std::string name, value;
  std::string there;  // the repository's value; empty: none

  bool operator==(const RepositoryField&) const = default;
};

struct RepositoryFacts {
  RepositoryState state = RepositoryState::undeclared;
  std::string declared;     // as the package or its registry spells it
  std::string url, folder;  // of the repository; of the package in it, empty at the top
  std::string reason;       // of the state, for people
  std::optional<Time> asked;

  // Which commit.
  CommitFrom from = CommitFrom::none;
  std::string commit, tag;
  bool has_lost_commit = false;  // the registry names one that the repository does not have
  // Releases before this one that were looked for, and those that have a tag.
  std::size_t earlier = 0, earlier_tagged = 0;

  // Whose it is.
  NameMatch name = NameMatch::untold;
  std::vector<std::string> names;  // that its manifests tell, when none is the package's; sorted

  // Which files.
  std::size_t same = 0, made = 0, uncompared = 0;
  std::size_t missing_count = 0, changed_count = 0;  // also of those beyond what is kept
  std::vector<RepositoryFile> missing, changed;      // what runs first, then by path
  Known<std::vector<RepositoryField>> fields;        // of npm
  bool has_security_policy = false;

  bool operator==(const RepositoryFacts&) const = default;
};

inline constexpr std::size_t most_repository_files = 200;  // of each kind that are kept

}  // namespace assay
