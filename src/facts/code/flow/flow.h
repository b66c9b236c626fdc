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
  bool is_program = false;  // started itself, not imported: __name__ is "__main__"
};

// A command line or a line of code found in a manifest, or a shell script of the package.
struct CommandText {
  enum class Kind : std::uint8_t { shell, powershell, batch, python };
  Kind kind = Kind::shell;
  Trigger trigger = Trigger::none;
  bool is_test = false;
  Where where;       // of the text
  std::string text;
};

struct FlowLimits {
  // One step is one node evaluated, about 50 ns. A package gets the base and so many a node.
  std::uint64_t base_steps = 3'000'000;
  std::uint64_t steps_per_node = 24;
  std::size_t layers = 400;
  int layer_depth = 24;
  std::size_t layer_bytes = 32u << 20;   // of all layers together
  std::size_t text_bytes = 512u << 20;   // of all strings computed
  std::size_t objects = 400'000;      // about 250 bytes each
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
