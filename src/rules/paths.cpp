#include "rules/paths.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"

namespace assay::rules {
namespace {

struct KnownPath {
  std::string_view part;  // of a normal path
  PathKind kind;
};

// The first that fits counts, so the narrower ones come first.
constexpr KnownPath known_paths[] = {
    {"login data", PathKind::browser_logins},
    {"logins.json", PathKind::browser_logins},
    {"key4.db", PathKind::browser_logins},
    {"key3.db", PathKind::browser_logins},
    {"signons.sqlite", PathKind::browser_logins},
    {"login.keychain", PathKind::browser_logins},
    {"library/keychains", PathKind::browser_logins},
    // Extension ids of wallets, as they name folders in a browser's profile.
    {"nkbihfbeogaeaoehlefnkodbefgpgknn", PathKind::wallet},
    {"ejbalbakoplchlghecdalmeeeajnimhm", PathKind::wallet},
    {"fhbohimaelbohpjbbldcngcnapndodjp", PathKind::wallet},
    {"ibnejdfjmmkpcnlpebklmnkoeoihofec", PathKind::wallet},
    {"bfnaelmomeimhlpmgjnjophhpkkoljpa", PathKind::wallet},
    {"hnfanknocfeofbddgcijnmhnfnkdnaad", PathKind::wallet},
    {"exodus/exodus.wallet", PathKind::wallet},
    {"/exodus/", PathKind::wallet},
    {"atomic/local storage", PathKind::wallet},
    {"electrum/wallets", PathKind::wallet},
    {"ethereum/keystore", PathKind::wallet},
    {"com.liberty.jaxx", PathKind::wallet},
    {"guarda/local storage", PathKind::wallet},
    {"coinomi/coinomi/wallets", PathKind::wallet},
    {"bytecoin", PathKind::wallet},
    {"/zcash", PathKind::wallet},
    {"armory/", PathKind::wallet},
    {"wallet.dat", PathKind::wallet},
    {".config/solana/id.json", PathKind::wallet},
    {"discord/local storage", PathKind::messenger},
    {"discordcanary", PathKind::messenger},
    {"discordptb", PathKind::messenger},
    {"roaming/discord", PathKind::messenger},
    {"%appdata%/discord", PathKind::messenger},
    {"appdata/discord", PathKind::messenger},
    {"lightcord", PathKind::messenger},
    {"discord_desktop_core", PathKind::messenger},
    {"telegram desktop/tdata", PathKind::messenger},
    {"/tdata", PathKind::messenger},
    {"signal/config.json", PathKind::messenger},
    {"slack/local storage", PathKind::messenger},
    {"steam/config", PathKind::messenger},
    {"ssfn", PathKind::messenger},
    {".ssh/authorized_keys", PathKind::remote_login},
    {"/etc/sudoers", PathKind::remote_login},
    {"/.ssh/config", PathKind::ordinary},
    {"/.ssh/known_hosts", PathKind::ordinary},
    {"/.ssh", PathKind::credentials},
    {"id_rsa", PathKind::credentials},
    {"id_ed25519", PathKind::credentials},
    {".aws/credentials", PathKind::credentials},
    {".azure/accesstokens", PathKind::credentials},
    {".azure/msal_token_cache", PathKind::credentials},
    {"gcloud/credentials.db", PathKind::credentials},
    {"application_default_credentials.json", PathKind::credentials},
    {".kube/config", PathKind::credentials},
    {".docker/config.json", PathKind::credentials},
    {".git-credentials", PathKind::credentials},
    {".config/gh/hosts", PathKind::credentials},
    {".pypirc", PathKind::credentials},
    {".npmrc", PathKind::credentials},
    {".netrc", PathKind::credentials},
    {".gnupg", PathKind::credentials},
    {".vault-token", PathKind::credentials},
    {"/var/run/secrets/", PathKind::credentials},
    {".bash_history", PathKind::credentials},
    {".zsh_history", PathKind::credentials},
    {"/etc/passwd", PathKind::accounts},
    {"/etc/shadow", PathKind::accounts},
    {"system32/config/sam", PathKind::accounts},
    {"start menu/programs/startup", PathKind::autostart},
    {"currentversion/run", PathKind::autostart},
    {"currentversion/winlogon", PathKind::autostart},
    {"library/launchagents", PathKind::autostart},
    {"library/launchdaemons", PathKind::autostart},
    {".config/autostart", PathKind::autostart},
    {"systemd/system", PathKind::autostart},
    {"systemd/user", PathKind::autostart},
    {"/etc/init.d", PathKind::autostart},
    {"/etc/rc.local", PathKind::autostart},
    {"/etc/profile.d", PathKind::shell_start},
    {".bashrc", PathKind::shell_start},
    {".bash_profile", PathKind::shell_start},
    {".zshrc", PathKind::shell_start},
    {".zshenv", PathKind::shell_start},
    {".zprofile", PathKind::shell_start},
    {"/.profile", PathKind::shell_start},
    {"config.fish", PathKind::shell_start},
    {"windowspowershell/profile.ps1", PathKind::shell_start},
    {"microsoft.powershell_profile.ps1", PathKind::shell_start},
    {"/etc/cron", PathKind::schedule},
    {"/var/spool/cron", PathKind::schedule},
    {"system32/tasks", PathKind::schedule},
    {"sitecustomize.py", PathKind::interpreter_start},
    {"usercustomize.py", PathKind::interpreter_start},
    {".github/workflows", PathKind::workflow},
    {".gitlab-ci.yml", PathKind::workflow},
    {".vscode/tasks.json", PathKind::agent_settings},
    {".claude/settings", PathKind::agent_settings},
    {"/claude.md", PathKind::agent_settings},
    {".cursorrules", PathKind::agent_settings},
    {".cursor/rules", PathKind::agent_settings},
    {".cursor/mcp.json", PathKind::agent_settings},
    {".gemini/settings", PathKind::agent_settings},
    {"claude_desktop_config.json", PathKind::agent_settings},
    {".codeium/windsurf/mcp_config", PathKind::agent_settings},
    {"git/templates/hooks", PathKind::shell_start},
    {"cookies.sqlite", PathKind::browser_profile},
    {"/network/cookies", PathKind::browser_profile},
    {"default/cookies", PathKind::browser_profile},
    {"user data/local state", PathKind::browser_profile},
    {"google/chrome/user data", PathKind::browser_profile},
    {"/.config/google-chrome", PathKind::browser_profile},
    {"application support/google/chrome", PathKind::browser_profile},
    {"bravesoftware/brave-browser", PathKind::browser_profile},
    {"microsoft/edge/user data", PathKind::browser_profile},
    {"opera software/opera", PathKind::browser_profile},
    {"yandex/yandexbrowser", PathKind::browser_profile},
    {"vivaldi/user data", PathKind::browser_profile},
    {"mozilla/firefox/profiles", PathKind::browser_profile},
    {"safari/cookies", PathKind::browser_profile},
};

constexpr std::array<std::string_view, 14> kind_names = {"a file",
                                                         "saved logins",
                                                         "a browser's profile",
                                                         "a wallet",
                                                         "a chat client's session",
                                                         "credentials",
                                                         "the system's accounts",
                                                         "an autostart place",
                                                         "a shell's start file",
                                                         "a schedule",
                                                         "who may log in",
                                                         "the interpreter's start files",
                                                         "a continuous integration workflow",
                                                         "an editor's or agent's settings"};

// Folders whose loss is the loss of a person's work or of the machine.
constexpr std::string_view whole_trees[] = {
    "/",         "~",           "$home",       "${home}", "%userprofile%", "%homepath%",
    "/home",     "/root",       "/users",      "c:",      "c:/users",      "c:/windows",
    "/etc",      "/usr",        "/var",        "/bin",    "/boot",         "/lib",
    "~/desktop", "~/documents", "~/downloads", "/mnt",    "/opt",          "c:/windows/system32",
    "d:",        "/home/*",     "~/*",         "/*",      "%systemroot%",  "%systemdrive%"};

constexpr std::string_view outside_starts[] = {"~/",
                                               "~",
                                               "$home",
                                               "%userprofile%",
                                               "%appdata%",
                                               "%localappdata%",
                                               "/etc/",
                                               "/usr/",
                                               "/root/",
                                               "/home/",
                                               "/users/",
                                               "/opt/",
                                               "/library/",
                                               "/var/",
                                               "c:/windows",
                                               "c:/users",
                                               "c:/program",
                                               "%programdata%",
                                               "%programfiles%",
                                               "hkcu/",
                                               "hklm/",
                                               "hkey_"};

}  // namespace

std::string_view to_string(PathKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::string normal_path(std::string_view path) {
  // Home and its like, as the interpreter says them, and the short names that tables use.
  struct Place {
    std::string_view said, name;
  };
  static constexpr Place places[] = {{"/home", "~"},
                                     {"/userprofile", "~"},
                                     {"/appdata", "%appdata%"},
                                     {"/localappdata", "%localappdata%"},
                                     {"/temp", "%temp%"},
                                     {"/tmp", "%temp%"},
                                     {"/programdata", "%programdata%"},
                                     {"/windir", "c:/windows"},
                                     {"/systemroot", "c:/windows"}};
  std::string result;
  result.reserve(path.size());
  for (char c : to_lower_ascii(path)) {
    if (c == '\\') c = '/';
    if (c == '/' && result.ends_with('/')) continue;
    result.push_back(c);
  }
  if (!result.starts_with(hole)) return result;
  for (const Place& place : places) {
    const std::string_view rest = std::string_view(result).substr(hole.size());
    if (!rest.starts_with(place.said)) continue;
    const std::string_view after = rest.substr(place.said.size());
    if (after.empty() || after.starts_with('/'))
      return std::string(place.name) + std::string(after);
  }
  return result;
}

PathKind path_kind(std::string_view path) {
  const std::string normal = normal_path(path);
  for (const KnownPath& known : known_paths) {
    if (contains(normal, known.part)) return known.kind;
  }
  if (normal.ends_with(".pth") && contains(normal, "-packages/"))
    return PathKind::interpreter_start;
  return PathKind::ordinary;
}

bool is_persistent(PathKind kind) {
  switch (kind) {
    case PathKind::autostart:
    case PathKind::shell_start:
    case PathKind::schedule:
    case PathKind::remote_login:
    case PathKind::interpreter_start: return true;
    default: return false;
  }
}

bool is_whole_tree(std::string_view path) {
  std::string normal = normal_path(trim(path));
  if (normal.size() > 1 && normal.ends_with("/*")) normal.resize(normal.size() - 2);
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  if (normal.empty()) return path.starts_with('/');
  return std::ranges::find(whole_trees, normal) != std::end(whole_trees);
}

bool is_outside_package(std::string_view path) {
  const std::string normal = normal_path(trim(path));
  return std::ranges::any_of(outside_starts,
                             [&](std::string_view start) { return normal.starts_with(start); });
}

}  // namespace assay::rules
