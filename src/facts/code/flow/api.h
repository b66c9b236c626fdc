// What names outside a package do: the table that turns a resolved call into an Action. Paths are
// as resolved by the interpreter: modules without "node:", members joined by dots, "()" where the
// receiver is the result of a call ("http.client.HTTPSConnection().request").
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "facts/code/flow/action.h"
#include "facts/code/syntax/tree.h"

namespace assay::code {

enum class Special : std::uint8_t {
  none,
  request,        // send or fetch by method and data
  shell,          // target is a command line
  program,        // target and the next list argument are argv; shell=True makes it a shell
  evaluate,       // text to code in the caller's scope
  make_function,  // Function(…): the last argument is a body
  load,           // require, import_module, __import__
  run_file,       // target is the path of a file of code
  open_file,      // Python open: by mode read or write; gives a handle
  read,           // gives the contents of target; what they are depends on the path
  write,
  environment,     // a variable by name
  callback_first,  // calls its function arguments at once: timers, promises
  setup,           // setuptools.setup: cmdclass classes run
  thread,          // target= keyword or first function runs
  reflect_apply,
};

// How functions passed as arguments run.
enum class Callbacks : std::uint8_t { later, now };

inline constexpr std::int8_t no_argument = -1;
inline constexpr std::int8_t from_receiver =
    -2;  // the first argument that the receiver was made with

struct Api {
  std::string_view path;
  Act act = Act::read_source;
  std::int8_t target = no_argument;  // index of the argument that is the target
  std::int8_t data = no_argument;    // from this argument on, and keywords, data flows in
  Sources result = {};
  Special special = Special::none;
  Callbacks callbacks = Callbacks::later;
  bool acts = true;  // false: only `result` and callbacks matter
};

// Null when the path is not known.
const Api* find_api(Language language, std::string_view path);

// What replacing this name would intercept ("XMLHttpRequest.prototype.send"), for patch_global.
bool is_worth_patching(Language language, std::string_view path);

// Sources by the words in a path of a file, or in a variable's name.
Sources classify_path(std::string_view path);
Sources classify_variable(std::string_view name);

// Other names of modules with the same interface: "fs-extra" is "fs".
std::string_view canonical_module(Language language, std::string_view name);

}  // namespace assay::code
