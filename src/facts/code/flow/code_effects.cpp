// Calls that turn text into code, or a name into a module.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/decoders.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {

Value Interpreter::evaluate_effect(OutsideCall& call) {
  Value target = call.target;
  const bool compiled = target.is(ValueKind::api) && target.object != nullptr &&
                        names_[target.api] == "compile()" && !target.object->items.empty();
  if (compiled) target = Value(target.object->items[0]);
  // eval(5) or eval(f) runs nothing.
  if (target.is(ValueKind::function) || target.is(ValueKind::number) || target.is_nothing())
    return target;
  Action action = new_action(call, Act::run_code);
  action.target = show(target).substr(0, max_text_shown);
  action.target_complete = target.is_constant_text();
  action.target_from = sources_of(target);
  for (std::uint32_t at = trace_of(target, action.target_from);
       at != 0 && action.steps.size() < max_steps_shown; at = steps_[at].before) {
    action.steps.push_back(steps_[at].step);
  }
  std::ranges::reverse(action.steps);
  Value result = Value::unknown(action.target_from);
  if (target.is_constant_text() && target.text->size() > 1) {
    std::string how;
    for (const Step& step : action.steps) how += (how.empty() ? "" : ", ") + step.what;
    const std::string text = *target.text;
    result =
        run_text(call.frame, call.site, text, call.frame.module->language, how, action.target_from);
    action.program = run_layer_;
  }
  add_action(std::move(action));
  return call.api.path == "vm.Script" ? instance(call.callee, call.arguments, {}) : result;
}

// Function("a", "b", "return a + b").
Value Interpreter::make_function_effect(OutsideCall& call) {
  const Value body = call.arguments.empty() ? Value::string("") : call.arguments.back();
  Action action = new_action(call, Act::run_code);
  action.target = show(body).substr(0, max_text_shown);
  action.target_complete = body.is_constant_text();
  action.target_from = sources_of(body);
  std::string parameters;
  for (std::size_t i = 0; i + 1 < call.arguments.size(); ++i)
    parameters += (i > 0 ? "," : "") + show(call.arguments[i]);
  Value result = Value::unknown(action.target_from);
  if (body.is_constant_text() && trim(*body.text) == "return this") {
    result = Value::of_api(names_.intern("globalThis()"));
  } else if (body.is_constant_text()) {
    const std::string text = "(function(" + parameters + "){" + *body.text + "\n})";
    result =
        run_text(call.frame, call.site, text, Language::javascript, "Function", action.target_from);
    action.program = run_layer_;
  }
  add_action(std::move(action));
  return result;
}

// A module whose text is at hand, which is no file of the package.
Value Interpreter::load_text(OutsideCall& call, Action action, const Value& text,
                             std::string_view how) {
  action.act = Act::run_code;
  action.target_from |= text.from;
  const Value result = run_text(call.frame, call.site, std::string(*text.text),
                                call.frame.module->language, how, text.from);
  action.program = run_layer_;
  add_action(std::move(action));
  return result;
}

// runpy.run_path, SourceFileLoader: by path, so the name may be anything.
Value Interpreter::run_file_effect(OutsideCall& call) {
  Value path = call.argument(call.api.target);
  for (const std::string_view name : {"path", "location", "path_name", "filename"}) {
    if (const Value* named = call.keyword(name); named != nullptr && path.is(ValueKind::undefined))
      path = *named;
  }
  Action action = new_action(call, Act::run_code);
  fill_target(action, path);
  Value text =
      path.is_constant_text() ? from_package_file(*path.text, call.frame) : Value::undefined();
  const bool is_own = !text.is(ValueKind::undefined);
  if (!is_own) text = written_contents(path);
  if (text.is_constant_text()) {
    // A file of the package has its role, its module and its place.
    constexpr std::string_view ending = ".py";
    if (is_own && path.text->ends_with(ending)) {
      return run_own_file(call.frame, *path.text);
    }
    return load_text(call, std::move(action), text,
                     is_own ? "a file of the package" : "written to a file");
  }
  action.target_from |= written_sources(action.target);
  const bool is_telling =
      action.target_from.any(Source::remote | Source::decoded | Source::decrypted);
  if (is_telling || call.api.path == "execfile" || call.api.path == "runpy.run_path")
    add_action(std::move(action));
  return Value::unknown();
}

// A worker thread or a data: address: text that is a module of its own.
namespace {
std::optional<std::string> text_of_data_address(std::string_view address) {
  const std::size_t comma = address.find(',');
  if (!address.starts_with("data:") || comma == std::string_view::npos) return std::nullopt;
  const std::string_view kind = address.substr(5, comma - 5), data = address.substr(comma + 1);
  if (!contains(kind, "javascript")) return std::nullopt;
  if (contains(kind, ";base64")) return decode_base64(data);
  return decode_percent(data);
}
}  // namespace

// require, import(), import_module, __import__.
Value Interpreter::load_effect(OutsideCall& call) {
  const Value& target = call.target;
  Action action = new_action(call, Act::load_module);
  fill_target(action, target);
  if (const Value written = written_contents(target); written.is_constant_text()) {
    return load_text(call, std::move(action), written, "written to a file");
  }
  if (!target.is_constant_text()) {
    action.target_from |= written_sources(action.target);
    add_action(std::move(action));
    return Value::unknown(target.from.has(Source::remote) ? Sources(Source::remote) : Sources());
  }
  const std::string name = *target.text;
  if (target.from.any(Source::decoded | Source::remote | Source::decrypted))
    disguise(call.frame, call.site, Disguise::dynamic_import, name);
  if (const auto data = text_of_data_address(name)) {
    return load_text(call, std::move(action),
                     Value::string(*data).with(target.from | Source::decoded), "data: address");
  }
  if (name.starts_with("http://") || name.starts_with("https://") || name.starts_with("data:")) {
    add_action(std::move(action));
    return Value::unknown(Source::remote);
  }
  Value module = import_module(call.frame, name, call.site);
  const WrittenFiles::File* written =
      written_.find(replace_all(name, std::string(package_root) + "/", ""));
  if (written != nullptr) {
    action.target_from |= written->from;
    add_action(std::move(action));
  }
  return module;
}

}  // namespace assay::code
