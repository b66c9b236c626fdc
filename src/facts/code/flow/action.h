// What code does, as far as it can be computed without running it: one Action for each call that
// reaches outside the language, with what flows into it. No opinion is in here; rules have those.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

// How little a user must do for a file to run, most automatic last.
enum class Trigger : std::uint8_t {
  none,     // nothing in the package leads there
  test,     // test runners, examples, benchmarks
  command,  // a program of the package is started by its user
  import,   // the package is imported
  startup,  // every start of the interpreter, or an editor or agent opening the folder
  install,  // the package is installed or built
};
std::string_view to_string(Trigger trigger);

// A range of bytes that a person can be shown. `layer` < 0: in Facts::package->files[file];
// otherwise in Facts::layers[layer].text. `file` is always the file that it all came from.
struct Where {
  std::int32_t file = -1;  // -1: the package as a whole
  std::int32_t layer = -1;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  auto operator<=>(const Where&) const = default;
};

// Where a value came from. Values carry sets of these through every computation.
enum class Source : std::uint8_t {
  environment,      // the whole environment, or a variable that cannot be named
  secret_variable,  // a variable whose name speaks of tokens, keys or passwords
  variable,         // another named variable
  host,  // host name, addresses, interfaces, machine id: what tells one machine from another
  user,  // user name, home folder
  path,  // the working folder, __file__, __dirname: beacons send them
  credential_file,  // .npmrc, .pypirc, .ssh, cloud and git credentials
  browser_store,    // cookies, logins, extensions' storage
  wallet,           // wallet files and seed phrases
  messenger,        // chat clients' session storage
  clipboard,
  screen,
  keystrokes,
  local_file,      // any other file outside the package
  listing,         // names in a folder
  command_output,  // what a spawned program printed
  manifest,        // the package's own manifest
  asset,           // another file of the package, or its own source text
  remote,          // came over the network
  dns,             // came in a DNS answer
  decoded,         // made by a decoder from a constant
  decrypted,       // made by a cipher
  argument,        // an unknown parameter of an analysed function
  user_input,      // argv, stdin, prompts
  unresolved,      // could not be computed
  platform,        // operating system, architecture, versions: installers choose a binary by them
};
inline constexpr int source_count = 26;
std::string_view to_string(Source source);

struct Sources {
  std::uint32_t bits = 0;

  constexpr Sources() = default;
  constexpr Sources(Source source) : bits(1u << static_cast<unsigned>(source)) {}
  constexpr bool has(Source source) const { return (bits & Sources(source).bits) != 0; }
  constexpr bool any(Sources of) const { return (bits & of.bits) != 0; }
  constexpr bool empty() const { return bits == 0; }
  constexpr Sources operator|(Sources other) const {
    Sources result;
    result.bits = bits | other.bits;
    return result;
  }
  constexpr Sources operator&(Sources other) const {
    Sources result;
    result.bits = bits & other.bits;
    return result;
  }
  constexpr Sources& operator|=(Sources other) {
    bits |= other.bits;
    return *this;
  }
  constexpr Sources without(Sources other) const {
    Sources result;
    result.bits = bits & ~other.bits;
    return result;
  }
  constexpr bool operator==(const Sources&) const = default;
};
constexpr Sources operator|(Source a, Source b) { return Sources(a) | Sources(b); }

// What a thief wants.
inline constexpr Sources secrets = Source::environment | Source::secret_variable |
                                   Source::credential_file | Source::browser_store |
                                   Source::wallet | Source::messenger | Source::clipboard |
                                   Source::screen | Source::keystrokes;
// What a beacon sends home.
inline constexpr Sources identity = Source::host | Source::user | Source::path;

enum class Act : std::uint8_t {
  send,         // a network request or message; `data` flows out with it (may be empty)
  fetch,        // a network request whose answer is used; `target` is the address
  connect,      // a raw socket; target "host:port"
  listen,       // a server socket
  resolve,      // a DNS query; `target` is the name asked for
  run_program,  // a process without a shell; target is the command line, argv joined by spaces
  run_shell,    // a command line given to a shell
  run_code,     // text run as code of the same language: eval, Function, exec, vm
  load_module,  // import or require of a computed name or path; target is that name
  load_native,  // a shared library: ctypes, dlopen, process.dlopen, .node
  read_file,
  write_file,  // data: what is written
  delete_file,
  move_file,
  change_mode,
  list_folder,
  read_source,  // a Source was read: `api` and `data` say which
  write_clipboard,
  patch_global,     // a built-in or another module's function is replaced: fetch, XMLHttpRequest,
                    // builtins
  redirect_stream,  // a socket becomes another process's standard streams (dup2, pipe)
  exit_process,
  endless_loop,
  inject_code,  // writes into another process's memory, or maps executable memory
  capture,      // starts to record screen, keys, camera, microphone
  decode,       // a decoder ran on a constant of some size; target says which
  ask_wallet,   // a page's wallet is asked to show accounts, sign or pay; target is the method
};
inline constexpr int act_count = 26;
std::string_view to_string(Act act);

struct Step {
  Where where;
  std::string what;  // "reads process.env", "encodes with Buffer.toString"

  bool operator==(const Step&) const = default;
};

struct Action {
  Act act = Act::read_source;
  std::string api;  // the name as resolved: "child_process.exec", "os.system", "curl"
  Where where;
  Trigger trigger = Trigger::none;  // of the file it is in
  bool at_load = false;             // runs as soon as the file does, without being called by a user
  bool in_test = false;             // in a file of tests, examples or documentation
  bool through_shell = false;       // found inside a command line or shell script
  bool hidden = false;    // output or errors are silenced, window hidden, process detached
  bool fallible = false;  // inside try/except that swallows everything
  bool opted_in = false;  // only where the user set a variable that speaks of consent to a value
  std::string target;     // constant text with `hole` for unknown parts: URL, path, command, code
  bool target_complete = false;
  Sources target_from;    // what the target was computed from
  Sources data;           // what flows in beside the target: body, headers, arguments, contents
  std::string data_text;  // constant text of the data, cut at 4 KiB, with `hole` for unknown parts
  std::int32_t program = -1;  // index of the layer that holds the code which this runs, if known
  std::vector<Step> steps;    // how the data came here, first step first, at most 8

  bool operator==(const Action&) const = default;
};

// Code that was hidden in other code: a decoded string that is run, `node -e`, a script written
// out.
struct Layer {
  enum class Kind : std::uint8_t { javascript, python, shell, powershell, other };
  Kind kind = Kind::other;
  Where from;       // where it was found
  int depth = 1;    // layers above it, itself included
  std::string how;  // "base64, zlib": the decoders that were undone, in order
  std::string text;
  bool is_read = true;  // parsed whole

  bool operator==(const Layer&) const = default;
};

// Names that a computation went through that only hiding needs, with where: counted, not judged.
enum class Disguise : std::uint8_t {
  computed_member,  // a sink reached through a computed or concatenated name
  split_string,     // a sensitive constant put together from parts
  character_codes,  // text built from numbers
  decoder_loop,     // XOR, rotation or table decoding done in code
  string_array,     // an array of strings behind an accessor with an offset, rotated at load
  encoded_blob,     // base64/hex/zlib/marshal constant decoded
  reversed,
  invisible_text,  // payload in invisible characters or white space
  dynamic_import,  // module name computed
  homoglyph_identifier,
};
struct Disguised {
  Disguise kind;
  Where where;
  std::string result;  // what came out, cut at 256 bytes

  bool operator==(const Disguised&) const = default;
};

}  // namespace assay
