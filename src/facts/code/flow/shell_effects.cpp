// Command lines as Actions: what their programs fetch, send, write, delete and run.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"
#include "facts/code/flow/shell_programs.h"
#include "facts/code/shell/shell.h"

namespace assay::code {
namespace {

constexpr std::string_view data_flags[] = {
    "-d",     "--data",      "--data-binary", "--data-raw",  "--data-urlencode", "-F",
    "--form", "-T",          "--upload-file", "--post-data", "--post-file",      "--body-data",
    "-body",  "--body-file", "--json"};
constexpr std::string_view output_flags[] = {"-o", "--output", "-O", "--output-document",
                                             "-outfile"};

constexpr std::pair<std::string_view, Sources> meant[] = {
    {"$(whoami)", Source::user},  {"$(id)", Source::user},         {"$(hostname)", Source::host},
    {"$(pwd)", Source::path},     {"$(env)", Source::environment}, {"`whoami`", Source::user},
    {"`hostname`", Source::host}, {"`pwd`", Source::path}};

bool is_in(std::span<const std::string_view> list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// Short flags joined in one word: wget -qO file, curl -sSLo file.
bool ends_in_output_flag(std::string_view program, std::string_view word) {
  if (word.size() < 3 || word[0] != '-' || word[1] == '-') return false;
  return program == "wget" ? word.ends_with('O') : program == "curl" && word.ends_with('o');
}

bool is_address(std::string_view word) {
  return starts_with_ignoring_case(word, "http://") ||
         starts_with_ignoring_case(word, "https://") || starts_with_ignoring_case(word, "ftp://") ||
         (word.find('.') != std::string_view::npos && word.find('/') != std::string_view::npos &&
          !word.starts_with('/') && !word.starts_with('.') && !word.starts_with('-')) ||
         contains(word, "://");
}

}  // namespace

// Reads one script: first what every command is, then what flows along its pipes.
class ShellReader {
 public:
  ShellReader(Interpreter& interpreter, const Interpreter::ShellOrigin& origin,
              const ShellScript& script)
      : interpreter_(interpreter),
        origin_(origin),
        script_(script),
        output_(script.commands.size()) {}

  void read() {
    // What a substitution gives must be known before the command that uses it.
    for (std::size_t i = script_.commands.size(); i-- > 0;) output_[i] = sources_of_output(i);
    for (std::size_t i = 0; i < script_.commands.size(); ++i) {
      const auto from = script_.commands[i].reads_from;
      if (from >= 0 && static_cast<std::size_t>(from) < output_.size())
        output_[i] |= passes_on(i) ? output_[static_cast<std::size_t>(from)] : Sources();
    }
    for (std::size_t i = 0; i < script_.commands.size(); ++i) act(i);
  }

  // What reaches the standard output of the whole: of commands that nothing else reads.
  Sources printed() const {
    std::vector<bool> is_read(script_.commands.size(), false);
    for (const ShellCommand& command : script_.commands) {
      if (command.reads_from >= 0) is_read[static_cast<std::size_t>(command.reads_from)] = true;
    }
    Sources all;
    for (std::size_t i = 0; i < script_.commands.size(); ++i) {
      const ShellCommand& command = script_.commands[i];
      const bool is_shown =
          command.depth == 0 && command.writes_to.empty() && !command.output_is_hidden;
      if (is_shown && !is_read[i]) all |= output_[i];
    }
    return all;
  }

 private:
  Sources input_of(std::size_t i) const {
    const ShellCommand& command = script_.commands[i];
    Sources from;
    if (command.reads_from >= 0) from |= output_[static_cast<std::size_t>(command.reads_from)];
    for (const std::int32_t inner : command.substitutes) {
      if (inner >= 0) from |= output_[static_cast<std::size_t>(inner)];
    }
    for (const std::string& variable : command.variables) from |= classify_variable(variable);
    for (const std::string& file : command.reads_files) from |= sources_of_file(file);
    return from;
  }

  // A file of the package, or one of the machine that reads it.
  Sources sources_of_file(const std::string& path) const {
    const std::int32_t own = interpreter_.find_package_file(path, origin_.where.file);
    if (own < 0) return interpreter_.file_sources(path);
    return interpreter_.package_.files[static_cast<std::size_t>(own)].path == "package.json"
               ? Source::manifest
               : Source::asset;
  }

  bool passes_on(std::size_t i) const {
    const auto what = does(script_.commands[i]);
    return !what || *what == Does::reads || *what == Does::decodes || *what == Does::writes;
  }

  Sources sources_of_output(std::size_t i) const {
    const ShellCommand& command = script_.commands[i];
    Sources from;
    for (const std::int32_t inner : command.substitutes) {
      if (inner >= 0 && static_cast<std::size_t>(inner) > i)
        from |= output_[static_cast<std::size_t>(inner)];
    }
    for (const std::string& variable : command.variables) from |= classify_variable(variable);
    const auto what = does(command);
    if (!what) return from;
    switch (*what) {
      case Does::fetches: from |= Source::remote; break;
      case Does::connects: from |= Source::remote; break;
      case Does::lists_environment:
        if (command.words.size() == 1) from |= Source::environment;
        break;
      case Does::names_host:
        from |= program_of(command) == "uname" ? Sources(Source::platform) : Sources(Source::host);
        break;
      case Does::names_user: from |= Source::user; break;
      case Does::names_path: from |= Source::path; break;
      case Does::reads: from |= named_files(command); break;
      case Does::decodes:
        from |= named_files(command);
        if (decodes(program_of(command), command)) from |= Source::decoded;
        break;
      default: break;
    }
    return from;
  }

  Sources named_files(const ShellCommand& command) const {
    Sources from;
    for (std::size_t w = 1; w < command.words.size(); ++w) {
      if (!command.words[w].starts_with('-')) from |= sources_of_file(command.words[w]);
    }
    for (const std::string& file : command.reads_files) from |= sources_of_file(file);
    return from;
  }

  Action start(const ShellCommand& command, Act act) const {
    Action action;
    action.act = act;
    action.api = program_of(command);
    action.where = origin_.where;
    action.trigger = origin_.role.trigger;
    action.in_test = origin_.role.is_test;
    action.at_load = origin_.at_load;
    action.through_shell = true;
    action.hidden = command.output_is_hidden || command.in_background;
    return action;
  }

  void finish(Action action, std::string_view target) {
    constexpr std::size_t most = 4096;
    action.target = std::string(target.substr(0, most));
    action.target_complete = !action.target.empty() && !contains(action.target, hole);
    interpreter_.add_action(std::move(action));
  }

  std::string line(const ShellCommand& command) const {
    std::string out;
    for (const std::string& word : command.words) out += (out.empty() ? "" : " ") + word;
    return out;
  }

  void act(std::size_t i) {
    const ShellCommand& command = script_.commands[i];
    for (const std::string& file : command.writes_to) {
      if (file.starts_with("/dev/tcp/") || file.starts_with("/dev/udp/")) {
        Action action = start(command, Act::connect);
        action.data = input_of(i);
        finish(action, replace_all(file.substr(9), "/", ":"));
        if (does(command) == Does::interprets || contains(line(command), "sh -i")) {
          finish(start(command, Act::redirect_stream), replace_all(file.substr(9), "/", ":"));
        }
      } else {
        Action action = start(command, Act::write_file);
        action.data = output_[i] | input_of(i);
        if (command.words.size() > 1) action.data_text = line(command);
        interpreter_.remember_written(file, action.data, "");
        finish(std::move(action), file);
      }
    }
    for (const std::string& file : command.reads_files) {
      if (file.starts_with("/dev/tcp/"))
        finish(start(command, Act::connect), replace_all(file.substr(9), "/", ":"));
    }
    if (command.words.empty()) return;
    const std::string& first = command.words[0];
    if ((first == "cd" || first == "pushd" || first == "set-location") && command.words.size() > 1)
      folder_ = command.words.back();
    run_inline(command);
    const auto what = does(command);
    if (what) {
      by_kind(i, command, *what);
    } else {
      run_program(i, command);
    }
  }

  void run_inline(const ShellCommand& command) {
    inline_layer_ = -1;
    for (const InlineCode& code : inline_code_of(command)) {
      if (code.interpreter == "node" || code.interpreter == "python") {
        interpreter_.run_inline_code(
            origin_, code.code,
            code.interpreter == "python" ? Language::python : Language::javascript);
        inline_layer_ = interpreter_.run_layer_;
      } else {
        Action action = start(command, Act::run_code);
        finish(std::move(action), code.code);
      }
    }
  }

  void run_program(std::size_t i, const ShellCommand& command) {
    Action action = start(command, Act::run_program);
    action.target_from = origin_.from;
    action.data = input_of(i);
    if (!only_prints(action.api)) action.target_from |= written_in(command);
    start_own(command);
    finish(std::move(action), line(command));
  }

  // What the files held that were written before and that the command runs.
  Sources written_in(const ShellCommand& command) const {
    const std::string text = line(command);
    const std::string located = folder_.empty() ? text : replace_all(text, "./", folder_ + "/");
    Sources from;
    const WrittenFiles& files = interpreter_.written_;
    if (files.all().empty() || !interpreter_.spend(2 * files.search_steps(text.size())))
      return from;
    for (const auto& [path, written] : files.all()) {
      if (names_path(text, path) || names_path(located, path)) from |= written.from;
    }
    return from;
  }

  // Files of the package that the command starts.
  void start_own(const ShellCommand& command) {
    for (const std::string& script : script_files_of(command)) {
      interpreter_.start_file(origin_, interpreter_.find_package_file(script, origin_.where.file),
                              program_of(command));
    }
    if (!program_of(command).starts_with("python") || origin_.where.file < 0) return;
    for (std::size_t w = 1; w + 1 < command.words.size(); ++w) {
      if (command.words[w] != "-m") continue;
      const std::string& module = command.words[w + 1];
      std::int32_t file = interpreter_.resolve_python(origin_.where.file, module + ".__main__");
      if (file < 0) file = interpreter_.resolve_python(origin_.where.file, module);
      interpreter_.start_file(origin_, file, "python");
      break;
    }
  }

  static bool only_prints(std::string_view program) {
    return program == "echo" || program == "printf" || program == "@echo" || program == "test" ||
           program == "[" || program == "unzip" || program == "grep" || program == "sed" ||
           program == "awk";
  }

  void fetch(std::size_t i, const ShellCommand& command) {
    Action action = start(command, Act::fetch);
    action.data = input_of(i);
    std::string target;
    std::string output;
    bool sends = false;
    for (std::size_t w = 1; w < command.words.size(); ++w) {
      const std::string& word = command.words[w];
      const std::string flag = word.substr(0, word.find('='));
      // Quoted so that no shell would put it in, but what was meant is plain.
      for (const auto& [text, from] : meant) {
        if (contains(word, text)) action.data |= from;
      }
      if (is_in(data_flags, flag)) {
        sends = true;
        const std::string value = flag.size() < word.size()      ? word.substr(flag.size() + 1)
                                  : w + 1 < command.words.size() ? command.words[w + 1]
                                                                 : "";
        action.data_text += value + " ";
        const std::size_t at = value.find('@');
        if (at != std::string::npos && value.find("://") == std::string::npos)
          action.data |= interpreter_.file_sources(value.substr(at + 1));
        if (flag == "-T" || flag == "--upload-file" || flag == "--post-file")
          action.data |= interpreter_.file_sources(value);
        if (flag.size() == word.size()) ++w;
      } else if (is_in(output_flags, to_lower_ascii(flag)) || is_in(output_flags, flag) ||
                 ends_in_output_flag(action.api, word)) {
        if (w + 1 < command.words.size() && flag.size() == word.size() &&
            !is_address(command.words[w + 1]))
          output = command.words[++w];
      } else if ((word == "-X" || word == "--request" || to_lower_ascii(word) == "-method") &&
                 w + 1 < command.words.size()) {
        sends = sends || to_lower_ascii(command.words[w + 1]) == "post" ||
                to_lower_ascii(command.words[w + 1]) == "put";
        ++w;
      } else if ((word == "-H" || word == "--header" || word == "-A" || word == "-u") &&
                 w + 1 < command.words.size()) {
        action.data_text += command.words[++w] + " ";
      } else if (target.empty() && !word.starts_with('-') && !word.starts_with('/') &&
                 word.size() > 3 &&
                 (is_address(word) || contains(word, ".") || contains(word, hole))) {
        target = word;
      } else if (action.api.starts_with("net.webclient.downloadfile") && !target.empty() &&
                 output.empty()) {
        output = word;
      }
    }
    // What the code put into the address or the body of its command line goes out with it.
    if (contains(target, hole) || contains(action.data_text, hole)) action.data |= origin_.from;
    if (contains(action.api, "upload")) sends = true;
    if (target.empty() && command.words.size() > 1) target = command.words.back();
    // Only certutil and kin with an address fetch anything.
    if ((action.api == "certutil" || action.api == "regsvr32" || action.api == "mshta" ||
         action.api == "bitsadmin") &&
        !contains(line(command), "://")) {
      run_program(i, command);
      return;
    }
    if (sends || action.data.any(secrets | identity)) action.act = Act::send;
    action.target_from = action.data;
    if (!output.empty()) {
      Action write = start(command, Act::write_file);
      write.data = Source::remote;
      interpreter_.remember_written(output, Source::remote, "");
      finish(std::move(write), output);
    } else if (action.api == "wget" && !contains(line(command), "-O -") &&
               !contains(line(command), "-qO-")) {
      const std::size_t slash = target.rfind('/');
      if (slash != std::string::npos)
        interpreter_.remember_written(target.substr(slash + 1), Source::remote, "");
    }
    finish(std::move(action), target);
    if (command.words[0] == "mshta") finish(start(command, Act::run_code), target);
  }

  void by_kind(std::size_t i, const ShellCommand& command, Does what) {
    const auto last_word = [&] {
      return command.words.size() > 1 ? command.words.back() : std::string();
    };
    switch (what) {
      case Does::fetches: fetch(i, command); break;
      case Does::connects: {
        Action action = start(command, Act::connect);
        action.data = input_of(i);
        std::string target;
        for (std::size_t w = 1; w < command.words.size(); ++w) {
          if (command.words[w].starts_with('-')) continue;
          target += (target.empty() ? "" : ":") + command.words[w];
        }
        if (action.api == "openssl" && !contains(line(command), "s_client")) break;
        const bool shell = contains(line(command), " -e ") || contains(line(command), " -c ") ||
                           contains(line(command), "exec:") || contains(line(command), "EXEC:");
        if (action.data.any(secrets | identity)) action.act = Act::send;
        finish(action, target);
        if (shell && action.api != "ssh") finish(start(command, Act::redirect_stream), target);
        break;
      }
      case Does::resolves: {
        Action action = start(command, Act::resolve);
        action.data = action.target_from = input_of(i);
        std::string target;
        for (std::size_t w = 1; w < command.words.size(); ++w) {
          if (!command.words[w].starts_with('-') && contains(command.words[w], "."))
            target = command.words[w];
        }
        if (contains(target, hole)) action.target_from |= origin_.from;
        finish(std::move(action), target.empty() ? last_word() : target);
        break;
      }
      case Does::interprets: interpret(i, command); break;
      case Does::runs_code: {
        Action action = start(command, Act::run_code);
        action.target_from = input_of(i) | origin_.from;
        finish(std::move(action), last_word());
        break;
      }
      case Does::deletes: {
        Action action = start(command, Act::delete_file);
        action.data_text = line(command);
        finish(std::move(action), line(command).substr(command.words[0].size()));
        break;
      }
      case Does::writes: {
        Action action = start(command, Act::write_file);
        action.data = input_of(i);
        for (std::size_t w = 1; w + 1 < command.words.size(); ++w)
          action.data |= classify_path(command.words[w]);
        interpreter_.remember_written(last_word(), action.data, "");
        finish(std::move(action), last_word());
        break;
      }
      case Does::changes_mode: finish(start(command, Act::change_mode), last_word()); break;
      case Does::persists: {
        Action action = start(command, Act::run_program);
        action.data = input_of(i);
        finish(std::move(action), line(command));
        break;
      }
      case Does::publishes: run_program(i, command); break;
      case Does::decodes:
      case Does::reads: {
        for (std::size_t w = 1; w < command.words.size(); ++w) {
          const Sources from = classify_path(command.words[w]);
          if (from.empty()) continue;
          Action action = start(command, Act::read_file);
          action.data = from;
          finish(std::move(action), command.words[w]);
        }
        break;
      }
      default: {
        Action action = start(command, Act::read_source);
        action.data = output_[i];
        if (!action.data.empty()) finish(std::move(action), line(command));
        break;
      }
    }
  }

  void interpret(std::size_t i, const ShellCommand& command) {
    Action action = start(command, Act::run_program);
    action.target_from = origin_.from;
    const Sources input = input_of(i);
    const bool takes_input =
        command.words.size() == 1 || contains(line(command), " -s") || last_is_dash(command);
    action.target_from |= written_in(command);
    start_own(command);
    if (!command.substitutes.empty() || (command.reads_from >= 0 && takes_input)) {
      if (input.any(Source::remote | Source::decoded)) {
        action.act = Act::run_code;
        action.target_from |= input;
        action.program = inline_layer_;
      }
    }
    finish(std::move(action), line(command));
  }

  static bool last_is_dash(const ShellCommand& command) { return command.words.back() == "-"; }

  Interpreter& interpreter_;
  const Interpreter::ShellOrigin& origin_;
  const ShellScript& script_;
  std::vector<Sources> output_;
  std::string folder_;  // where `cd` went
  std::int32_t inline_layer_ =
      -1;  // the code that the command's interpreter is given, if it was seen
};

Sources Interpreter::shell_actions(const ShellOrigin& origin, const std::string& text,
                                   int dialect) {
  constexpr int deepest = 6;
  constexpr std::size_t longest = 1u << 20;
  if (origin.depth > deepest || text.size() > longest || !spend(text.size() / 8 + 20)) return {};
  const ShellScript script = parse_shell(text, static_cast<ShellDialect>(dialect));
  ShellReader reader(*this, origin, script);
  reader.read();
  if (script.cut) {
    result_.gaps.push_back({GapKind::budget,
                            package_.files.empty() || origin.where.file < 0
                                ? ""
                                : package_.files[static_cast<std::size_t>(origin.where.file)].path,
                            "a command line of more than 1,000 commands was read in part"});
  }
  return reader.printed();
}

// A program of the package that its own code starts: `python -m own.module`, `node own.js`. What a
// caller starts is left to its own executors.
void Interpreter::start_file(const ShellOrigin& origin, std::int32_t file,
                             std::string_view interpreter) {
  constexpr int deepest = 24;
  if (file < 0 || file == origin.where.file || !origin.at_load || load_depth_ >= deepest) return;
  const File& source = package_.files[static_cast<std::size_t>(file)];
  if (source.dropped || !started_.insert(file).second) return;
  FileRole role = origin.role;
  const auto size = static_cast<std::uint32_t>(source.bytes.size());
  if (source.kind == FileKind::shell || source.kind == FileKind::batch ||
      source.kind == FileKind::powershell) {
    const ShellDialect dialect = source.kind == FileKind::shell   ? ShellDialect::posix
                                 : source.kind == FileKind::batch ? ShellDialect::cmd
                                                                  : ShellDialect::powershell;
    shell_actions({{file, -1, 0, size}, role, true, {}, origin.depth + 1}, source.bytes,
                  static_cast<int>(dialect));
    return;
  }
  // Whatever its name says, a file is of the language of the interpreter that is given it.
  FileKind kind = source.kind;
  if (interpreter.starts_with("python")) kind = FileKind::python;
  if (interpreter == "node" && kind != FileKind::typescript) kind = FileKind::javascript;
  if (kind != FileKind::python && kind != FileKind::javascript && kind != FileKind::typescript)
    return;
  layer_modules_.push_back(parse_file(file, kind));
  LoadedModule& module = *layer_modules_.back();
  role.trigger = role.program = std::max(role.trigger, module.role.trigger);
  module.role = role;
  ++load_depth_;
  const int depth = depth_;
  execute_module(module);
  depth_ = depth;
  --load_depth_;
}

void Interpreter::run_command(const CommandText& command) {
  const Slice slice(*this, limits_.function_steps + command.text.size());
  // A script that nothing of the package starts runs when a person chooses to.
  const bool at_load = command.trigger >= Trigger::import;
  const ShellOrigin origin{
      command.where, {command.trigger, command.is_test, command.trigger, {}}, at_load, {}, 0};
  if (command.kind == CommandText::Kind::python) {
    run_inline_code(origin, command.text, Language::python);
    return;
  }
  shell_actions(origin, command.text,
                command.kind == CommandText::Kind::powershell ? 1
                : command.kind == CommandText::Kind::batch    ? 2
                                                              : 0);
}

}  // namespace assay::code
