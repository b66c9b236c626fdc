// What a command line is for. The interpreter has already split scripts into single commands; these
// only look at the words of one, in any case, and know no shell syntax.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::rules {

// Words of a command line at white space, quotes taken off.
std::vector<std::string> words_of(std::string_view command);

// The program's own name: without folders, in lower case, without ".exe". Empty when unknown.
std::string program_of(std::string_view command);

// PowerShell that hides itself, decodes itself, or downloads and runs.
bool is_powershell_cradle(std::string_view command);
// Switches off or blinds what protects the machine, or what could restore it.
bool weakens_defences(std::string_view command);
// Registers something to be run again: tasks, services, log-in entries.
bool registers_autostart(std::string_view command);
// Wipes disks or whole trees: rm -rf ~, format c:, mkfs, dd of=/dev/sda, fork bombs.
bool wipes(std::string_view command);
// Mining programs, pools and their protocol.
bool speaks_of_mining(std::string_view text);
// The question about the machine or its user that this command asks: "whoami", "ipconfig".
std::optional<std::string> machine_probe(std::string_view command);
// Uploads this or another package: npm publish, twine upload.
bool publishes(std::string_view command);
// A coding agent started with its questions switched off.
bool runs_unasking_agent(std::string_view command);
// Asks version control or a program for its version, or starts tests: one plain command that
// changes nothing and names no address. Hiding it hides nothing.
bool is_everyday(std::string_view command);
// pip, npm and kin fetching another package: its specification; empty when none.
std::string installed_package(std::string_view command);

}  // namespace assay::rules
