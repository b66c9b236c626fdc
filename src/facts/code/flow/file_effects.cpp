// Calls that read and write files.
#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

bool is_writing_mode(std::string_view mode) {
  return mode.find_first_of("wax+") != std::string_view::npos;
}

// A text that is known but for a few of its parts, as code made from a template is.
std::string code_text(const Value& value) {
  if (!value.is_textual()) return {};
  constexpr std::size_t between_holes = 24;
  std::size_t holes = 0;
  for (std::size_t at = value.text->find(hole); at != std::string::npos;
       at = value.text->find(hole, at + hole.size())) {
    ++holes;
  }
  return value.text->size() >= holes * between_holes ? *value.text : std::string();
}

}  // namespace

Sources Interpreter::file_sources(std::string_view path) const {
  Sources classified = classify_path(path);
  // A copy of a store is as good as the store, and a note of which machine it is as good as asking.
  if (const WrittenFiles::File* written = written_.find(path)) {
    classified |= written->from & (secrets | Source::host);
  }
  return classified.empty() ? Sources(Source::local_file) : classified;
}

void Interpreter::remember_written(const std::string& path, Sources from,
                                   const std::string& contents) {
  written_.add(path, from, contents);
}

// What the files held that were written before and that the text names.
Sources Interpreter::written_sources(std::string_view text) {
  Sources from;
  if (written_.all().empty() || !spend(written_.search_steps(text.size()))) return from;
  for (const auto& [path, written] : written_.all()) {
    if (contains(text, path)) from |= written.from;
  }
  return from;
}

// What code wrote before to just this path; undefined when it did not, or nobody knows what.
Value Interpreter::written_contents(const Value& path) const {
  if (!path.is_textual()) return Value::undefined();
  const WrittenFiles::File* found = written_.find(replace_all(show(path), "<package>/", ""));
  if (found == nullptr || found->contents.empty()) return Value::undefined();
  return Value::string(found->contents).with(found->from);
}

// The contents of a file outside the package: unknown, but where they come from is not.
Value Interpreter::read_outside(OutsideCall& call) {
  Action action = new_action(call, Act::read_file);
  fill_target(action, call.target);
  action.data = file_sources(action.target);
  const Value contents = Value::unknown(
      action.data,
      add_step(call.frame, call.site, "reads " + escape_for_display(action.target, 160)));
  add_action(std::move(action));
  return contents;
}

// A relative path, from where code went with chdir.
Value Interpreter::located(const Value& path) const {
  if (working_folder_.empty() || !path.is_textual() || path.text->empty()) return path;
  const std::string& text = *path.text;
  const bool is_relative = text[0] != '/' && text[0] != '~' && text[0] != '%' &&
                           !text.starts_with(hole) && text.find(':') == std::string::npos;
  if (!is_relative) return path;
  const std::string whole = working_folder_ + "/" + text;
  return Value::string(whole, path.complete && !contains(whole, hole)).with(path.from, path.trace);
}

Value Interpreter::open_effect(OutsideCall& call) {
  call.target = located(call.target);
  const Api& api = call.api;
  std::string mode = show(call.argument(api.target == from_receiver ? 0 : 1));
  if (const Value* named = call.keyword("mode")) mode = show(*named);
  if (api.act == Act::write_file) mode = "w";
  if (api.target == no_argument)
    call.target = Value::string(std::string(hole) + "/tmp#" + std::to_string(next_unique()), false);
  Value handle =
      instance(Value::of_api(names_.intern("open")), {call.target, Value::string(mode)}, {});
  if (is_writing_mode(mode) && handle.object != nullptr) return handle;
  Value contents = call.target.is_constant_text() ? from_package_file(*call.target.text, call.frame)
                                                  : Value::undefined();
  if (contents.is(ValueKind::undefined)) contents = written_contents(call.target);
  if (contents.is(ValueKind::undefined)) contents = read_outside(call);
  if (contents.is_textual() && contains(mode, "b")) contents.kind = ValueKind::bytes;
  handle.from = contents.from;
  handle.trace = contents.trace;
  if (handle.object != nullptr) handle.object->items.push_back(contents);
  return handle;
}

Value Interpreter::read_effect(OutsideCall& call) {
  Value known = call.target.is_constant_text() ? from_package_file(*call.target.text, call.frame)
                                               : Value::undefined();
  if (!known.is(ValueKind::undefined)) {
    // Without an encoding Node gives a Buffer.
    const bool is_text = call.argument(1).is_textual() || call.argument(1).is(ValueKind::object);
    if (known.is_textual() && !is_text && call.frame.module->language == Language::javascript)
      known.kind = ValueKind::bytes;
    run_callbacks(call.frame, call.arguments, call.keywords, known, true);
    return known;
  }
  Value contents = written_contents(call.target);
  if (contents.is(ValueKind::undefined)) contents = read_outside(call);
  run_callbacks(call.frame, call.arguments, call.keywords, contents, true);
  if (contents.is_textual()) return contents;
  // What is in a file says nothing of where it lies: the path does not go with the contents.
  Value made = instance(call.callee, {}, contents.from);
  made.trace = contents.trace;
  return made;
}

Value Interpreter::write_effect(OutsideCall& call) {
  Action action = new_action(call, Act::write_file);
  fill_target(action, call.target);
  const std::vector<Value> values = call.data_values();
  fill_data(action, values, call.keywords);
  const std::string contents = values.empty() ? std::string() : code_text(values[0]);
  remember_written(show(call.target), action.data, contents);
  remember_written(action.target, action.data, contents);
  add_action(std::move(action));
  run_callbacks(call.frame, call.arguments, call.keywords, Value::null(), true);
  return instance(call.callee, call.arguments, {});
}

// Methods of file handles that open_file made.
Value Interpreter::handle_method(Frame& frame, const Value& receiver, std::string_view method,
                                 std::vector<Value>& arguments, NodeId site, bool& handled) {
  handled = false;
  const std::string_view base = names_[receiver.api];
  if (receiver.object == nullptr || receiver.object->items.empty() || base != "open()") return {};
  const Value path = receiver.object->items[0];
  handled = true;
  if (method == "write" || method == "writelines" || method == "writestr") {
    Action action = new_action(frame, site, Act::write_file, "open().write");
    fill_target(action, path);
    fill_data(action, arguments, {});
    remember_written(action.target, action.data,
                     arguments.empty() ? std::string() : code_text(arguments[0]));
    add_action(std::move(action));
    return Value::unknown();
  }
  if (method == "read" || method == "readlines" || method == "readline" || method == "read_text" ||
      method == "decode") {
    if (receiver.object->items.size() > 2) {
      const Value& contents = receiver.object->items[2];
      if (method == "read") return contents;
      return Value::unknown(contents.from, contents.trace);
    }
    return Value::unknown(receiver.from, receiver.trace);
  }
  if (method == "close" || method == "flush" || method == "__exit__" || method == "seek")
    return Value::null();
  if (method == "__enter__") return receiver;
  handled = false;
  return {};
}

}  // namespace assay::code
