// What a complete command means for those after it: variables, constant output, files written.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/shell/constants.h"
#include "facts/code/shell/session.h"

namespace assay::code::shell {
namespace {

using Words = std::vector<std::string>;

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// Assignments without a command, export A=b, read A.
void take_variables(Session& session, std::int32_t index) {
  const ShellCommand& command = session.command(index);
  const auto assign = [&](std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return;
    Variable& variable = session.variables[std::string(text.substr(0, equals))];
    variable.value = text.substr(equals + 1);
    variable.from = command.substitutes;
    variable.unset = command.variables;
    session.spend(text.size());
  };
  if (command.words.empty()) {
    for (const std::string& assignment : command.assignments) assign(assignment);
    return;
  }
  constexpr std::array<std::string_view, 5> declarations = {"export", "declare", "typeset", "local",
                                                            "readonly"};
  const std::string& name = command.words.front();
  if (std::ranges::find(declarations, name) != declarations.end()) {
    for (std::size_t i = 1; i < command.words.size(); ++i) assign(command.words[i]);
  } else if (name == "alias" && command.words.size() > 1) {
    const std::string& text = command.words[1];
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) {
      session.aliases[text.substr(0, equals)].value = text.substr(equals + 1);
    }
  } else if (name == "read") {
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      if (is_option(command.words[i])) continue;
      Variable& variable = session.variables[command.words[i]];
      variable.value =
          command.input ? command.input->substr(0, command.input->find('\n')) : std::string(hole);
      variable.from.clear();
      if (command.reads_from >= 0) variable.from.push_back(command.reads_from);
    }
  }
}

void expand_alias(Session& session, std::int32_t index) {
  if (session.aliases.empty() || session.command(index).words.empty()) return;
  const auto alias = session.aliases.find(session.command(index).words.front());
  if (alias == session.aliases.end()) return;
  const Words words = session.command(index).words;
  session.drop_words(index, 0, words.size());
  for (const std::string_view part : split(alias->second.value, ' ')) {
    if (!part.empty()) session.add_word(index, std::string(part));
  }
  for (std::size_t i = 1; i < words.size(); ++i) session.add_word(index, words[i]);
}

// From a constant pipeline or a file that the text wrote.
void take_input(Session& session, std::int32_t index) {
  ShellCommand& command = session.command(index);
  if (!command.input && !command.reads_files.empty()) {
    const auto file = session.files.find(command.reads_files.front());
    if (file != session.files.end() && session.spend(file->second.size())) {
      command.input = file->second;
    }
  }
  if (command.input || command.reads_from < 0) return;
  const Notes& feeder = session.notes_of(command.reads_from);
  if (feeder.output && session.spend(feeder.output->size())) command.input = feeder.output;
  // `cat x | sh` is `sh < x`.
  const ShellCommand& source = session.command(command.reads_from);
  const std::string program = program_of(source);
  if (command.input || (program != "cat" && program != "type" && program != "get-content")) return;
  for (std::size_t i = 1; i < source.words.size() && i < max_mentions; ++i) {
    if (!is_option(source.words[i])) command.reads_files.push_back(source.words[i]);
  }
}

void put_output(Session& session, std::int32_t index) {
  const ShellCommand& command = session.command(index);
  Notes& notes = session.notes_of(index);
  if (!notes.output) notes.output = constant_output(session, command, notes.dialect);
  if (!notes.output || !session.spend(notes.output->size())) return;
  if (program_of(command) == "tee" && command.words.size() > 1) {
    session.files[command.words.back()] = *notes.output;
  }
  if (command.writes_to.empty()) {
    if (command.output_is_hidden) notes.output = std::string();
    return;
  }
  std::string& file = session.files[command.writes_to.front()];
  if (!notes.appends) file.clear();
  file += *notes.output;
  notes.output = std::string();
}

}  // namespace

void finish(Session& session, std::int32_t index, const Context& context) {
  if (session.stopped()) return;
  expand_alias(session, index);
  unwrap(session, index);
  take_input(session, index);
  take_variables(session, index);
  put_output(session, index);
  open_scripts(session, index, context);
}

}  // namespace assay::code::shell
