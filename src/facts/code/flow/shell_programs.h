// What the programs that command lines name do.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "facts/code/shell/shell.h"

namespace assay::code {

enum class Does : std::uint8_t {
  fetches,     // downloads what its words name
  connects,    // nc, telnet, ssh
  resolves,    // nslookup, dig, host, ping
  interprets,  // sh, python, node: runs a file or its input
  deletes,
  writes,  // cp, mv, tee, dd
  changes_mode,
  lists_environment,
  names_host,
  names_user,
  names_path,
  reads,      // cat, type, head
  decodes,    // xz -d, base64 -d: what it reads, unpacked or decoded
  persists,   // crontab, schtasks, systemctl, launchctl, reg
  publishes,  // npm publish, twine upload
  runs_code,  // iex, eval of something fetched
  tunnels,
};

// Nothing for programs that are not known, and for scripts under their names.
std::optional<Does> does(const ShellCommand& command);

// base64 and kin encode unless they are told to decode.
bool decodes(std::string_view program, const ShellCommand& command);

}  // namespace assay::code
