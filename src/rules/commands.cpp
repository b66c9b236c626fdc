#include "rules/commands.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "base/text.h"
#include "rules/paths.h"

namespace assay::rules {
namespace {

using Words = std::vector<std::string>;

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return contains(text, part); });
}

bool has(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

Words lower_words(std::string_view command) { return words_of(to_lower_ascii(command)); }

constexpr std::string_view cradle_marks[] = {"-enc",
                                             "-e ",
                                             "-ec ",
                                             "frombase64string",
                                             "downloadstring",
                                             "downloadfile",
                                             "downloaddata",
                                             "invoke-expression",
                                             "iex",
                                             "invoke-webrequest",
                                             "iwr ",
                                             "invoke-restmethod",
                                             "irm ",
                                             "start-bitstransfer",
                                             "-w hidden",
                                             "-windowstyle hidden",
                                             "-w h ",
                                             "net.webclient",
                                             "reflection.assembly"};

constexpr std::string_view defence_marks[] = {"add-mppreference",
                                              "set-mppreference",
                                              "disablerealtimemonitoring",
                                              "disableantispyware",
                                              "advfirewall set allprofiles state off",
                                              "firewall set opmode disable",
                                              "stop windefend",
                                              "delete windefend",
                                              "config windefend",
                                              "vssadmin delete shadows",
                                              "shadowcopy delete",
                                              "wbadmin delete catalog",
                                              "recoveryenabled no",
                                              "setenforce 0",
                                              "csrutil disable",
                                              "spctl --master-disable",
                                              "enablelua",
                                              "disabletaskmgr",
                                              "disableregistrytools",
                                              "tccutil reset",
                                              "wevtutil cl",
                                              "clear-eventlog",
                                              "chattr +i"};

constexpr std::string_view mining_marks[] = {
    "stratum+tcp", "stratum+ssl", "xmrig",         "minerd",       "cpuminer", "ethminer",
    "nbminer",     "t-rex.exe",   "phoenixminer",  "supportxmr",   "minexmr",  "nanopool.org",
    "2miners.com", "moneroocean", "hashvault.pro", "nicehash.com", "coinhive", "cryptonight",
    "randomx",     "herominers",  "unmineable",    "f2pool.com",   "lolminer", "teamredminer"};

// Not among them: uname, pwd, ls, id, hostname and env, which builds ask for honest reasons.
constexpr std::string_view probes[] = {
    "whoami", "ifconfig", "ipconfig", "systeminfo", "tasklist",    "netstat", "arp",
    "getmac", "qwinsta",  "nltest",   "dmidecode",  "hostnamectl", "logname", "printenv",
    "w",      "last",     "wmic",     "ioreg",      "netdiscover", "quser"};

constexpr std::string_view unasking_marks[] = {
    "--dangerously-skip-permissions", "--yolo",      "--trust-all-tools",
    "--dangerously-bypass-approvals", "--full-auto", "--allow-all-tools"};
constexpr std::string_view agents[] = {"claude", "gemini",       "q",     "codex", "copilot",
                                       "aider",  "cursor-agent", "goose", "qwen",  "opencode",
                                       "amp"};

bool deletes_trees(const Words& words) {
  const std::string program = program_of(words.empty() ? "" : words[0]);
  const bool is_posix = program == "rm" || program == "shred" || program == "srm";
  const bool is_windows = program == "rd" || program == "rmdir" || program == "del" ||
                          program == "erase" || program == "remove-item" || program == "deltree";
  if (!is_posix && !is_windows) return false;
  const bool is_recursive = std::ranges::any_of(words, [](const std::string& word) {
    const bool is_short = word.size() > 1 && word[0] == '-' && word[1] != '-';
    return (is_short && contains(word, "r")) || word == "--recursive" || word == "/s" ||
           word == "/q" || word == "-recurse";
  });
  return is_recursive &&
         std::ranges::any_of(words.begin() + 1, words.end(),
                             [](const std::string& word) { return is_whole_tree(word); });
}

}  // namespace

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool in_word = false;
  for (const char c : command) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word.push_back(c);
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (in_word || !word.empty()) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word.push_back(c);
    }
  }
  if (in_word || !word.empty()) words.push_back(std::move(word));
  return words;
}

std::string program_of(std::string_view command) {
  const Words words = words_of(command);
  if (words.empty() || contains(words[0], hole)) return "";
  std::string name = to_lower_ascii(words[0]);
  if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos) {
    name.erase(0, slash + 1);
  }
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  return name;
}

bool is_powershell_cradle(std::string_view command) {
  const std::string lower = to_lower_ascii(command);
  if (!contains(lower, "powershell") && !contains(lower, "pwsh")) return false;
  return contains_any(lower, cradle_marks);
}

bool weakens_defences(std::string_view command) {
  return contains_any(to_lower_ascii(command), defence_marks);
}

bool registers_autostart(std::string_view command) {
  const std::string lower = to_lower_ascii(command);
  const Words words = words_of(lower);
  const std::string program = program_of(lower);
  if (program == "schtasks") return has(words, "/create");
  if (program == "crontab") return words.size() > 1 && !has(words, "-l") && !has(words, "-r");
  if (program == "systemctl") return has(words, "enable");
  if (program == "launchctl") return has(words, "load") || has(words, "bootstrap");
  if (program == "sc") return has(words, "create");
  if (program == "reg") {
    return has(words, "add") && is_persistent(path_kind(lower));
  }
  if (program == "update-rc.d" || program == "chkconfig") return true;
  return contains(lower, "new-scheduledtask") || contains(lower, "register-scheduledtask");
}

bool wipes(std::string_view command) {
  const std::string lower = to_lower_ascii(command);
  if (contains(replace_all(lower, " ", ""), ":(){:|:&};:")) return true;
  const Words words = words_of(lower);
  if (words.empty()) return false;
  const std::string program = program_of(lower);
  if (program == "format") return words.size() > 1 && words[1].size() == 2 && words[1][1] == ':';
  if (program.starts_with("mkfs")) return contains(lower, "/dev/");
  if (program == "dd")
    return contains(lower, "of=/dev/sd") || contains(lower, "of=/dev/nvme") ||
           contains(lower, "of=/dev/hd");
  if (program == "cipher") return contains(lower, "/w:");
  return deletes_trees(words);
}

bool speaks_of_mining(std::string_view text) {
  return contains_any(to_lower_ascii(text), mining_marks);
}

std::optional<std::string> machine_probe(std::string_view command) {
  const std::string program = program_of(command);
  if (std::ranges::find(probes, program) == std::end(probes)) return std::nullopt;
  return program;
}

bool is_everyday(std::string_view command) {
  constexpr std::string_view questions[] = {
      "rev-parse", "describe", "log",  "status",   "branch", "show", "diff",     "ls-files",
      "tag",       "rev-list", "info", "identify", "id",     "root", "--version"};
  constexpr std::string_view test_modules[] = {"unittest", "pytest", "doctest", "compileall"};
  if (command.find_first_of("|&;<>`$\n") != std::string_view::npos || contains(command, "://")) {
    return false;
  }
  const Words words = lower_words(command);
  if (words.size() < 2) return false;
  const auto is_one_of = [](std::string_view word, std::span<const std::string_view> known) {
    return std::ranges::find(known, word) != known.end();
  };
  const std::string program = program_of(command);
  if (program == "git" || program == "hg" || program == "svn") {
    return is_one_of(words[1], questions);
  }
  return program.starts_with("python") && words[1] == "-m" && words.size() > 2 &&
         is_one_of(words[2], test_modules);
}

bool publishes(std::string_view command) {
  const Words words = lower_words(command);
  const std::string program = program_of(command);
  if (program == "npm" || program == "pnpm" || program == "yarn" || program == "bun") {
    return has(words, "publish");
  }
  return (program == "twine" || has(words, "twine")) && has(words, "upload");
}

bool runs_unasking_agent(std::string_view command) {
  const std::string program = program_of(command);
  if (std::ranges::find(agents, program) == std::end(agents)) return false;
  return contains_any(to_lower_ascii(command), unasking_marks);
}

std::string installed_package(std::string_view command) {
  const Words words = words_of(command);
  static constexpr std::string_view installers[] = {"pip",  "pip3", "npm", "yarn",
                                                    "pnpm", "bun",  "uv"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != "install" && words[i] != "add" && words[i] != "i") continue;
    const bool is_installer = std::ranges::any_of(
        words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), [](const std::string& word) {
          return std::ranges::find(installers, program_of(word)) != std::end(installers);
        });
    if (!is_installer) continue;
    for (std::size_t j = i + 1; j < words.size(); ++j) {
      if (!words[j].starts_with('-')) return words[j];
    }
  }
  return "";
}

}  // namespace assay::rules
