// What a path outside the package is for, as far as its own words tell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::rules {

enum class PathKind : std::uint8_t {
  ordinary,
  browser_logins,     // saved passwords and key stores of browsers and systems
  browser_profile,    // the rest of a browser's profile: cookies, storage
  wallet,             // wallet programs' and extensions' files
  messenger,          // chat clients' session storage
  credentials,        // keys and tokens of developers and clouds
  accounts,           // /etc/passwd and kin
  autostart,          // runs at log-in or boot
  shell_start,        // runs with every shell
  schedule,           // cron, scheduled tasks
  remote_login,       // authorized_keys, sudoers
  interpreter_start,  // sitecustomize.py, .pth in site-packages
  workflow,           // continuous integration
  agent_settings,     // editors' tasks and coding agents' settings: what they run or believe
};
std::string_view to_string(PathKind kind);  // "an autostart folder"

// Either slash, any case, `hole` allowed anywhere.
PathKind path_kind(std::string_view path);

// Kinds that let something run again later, without the package.
bool is_persistent(PathKind kind);

// "/", "~", "C:\Users", "$HOME/*" and kin: deleting them is deleting everything that counts.
bool is_whole_tree(std::string_view path);

// In the user's home, or the system's folders; false for temporary folders and unknown paths.
bool is_outside_package(std::string_view path);

std::string normal_path(std::string_view path);  // lower case, single '/'

}  // namespace assay::rules
