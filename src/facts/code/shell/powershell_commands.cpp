// What PowerShell's own commands mean: aliases, objects, programs started, files written.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/powershell_parser.h"

namespace assay::code::shell {
namespace {

struct Alias {
  std::string_view name;
  std::string_view command;
};
constexpr std::array aliases = {
    Alias{"%", "foreach-object"},
    Alias{"?", "where-object"},
    Alias{"cat", "get-content"},
    Alias{"copy", "copy-item"},
    Alias{"cp", "copy-item"},
    Alias{"cpi", "copy-item"},
    Alias{"curl", "invoke-webrequest"},
    Alias{"del", "remove-item"},
    Alias{"dir", "get-childitem"},
    Alias{"echo", "write-output"},
    Alias{"erase", "remove-item"},
    Alias{"foreach", "foreach-object"},
    Alias{"gc", "get-content"},
    Alias{"gci", "get-childitem"},
    Alias{"gi", "get-item"},
    Alias{"gp", "get-itemproperty"},
    Alias{"gps", "get-process"},
    Alias{"gwmi", "get-wmiobject"},
    Alias{"icm", "invoke-command"},
    Alias{"iex", "invoke-expression"},
    Alias{"ii", "invoke-item"},
    Alias{"ipmo", "import-module"},
    Alias{"irm", "invoke-restmethod"},
    Alias{"iwmi", "invoke-wmimethod"},
    Alias{"iwr", "invoke-webrequest"},
    Alias{"kill", "stop-process"},
    Alias{"ls", "get-childitem"},
    Alias{"md", "mkdir"},
    Alias{"mi", "move-item"},
    Alias{"move", "move-item"},
    Alias{"mv", "move-item"},
    Alias{"ni", "new-item"},
    Alias{"ps", "get-process"},
    Alias{"rd", "remove-item"},
    Alias{"ri", "remove-item"},
    Alias{"rm", "remove-item"},
    Alias{"rmdir", "remove-item"},
    Alias{"sal", "set-alias"},
    Alias{"saps", "start-process"},
    Alias{"sc", "set-content"},
    Alias{"select", "select-object"},
    Alias{"sleep", "start-sleep"},
    Alias{"sajb", "start-job"},
    Alias{"start", "start-process"},
    Alias{"type", "get-content"},
    Alias{"wget", "invoke-webrequest"},
    Alias{"where", "where-object"},
    Alias{"write", "write-output"},
};

}  // namespace

std::string powershell_command_name(std::string_view name) {
  std::string lower = to_lower_ascii(name);
  for (const Alias& alias : aliases) {
    if (alias.name == lower) return std::string(alias.command);
  }
  // Module-qualified names: Microsoft.PowerShell.Utility\Invoke-Expression
  constexpr std::string_view module_start = "microsoft.powershell.";
  if (lower.starts_with(module_start)) return lower.substr(lower.find_last_of('\\') + 1);
  return lower;
}

PsValue PowerShellParser::complete(std::int32_t index) {
  PsValue value;
  value.items.emplace_back(hole);
  const std::string name = session_.command(index).words.front();
  if (name == "new-object") {
    for (const std::string& word : session_.command(index).words) {
      const bool is_type =
          &word != &session_.command(index).words.front() && !word.starts_with('-');
      if (!is_type) continue;
      value.type = to_lower_ascii(word);
      if (value.type.starts_with("system.")) value.type.erase(0, 7);
      break;
    }
  }
  if (name == "set-alias" || name == "new-alias") {
    std::vector<std::string> plain;
    for (const std::string& word : session_.command(index).words) {
      if (!word.starts_with('-')) plain.push_back(word);
    }
    if (plain.size() > 2)
      session_.aliases[to_lower_ascii(plain[1])].value = powershell_command_name(plain[2]);
  }
  if (name == "start-process") unwrap_start_process(index);
  note_written_files(index);
  value.from.push_back(index);
  finish(session_, index, context_);
  const std::optional<std::string>& output = session_.notes_of(index).output;
  if (output && session_.spend(output->size())) {
    value.items.front() = trim(*output);
    value.is_known = true;
  }
  return value;
}

// Start-Process -FilePath program -ArgumentList 'a','b' -WindowStyle Hidden
void PowerShellParser::unwrap_start_process(std::int32_t index) {
  const std::vector<std::string> words = session_.command(index).words;
  std::string program;
  std::vector<std::string> arguments;
  bool is_argument = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string option = to_lower_ascii(words[i]);
    const bool is_option =
        option.size() > 2 && option.front() == '-' && option.find(' ') == option.npos;
    const auto is_named = [&](std::string_view full) {
      return is_option && full.starts_with(option);
    };
    if (is_named("-argumentlist") || option == "-args") {
      is_argument = true;
    } else if (is_named("-filepath")) {
      is_argument = false;
    } else if (is_named("-windowstyle")) {
      ++i;
      if (i < words.size() && starts_with_ignoring_case(words[i], "hid")) {
        session_.command(index).output_is_hidden = true;
      }
    } else if (is_named("-verb") || is_named("-workingdirectory") || is_named("-credential") ||
               is_named("-redirectstandardoutput") || is_named("-redirectstandarderror")) {
      ++i;
    } else if (is_named("-nonewwindow") || is_named("-wait") || is_named("-passthru")) {
      is_argument = false;
    } else if (program.empty() && !is_argument) {
      program = words[i];
    } else {
      for (const std::string_view part : split(words[i], ' ')) {
        if (!part.empty()) arguments.emplace_back(part);
      }
    }
  }
  if (program.empty()) return;
  session_.drop_words(index, 0, words.size());
  session_.add_word(index, std::move(program));
  for (std::string& argument : arguments) session_.add_word(index, std::move(argument));
  session_.command(index).in_background = true;
}

// Out-File x, Set-Content x, Add-Content -Path x
void PowerShellParser::note_written_files(std::int32_t index) {
  ShellCommand& command = session_.command(index);
  const std::string& name = command.words.empty() ? std::string() : command.words.front();
  if (name == "out-null") command.output_is_hidden = true;
  if (name != "out-file" && name != "set-content" && name != "add-content") return;
  std::string path;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string word = to_lower_ascii(command.words[i]);
    const bool names_path = word == "-path" || word == "-filepath" || word == "-literalpath";
    if (names_path && i + 1 < command.words.size()) path = command.words[i + 1];
    if (word == "-value" || word == "-encoding") {
      ++i;
    } else if (path.empty() && !word.starts_with('-')) {
      path = command.words[i];
    }
  }
  if (!path.empty() && command.writes_to.size() < max_mentions) command.writes_to.push_back(path);
}

}  // namespace assay::code::shell
