// Calls that start a shell or a program.
#include <map>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

// The dialects of shell_actions.
constexpr int posix = 0, powershell = 1, batch = 2;

std::string quote_for_shell(std::string_view word) {
  if (!word.empty() && word.find_first_of(" \t\n'\"\\$&|;<>()`*?") == std::string_view::npos)
    return std::string(word);
  return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

}  // namespace

// Whether a command line names this file as a word of its own, with or without folders before it.
bool names_path(std::string_view command, std::string_view path) {
  for (std::size_t at = command.find(path); at != std::string_view::npos;
       at = command.find(path, at + 1)) {
    const char before = at == 0 ? ' ' : command[at - 1];
    const std::size_t end = at + path.size();
    const char after = end >= command.size() ? ' ' : command[end];
    constexpr std::string_view ends = " \t\n'\"=/\\;&|<>(),";
    if (ends.find(before) != std::string_view::npos && ends.find(after) != std::string_view::npos &&
        after != '/')
      return true;
  }
  return false;
}

Value Interpreter::shell_effect(OutsideCall& call) {
  if (call.target.is(ValueKind::either)) {
    // One command for each system, as a rule.
    Value last = Value::unknown(Source::command_output);
    const Value commands = call.target;
    for (const Value& one : std::vector(commands.object->items)) {
      if (!one.is_textual() || one.text->empty()) continue;
      call.target = one.with(commands.from, commands.trace);
      last = shell_effect(call);
    }
    return last;
  }
  Action action = new_action(call, Act::run_shell);
  fill_target(action, call.target);
  const std::string command = show(call.target);
  for (const Value& each : call.arguments) {
    if (each.is(ValueKind::object))
      action.hidden = action.hidden || contains(show(each), "windowsHide=true") ||
                      contains(show(each), "ignore");
  }
  return run_process(call, std::move(action), command);
}

Value Interpreter::program_effect(OutsideCall& call) {
  const Api& api = call.api;
  const bool is_python = call.frame.module->language == Language::python;
  Action action = new_action(call, Act::run_program);
  fill_target(action, call.target);
  const std::string command = command_line_of(call, action);
  const Value* by_shell = call.keyword("shell");
  std::string options;
  for (const Value& each : call.arguments) {
    if (each.is(ValueKind::object)) options += show(each) + " ";
  }
  // A worker thread is given a text, or a file that runs as a module.
  if (api.path == "worker_threads.Worker" && call.target.is_textual()) {
    if (contains(options, "eval=true")) return evaluate_effect(call);
    if (call.target.is_constant_text())
      return import_module(call.frame, *call.target.text, call.site);
  }
  const bool shell =
      (by_shell != nullptr && truth(*by_shell, call.frame.module->language).value_or(true)) ||
      contains(options, "shell=true") ||
      (call.target.is_textual() && is_python && api.path.starts_with("subprocess.") &&
       contains(command, " "));
  if (shell) action.act = Act::run_shell;
  action.target = command.substr(0, max_text_shown);
  action.target_complete = !contains(action.target, hole) && !action.target.empty();
  const Value* output = call.keyword("stdout");
  action.hidden =
      contains(options, "stdio=ignore") || contains(options, "windowsHide=true") ||
      contains(options, "detached=true") || call.keyword("creationflags") != nullptr ||
      call.keyword("startupinfo") != nullptr ||
      (output != nullptr && output->is(ValueKind::api) && contains(names_[output->api], "DEVNULL"));
  if (const Value* input = call.keyword("input")) action.data |= sources_of(*input);
  return run_process(call, std::move(action), command);
}

// The words of spawn("x", ["y"]), Popen(["x", "y"]) and os.execl("x", "x", "y"), quoted where
// needed.
std::string Interpreter::command_line_of(const OutsideCall& call, Action& action) {
  std::string command;
  const auto add_word = [&](const Value& value) {
    if (!command.empty()) command += ' ';
    command += quote_for_shell(show(value));
  };
  if (call.target.is(ValueKind::list)) {
    for (const Value& item : call.target.object->items) add_word(item);
    if (call.target.object->open) command += std::string(" ") + std::string(hole);
    return command;
  }
  command = show(call.target);
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    const Value& each = call.arguments[i];
    if (each.is_textual() && call.api.path.starts_with("os.")) add_word(each);
    if (!each.is(ValueKind::list)) continue;
    for (const Value& item : each.object->items) add_word(item);
    action.target_from |= sources_of(each);
    break;
  }
  return command;
}

Value Interpreter::run_process(OutsideCall& call, Action action, const std::string& command) {
  const Sources printed = run_command_line(call.frame, call.site, action, command);
  const Sources output = printed | Source::command_output;
  add_action(std::move(action));
  const std::uint32_t trace =
      add_step(call.frame, call.site, "runs " + escape_for_display(command, 120));
  run_callbacks(call.frame, call.arguments, call.keywords, Value::unknown(output, trace), true);
  Value made = instance(call.callee, call.arguments, output);
  made.trace = trace;
  return made;
}

// The files written before that a command runs.
void Interpreter::run_written(Frame& frame, NodeId site, Action& origin,
                              const std::string& command) {
  if (written_.all().empty() || !spend(2 * written_.search_steps(command.size()))) return;
  std::string located = normal_place(command);
  if (!working_folder_.empty()) located = replace_all(located, "./", working_folder_ + "/");
  // Running one may write others.
  std::map<std::string, WrittenFiles::File> named;
  for (const auto& [path, written] : written_.all()) {
    if (names_path(command, path) || names_path(located, written.place))
      named.emplace(path, written);
  }
  for (const auto& [path, written] : named) {
    origin.target_from |= written.from;
    if (written.contents.empty()) continue;
    const bool python =
        path.ends_with(".py") || path.ends_with(".pyw") || contains(command, "python");
    const bool node = path.ends_with(".js") || path.ends_with(".mjs") || path.ends_with(".cjs") ||
                      contains(command, "node ");
    const std::size_t before = result_.layers.size();
    if (python || node)
      run_text(frame, site, written.contents, python ? Language::python : Language::javascript,
               "written to a file", written.from);
    if (path.ends_with(".vbs") || path.ends_with(".vbe") || path.ends_with(".bat") ||
        path.ends_with(".cmd") || path.ends_with(".ps1"))
      add_layer(where(frame, site), written.contents);
    if (result_.layers.size() > before) origin.program = static_cast<std::int32_t>(before);
    if (path.ends_with(".sh") || path.ends_with(".bat") || path.ends_with(".cmd") ||
        path.ends_with(".ps1")) {
      shell_actions({where(frame, site), role_of(frame), frame.at_load, written.from, 1},
                    written.contents,
                    path.ends_with(".ps1")  ? powershell
                    : path.ends_with(".sh") ? posix
                                            : batch);
    }
  }
}

// A script that nothing here reads further, for people to see.
void Interpreter::add_layer(const Where& from, const std::string& text) {
  if (result_.layers.size() >= limits_.layers || text.size() > layer_bytes_left_) return;
  layer_bytes_left_ -= text.size();
  Layer layer;
  layer.from = from;
  layer.depth = layer_depth_ + 1;
  layer.how = "written to a file";
  layer.text = text;
  result_.layers.push_back(std::move(layer));
}

// A command line that code hands to a shell or starts: the commands in it, files written before it
// that it runs, and code that it carries. Gives the sources of what it prints.
Sources Interpreter::run_command_line(Frame& frame, NodeId site, Action& origin,
                                      const std::string& command) {
  run_written(frame, site, origin, command);
  if (command.size() < 2 || command == hole) return {};
  return shell_actions({where(frame, site), role_of(frame), frame.at_load, origin.target_from, 0},
                       command, posix);
}

}  // namespace assay::code
