#include "facts/code/flow/shell_programs.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace assay::code {
namespace {

struct Program {
  std::string_view name;
  Does does;
};
constexpr Program programs[] = {
    {"curl", Does::fetches},
    {"wget", Does::fetches},
    {"invoke-webrequest", Does::fetches},
    {"invoke-restmethod", Does::fetches},
    {"net.webclient.downloadstring", Does::fetches},
    {"net.webclient.downloadfile", Does::fetches},
    {"net.webclient.downloaddata", Does::fetches},
    {"net.webclient.uploadstring", Does::fetches},
    {"net.webclient.uploadfile", Does::fetches},
    {"start-bitstransfer", Does::fetches},
    {"bitsadmin", Does::fetches},
    {"certutil", Does::fetches},
    {"mshta", Does::fetches},
    {"regsvr32", Does::fetches},
    {"aria2c", Does::fetches},
    {"http", Does::fetches},
    {"fetch", Does::fetches},
    {"lwp-download", Does::fetches},
    {"nc", Does::connects},
    {"ncat", Does::connects},
    {"netcat", Does::connects},
    {"telnet", Does::connects},
    {"socat", Does::connects},
    {"ssh", Does::connects},
    {"scp", Does::connects},
    {"rsync", Does::connects},
    {"ftp", Does::connects},
    {"openssl", Does::connects},
    {"nslookup", Does::resolves},
    {"dig", Does::resolves},
    {"host", Does::resolves},
    {"ping", Does::resolves},
    {"resolve-dnsname", Does::resolves},
    {"sh", Does::interprets},
    {"bash", Does::interprets},
    {"zsh", Does::interprets},
    {"dash", Does::interprets},
    {"ksh", Does::interprets},
    {"python", Does::interprets},
    {"python3", Does::interprets},
    {"python2", Does::interprets},
    {"pythonw", Does::interprets},
    {"node", Does::interprets},
    {"perl", Does::interprets},
    {"ruby", Does::interprets},
    {"php", Does::interprets},
    {"bun", Does::interprets},
    {"deno", Does::interprets},
    {"powershell", Does::interprets},
    {"pwsh", Does::interprets},
    {"cmd", Does::interprets},
    {"wscript", Does::interprets},
    {"cscript", Does::interprets},
    {"osascript", Does::interprets},
    {"rundll32", Does::interprets},
    {"source", Does::interprets},
    {".", Does::interprets},
    {"invoke-expression", Does::runs_code},
    {"rm", Does::deletes},
    {"rmdir", Does::deletes},
    {"rd", Does::deletes},
    {"del", Does::deletes},
    {"unlink", Does::deletes},
    {"shred", Does::deletes},
    {"remove-item", Does::deletes},
    {"mkfs", Does::deletes},
    {"format", Does::deletes},
    {"cp", Does::writes},
    {"mv", Does::writes},
    {"tee", Does::writes},
    {"copy", Does::writes},
    {"move", Does::writes},
    {"set-content", Does::writes},
    {"out-file", Does::writes},
    {"add-content", Does::writes},
    {"copy-item", Does::writes},
    {"install", Does::writes},
    {"chmod", Does::changes_mode},
    {"attrib", Does::changes_mode},
    {"env", Does::lists_environment},
    {"printenv", Does::lists_environment},
    {"export", Does::lists_environment},
    {"hostname", Does::names_host},
    {"uname", Does::names_host},
    {"ifconfig", Does::names_host},
    {"ipconfig", Does::names_host},
    {"ip", Does::names_host},
    {"systeminfo", Does::names_host},
    {"whoami", Does::names_user},
    {"id", Does::names_user},
    {"pwd", Does::names_path},
    {"cat", Does::reads},
    {"type", Does::reads},
    {"head", Does::reads},
    {"tar", Does::reads},
    {"zip", Does::reads},
    {"tail", Does::reads},
    {"tr", Does::reads},
    {"dd", Does::reads},
    {"base64", Does::decodes},
    {"base32", Does::decodes},
    {"xxd", Does::decodes},
    {"gzip", Does::decodes},
    {"xz", Does::decodes},
    {"lzma", Does::decodes},
    {"bzip2", Does::decodes},
    {"zstd", Does::decodes},
    {"gunzip", Does::decodes},
    {"zcat", Does::decodes},
    {"unxz", Does::decodes},
    {"xzcat", Does::decodes},
    {"bunzip2", Does::decodes},
    {"bzcat", Does::decodes},
    {"uudecode", Does::decodes},
    {"gpg", Does::decodes},
    {"crontab", Does::persists},
    {"schtasks", Does::persists},
    {"systemctl", Does::persists},
    {"launchctl", Does::persists},
    {"reg", Does::persists},
    {"at", Does::persists},
    {"sc", Does::persists},
    {"twine", Does::publishes},
    {"npm", Does::publishes},
    {"pnpm", Does::publishes},
    {"yarn", Does::publishes},
};

}  // namespace

std::optional<Does> does(const ShellCommand& command) {
  const std::string name = program_of(command);
  const std::string_view written = command.words.empty() ? std::string_view() : command.words[0];
  if (ends_with_ignoring_case(written, ".bat") || ends_with_ignoring_case(written, ".cmd") ||
      ends_with_ignoring_case(written, ".vbs"))
    return std::nullopt;
  for (const Program& program : programs) {
    if (program.name == name) return program.does;
  }
  if (name.starts_with("mkfs")) return Does::deletes;
  if (name.starts_with("python")) return Does::interprets;
  return std::nullopt;
}

bool decodes(std::string_view program, const ShellCommand& command) {
  constexpr std::string_view always[] = {"gunzip",  "zcat",  "unxz",    "xzcat",
                                         "bunzip2", "bzcat", "uudecode"};
  constexpr std::string_view flags[] = {"--decode", "--decompress", "--uncompress", "--decrypt",
                                        "-D"};
  if (std::ranges::find(always, program) != std::end(always)) return true;
  return std::ranges::any_of(command.words, [&](const std::string& word) {
    const bool is_short = word.size() > 1 && word[0] == '-' && word[1] != '-';
    return std::ranges::find(flags, word) != std::end(flags) ||
           (is_short && contains(word, program == "xxd" ? "r" : "d"));
  });
}

}  // namespace assay::code
