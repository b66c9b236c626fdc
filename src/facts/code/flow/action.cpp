#include "facts/code/flow/action.h"

#include <array>

namespace assay {
namespace {

constexpr std::array<std::string_view, 6> trigger_names = {"none",   "test",    "command",
                                                           "import", "startup", "install"};

constexpr std::array<std::string_view, source_count> source_names = {
    "the environment",     "a secret variable",    "a variable",
    "host facts",          "user facts",           "folder names",
    "a credential file",   "a browser's store",    "a wallet",
    "a messenger's store", "the clipboard",        "the screen",
    "keystrokes",          "a local file",         "a folder listing",
    "a command's output",  "the package manifest", "a file of the package",
    "the network",         "a DNS answer",         "decoded text",
    "decrypted text",      "an argument",          "user input",
    "an unresolved value", "platform facts"};

constexpr std::array<std::string_view, act_count> act_names = {
    "send",         "fetch",        "connect",         "listen",       "resolve",
    "run_program",  "run_shell",    "run_code",        "load_module",  "load_native",
    "read_file",    "write_file",   "delete_file",     "move_file",    "change_mode",
    "list_folder",  "read_source",  "write_clipboard", "patch_global", "redirect_stream",
    "exit_process", "endless_loop", "inject_code",     "capture",      "decode",
    "ask_wallet"};

}  // namespace

std::string_view to_string(Trigger trigger) {
  return trigger_names[static_cast<std::size_t>(trigger)];
}
std::string_view to_string(Source source) { return source_names[static_cast<std::size_t>(source)]; }
std::string_view to_string(Act act) { return act_names[static_cast<std::size_t>(act)]; }

}  // namespace assay
