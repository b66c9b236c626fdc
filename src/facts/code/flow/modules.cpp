// Which file of the package an import means, and what an import of anything else is.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "facts/code/flow/interpreter.h"

namespace assay::code {
namespace {

// A file imported by a file … this deep is analysed later on its own instead.
constexpr int max_load_depth = 48;

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

// Joins and normalises; empty when the path leaves the package.
std::string join_path(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  const auto add = [&](std::string_view path) {
    for (const std::string_view part : split(path, '/')) {
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        if (parts.empty()) return false;
        parts.pop_back();
      } else {
        parts.push_back(part);
      }
    }
    return true;
  };
  if (!add(folder) || !add(relative)) return {};
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

}  // namespace

std::int32_t Interpreter::find_file(std::string_view path) const {
  const auto found = file_index_.find(std::string(path));
  return found == file_index_.end() ? -1 : found->second;
}

std::int32_t Interpreter::resolve_javascript(std::int32_t from, std::string_view name) const {
  std::string base;
  if (name.starts_with(package_root)) {
    base = join_path("", name.substr(package_root.size()));
  } else if (name.starts_with("./") || name.starts_with("../") || name == "." || name == "..") {
    base = join_path(folder_of(package_.files[static_cast<std::size_t>(from)].path), name);
  } else {
    return -1;
  }
  constexpr std::array<std::string_view, 16> endings = {"",
                                                        ".js",
                                                        ".cjs",
                                                        ".mjs",
                                                        ".json",
                                                        ".ts",
                                                        ".tsx",
                                                        ".jsx",
                                                        ".node",
                                                        "/index.js",
                                                        "/index.cjs",
                                                        "/index.mjs",
                                                        "/index.json",
                                                        "/index.ts",
                                                        "/index.tsx",
                                                        "/lib/index.js"};
  for (const std::string_view ending : endings) {
    const std::string candidate = base.empty() && ending.starts_with('/')
                                      ? std::string(ending.substr(1))
                                      : base + std::string(ending);
    const std::int32_t file = find_file(candidate);
    if (file >= 0) return file;
  }
  // TypeScript sources import "./x.js" and mean x.ts.
  if (base.ends_with(".js")) return find_file(base.substr(0, base.size() - 2) + "ts");
  return -1;
}

std::int32_t Interpreter::resolve_python(std::int32_t from, std::string_view name) const {
  const std::string& path = package_.files[static_cast<std::size_t>(from)].path;
  const auto try_path = [&](std::string base) {
    const std::int32_t file = find_file(base + ".py");
    if (file >= 0) return file;
    const std::int32_t folder = find_file(base.empty() ? "__init__.py" : base + "/__init__.py");
    return folder >= 0 ? folder : find_file(base + ".pyc");
  };
  if (name.starts_with('.')) {
    std::string folder = folder_of(path);
    name.remove_prefix(1);
    while (name.starts_with('.')) {
      folder = folder_of(folder);
      name.remove_prefix(1);
    }
    std::string rest = replace_all(std::string(name), ".", "/");
    return try_path(join_path(folder, rest));
  }
  const std::string relative = replace_all(std::string(name), ".", "/");
  // Beside the importing file for scripts, then from each root that its own path suggests.
  std::string folder = folder_of(path);
  while (true) {
    const std::int32_t file = try_path(folder.empty() ? relative : folder + "/" + relative);
    if (file >= 0 && file != from) return file;
    if (folder.empty()) break;
    folder = folder_of(folder);
  }
  for (const std::string& root : search_roots_) {
    for (const std::string_view between : {"/", "!/"}) {
      const std::int32_t file = try_path(root + std::string(between) + relative);
      if (file >= 0) return file;
    }
  }
  return try_path("src/" + relative);
}

void Interpreter::add_search_roots(std::span<const Value> arguments) {
  for (const Value& argument : arguments) {
    add_search_root(argument);
    if (!argument.is(ValueKind::list)) continue;
    for (const Value& item : argument.object->items) add_search_root(item);
  }
}

void Interpreter::add_search_root(const Value& folder) {
  constexpr std::size_t most = 16;
  if (!folder.is_constant_text() || search_roots_.size() >= most) return;
  std::string_view path = *folder.text;
  const bool is_rooted = path.starts_with(package_root);
  if (is_rooted) path.remove_prefix(package_root.size());
  if (!is_rooted && path.starts_with('/')) return;
  std::string root = join_path("", path);
  const bool is_new = std::ranges::find(search_roots_, root) == search_roots_.end();
  if (!root.empty() && is_new) search_roots_.push_back(std::move(root));
}

Value Interpreter::import_module(Frame& frame, std::string_view name, NodeId site) {
  const Language language = frame.module->language;
  const std::int32_t file = language == Language::javascript
                                ? resolve_javascript(frame.module->file, name)
                                : resolve_python(frame.module->file, name);
  if (file >= 0) {
    const File& source = package_.files[static_cast<std::size_t>(file)];
    if (source.kind == FileKind::native || source.path.ends_with(".node")) {
      Action action = new_action(frame, site, Act::load_native, "require");
      action.target = source.path;
      action.target_complete = true;
      add_action(std::move(action));
      return Value::unknown();
    }
    if (source.kind == FileKind::json) {
      Value contents =
          Value::unknown(source.path == "package.json" ? Source::manifest : Source::asset);
      if (Pure parse = find_javascript_function("JSON.parse")) {
        std::vector<Value> arguments{Value::string(source.bytes)};
        std::vector<Keyword> keywords;
        const Value self = Value::undefined();
        PureCall call{*this, frame, site, self, arguments, keywords};
        constexpr std::size_t worth_reading = 256 * 1024;
        if (source.bytes.size() <= worth_reading) {
          if (std::optional<Value> parsed = parse(call)) return parsed->with(contents.from);
        }
      }
      return contents;
    }
    return run_module(frame, file);
  }
  if (language == Language::python && name.starts_with('.')) return Value::unknown();
  if (language == Language::python) {
    if (const LoadedModule* written = written_module(frame, name, site)) return written->exports;
  }
  if (language == Language::javascript && (name.starts_with('.') || name.starts_with('/')))
    return Value::unknown();
  return Value::of_api(names_.intern(canonical_module(language, name)));
}

// A module that code wrote into some folder before, whose contents are known: bundlers of scripts
// unpack what they hold that way, and so do droppers. It is taken to lie where imports look.
const LoadedModule* Interpreter::written_module(Frame& frame, std::string_view name, NodeId site) {
  if (!spend(written_.module_search_steps(name))) return nullptr;
  const std::string* path = written_.find_module(name);
  if (path == nullptr) return nullptr;
  const auto [known, is_new] = written_modules_.emplace(*path, nullptr);
  if (!is_new) return known->second;  // nothing yet when it imports itself
  const ShellOrigin origin{where(frame, site), role_of(frame), frame.at_load,
                           written_.find(*path)->from, 0};
  // It may write more, so that nothing of the list may be held while it runs.
  const std::string key = *path, contents = written_.find(key)->contents;
  const LoadedModule* module =
      run_code(origin, contents, Language::python, "written to a file", Trigger::none);
  written_modules_[key] = module;
  return module;
}

// The file of the package that a path in its code means: below the package's root, or relative to
// it or to the file `beside`. -1 when it is none.
std::int32_t Interpreter::find_package_file(std::string_view path, std::int32_t beside) const {
  if (path.starts_with(package_root))
    return find_file(join_path("", path.substr(package_root.size())));
  if (path.starts_with('/') || path.empty() || path.find(':') != std::string_view::npos) return -1;
  // Install hooks and setup.py run in the package's own folder.
  const std::int32_t file = find_file(join_path("", path));
  if (file >= 0 || beside < 0) return file;
  return find_file(
      join_path(folder_of(package_.files[static_cast<std::size_t>(beside)].path), path));
}

// By path, as it stands in code that runs in the package's own folder.
Value Interpreter::run_own_file(Frame& frame, std::string_view path) {
  const std::int32_t file = find_package_file(path, frame.module->file);
  return file < 0 ? Value::unknown() : run_module(frame, file);
}

Value Interpreter::run_module(Frame& frame, std::int32_t file) {
  if (package_.files[static_cast<std::size_t>(file)].dropped || load_depth_ >= max_load_depth) {
    return Value::unknown();
  }
  LoadedModule* module = load(file);
  if (!module->finished && !module->running) {
    // What a program loads is no test, whatever its folder is called.
    if (module->role.is_test && !frame.module->role.is_test) module->role = frame.module->role;
    // It runs when its loader does, also where no import statement shows it.
    if (frame.at_load) module->role.trigger = std::max(module->role.trigger, frame.trigger);
    ++load_depth_;
    const int depth = depth_;
    execute_module(*module);
    depth_ = depth;
    --load_depth_;
  }
  return module->exports;
}

// Pictures, fonts and programs hold no text: what reads one out decodes it. A
// file of no known kind has a text in it when it has no ending either, like a Makefile.
static bool holds_no_text(const File& file) {
  switch (file.kind) {
    case FileKind::other: {
      const std::string_view path = file.path;
      return contains(path.substr(path.rfind('/') + 1), ".");
    }
    case FileKind::native:
    case FileKind::bytecode:
    case FileKind::image:
    case FileKind::font:
    case FileKind::archive: return true;
    default: return false;
  }
}

Value Interpreter::from_package_file(std::string_view path, Frame& frame) {
  const std::int32_t file = find_package_file(path, frame.module->file);
  if (file < 0) return Value::undefined();
  const File& source = package_.files[static_cast<std::size_t>(file)];
  Sources from = source.path == "package.json" ? Source::manifest : Source::asset;
  const bool is_kept_data = !source.dropped && source.kind == FileKind::other;
  if (holds_no_text(source) && !is_kept_data) from |= Source::decoded;
  if (source.dropped || source.bytes.size() > (4u << 20) || !spend_text(source.bytes.size())) {
    return Value::unknown(from);
  }
  return Value::string(source.bytes).with(from);
}

}  // namespace assay::code
