#include "facts/code/flow/api.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "facts/code/flow/api_rows.h"

namespace assay::code {
namespace {

using Index = std::unordered_map<std::string_view, const Api*>;

Index index_of(std::span<const Api> rows) {
  Index index;
  index.reserve(rows.size() * 2);
  for (const Api& row : rows) index.emplace(row.path, &row);
  return index;
}

struct Words {
  std::string_view part;
  Sources source;
};

// Lower case, '/' as separator. The first match decides.
constexpr Words path_words[] = {
    {".npmrc", Source::credential_file},
    {".pypirc", Source::credential_file},
    {".netrc", Source::credential_file},
    {".git-credentials", Source::credential_file},
    {".ssh/", Source::credential_file},
    {"id_rsa", Source::credential_file},
    {"id_ed25519", Source::credential_file},
    {".aws/credentials", Source::credential_file},
    {".aws/config", Source::credential_file},
    {".aws", Source::credential_file},
    {".azure/", Source::credential_file},
    {"gcloud/", Source::credential_file},
    {"application_default_credentials", Source::credential_file},
    {".kube/config", Source::credential_file},
    {".docker/config.json", Source::credential_file},
    {".config/gh/hosts", Source::credential_file},
    {".gnupg", Source::credential_file},
    {".bash_history", Source::credential_file},
    {".zsh_history", Source::credential_file},
    {"/etc/shadow", Source::credential_file},
    {"/etc/passwd", Source::credential_file},
    {"filezilla", Source::credential_file},
    {"serviceaccount/token", Source::credential_file},
    {"keychain", Source::credential_file},
    {".vault-token", Source::credential_file},
    {"login data", Source::browser_store},
    {"web data", Source::browser_store},
    {"cookies.sqlite", Source::browser_store},
    {"network/cookies", Source::browser_store},
    {"default/cookies", Source::browser_store},
    {"local state", Source::browser_store},
    {"local extension settings", Source::wallet},
    {"logins.json", Source::browser_store},
    {"key4.db", Source::browser_store},
    {"user data/default", Source::browser_store},
    {"google/chrome/user data", Source::browser_store},
    {"bravesoftware", Source::browser_store},
    {"mozilla/firefox/profiles", Source::browser_store},
    {"opera software", Source::browser_store},
    {"discord/local storage", Source::messenger},
    {"local storage/leveldb", Source::messenger},
    {"discordcanary", Source::messenger},
    {"telegram desktop/tdata", Source::messenger},
    {"tdata", Source::messenger},
    {"exodus/exodus.wallet", Source::wallet},
    {"exodus", Source::wallet},
    {"electrum/wallets", Source::wallet},
    {"atomic/local storage", Source::wallet},
    {"wallet.dat", Source::wallet},
    {".config/solana/id.json", Source::wallet},
    {"ethereum/keystore", Source::wallet},
    {"metamask", Source::wallet},
    {"/proc/self/environ", Source::environment},
    {"/etc/hostname", Source::host},
    {"/etc/os-release", {}},
};

constexpr std::string_view secret_words[] = {
    "token",   "secret",     "passw",       "passphrase", "credential",   "apikey",
    "api_key", "access_key", "private_key", "auth",       "npm_config__", "session_key"};

// Variables that builds and programs read every day.
constexpr std::string_view plain_variables[] = {"path", "home",   "pwd",     "debug", "node_env",
                                                "ci",   "lang",   "term",    "shell", "tmp",
                                                "temp", "tmpdir", "no_color"};

constexpr std::string_view identity_variables[] = {
    "user", "username", "logname", "userdomain", "userprofile", "hostname", "computername"};

struct ModuleAlias {
  std::string_view name, canonical;
};
constexpr ModuleAlias javascript_aliases[] = {{"fs-extra", "fs"},
                                              {"graceful-fs", "fs"},
                                              {"promise-fs", "fs"},
                                              {"fs-promise", "fs"},
                                              {"bluebird", "Promise"},
                                              {"original-fs", "fs"},
                                              {"fs/promises", "fs.promises"},
                                              {"dns/promises", "dns.promises"},
                                              {"isomorphic-ws", "ws"},
                                              {"cross-spawn-async", "cross-spawn"},
                                              {"follow-redirects/https", "https"},
                                              {"timers/promises", "timers.promises"},
                                              {"request-promise", "request"},
                                              {"request-promise-native", "request"},
                                              {"module", "module.Module"},
                                              {"jquery", "$"},
                                              {"child_process-promise", "child-process-promise"},
                                              {"promisify-child-process", "child_process"},
                                              {"mz/child_process", "child_process"},
                                              {"mz/fs", "fs"},
                                              {"util/types", "util.types"}};
constexpr ModuleAlias python_aliases[] = {{"builtins", ""},
                                          {"__builtin__", ""},
                                          {"__builtins__", ""},
                                          {"posix", "os"},
                                          {"nt", "os"},
                                          {"urllib3.util.request", "urllib3"},
                                          {"six.moves.urllib.request", "urllib.request"},
                                          {"_io", "io"},
                                          {"PIL.ImageGrab", "PIL.ImageGrab"},
                                          {"Tkinter", "tkinter"}};

}  // namespace

const Api* find_api(Language language, std::string_view path) {
  static const Index javascript = index_of(javascript_rows());
  static const Index python = index_of(python_rows());
  const Index& index = language == Language::javascript ? javascript : python;
  if (const auto found = index.find(path); found != index.end()) return found->second;
  // dns.promises.Resolver().resolve is to be waited for and else the same.
  constexpr std::string_view mark = ".promises.";
  const std::size_t at =
      language == Language::javascript ? path.find(mark) : std::string_view::npos;
  if (at == std::string_view::npos) return nullptr;
  const auto plain =
      index.find(std::string(path.substr(0, at + 1)) + std::string(path.substr(at + mark.size())));
  return plain == index.end() ? nullptr : plain->second;
}

bool is_worth_patching(Language language, std::string_view path) {
  const auto patched = language == Language::javascript ? javascript_patched() : python_patched();
  return std::ranges::find(patched, path) != patched.end();
}

Sources classify_path(std::string_view path) {
  if (path.size() > 4096) return {};
  std::string lower = to_lower_ascii(path);
  std::ranges::replace(lower, '\\', '/');
  for (const Words& words : path_words) {
    if (contains(lower, words.part)) return words.source;
  }
  return {};
}

Sources classify_variable(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  if (contains(lower, hole)) return Source::environment;
  if (std::ranges::find(plain_variables, lower) != std::end(plain_variables)) return {};
  if (std::ranges::find(identity_variables, lower) != std::end(identity_variables))
    return Source::user;
  for (const std::string_view word : secret_words) {
    if (contains(lower, word) && lower != "author") return Source::secret_variable;
  }
  return Source::variable;
}

std::string_view canonical_module(Language language, std::string_view name) {
  if (language == Language::javascript && name.starts_with("node:")) name.remove_prefix(5);
  const auto aliases = language == Language::javascript
                           ? std::span<const ModuleAlias>(javascript_aliases)
                           : std::span<const ModuleAlias>(python_aliases);
  for (const ModuleAlias& alias : aliases) {
    if (alias.name == name) return alias.canonical;
  }
  return name;
}

}  // namespace assay::code
