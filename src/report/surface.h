// The automatic surface of a package: everything in it that runs uncalled or is there to be
// started, and what each can do. Made from facts alone: it lists, and judges nothing. The order and
// the words are only for reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "report/place.h"

namespace assay {

// What code can do, coarser than Act: one line of a report each, the riskiest first.
enum class Capability : std::uint8_t {
  sends,              // data over the network
  runs_fetched_code,  // code or a program that came over the network
  injects,            // into other processes
  captures,           // screen, keys, clipboard
  runs_code,          // text as code
  runs_programs,      // processes and command lines
  persists,           // writes where something runs it again later
  writes_outside,     // files outside the package
  deletes,
  loads_native,
  reads_secrets,  // credential files, browsers, wallets, messengers
  fetches,        // over the network
  connects,       // sockets, servers
  resolves,       // names in DNS
  patches,        // replaces functions of the language or of other modules
  reads_environment,
  reads_identity,  // of the machine, its user, its folders
  loads_computed,  // modules whose names are computed
  reads_outside,   // other files outside the package
  writes_files,    // in the package, or where the path could not be computed
  reads_files,
  decodes,
  halts,  // ends the process or never returns
};
inline constexpr int capability_count = 23;
std::string_view to_string(Capability capability);  // "sends data"

// Alike actions of one file.
struct SurfaceAct {
  std::string act;     // as Act names it: "run_shell"
  std::string api;     // escaped
  std::string target;  // host, path, command line, code; escaped and defanged, may be empty
  std::vector<std::string> carries;  // sources of what flows in
  Place place;                       // of the first
  std::size_t count = 1;
  bool at_load = false;  // runs with the file; else when something calls the function it is in
  bool hidden = false;   // silenced, detached, or in decoded code

  bool operator==(const SurfaceAct&) const = default;
};

struct SurfaceCapability {
  Capability capability = Capability::sends;
  bool at_load = false;          // any of them
  std::size_t count = 0;         // of actions
  std::vector<SurfaceAct> acts;  // those that run at load first; cut at a limit that `count` is not

  bool operator==(const SurfaceCapability&) const = default;
};

struct SurfaceEntry {
  std::string kind;  // "npm script"; "reached" for files that no entry is known to lead to
  Trigger trigger = Trigger::none;
  std::string name, command;       // escaped
  Place place;                     // where it is declared
  std::vector<std::string> files;  // that it starts with; escaped, cut
  std::size_t files_count = 0;     // that it starts with
  std::size_t reached_count = 0;   // files it can get to, those included
  bool is_followed = true;         // false when the budget ended before its files were followed
  std::vector<SurfaceCapability> capabilities;

  bool operator==(const SurfaceEntry&) const = default;
};

struct ReportedSurface {
  std::vector<SurfaceEntry> entries;  // the most automatic first, then the riskiest
  std::vector<std::string> bundled;   // folders of bundled dependencies; escaped, cut
  std::size_t bundled_count = 0;
  std::size_t unreached_files = 0;     // code to which nothing in the package leads
  std::size_t unreached_actions = 0;   // what that code does
  std::vector<std::string> omissions;  // what is missing from this list, beside the gaps

  bool operator==(const ReportedSurface&) const = default;
};

ReportedSurface build_surface(const Facts& facts);

}  // namespace assay
