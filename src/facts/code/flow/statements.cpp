// Executes statements.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

constexpr int max_depth = 700;
// Turns of a loop whose end is not known: the second sees what the first left behind.
constexpr std::size_t unsure_turns = 2;
constexpr std::size_t max_turns = 200'000;

// `i < Infinity`.
bool never_reached(const Tree& tree, NodeId test) {
  return tree[test].kind == Kind::compare && tree[test].op == Op::less &&
         tree[tree.child(test, 1)].text == "Infinity";
}

}  // namespace

void Interpreter::hoist(Frame& frame, std::span<const NodeId> statements) {
  if (frame.module->language == Language::python) return;
  const Tree& tree = frame.module->tree;
  for (NodeId id : statements) {
    if (tree[id].kind == Kind::export_) id = tree.child(id, 0);
    const Node& node = tree[id];
    if (node.kind == Kind::function && (node.flags & flag_statement) != 0 &&
        frame.module->names[id] != 0) {
      frame.function_scope->declare(frame.module->names[id], frame.certainty).value =
          eval_function(frame, id);
    }
  }
}

Signal Interpreter::exec_children(Frame& frame, std::span<const NodeId> statements) {
  hoist(frame, statements);
  for (const NodeId statement : statements) {
    const Signal signal = exec(frame, statement);
    if (signal != Signal::normal) return signal;
  }
  return Signal::normal;
}

Signal Interpreter::exec_block(Frame& frame, NodeId id, bool own_scope) {
  if (!own_scope || frame.module->language == Language::python) {
    return exec_children(frame, frame.module->tree.children(id));
  }
  Scope* outer = frame.scope;
  Scope* inner = new_scope();
  inner->parent = outer;
  frame.scope = inner;
  const Signal signal = exec_children(frame, frame.module->tree.children(id));
  frame.scope = outer;
  release(inner);
  return signal;
}

// A branch that may or may not be taken. What it returns is remembered, but the rest goes on.
Signal Interpreter::exec_uncertain(Frame& frame, NodeId id) {
  if (id == no_node) return Signal::normal;
  ++frame.certainty;
  const Signal signal = exec(frame, id);
  --frame.certainty;
  return signal;
}

Signal Interpreter::exec(Frame& frame, NodeId id) {
  if (id == no_node) return Signal::normal;
  if (depth_ >= max_depth || !spend(1)) return Signal::normal;
  ++depth_;
  const Tree& tree = frame.module->tree;
  const Node& node = tree[id];
  Signal signal = Signal::normal;
  switch (node.kind) {
    case Kind::block: signal = exec_block(frame, id, true); break;
    case Kind::error: signal = exec_block(frame, id, true); break;
    case Kind::declaration: signal = exec_declaration(frame, id); break;
    case Kind::if_: signal = exec_if(frame, id); break;
    case Kind::for_:
    case Kind::while_:
    case Kind::do_while: signal = exec_loop(frame, id); break;
    case Kind::for_each: signal = exec_for_each(frame, id); break;
    case Kind::try_: signal = exec_try(frame, id); break;
    case Kind::with_: signal = exec_with(frame, id); break;
    case Kind::switch_: signal = exec_switch(frame, id); break;
    case Kind::import_: signal = exec_import(frame, id); break;
    case Kind::export_: signal = exec_export(frame, id); break;
    case Kind::return_: {
      const Value value = eval(frame, tree.child(id, 0));
      frame.returned = frame.has_returned ? join(frame.returned, value) : value;
      frame.has_returned = true;
      signal = Signal::return_;
      break;
    }
    case Kind::throw_:
      eval(frame, tree.child(id, 0));
      signal = Signal::throw_;
      break;
    case Kind::break_:
    case Kind::continue_:
      frame.label = frame.module->names[id];
      signal = node.kind == Kind::break_ ? Signal::break_ : Signal::continue_;
      break;
    case Kind::labelled:
      signal = exec(frame, tree.child(id, 0));
      if ((signal == Signal::break_ || signal == Signal::continue_) &&
          frame.label == frame.module->names[id]) {
        frame.label = 0;
        signal = Signal::normal;
      }
      break;
    case Kind::function:
      if ((node.flags & flag_statement) != 0 && frame.module->names[id] != 0) {
        // JavaScript's were hoisted with their block.
        if (frame.module->language == Language::python) {
          assign_name(frame, frame.module->names[id], eval_function(frame, id), true, Op::none);
        } else if (frame.function_scope->find(frame.module->names[id]) == nullptr) {
          frame.function_scope->declare(frame.module->names[id], frame.certainty).value =
              eval_function(frame, id);
        }
      } else {
        eval(frame, id);
      }
      break;
    case Kind::class_: {
      Value klass = eval_class(frame, id);
      if (frame.module->names[id] != 0)
        assign_name(frame, frame.module->names[id], std::move(klass), true, Op::let);
      break;
    }
    case Kind::scope_names:
      for (const NodeId name : tree.children(id)) {
        frame.function_scope->redirected.emplace_back(frame.module->names[name],
                                                      node.op == Op::global);
      }
      break;
    case Kind::delete_:
      for (const NodeId target : tree.children(id)) {
        if (tree[target].kind == Kind::member || tree[target].kind == Kind::index) {
          const Value object = eval(frame, tree.child(target, 0));
          if (object.is(ValueKind::object) && tree[target].kind == Kind::member)
            object.object->erase(frame.module->names[target]);
        }
      }
      break;
    case Kind::assert_: eval(frame, tree.child(id, 0)); break;
    case Kind::case_:
    case Kind::module: signal = exec_block(frame, id, true); break;
    default: eval(frame, id); break;
  }
  --depth_;
  return signal;
}

Signal Interpreter::exec_declaration(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  for (const NodeId declarator : tree.children(id)) {
    const NodeId target = tree.child(declarator, 0);
    const NodeId value = tree.child(declarator, 1);
    if (value == no_node) {
      // `var x;` again does not reset x.
      if (tree[target].kind == Kind::name && tree[id].op == Op::var) {
        frame.function_scope->declare(frame.module->names[target], frame.certainty);
      } else {
        assign(frame, target, Value::undefined(), true, tree[id].op);
      }
      continue;
    }
    assign(frame, target, eval(frame, value), true, tree[id].op);
  }
  return Signal::normal;
}

// `if __name__ == "__main__":` runs when the file is a program, else only when somebody starts it.
std::optional<bool> Interpreter::main_guard(Frame& frame, NodeId test) {
  const Tree& tree = frame.module->tree;
  if (tree[test].kind != Kind::compare) return std::nullopt;
  const bool is_program = frame.module->role.program != Trigger::none;
  const Node& left = tree[tree.child(test, 0)];
  const Node& right = tree[tree.child(test, 1)];
  if (frame.module->language == Language::python) {
    const bool guards = (left.kind == Kind::name && left.text == "__name__") ||
                        (right.kind == Kind::name && right.text == "__name__");
    if (guards) return is_program;
    return std::nullopt;
  }
  const auto is_main = [&](NodeId id) {
    return tree[id].kind == Kind::member && tree[id].text == "main" &&
           tree[tree.child(id, 0)].text == "require";
  };
  if (is_main(tree.child(test, 0)) || is_main(tree.child(test, 1))) return is_program;
  return std::nullopt;
}

namespace {

// What a variable is called that a user sets to agree to being counted.
bool speaks_of_consent(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  for (const std::string_view word :
       {"telemetry", "analytics", "consent", "opt_in", "optin", "usage_report", "send_stats"}) {
    if (contains(lower, word)) return true;
  }
  return false;
}

bool is_refusal(std::string_view value) {
  const std::string lower = to_lower_ascii(value);
  for (const std::string_view word : {"", "0", "no", "off", "false", "none", "disabled"}) {
    if (lower == word) return true;
  }
  return false;
}

}  // namespace

// A comparison of such a variable with a constant: most machines have it unset.
Interpreter::Consent Interpreter::consent_of(Frame& frame, NodeId test) {
  const Tree& tree = frame.module->tree;
  if (tree[test].kind != Kind::compare) return Consent::unasked;
  const Op op = tree[test].op;
  const bool equals = op == Op::equal || op == Op::strict_equal;
  if (!equals && op != Op::not_equal && op != Op::strict_not_equal) return Consent::unasked;
  last_variable_.clear();
  const Value left = eval(frame, tree.child(test, 0)), right = eval(frame, tree.child(test, 1));
  const Value& constant = left.is_constant_text() ? left : right;
  const Value& asked = left.is_constant_text() ? right : left;
  const bool is_choice = constant.is_constant_text() && !is_refusal(*constant.text) &&
                         asked.is(ValueKind::unknown) && asked.from == Sources(Source::variable) &&
                         speaks_of_consent(last_variable_);
  if (!is_choice) return Consent::unasked;
  return equals ? Consent::where_true : Consent::where_false;
}

Signal Interpreter::exec_consenting(Frame& frame, NodeId id, bool consents) {
  const bool before = frame.opted_in;
  frame.opted_in = before || consents;
  const Signal signal = exec(frame, id);
  frame.opted_in = before;
  return signal;
}

Signal Interpreter::exec_if(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  bool left_somewhere = false;
  bool stays_somewhere = false;
  std::uint32_t entered = 0;
  Signal signal = Signal::normal;
  while (true) {
    const NodeId test_node = tree.child(id, 0);
    const NodeId no = tree.child(id, 2);
    if (const auto is_program = main_guard(frame, test_node)) {
      const bool at_load = frame.at_load;
      const Trigger trigger = frame.trigger;
      frame.at_load = at_load && *is_program;
      if (*is_program) frame.trigger = frame.module->role.program;
      signal = exec(frame, tree.child(id, 1));
      frame.at_load = at_load;
      frame.trigger = trigger;
      if (signal != Signal::normal && !*is_program) signal = Signal::normal;
      break;
    }
    const auto known = truth(eval(frame, test_node), frame.module->language);
    if (known) {
      if (*known) {
        signal = exec(frame, tree.child(id, 1));
        break;
      }
      if (tree[no].kind == Kind::if_) {
        id = no;
        continue;
      }
      signal = exec(frame, no);
      break;
    }
    const Consent consent = consent_of(frame, test_node);
    ++frame.certainty;
    ++entered;
    ++unknown_branches_;
    const Signal branch = exec_consenting(frame, tree.child(id, 1), consent == Consent::where_true);
    (branch == Signal::normal ? stays_somewhere : left_somewhere) = true;
    if (branch != Signal::normal) frame.uncertain_exit = true;
    if (tree[no].kind == Kind::if_) {
      id = no;
      continue;
    }
    const Signal other = no == no_node
                             ? Signal::normal
                             : exec_consenting(frame, no, consent == Consent::where_false);
    // `if (!agreed) return;` in the open: what follows needs consent.
    const bool is_outermost = frame.certainty == entered;
    if (is_outermost && consent == Consent::where_false && branch != Signal::normal)
      frame.opted_in = true;
    (other == Signal::normal ? stays_somewhere : left_somewhere) = true;
    if (other != Signal::normal) frame.uncertain_exit = true;
    signal = stays_somewhere ? Signal::normal : other;
    break;
  }
  frame.certainty -= entered;
  if (entered > 0 && signal != Signal::normal && stays_somewhere) {
    frame.uncertain_exit = true;
    signal = Signal::normal;
  }
  (void)left_somewhere;
  return signal;
}

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

Signal Interpreter::exec_try(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(id);
  if (parts.empty()) return Signal::normal;
  bool catches = false;
  for (std::size_t i = 1; i + 2 < parts.size(); ++i) catches = true;
  const bool outer_swallowed = frame.swallowed;
  frame.swallowed = outer_swallowed || catches;
  const std::uint64_t events_before = outside_calls_ + unknown_branches_;
  Signal signal = exec(frame, parts[0]);
  frame.swallowed = outer_swallowed;
  const bool threw = signal == Signal::throw_;
  // A block that only computed constants did not throw behind our back.
  const bool may_throw = threw || outside_calls_ + unknown_branches_ != events_before;
  if (threw && catches) signal = Signal::normal;
  for (std::size_t i = 1; may_throw && i + 2 < parts.size(); ++i) {
    // Whether the block throws is hardly ever known, so handlers run too, as a possibility.
    Scope* outer = frame.scope;
    Scope* inner = new_scope();
    inner->parent = outer;
    if (frame.module->language == Language::javascript) frame.scope = inner;
    if (!threw) ++frame.certainty;
    const NodeId target = tree.child(parts[i], 0);
    if (target != no_node) assign(frame, target, Value::unknown(), true, Op::let);
    const Signal handled = exec(frame, tree.child(parts[i], 2));
    if (!threw) --frame.certainty;
    if (!threw && handled != Signal::normal) frame.uncertain_exit = true;
    frame.scope = outer;
    release(inner);
    if (threw && handled != Signal::normal) signal = handled;
  }
  if (parts.size() >= 3) {
    const NodeId otherwise = parts[parts.size() - 1];
    const NodeId finally = parts[parts.size() - 2];
    if (!threw && signal == Signal::normal && otherwise != no_node) signal = exec(frame, otherwise);
    if (finally != no_node) {
      const Signal last = exec(frame, finally);
      if (last != Signal::normal) signal = last;
    }
  }
  return signal;
}

Signal Interpreter::exec_with(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(id);
  if (parts.empty()) return Signal::normal;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    Value value = eval(frame, tree.child(parts[i], 0));
    if (value.is(ValueKind::object) && value.object->made_by != nullptr) {
      const NameId enter = names_.intern("__enter__");
      if (const Value* method = find_method(value.object->made_by, enter)) {
        const Value entered = call(frame, *method, value, {value}, parts[i]);
        if (!entered.is(ValueKind::unknown)) value = entered;
      }
    }
    const NodeId target = tree.child(parts[i], 1);
    if (target != no_node) assign(frame, target, value, true);
  }
  return exec(frame, parts.back());
}

Signal Interpreter::exec_switch(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const auto parts = tree.children(id);
  if (parts.empty()) return Signal::normal;
  const Value subject = eval(frame, parts[0]);
  const bool is_python = frame.module->language == Language::python;
  // Control-flow flattening switches on a computed constant: then exactly one case runs.
  bool all_known = subject.is_primitive_constant();
  std::size_t chosen = 0;
  for (std::size_t i = 1; i < parts.size() && all_known; ++i) {
    const NodeId test = tree.child(parts[i], 0);
    if (test == no_node) {
      if (chosen == 0 && i + 1 == parts.size()) chosen = i;
      continue;
    }
    const auto same =
        compare_values(Op::strict_equal, subject, eval(frame, test), frame.module->language);
    if (!same) all_known = false;
    if (same && *same) {
      chosen = i;
      break;
    }
  }
  const auto run_case = [&](std::size_t i) {
    const auto statements = tree.children(parts[i]).subspan(1);
    return exec_children(frame, statements);
  };
  if (all_known) {
    for (std::size_t i = chosen; i > 0 && i < parts.size(); ++i) {
      const Signal signal = run_case(i);
      if (signal == Signal::break_ && frame.label == 0) return Signal::normal;
      if (signal != Signal::normal) return signal;
      if (is_python) break;
    }
    return Signal::normal;
  }
  ++frame.certainty;
  ++unknown_branches_;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Signal signal = run_case(i);
    if (signal == Signal::return_ || signal == Signal::throw_) frame.uncertain_exit = true;
  }
  frame.label = 0;
  --frame.certainty;
  return Signal::normal;
}

Signal Interpreter::exec_import(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Node& node = tree[id];
  const bool is_python = frame.module->language == Language::python;
  if (node.op == Op::module) {
    // `import a.b.c` binds a; `import a.b as c` binds c to a.b.
    const Value whole = import_module(frame, node.text, id);
    if (node.child_count > 0) {
      assign_name(frame, frame.module->names[tree.child(id, 0)], whole, true, Op::none);
      return Signal::normal;
    }
    const std::size_t dot = node.text.find('.');
    if (dot == std::string_view::npos) {
      assign_name(frame, names_.intern(node.text), whole, true, Op::none);
    } else {
      const std::string_view first = node.text.substr(0, dot);
      assign_name(frame, names_.intern(first), import_module(frame, first, id), true, Op::none);
    }
    return Signal::normal;
  }
  const Value module = import_module(frame, node.text, id);
  for (const NodeId part : tree.children(id)) {
    const std::string_view imported = tree[part].text;
    const NodeId local = tree.child(part, 0);
    if (imported == "*") {
      if (!is_python) {
        assign(frame, local, module, true, Op::const_);
      } else if (module.is(ValueKind::module) && module.object->scope != nullptr) {
        const std::vector<Binding> names = module.object->scope->bindings;
        for (const Binding& binding : names)
          assign_name(frame, binding.name, binding.value, true, Op::none);
      } else if (module.is(ValueKind::api)) {
        // Names that are not found elsewhere are looked for there.
        frame.module->starred.push_back(module.api);
      }
      continue;
    }
    Value value;
    if (!is_python && imported == "default") {
      // `import fs from "fs"` and modules that set module.exports: the module itself.
      value =
          module.is(ValueKind::object) && module.object->find(names_.intern("default")) != nullptr
              ? *module.object->find(names_.intern("default"))
              : module;
    } else if (is_python) {
      value = property(frame, module, names_.intern(imported));
      if (value.is(ValueKind::unknown) || value.is_nothing()) {
        // A submodule rather than a name.
        const std::string full = node.text.ends_with('.')
                                     ? std::string(node.text) + std::string(imported)
                                     : std::string(node.text) + "." + std::string(imported);
        const Value submodule = import_module(frame, full, id);
        if (submodule.is(ValueKind::module)) value = submodule;
      }
    } else {
      value = property(frame, module, names_.intern(imported));
    }
    assign(frame, local, std::move(value), true, Op::const_);
  }
  return Signal::normal;
}

Signal Interpreter::exec_export(Frame& frame, NodeId id) {
  const Tree& tree = frame.module->tree;
  const Node& node = tree[id];
  Object* exports = frame.module->exports.object;
  const auto set = [&](NameId name, Value value) {
    if (exports != nullptr) exports->set(name, std::move(value));
  };
  if (node.op == Op::from) {
    const Value module = import_module(frame, node.text, id);
    for (const NodeId part : tree.children(id)) {
      const std::string_view imported = tree[part].text;
      const NodeId local = tree.child(part, 0);
      if (imported == "*" && local == no_node) {
        if (module.is(ValueKind::object) && exports != nullptr) {
          const auto properties = module.object->properties;
          for (const auto& [name, value] : properties) exports->set(name, value);
        }
      } else {
        set(frame.module->names[local],
            imported == "*" ? module : property(frame, module, names_.intern(imported)));
      }
    }
    return Signal::normal;
  }
  if (node.op == Op::names) {
    for (const NodeId part : tree.children(id)) {
      set(frame.module->names[tree.child(part, 0)],
          name_value(frame, names_.intern(tree[part].text)));
    }
    return Signal::normal;
  }
  const NodeId what = tree.child(id, 0);
  if (node.text == "default") {
    const Kind kind = tree[what].kind;
    Value value;
    if ((kind == Kind::function || kind == Kind::class_) && frame.module->names[what] != 0) {
      exec(frame, what);
      value = name_value(frame, frame.module->names[what]);
    } else {
      value = eval(frame, what);
    }
    set(names_.intern("default"), std::move(value));
    return Signal::normal;
  }
  exec(frame, what);
  const auto publish = [&](NodeId name) {
    if (tree[name].kind == Kind::name)
      set(frame.module->names[name], name_value(frame, frame.module->names[name]));
  };
  if (tree[what].kind == Kind::declaration) {
    for (const NodeId declarator : tree.children(what)) publish(tree.child(declarator, 0));
  } else if (frame.module->names[what] != 0) {
    set(frame.module->names[what], name_value(frame, frame.module->names[what]));
  }
  return Signal::normal;
}

}  // namespace assay::code
