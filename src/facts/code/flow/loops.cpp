// Loops: how often they turn, and which never end.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

// Turns of a loop whose end is not known: the second sees what the first left behind.
constexpr std::size_t unsure_turns = 2;
constexpr std::size_t max_turns = 200'000;

// `i < Infinity`.
bool never_reached(const Tree& tree, NodeId test) {
  return tree[test].kind == Kind::compare && tree[test].op == Op::less &&
         tree[tree.child(test, 1)].text == "Infinity";
}

}  // namespace

// What can end or pause a loop from inside its body.
Interpreter::Leaves Interpreter::leaves_of(const LoadedModule& module, NodeId body) {
  Leaves leaves;
  std::vector<NodeId> stack{body};
  while (!stack.empty()) {
    const NodeId id = stack.back();
    stack.pop_back();
    switch (module.tree[id].kind) {
      case Kind::break_:
      case Kind::return_:
      case Kind::throw_: leaves.ends = true; break;
      case Kind::yield:
      case Kind::await: leaves.pauses = true; break;
      case Kind::call: {
        // Calls may exit or wait; only loops of plain noise are endless at sight.
        const std::string_view name = module.tree[module.tree.child(id, 0)].text;
        if (name != "log" && name != "print" && name != "write") leaves.calls = true;
        if (name == "exit" || name == "_exit") leaves.ends = true;
        if (name == "chr" || name == "fromCharCode" || name == "charCodeAt" || name == "ord" ||
            name == "push" || name == "append")
          leaves.computes_text = true;
        if (name == "sleep" || name == "wait" || name == "accept" || name == "recv" ||
            name == "get" || name == "input")
          leaves.pauses = true;
        break;
      }
      case Kind::binary:
      case Kind::assign:
        if (module.tree[id].op == Op::bit_xor) leaves.computes_text = true;
        break;
      case Kind::function: continue;
      default: break;
    }
    for (const NodeId child : module.tree.children(id)) stack.push_back(child);
  }
  return leaves;
}

Interpreter::Turns::Turns(Interpreter& interpreter, const Frame& frame, bool decodes,
                          std::size_t most_unsure)
    : interpreter_(interpreter),
      module_(*frame.module),
      at_load_(frame.at_load),
      decodes_(decodes),
      most_unsure_(most_unsure),
      steps_before_(interpreter.steps_left_),
      branches_(interpreter.unknown_branches_),
      operations_(interpreter.unknown_operations_) {}

bool Interpreter::Turns::another() {
  const bool unsure_branch = branches_ != interpreter_.unknown_branches_;
  const bool unsure = unsure_branch || operations_ != interpreter_.unknown_operations_;
  branches_ = interpreter_.unknown_branches_;
  operations_ = interpreter_.unknown_operations_;
  if (unsure_branch && unsure_++ >= most_unsure_) return false;
  const FlowLimits& limits = interpreter_.limits_;
  const std::uint64_t used = steps_before_ - interpreter_.steps_left_;
  if (unsure) return used <= limits.unsure_loop_steps;
  if (used <= (decodes_   ? limits.decoder_steps
               : at_load_ ? limits.loop_steps
                          : limits.uncalled_loop_steps))
    return true;
  if (decodes_) interpreter_.say_stopped(module_, false);
  return false;
}

Signal Interpreter::exec_loop(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Kind kind = tree[id].kind;
  const bool is_for = kind == Kind::for_;
  const NodeId test = is_for                 ? tree.child(id, 1)
                      : kind == Kind::while_ ? tree.child(id, 0)
                                             : tree.child(id, 1);
  const NodeId body = is_for                 ? tree.child(id, 3)
                      : kind == Kind::while_ ? tree.child(id, 1)
                                             : tree.child(id, 0);
  Scope* outer = frame.scope;
  if (is_for) {
    frame.scope = new_scope();
    frame.scope->parent = outer;
    exec(frame, tree.child(id, 0));
  }
  const bool outer_exit = frame.uncertain_exit;
  frame.uncertain_exit = false;
  Signal result = Signal::normal;
  bool entered_unsure = false;
  // A constant test and nothing that leaves: it never ends, and two turns show all that it does.
  const bool is_literal =
      test != no_node && (tree[test].kind == Kind::literal || tree[test].kind == Kind::number);
  // `do … while (0)` runs once.
  const bool is_unconditional =
      is_literal ? truth(eval(frame, test), frame.module->language).value_or(true)
                 : test == no_node || never_reached(tree, test);
  const Leaves leaves =
      is_unconditional ? leaves_of(*frame.module, body) : Leaves{true, false, false};
  // What a call raises ends it too, where somebody catches that.
  const bool is_endless = !leaves.ends && !(frame.swallowed && leaves.calls);
  if (is_endless && !leaves.pauses) add_action(new_action(frame, id, Act::endless_loop, "loop"));
  const std::size_t most_turns = is_endless ? unsure_turns : max_turns;
  const bool decodes =
      leaves.computes_text || (!is_unconditional && leaves_of(*frame.module, body).computes_text);
  Turns turns(*this, frame, decodes, unsure_turns);
  for (std::size_t turn = 0; turn < most_turns; ++turn) {
    std::optional<bool> known = true;
    if (kind != Kind::do_while || turn > 0) {
      if (test != no_node) known = truth(eval(frame, test), frame.module->language);
    }
    if (known && !*known) break;
    if (!known || frame.uncertain_exit) ++unknown_branches_;
    if (!known && !entered_unsure) {
      entered_unsure = true;
      ++frame.certainty;
    }
    if (!turns.another()) break;
    const Signal signal = exec(frame, body);
    if (!spend(1)) break;
    if (signal == Signal::break_ && frame.label == 0) break;
    if (signal != Signal::normal && signal != Signal::continue_) {
      if (entered_unsure && signal != Signal::break_) {
        frame.uncertain_exit = true;
      } else {
        result = signal;
      }
      break;
    }
    if (signal == Signal::continue_ && frame.label != 0) {
      result = signal;
      break;
    }
    if (is_for) eval(frame, tree.child(id, 2));
  }
  if (entered_unsure) --frame.certainty;
  frame.uncertain_exit = outer_exit;
  if (is_for) release(frame.scope);
  frame.scope = outer;
  if (result == Signal::normal && kind == Kind::while_) {
    const NodeId otherwise = tree.child(id, 2);
    if (otherwise != no_node) return exec(frame, otherwise);
  }
  return result;
}

Signal Interpreter::exec_for_each(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const NodeId target = tree.child(id, 0);
  const NodeId body = tree.child(id, 2);
  const Value iterable = eval(frame, tree.child(id, 1));
  Scope* outer = frame.scope;
  const bool is_python = frame.module->language == Language::python;
  const auto turn = [&](const Value& item) {
    if (!is_python) {
      frame.scope = new_scope();
      frame.scope->parent = outer;
    }
    assign(frame, target, item, is_python || tree[target].kind == Kind::declaration);
    const Signal signal = exec(frame, body);
    if (!is_python) release(frame.scope);
    frame.scope = outer;
    return signal;
  };
  const bool outer_exit = frame.uncertain_exit;
  frame.uncertain_exit = false;
  Signal result = Signal::normal;
  const bool keys_only = !is_python && tree[id].op == Op::in;
  const auto leaves = [&](Signal signal) {
    if (signal == Signal::normal || (signal == Signal::continue_ && frame.label == 0)) return false;
    if (signal != Signal::break_ || frame.label != 0) result = signal;
    return true;
  };
  constexpr std::size_t most_unsure = 40;
  Turns turns(*this, frame, leaves_of(*frame.module, body).computes_text, most_unsure);
  if (iterable.is(ValueKind::list) && (!iterable.object->open || !iterable.object->items.empty())) {
    // By index, as a body may add or take; one that only ever adds would never end.
    constexpr std::size_t added = 64;
    const std::size_t most = iterable.object->items.size() + added;
    std::vector<Sources> seen;  // unknown items of the same sources tell the same story
    for (std::size_t i = 0;
         i < std::min(most, iterable.object->items.size()) && spend(1) && turns.another(); ++i) {
      const Value& each = iterable.object->items[i];
      if (each.is(ValueKind::unknown) && !keys_only) {
        if (std::ranges::find(seen, each.from) != seen.end()) continue;
        seen.push_back(each.from);
      }
      const Value item = keys_only ? Value::string(std::to_string(i)) : iterable.object->items[i];
      if (leaves(turn(item))) break;
    }
  } else if (iterable.is(ValueKind::bytes) && iterable.complete) {
    const std::string bytes = *iterable.text;
    for (std::size_t i = 0; i < bytes.size() && spend(1) && turns.another(); ++i) {
      if (leaves(turn(Value::of_number(static_cast<unsigned char>(bytes[i])).with(iterable.from))))
        break;
    }
  } else if (iterable.is_constant_text() && !keys_only) {
    const std::u32string letters = characters(iterable.text, false);
    for (std::size_t i = 0; i < letters.size() && spend(1) && turns.another(); ++i) {
      std::string one;
      append_utf8(one, letters[i]);
      if (leaves(turn(Value::string(std::move(one)).with(iterable.from)))) break;
    }
  } else if (iterable.is(ValueKind::object) && iterable.object->made_by == nullptr &&
             !iterable.object->open && (keys_only || is_python)) {
    std::vector<NameId> keys;
    for (const auto& property : iterable.object->properties) keys.push_back(property.first);
    for (const NameId key : keys) {
      if (!spend(1) || !turns.another() || leaves(turn(Value::string(std::string(names_[key])))))
        break;
    }
  } else {
    ++frame.certainty;
    ++unknown_branches_;
    const Sources from = sources_of(iterable);
    // Names of environment variables speak of the environment as much as their values do.
    const Value item = keys_only ? Value::unknown(from, trace_of(iterable, from))
                                 : element(frame, iterable, Value::unknown());
    for (std::size_t i = 0; i < unsure_turns; ++i) {
      const Signal signal = turn(item);
      if (signal == Signal::break_ || signal == Signal::return_ || signal == Signal::throw_) break;
    }
    --frame.certainty;
  }
  frame.uncertain_exit = outer_exit || (result != Signal::normal && frame.uncertain_exit);
  frame.label = result == Signal::normal ? 0 : frame.label;
  if (result == Signal::normal && tree.child(id, 3) != no_node)
    return exec(frame, tree.child(id, 3));
  return result;
}

}  // namespace assay::code
