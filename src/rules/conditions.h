// Conditions that many rules share, so that "runs uncalled" or "leaves the machine" means the same
// everywhere, and the words in which findings tell them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "facts/facts.h"
#include "rules/destinations.h"
#include "rules/rule.h"

namespace assay::rules {

// What must happen before an action does, the least first.
enum class Moment : std::uint8_t {
  never,    // tests, examples, documentation
  called,   // a user calls the function or starts the program
  import,   // the package is imported
  startup,  // the interpreter, an editor or an agent starts
  install,  // the package is installed or built
};
Moment moment_of(const Action& action);

inline bool is_shipped(const Action& action) { return moment_of(action) != Moment::never; }
// Nobody has to call it: installing or importing the package is enough.
inline bool runs_uncalled(const Action& action) { return moment_of(action) >= Moment::import; }
inline bool at_install(const Action& action) { return moment_of(action) == Moment::install; }

// The host, or the owner of the repository there, is called like the package. Whoever writes the
// package chooses both, so this counts only for what a caller asks for.
bool is_own_place(const Facts& facts, const Destination& destination);

bool is_network(Act act);  // send, fetch, connect, resolve
bool is_run(Act act);      // run_program, run_shell, run_code, load_module, load_native
bool is_process(Act act);  // run_program, run_shell

// Everything that a network action carries out of the machine. What only decided which host is
// asked, as the variable that names a mirror does, is not carried out.
Sources outflow(const Action& action);

// How many kinds of identity (host, user, path) are in there.
int identity_kinds(Sources sources);

// Made by a decoder or a cipher from something in the package.
inline constexpr Sources undone = Source::decoded | Source::decrypted;
// Came from elsewhere while running.
inline constexpr Sources foreign = Source::remote | Source::dns;
// Stores that only their own program should read.
inline constexpr Sources stores = Source::browser_store | Source::wallet | Source::messenger;

bool any_action(const Facts& facts, const std::function<bool(const Action&)>& condition);

// What stands beside an action in its file, asked once for all files, so that a file with many
// actions costs no more than one pass.
class Beside {
 public:
  Beside(const Facts& facts, const std::function<bool(const Action&)>& condition);
  // The first action of the same file that meets the condition, or nullptr.
  const Action* operator()(const Action& action) const;

 private:
  std::map<std::int32_t, const Action*> first_;
};

// A GET that a caller starts from a place where people keep files: it takes, whatever its session
// and its address were made from.
bool only_downloads(const Action& action, HostKind kind);

// Code that was hidden and could be read whole. Where it does nothing uncalled, hiding it is odd
// and no more; where it acts, the rules about what it does say so as well.
class HiddenCode {
 public:
  explicit HiddenCode(const Facts& facts);
  // The layer and all that it opens: read, and without a call out of the language but reading.
  // Nor is it in hidden code that acts. For code that runs only when called, and for code
  // that is buried under many layers, what it does when called counts.
  bool is_idle(const Action& opens) const;
  // The layer was read, with all that it opens, and calls nothing outside the language but to read:
  // as soon as it is loaded, or also when its functions are called.
  bool is_idle_at_load(std::int32_t layer) const { return !acting_.contains(layer); }
  bool is_idle_when_called(std::int32_t layer) const {
    return is_idle_at_load(layer) && !acting_when_called_.contains(layer);
  }
  // The file runs such a layer, and no text that is not one. A disguise around it then hid nothing.
  bool is_opened(std::int32_t file) const;
  // Bytes of the largest layer that the file runs.
  std::size_t opened_bytes(std::int32_t file) const;
  // Every text that the file runs, if any, was read and is idle, and so was the file itself read.
  bool is_readable(std::int32_t file) const { return !closed_.contains(file); }

 private:
  void find_acting(const Facts& facts);
  void find_opened(const Facts& facts);

  std::set<std::int32_t> acting_;
  std::set<std::int32_t> acting_when_called_;
  std::set<std::int32_t> buried_;               // with more layers below than anybody needs
  std::set<std::int32_t> closed_;               // files that run what could not be read
  std::map<std::int32_t, std::size_t> opened_;  // files, and the bytes of their largest layer
};

// The gravest destination that the network actions of a file have: where something that came "from
// the network" came from, when the flow itself does not say.
class Origins {
 public:
  explicit Origins(const Facts& facts);
  const Destination& near(const Action& action) const;

 private:
  std::map<std::int32_t, Destination> gravest_;
  Destination none_;
};

// Files that code wrote with contents of these sources.
class Written {
 public:
  Written(const Facts& facts, Sources contents);
  // Whether a command line's program, or the script given to its interpreter, is one of those that
  // the same file's code wrote.
  bool is_started_by(const Action& action) const;

 private:
  std::map<std::int32_t, std::set<std::string>> names_;  // last names, by file
};

// Where in the package; the package as a whole when it has no such file.
Where place(const Facts& facts, std::string_view path, std::uint32_t begin = 0,
            std::uint32_t end = 0);

// Words for messages. Everything from the package is escaped, cut and its URLs defanged.
std::string shown(std::string_view text, std::size_t limit = 120);
std::string shown_target(const Action& action);  // "hxxps://a[.]b/c", or "a computed address"
std::string names_of(Sources sources);           // "host facts, user facts and folder names"
std::string_view when(const Action& action);     // "while it is installed", …
std::string sentence(std::string_view what,
                     const Action& action);  // "<what> while it is installed"

}  // namespace assay::rules
