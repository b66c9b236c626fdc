#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/executors/survey.h"

namespace assay {
namespace {

// Commands of systems and tool chains that scripts call by bare name.
constexpr std::array<std::string_view, 86> system_commands = {
    "apt",      "apt-get", "awk",    "aws",        "az",      "base64", "bash",    "brew",
    "bun",      "cargo",   "cat",    "cc",         "chmod",   "chown",  "clang",   "cmake",
    "cmd",      "conda",   "cp",     "curl",       "dash",    "deno",   "dig",     "docker",
    "echo",     "env",     "fish",   "g++",        "gcc",     "gh",     "git",     "go",
    "gpg",      "grep",    "gunzip", "gzip",       "helm",    "java",   "kubectl", "ld",
    "ln",       "ls",      "make",   "mkdir",      "mv",      "nc",     "ninja",   "node",
    "node-gyp", "nodejs",  "npm",    "npx",        "openssl", "perl",   "php",     "pip",
    "pip3",     "pnpm",    "podman", "powershell", "ps",      "pwsh",   "pytest",  "python",
    "python3",  "rm",      "rsync",  "ruby",       "rustc",   "scp",    "sed",     "sh",
    "ssh",      "sudo",    "tar",    "terraform",  "uv",      "vim",    "wget",    "which",
    "xargs",    "yarn",    "zip",    "zsh",        "cd",      "unzip"};

}  // namespace

std::string shadow_note(std::string_view command_name) {
  const std::string name = to_lower_ascii(command_name);
  const bool shadows = std::ranges::find(system_commands, name) != system_commands.end();
  return shadows ? " (shadows a system command)" : "";
}

}  // namespace assay
