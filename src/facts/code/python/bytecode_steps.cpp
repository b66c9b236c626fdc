// What each instruction does to the stack, and the lines that it makes.
#include "facts/code/python/bytecode_code.h"

namespace assay::code::python {

void CodeWriter::store(const std::string& name) {
  Item item = take();
  if (item.is_null) return;
  // A function that is stored under its name at once is defined under it.
  line(name + " = " + text_of(item));
}

void CodeWriter::load_attribute(const std::string& name, bool is_method) {
  std::string object = pop();
  const bool is_plain = !object.empty() && object.find(' ') == std::string::npos &&
                        !(object[0] >= '0' && object[0] <= '9');
  push((is_plain ? object : "(" + object + ")") + "." + name);
  if (is_method) push_null();
}

void CodeWriter::import_name(std::uint32_t argument) {
  const std::string list = pop(), level = pop();
  std::string module = at(code_.names, argument);
  if (level == "1" || level == "2" || level == "3")
    module =
        std::string(static_cast<std::size_t>(level[0] - '0'), '.') + (module == "_" ? "" : module);
  Item item{.module = module};
  if (list == "None" && !module.starts_with(".")) {
    line("import " + module);
    item.text = module.substr(0, module.find('.'));
    item.is_fresh = true;  // names below it are modules themselves
  } else {
    item.is_fresh = false;
  }
  stack_.push_back(std::move(item));
}

bool CodeWriter::step_load(Operation operation, std::uint32_t argument) {
  switch (operation) {
    case Operation::load_const: {
      const CodeObject::Constant& value = constant(argument);
      if (!out_.charge(value.text.size())) return true;
      stack_.push_back({.text = value.text, .code = value.code, .names = value.names});
      return true;
    }
    case Operation::load_name: push(at(code_.names, argument)); return true;
    case Operation::load_global: {
      const bool has_null = minor_ >= 11 && (argument & 1) != 0;
      if (has_null && minor_ < 13) push_null();
      push(at(code_.names, minor_ >= 11 ? argument >> 1 : argument));
      if (has_null && minor_ >= 13) push_null();
      return true;
    }
    case Operation::load_fast: push(variable(argument)); return true;
    case Operation::load_fast_twice:
      push(variable(argument >> 4));
      push(variable(argument & 15));
      return true;
    case Operation::load_deref: push(cell(argument)); return true;
    case Operation::load_from_dict_deref:
      pop();
      push(cell(argument));
      return true;
    case Operation::load_from_dict_name:
      pop();
      push(at(code_.names, argument));
      return true;
    case Operation::load_attr:
      load_attribute(at(code_.names, minor_ >= 12 ? argument >> 1 : argument),
                     minor_ >= 12 && (argument & 1) != 0);
      return true;
    case Operation::load_method: load_attribute(at(code_.names, argument), true); return true;
    case Operation::load_super_attr:
      pop_many(3);
      push("super()." + at(code_.names, argument >> 2));
      if ((argument & 1) != 0) push_null();
      return true;
    case Operation::load_build_class: push("__build_class__"); return true;
    case Operation::load_locals: push("locals()"); return true;
    case Operation::load_none: push("None"); return true;
    case Operation::push_null: push_null(); return true;
    default: return false;
  }
}

bool CodeWriter::step_store(Operation operation, std::uint32_t argument) {
  switch (operation) {
    case Operation::store_name: store(at(code_.names, argument)); return true;
    case Operation::store_global:
      if (nesting_ > 0 && declared_.insert(at(code_.names, argument)).second)
        line("global " + at(code_.names, argument));
      store(at(code_.names, argument));
      return true;
    case Operation::store_fast: store(variable(argument)); return true;
    case Operation::store_deref: store(cell(argument)); return true;
    case Operation::store_fast_twice:
      store(variable(argument >> 4));
      store(variable(argument & 15));
      return true;
    case Operation::store_load_fast:
      store(variable(argument >> 4));
      push(variable(argument & 15));
      return true;
    case Operation::store_attr: {
      const std::string object = pop(), value = pop();
      line(object + "." + at(code_.names, argument) + " = " + value);
      return true;
    }
    case Operation::store_subscript: {
      const std::string key = pop(), object = pop(), value = pop();
      line(object + "[" + key + "] = " + value);
      return true;
    }
    case Operation::store_map: {
      const std::string key = pop(), value = pop();
      if (Item* map = from_top(1)) line(settle(*map) + "[" + key + "] = " + value);
      return true;
    }
    case Operation::slice_set: {
      const std::string end = pop(), begin = pop(), object = pop(), value = pop();
      line(object + "[" + begin + ":" + end + "] = " + value);
      return true;
    }
    case Operation::import_name: import_name(argument); return true;
    case Operation::import_from: {
      const std::string name = at(code_.names, argument);
      Item* module = from_top(1);
      if (module == nullptr) return true;
      if (module->is_fresh || module->module.empty()) {
        push(module->text + "." + name);
      } else {
        const std::string known = out_.new_name(name);
        line("from " + module->module + " import " + name + " as " + known);
        push(known);
      }
      return true;
    }
    case Operation::import_star: line("from " + take().module + " import *"); return true;
    case Operation::unpack:
    case Operation::unpack_rest: {
      const std::uint32_t count =
          operation == Operation::unpack ? argument : (argument & 0xFF) + (argument >> 8) + 1;
      if (count > 256) return false;
      Names names;
      for (std::uint32_t i = 0; i < count; ++i) names.push_back(out_.new_name("v"));
      std::string targets;
      for (std::uint32_t i = 0; i < count; ++i) {
        const bool is_rest = operation == Operation::unpack_rest && i == (argument & 0xFF);
        targets += (is_rest ? "*" : "") + names[i] + ", ";
      }
      if (count > 0) line(targets + "= " + pop());
      for (std::uint32_t i = count; i-- > 0;) push(names[i]);
      return true;
    }
    default: return false;
  }
}

bool CodeWriter::step_build(Operation operation, std::uint32_t argument) {
  switch (operation) {
    case Operation::build_tuple: {
      const std::vector<std::string> items = pop_many(argument);
      push(items.empty() ? "()" : "(" + joined(items) + ",)");
      return true;
    }
    case Operation::build_list:
      push("[" + joined(pop_many(argument)) + "]");
      stack_.back().is_fresh = argument == 0;
      return true;
    case Operation::build_set:
      push(argument == 0 ? "set()" : "{" + joined(pop_many(argument)) + "}");
      return true;
    case Operation::build_map: {
      if (minor_ < 0) argument = 0;  // there only a hint of the size
      const std::vector<std::string> items = pop_many(argument * 2);
      std::vector<std::string> pairs;
      for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        pairs.push_back(items[i] + ": " + items[i + 1]);
      push("{" + joined(pairs) + "}");
      return true;
    }
    case Operation::build_keyed_map: {
      const std::string keys = pop();
      push("dict(zip(" + keys + ", (" + joined(pop_many(argument)) + ",)))");
      return true;
    }
    case Operation::build_string:
      push("''.join((" + joined(pop_many(argument)) + ",))");
      return true;
    case Operation::build_slice: {
      std::string text;
      for (const std::string& part : pop_many(argument))
        text += (text.empty() ? "" : ":") + (part == "None" ? std::string(" ") : part);
      push(text);
      return true;
    }
    case Operation::build_unpacked:
    case Operation::build_unpacked_map: {
      const std::string star = operation == Operation::build_unpacked ? "*" : "**";
      std::string text;
      for (const std::string& part : pop_many(argument)) text += star + part + ", ";
      push(operation == Operation::build_unpacked ? "[" + text + "]" : "{" + text + "}");
      return true;
    }
    case Operation::format_value:
      if ((argument & 4) != 0) pop();
      push("str(" + pop() + ")");
      return true;
    case Operation::format_with_spec:
      pop();
      push("str(" + pop() + ")");
      return true;
    case Operation::format_simple: push("str(" + pop() + ")"); return true;
    case Operation::list_append:
    case Operation::set_add:
    case Operation::list_extend:
    case Operation::update: {
      const std::string item = pop();
      Item* list = from_top(argument);
      if (list == nullptr) return true;
      if (operation == Operation::list_extend && argument == 1 && list->is_fresh &&
          item.starts_with("(")) {
        *list = {.text = "list(" + item + ")"};
        return true;
      }
      const std::string_view method = operation == Operation::list_append ? "append"
                                      : operation == Operation::set_add   ? "add"
                                      : operation == Operation::update    ? "update"
                                                                          : "extend";
      line(settle(*list) + "." + std::string(method) + "(" + item + ")");
      return true;
    }
    case Operation::map_add: {
      const std::string last = pop(), first = pop();
      const bool is_key_last = minor_ < 8;  // the order of evaluation changed
      Item* map = from_top(argument);
      if (map != nullptr)
        line(settle(*map) + "[" + (is_key_last ? last : first) +
             "] = " + (is_key_last ? first : last));
      return true;
    }
    default: return false;
  }
}

bool CodeWriter::step_call(const Meaning& meaning, std::uint32_t argument) {
  switch (meaning.operation) {
    case Operation::call_function:
      if (minor_ < 0) {
        call_old(argument, false, false);
      } else {
        std::vector<Item> arguments = take_many(argument);
        Item callee = take();
        finish_call(std::move(callee), std::move(arguments), {});
      }
      return true;
    case Operation::call_variable: call_old(argument, true, meaning.text == "2"); return true;
    case Operation::call_keywords: {
      if (minor_ < 0) {
        call_old(argument, false, true);
        return true;
      }
      const Names names = take().names;
      std::vector<Item> arguments = take_many(argument);
      Item callee = take();
      finish_call(std::move(callee), std::move(arguments), names);
      return true;
    }
    case Operation::call_method:
    case Operation::call: call_above_pair(argument, std::exchange(keywords_, {})); return true;
    case Operation::call_kw: {
      const Names names = take().names;
      call_above_pair(argument, names);
      return true;
    }
    case Operation::keyword_names: keywords_ = constant(argument).names; return true;
    case Operation::call_unpacked: call_unpacked((argument & 1) != 0); return true;
    case Operation::intrinsic: {
      constexpr std::uint32_t print = 1, star = 2, to_tuple = 6;
      if (argument == star)
        line("from " + take().module + " import *"), push("None");
      else if (argument != print && argument != to_tuple && argument != 3 && argument != 5)
        out_.not_understood();
      return true;
    }
    case Operation::make_function: {
      if (minor_ >= 0 && minor_ < 11) pop();  // its name
      Item made = take();
      for (int bit = 0; bit < 4 && minor_ >= 0 && minor_ < 13; ++bit) {
        if ((argument >> bit & 1u) != 0) pop();
      }
      if (minor_ < 0) pop_many(argument & 0xFF);
      stack_.push_back(std::move(made));
      return true;
    }
    case Operation::set_function_attribute: {
      Item made = take();
      pop();
      stack_.push_back(std::move(made));
      return true;
    }
    case Operation::build_class: {
      const std::string methods = pop(), bases = pop(), name = pop();
      push("type(" + name + ", " + bases + ", " + methods + ")");
      return true;
    }
    default: return false;
  }
}

bool CodeWriter::step_compute(const Meaning& meaning, std::uint32_t argument) {
  constexpr std::string_view operators[] = {"+", "&",  "//", "<<", "@", "*", "%",
                                            "|", "**", ">>", "-",  "/", "^"};
  constexpr std::string_view comparisons[] = {
      "<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not", "==", "=="};
  const auto two = [&](std::string_view between) {
    const std::string right = pop(), left = pop();
    push("(" + left + " " + std::string(between) + " " + right + ")");
  };
  switch (meaning.operation) {
    case Operation::binary: two(meaning.text); return true;
    case Operation::binary_op: two(operators[argument % std::size(operators)]); return true;
    case Operation::unary: push("(" + std::string(meaning.text) + pop() + ")"); return true;
    case Operation::compare: {
      const std::uint32_t index = minor_ >= 13   ? argument >> 5
                                  : minor_ >= 12 ? argument >> 4
                                                 : argument;
      two(comparisons[index % std::size(comparisons)]);
      return true;
    }
    case Operation::contains: two(argument != 0 ? "not in" : "in"); return true;
    case Operation::is_same: two(argument != 0 ? "is not" : "is"); return true;
    case Operation::subscript: {
      const std::string key = pop(), object = pop();
      push(object + "[" + key + "]");
      return true;
    }
    case Operation::slice_get: {
      const std::string end = pop(), begin = pop(), object = pop();
      push(object + "[" + (begin == "None" ? "" : begin) + ":" + (end == "None" ? "" : end) + "]");
      return true;
    }
    case Operation::slice_old: {
      const bool has_end = meaning.text == "2" || meaning.text == "3",
                 has_begin = meaning.text == "1" || meaning.text == "3";
      const std::string end = has_end ? pop() : "", begin = has_begin ? pop() : "", object = pop();
      push(object + "[" + begin + ":" + end + "]");
      return true;
    }
    case Operation::get_len:
      if (Item* item = from_top(1)) push("len(" + settle(*item) + ")");
      return true;
    default: return false;
  }
}

bool CodeWriter::step_flow(Operation operation, std::uint32_t argument) {
  switch (operation) {
    case Operation::for_iter: {
      Item iterator = take();
      const std::string over = text_of(iterator), each = out_.new_name("v");
      for (Item& item : stack_) settle(item);
      open("for " + each + " in " + over + ":", forward(argument), true);
      push("None");  // the iterator, which list_append counts
      push(each);
      return true;
    }
    case Operation::end_for: drops_top_ = minor_ >= 13; return true;
    case Operation::jump_if_false: branch(pop(), false, argument); return true;
    case Operation::jump_if_true: branch(pop(), true, argument); return true;
    case Operation::jump_if_none: branch("(" + pop() + ") is None", true, argument); return true;
    case Operation::jump_if_not_none:
      branch("(" + pop() + ") is None", false, argument);
      return true;
    case Operation::false_or_pop:
      junctions_.push_back({target(argument), pop() + " and"});
      return true;
    case Operation::true_or_pop:
      junctions_.push_back({target(argument), pop() + " or"});
      return true;
    case Operation::jump_forward: jump_ = forward(argument); return true;
    case Operation::begin_with: {
      Item item = take();
      const std::string name = settle(item);
      push("None");
      push(name);
      return true;
    }
    case Operation::handler: return true;
    case Operation::push_exception:
      push("None");
      push("None");
      return true;
    case Operation::check_exception:
      pop();
      push("may_be");
      return true;
    case Operation::get_awaitable: awaits_ = true; return true;
    case Operation::return_value: {
      const std::string value = pop();
      if (nesting_ > 0) leave("return " + value);
      return true;
    }
    case Operation::return_const:
      if (nesting_ > 0) leave("return " + constant(argument).text);
      return true;
    case Operation::yield_value: {
      const std::string value = pop();
      if (!std::exchange(awaits_, false)) line("yield " + value);
      push("None");
      return true;
    }
    case Operation::raise_: {
      const std::vector<std::string> parts = pop_many(argument);
      if (!parts.empty()) leave("raise " + parts.front());
      return true;
    }
    case Operation::exec_statement: {
      pop_many(2);
      line("exec(" + pop() + ")");
      return true;
    }
    default: return false;
  }
}

bool CodeWriter::step_stack(const Meaning& meaning, std::uint32_t argument) {
  switch (meaning.operation) {
    case Operation::nothing: return true;
    case Operation::pop_one: take(); return true;
    case Operation::pop_two:
      take();
      take();
      return true;
    case Operation::pop_top: {
      if (std::exchange(drops_top_, false)) return true;
      Item item = take();
      if (!item.is_null && item.code < 0 && item.module.empty() &&
          item.text.find('(') != std::string::npos)
        line(item.text);
      return true;
    }
    case Operation::duplicate: argument = 1; [[fallthrough]];
    case Operation::copy:
      if (Item* item = from_top(argument)) {
        settle(*item);
        stack_.push_back(Item(*item));
      }
      return true;
    case Operation::duplicate_two: argument = 2; [[fallthrough]];
    case Operation::duplicate_many:
      for (std::uint32_t i = 0, count = std::min<std::uint32_t>(argument, 8); i < count; ++i) {
        if (Item* item = from_top(count)) {
          settle(*item);
          stack_.push_back(Item(*item));
        }
      }
      return true;
    case Operation::swap:
      if (Item* item = from_top(argument)) std::swap(*item, stack_.back());
      return true;
    case Operation::rotate:
      argument = static_cast<std::uint32_t>(meaning.text[0] - '0');
      [[fallthrough]];
    case Operation::rotate_many:
      if (from_top(argument) != nullptr) {
        Item top = take();
        stack_.insert(stack_.end() - static_cast<std::ptrdiff_t>(argument - 1), std::move(top));
      }
      return true;
    default: return false;
  }
}

void CodeWriter::step(const Meaning& meaning, std::uint32_t argument) {
  if (step_stack(meaning, argument) || step_load(meaning.operation, argument) ||
      step_store(meaning.operation, argument) || step_build(meaning.operation, argument) ||
      step_call(meaning, argument) || step_compute(meaning, argument) ||
      step_flow(meaning.operation, argument)) {
    return;
  }
  out_.not_understood();
}

}  // namespace assay::code::python
