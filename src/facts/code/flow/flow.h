// What the code of a package does: interprets JavaScript, TypeScript, Python and command lines
// abstractly, without running them, and lists every Action with what flows into it.
//
// It refuses to guess: what cannot be computed is a hole in a text or an unresolved source, and
// what was not looked at is a gap. Every loop is budgeted, so any package ends in bounded time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "facts/code/flow/action.h"
#include "package/package.h"

namespace assay::code {

// Parallel to Package::files.
struct FileRole {
  Trigger trigger = Trigger::none;
  bool is_test = false;
  // What starts the file itself, where something does: then, and only then, __name__ is "__main__".
  Trigger program = Trigger::none;
  std::vector<std::string> called =
      {};  // functions and classes that whoever loads it calls at once
};

// A command line or a line of code found in a manifest, or a shell script of the package.
struct CommandText {
  enum class Kind : std::uint8_t { shell, powershell, batch, python };
  Kind kind = Kind::shell;
  Trigger trigger = Trigger::none;
  bool is_test = false;
  Where where;  // of the text
  std::string text;
};

struct FlowLimits {
  // One step is one node evaluated, about 50 ns. A package gets the base and so many a node, dealt
  // out in slices: one for each file as it loads, one for each function that nobody called.
  std::uint64_t base_steps = 8'000'000;
  std::uint64_t steps_per_node = 40;
  std::uint64_t file_steps = 6'000'000;
  std::uint64_t function_steps = 800'000;
  std::size_t layers = 400;
  int layer_depth = 24;
  std::size_t layer_bytes = 32u << 20;        // of all layers together
  std::size_t text_bytes = 512u << 20;        // of all strings computed
  std::size_t objects = 600'000;              // about 150 bytes each
  std::size_t items = 1'500'000;              // of all lists together, 64 bytes each
  std::uint64_t decoder_steps = 2'500'000;    // one loop of known conditions that computes text
  std::uint64_t loop_steps = 60'000;          // any other loop of known conditions
  std::uint64_t uncalled_loop_steps = 6'000;  // the same in a function that nobody called
  std::uint64_t unsure_loop_steps = 4'000;    // a loop after a turn that met something unknown
  std::size_t actions = 20'000;
};

struct FlowResult {
  std::vector<Action> actions;  // sorted by where
  std::vector<Layer> layers;
  std::vector<Disguised> disguises;
  std::vector<Gap> gaps;
};

FlowResult analyse_flow(const Package& package, std::span<const FileRole> roles,
                        std::span<const CommandText> commands, const FlowLimits& limits = {});

}  // namespace assay::code
