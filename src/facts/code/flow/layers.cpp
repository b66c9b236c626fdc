// Code that is no file of the package: decoded, given on a command line, written by other code.

#include "base/hash.h"
#include "facts/code/flow/interpreter.h"
#include "facts/code/javascript/parser.h"
#include "facts/code/python/parser.h"

namespace assay::code {

void Interpreter::parse_module(LoadedModule& module) {
  module.tree = module.language == Language::python ? parse_python(module.own_text)
                                                    : parse_javascript(module.own_text, {});
  prepare(module);
}

LoadedModule* Interpreter::load_layer(Frame& frame, std::string text, Language language,
                                      std::int32_t layer) {
  auto module = std::make_unique<LoadedModule>();
  module->file = frame.module->file;
  module->layer = layer;
  module->language = language;
  module->role = role_of(frame);
  module->own_text = std::move(text);
  parse_module(*module);
  layer_modules_.push_back(std::move(module));
  return layer_modules_.back().get();
}

Value Interpreter::run_text(Frame& frame, NodeId site, const std::string& text, Language language,
                            std::string_view how, Sources from) {
  const Value nothing = Value::unknown(from);
  run_layer_ = -1;
  if (text.size() < 2 || result_.layers.size() >= limits_.layers ||
      text.size() > layer_bytes_left_ || layer_depth_ >= limits_.layer_depth) {
    if (text.size() > layer_bytes_left_ || layer_depth_ >= limits_.layer_depth) {
      result_.gaps.push_back({GapKind::budget,
                              package_.files[static_cast<std::size_t>(frame.module->file)].path,
                              "code inside code beyond the limit of layers was not analysed"});
    }
    return nothing;
  }
  // Whether a text was seen is told by a hash of all of it.
  if (!spend(text.size() / 32)) return nothing;
  // The same text again in the same place tells nothing new; in a loop it would never end.
  constexpr std::size_t short_text = 64;
  const auto own_layer = static_cast<std::int32_t>(result_.layers.size());
  if (text.size() >= short_text) {
    const auto [known, is_new] = layer_texts_.emplace(
        std::to_string(frame.module->file) + hash_hex(HashKind::sha1, text), own_layer);
    if (!is_new) {
      run_layer_ = known->second;
      return nothing;
    }
  }
  layer_bytes_left_ -= text.size();
  Layer layer;
  layer.kind = language == Language::python ? Layer::Kind::python : Layer::Kind::javascript;
  layer.from = where(frame, site);
  layer.depth = layer_depth_ + 1;
  layer.how = how;
  layer.text = text;
  result_.layers.push_back(std::move(layer));
  LoadedModule* module = load_layer(frame, text, language, own_layer);
  result_.layers.back().is_read = module->tree.skipped.empty();
  ++layer_depth_;
  Value result = nothing;
  if (language == frame.module->language) {
    // eval and exec see the caller's names.
    LoadedModule* outer = frame.module;
    module->scope = frame.scope;
    module->exports = outer->exports;
    frame.module = module;
    const auto statements = module->tree.children(module->tree.root);
    hoist(frame, statements);
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const Kind kind = module->tree[statements[i]].kind;
      if (i + 1 == statements.size() && kind < Kind::module) {
        result = eval(frame, statements[i]).with(from);
      } else if (exec(frame, statements[i]) == Signal::return_) {
        break;
      }
    }
    frame.module = outer;
  } else {
    execute_module(*module);
  }
  --layer_depth_;
  run_layer_ = own_layer;
  return result;
}

void Interpreter::run_inline_code(const ShellOrigin& origin, const std::string& code,
                                  Language language) {
  run_code(origin, code, language, "command line", origin.role.trigger);
}

// Code that is no file of the package, as a layer; nullptr when it was run before or is too much.
const LoadedModule* Interpreter::run_code(const ShellOrigin& origin, const std::string& code,
                                          Language language, std::string_view how,
                                          Trigger program) {
  constexpr std::size_t most = 1u << 20;
  run_layer_ = -1;
  if (code.size() > most || result_.layers.size() >= limits_.layers ||
      code.size() > layer_bytes_left_ || layer_depth_ >= limits_.layer_depth)
    return nullptr;
  const auto own_layer = static_cast<std::int32_t>(result_.layers.size());
  const auto [known, is_new] = layer_texts_.emplace("inline" + code, own_layer);
  run_layer_ = known->second;
  if (!is_new) return nullptr;
  layer_bytes_left_ -= code.size();
  Layer layer;
  layer.kind = language == Language::python ? Layer::Kind::python : Layer::Kind::javascript;
  layer.from = origin.where;
  layer.depth = layer_depth_ + 1;
  layer.how = how;
  layer.text = code;
  result_.layers.push_back(std::move(layer));
  auto module = std::make_unique<LoadedModule>();
  module->file = origin.where.file;
  module->layer = own_layer;
  module->language = language;
  module->role = origin.role;
  module->role.program = program;
  module->own_text = code;
  LoadedModule* loaded = module.get();
  layer_modules_.push_back(std::move(module));
  parse_module(*loaded);
  result_.layers.back().is_read = loaded->tree.skipped.empty();
  ++layer_depth_;
  execute_module(*loaded, origin.at_load);
  --layer_depth_;
  run_layer_ = own_layer;
  return loaded;
}

}  // namespace assay::code
