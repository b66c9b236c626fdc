#include "ecosystems/npm/manifest.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "ecosystems/literal.h"
#include "ecosystems/relative_path.h"

namespace assay {
namespace {

TextRange range_of(const LiteralNode& node) { return {node.begin_with_key(), node.end}; }

struct TextField {
  std::string_view key;
  std::string NpmManifest::* member;
};
constexpr std::array<TextField, 8> text_fields = {{{"name", &NpmManifest::name},
                                                   {"version", &NpmManifest::version},
                                                   {"description", &NpmManifest::description},
                                                   {"homepage", &NpmManifest::homepage},
                                                   {"main", &NpmManifest::main},
                                                   {"module", &NpmManifest::module},
                                                   {"types", &NpmManifest::types},
                                                   {"type", &NpmManifest::type}}};

// Fields that name files which some runtime or bundler loads as the package.
constexpr std::array<std::string_view, 9> entry_fields = {"main",    "module",      "browser",
                                                          "exports", "imports",     "es2015",
                                                          "esnext",  "jsnext:main", "react-native"};

struct DependencyField {
  std::string_view key;
  NpmDependencyGroup group;
};
constexpr std::array<DependencyField, 8> dependency_fields = {{
    {"dependencies", NpmDependencyGroup::dependencies},
    {"devDependencies", NpmDependencyGroup::dev},
    {"optionalDependencies", NpmDependencyGroup::optional},
    {"peerDependencies", NpmDependencyGroup::peer},
    {"bundleDependencies", NpmDependencyGroup::bundled},
    {"bundledDependencies", NpmDependencyGroup::bundled},
    {"overrides", NpmDependencyGroup::overrides},
    {"resolutions", NpmDependencyGroup::overrides},  // yarn's word for it
}};

class NpmManifestReader {
 public:
  explicit NpmManifestReader(const LiteralTree& tree) : tree_(tree) {}

  NpmManifest read() {
    if (!tree_.is_strict()) odd("not strict JSON: comments, stray commas or text around it");
    note_duplicates(tree_.root(), "");
    for (const TextField& field : text_fields) read_text(field.key, out_.*field.member);
    read_license();
    read_author();
    read_repository();
    read_flags();
    read_browser();
    for (const std::string_view field : entry_fields) read_entry_points(field);
    read_bins();
    read_scripts();
    for (const DependencyField& field : dependency_fields) read_dependencies(field);
    read_keywords();
    return std::move(out_);
  }

 private:
  const LiteralNode* field(std::string_view key) const { return tree_.find(tree_.root(), key); }

  void odd(std::string what) {
    // A report shows a few; the rest would say nothing new.
    if (out_.oddities.size() < 100) out_.oddities.push_back(std::move(what));
  }

  void wrong_type(std::string_view key, std::string_view wanted) {
    odd("`" + std::string(key) + "` is not " + std::string(wanted));
  }

  void note_duplicates(const LiteralNode& object, std::string_view of) {
    std::unordered_set<std::string> seen;
    for (const LiteralNode* child : tree_.children(object)) {
      std::string key = tree_.key(*child);
      if (!seen.insert(key).second) odd("duplicate key `" + std::string(of) + key + "`");
    }
  }

  void read_text(std::string_view key, std::string& into) {
    const LiteralNode* node = field(key);
    if (!node || node->kind == LiteralKind::null) return;
    if (node->kind != LiteralKind::text) return wrong_type(key, "a string");
    into = tree_.text(*node);
  }

  // The text of a string, or of the named member of an object.
  std::string text_or_member(const LiteralNode& node, std::string_view member) const {
    if (node.kind == LiteralKind::text) return tree_.text(node);
    const LiteralNode* found = tree_.find(node, member);
    return found ? tree_.text(*found) : std::string();
  }

  void read_license() {
    const LiteralNode* node = field("license");
    if (!node) node = field("licence");
    if (node) out_.license = text_or_member(*node, "type");
    const LiteralNode* list = field("licenses");
    if (!out_.license.empty() || !list) return;
    for (const LiteralNode* each : tree_.children(*list)) {
      if (!out_.license.empty()) out_.license += " OR ";
      out_.license += text_or_member(*each, "type");
    }
  }

  void read_author() {
    const LiteralNode* node = field("author");
    if (!node) return;
    out_.author = text_or_member(*node, "name");
    if (node->kind != LiteralKind::object) return;
    const LiteralNode* email = tree_.find(*node, "email");
    const LiteralNode* url = tree_.find(*node, "url");
    if (email) out_.author += " <" + tree_.text(*email) + ">";
    if (url) out_.author += " (" + tree_.text(*url) + ")";
  }

  void read_repository() {
    const LiteralNode* node = field("repository");
    if (!node || node->kind == LiteralKind::null) return;
    out_.repository = text_or_member(*node, "url");
    if (node->kind == LiteralKind::object) {
      out_.repository_folder = text_or_member(*node, "directory");
    }
    out_.repository_where = range_of(*node);
    out_.repository_is_malformed = node->kind != LiteralKind::text && out_.repository.empty();
  }

  void read_flags() {
    if (const LiteralNode* node = field("gypfile")) {
      out_.gypfile_is_false = node->kind == LiteralKind::boolean && !node->truth;
    }
    if (const LiteralNode* node = field("private")) out_.is_private = node->truth;
  }

  void read_browser() {
    const LiteralNode* node = field("browser");
    if (node && node->kind == LiteralKind::text) out_.browser = tree_.text(*node);
  }

  // Every string below the field, whatever conditions lead to it. Values of objects and arrays are
  // paths only with a leading "./": the rest are names of packages.
  void read_entry_points(std::string_view key) {
    const LiteralNode* top = field(key);
    if (!top) return;
    if (top->kind == LiteralKind::text) return add_entry_point(*top);
    const std::vector<LiteralNode>& nodes = tree_.nodes();
    for (auto i = static_cast<std::size_t>(top - nodes.data()) + 1;
         i < nodes.size() && nodes[i].begin < top->end; ++i) {
      if (nodes[i].kind == LiteralKind::text && tree_.text(nodes[i]).starts_with('.')) {
        add_entry_point(nodes[i]);
      }
    }
  }

  void add_entry_point(const LiteralNode& node) {
    const std::string written = tree_.text(node);
    if (written.empty()) return;
    auto path = join_path("", written);
    if (!path) return odd("entry point `" + written + "` leaves the package");
    if (path->empty()) path = ".";
    if (!seen_entry_points_.insert(*path).second) return;
    out_.entry_points.push_back(std::move(*path));
    out_.entry_points_where.push_back(range_of(node));
  }

  void read_bins() {
    const LiteralNode* bin = field("bin");
    const LiteralNode* directories = field("directories");
    if (bin && bin->kind == LiteralKind::text) {
      // The scope is not part of the command's name.
      add_bin(out_.name.substr(out_.name.rfind('/') + 1), *bin);
    } else if (bin && bin->kind == LiteralKind::object) {
      for (const LiteralNode* each : tree_.children(*bin)) {
        if (each->kind != LiteralKind::text) {
          wrong_type("bin." + tree_.key(*each), "a string");
        } else {
          add_bin(tree_.key(*each), *each);
        }
      }
    } else if (bin && bin->kind != LiteralKind::null) {
      wrong_type("bin", "a string or an object");
    }
    const LiteralNode* folder = directories ? tree_.find(*directories, "bin") : nullptr;
    if (!bin && folder && folder->kind == LiteralKind::text) add_bin("", *folder);
  }

  void add_bin(std::string name, const LiteralNode& node) {
    const std::string written = tree_.text(node);
    auto path = join_path("", written);
    if (!path) return odd("bin `" + written + "` leaves the package");
    out_.bins.push_back({std::move(name), std::move(*path), range_of(node)});
  }

  void read_scripts() {
    const LiteralNode* scripts = field("scripts");
    if (!scripts || scripts->kind == LiteralKind::null) return;
    if (scripts->kind != LiteralKind::object) return wrong_type("scripts", "an object");
    note_duplicates(*scripts, "scripts.");
    std::unordered_map<std::string, std::size_t> index_of;  // of equal names the last one counts
    for (const LiteralNode* each : tree_.children(*scripts)) {
      std::string name = tree_.key(*each);
      if (each->kind != LiteralKind::text) {
        wrong_type("scripts." + name, "a string");
        continue;
      }
      const auto [at, is_new] = index_of.try_emplace(name, out_.scripts.size());
      if (is_new) out_.scripts.emplace_back();
      out_.scripts[at->second] = {std::move(name), tree_.text(*each), range_of(*each)};
    }
  }

  void read_dependencies(const DependencyField& wanted) {
    const LiteralNode* node = field(wanted.key);
    if (!node || node->kind == LiteralKind::null) return;
    const bool is_bundled = wanted.group == NpmDependencyGroup::bundled;
    if (is_bundled && node->kind == LiteralKind::boolean) {
      if (node->truth) bundle_all(*node);
    } else if (is_bundled && node->kind == LiteralKind::array) {
      for (const LiteralNode* each : tree_.children(*node)) {
        add_dependency(wanted.group, tree_.text(*each), "", *each);
      }
    } else if (wanted.group == NpmDependencyGroup::overrides) {
      read_overrides(*node);
    } else if (node->kind == LiteralKind::object) {
      for (const LiteralNode* each : tree_.children(*node)) read_dependency(wanted, *each);
    } else {
      wrong_type(wanted.key, "an object");
    }
  }

  void read_dependency(const DependencyField& wanted, const LiteralNode& node) {
    std::string name = tree_.key(node);
    if (node.kind != LiteralKind::text && wanted.group != NpmDependencyGroup::bundled) {
      wrong_type(std::string(wanted.key) + '.' + name, "a string");
      return;
    }
    add_dependency(wanted.group, std::move(name), tree_.text(node), node);
  }

  void bundle_all(const LiteralNode& where) {
    const std::vector<NpmDependency> before = out_.dependencies;
    for (const NpmDependency& dependency : before) {
      if (dependency.group != NpmDependencyGroup::dependencies) continue;
      add_dependency(NpmDependencyGroup::bundled, dependency.name, "", where);
    }
  }

  // {"a": {".": "1", "b": "2"}} becomes "a" 1 and "a>b" 2. Nodes come parents first, so that each
  // finds its parent's name ready.
  void read_overrides(const LiteralNode& top) {
    if (top.kind != LiteralKind::object) return wrong_type("overrides", "an object");
    std::vector<std::pair<const LiteralNode*, std::string>> open;
    const std::vector<LiteralNode>& nodes = tree_.nodes();
    for (auto i = static_cast<std::size_t>(&top - nodes.data()) + 1;
         i < nodes.size() && nodes[i].begin < top.end; ++i) {
      while (!open.empty() && open.back().first->end <= nodes[i].begin) open.pop_back();
      std::string key = tree_.key(nodes[i]);
      // npm rejects names over 214 characters, and a chain has few; no name grows with the input.
      if (open.size() > 16 || key.size() > 1024) continue;
      std::string name = open.empty() ? std::move(key)
                         : key == "." ? open.back().second
                                      : open.back().second + '>' + key;
      if (nodes[i].kind == LiteralKind::object) {
        open.emplace_back(&nodes[i], std::move(name));
      } else if (nodes[i].kind == LiteralKind::text) {
        add_dependency(NpmDependencyGroup::overrides, std::move(name), tree_.text(nodes[i]),
                       nodes[i]);
      }
    }
  }

  void add_dependency(NpmDependencyGroup group, std::string name, std::string spec,
                      const LiteralNode& node) {
    const NpmSpecKind kind = classify_npm_spec(spec);
    out_.dependencies.push_back({group, std::move(name), std::move(spec), kind, range_of(node)});
  }

  void read_keywords() {
    const LiteralNode* node = field("keywords");
    if (!node) return;
    if (node->kind == LiteralKind::text) out_.keywords.push_back(tree_.text(*node));
    for (const LiteralNode* each : tree_.children(*node)) {
      if (each->kind == LiteralKind::text) out_.keywords.push_back(tree_.text(*each));
    }
  }

  const LiteralTree& tree_;
  NpmManifest out_;
  std::unordered_set<std::string> seen_entry_points_;
};

}  // namespace

Result<NpmManifest> read_npm_manifest(std::string_view json, const Limits& limits) {
  if (json.size() > limits.json_bytes) {
    return fail(ErrorKind::limit, "package.json: " + std::to_string(json.size()) +
                                      " bytes exceed " + std::to_string(limits.json_bytes));
  }
  Result<LiteralTree> tree = LiteralTree::read(json, LiteralDialect::json);
  if (!tree) return fail(tree.error().kind, "package.json: " + tree.error().message);
  if (tree->root().kind != LiteralKind::object) {
    return fail(ErrorKind::malformed, "package.json: not an object");
  }
  return NpmManifestReader(*tree).read();
}

}  // namespace assay
