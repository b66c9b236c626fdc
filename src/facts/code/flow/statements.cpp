// Executes statements.

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
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
    (branch == Signal::normal ? stays_somewhere : frame.uncertain_exit) = true;
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
    (other == Signal::normal ? stays_somewhere : frame.uncertain_exit) = true;
    signal = stays_somewhere ? Signal::normal : other;
    break;
  }
  frame.certainty -= entered;
  if (entered > 0 && signal != Signal::normal && stays_somewhere) {
    frame.uncertain_exit = true;
    signal = Signal::normal;
  }
  return signal;
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

}  // namespace assay::code
