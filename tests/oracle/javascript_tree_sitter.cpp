#include <tree_sitter/api.h>

#include <cmath>
#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "facts/code/syntax/tree.h"
#include "javascript_decoder.h"
#include "javascript_features.h"

extern "C" const TSLanguage* tree_sitter_javascript();
extern "C" const TSLanguage* tree_sitter_typescript();
extern "C" const TSLanguage* tree_sitter_tsx();

namespace assay::oracle {
namespace {

using Text = std::string_view;

// Nodes that hold only types.
const std::unordered_set<Text> type_nodes{"type_annotation",
                                          "type_arguments",
                                          "type_parameters",
                                          "interface_declaration",
                                          "type_alias_declaration",
                                          "ambient_declaration",
                                          "implements_clause",
                                          "index_signature",
                                          "abstract_method_signature",
                                          "method_signature",
                                          "function_signature",
                                          "asserts_annotation",
                                          "type_predicate_annotation",
                                          "adding_type_annotation",
                                          "omitting_type_annotation",
                                          "opting_type_annotation",
                                          "accessibility_modifier",
                                          "override_modifier",
                                          "comment",
                                          "html_comment",
                                          "hash_bang_line",
                                          "import_attribute",
                                          "jsx_closing_element",
                                          "jsx_text",
                                          "html_character_reference",
                                          "optional_chain"};

// Nodes that are one word each.
const std::unordered_map<Text, const char*> plain_words{{"array", "array"},
                                                        {"array_pattern", "array"},
                                                        {"object", "object"},
                                                        {"object_pattern", "object"},
                                                        {"spread_element", "spread"},
                                                        {"rest_pattern", "spread"},
                                                        {"subscript_expression", "index"},
                                                        {"new_expression", "new"},
                                                        {"ternary_expression", "conditional"},
                                                        {"await_expression", "await"},
                                                        {"yield_expression", "yield"},
                                                        {"if_statement", "if"},
                                                        {"for_statement", "for"},
                                                        {"while_statement", "while"},
                                                        {"do_statement", "do"},
                                                        {"return_statement", "return"},
                                                        {"throw_statement", "throw"},
                                                        {"try_statement", "try"},
                                                        {"catch_clause", "catch"},
                                                        {"with_statement", "with"},
                                                        {"switch_statement", "switch"},
                                                        {"switch_case", "case"},
                                                        {"switch_default", "case"},
                                                        {"decorator", "decorator"},
                                                        {"jsx_element", "jsx"},
                                                        {"jsx_self_closing_element", "jsx"},
                                                        {"arrow_function", "arrow"},
                                                        {"variable_declarator", "declarator"},
                                                        {"assignment_pattern", "assign "},
                                                        {"object_assignment_pattern", "assign "},
                                                        {"assignment_expression", "assign "},
                                                        {"this", "name this"},
                                                        {"super", "name super"},
                                                        {"undefined", "name undefined"},
                                                        {"true", "literal true"},
                                                        {"false", "literal false"},
                                                        {"null", "literal null"},
                                                        {"debugger_statement", "name debugger"}};

class Walker {
 public:
  explicit Walker(Text source) : source_(source) {}

  Features run(TSNode root) {
    walk(root, "", "");
    return std::move(features_);
  }

 private:
  void add(std::string feature, int count = 1) {
    if (count != 0) features_[std::move(feature)] += count;
  }

  Text text(TSNode node) const {
    return source_.substr(ts_node_start_byte(node),
                          ts_node_end_byte(node) - ts_node_start_byte(node));
  }
  static TSNode field(TSNode node, Text name) {
    return ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
  }
  static bool has_child(TSNode node, Text type) {
    for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
      if (type == ts_node_type(ts_node_child(node, i))) return true;
    }
    return false;
  }
  std::string field_text(TSNode node, Text name) const {
    const TSNode child = field(node, name);
    return ts_node_is_null(child) ? "" : std::string(text(child));
  }
  // Escapes in names are decoded by both.
  std::string name_of(TSNode node) const { return decode_literal(text(node), false); }
  std::string string_of(TSNode node) const {
    Text raw = text(node);
    return decode_literal(raw.size() < 2 ? raw : raw.substr(1, raw.size() - 2), false);
  }

  void walk(TSNode node, Text parent, Text field_name) {
    const Text type = ts_node_type(node);
    if (type_nodes.contains(type)) return;
    if (const auto found = plain_words.find(type); found != plain_words.end()) add(found->second);
    if (!visit(node, type, parent, field_name)) return;
    for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
      const char* child_field = ts_node_field_name_for_child(node, i);
      const TSNode child = ts_node_child(node, i);
      if (ts_node_is_named(child)) walk(child, type, child_field == nullptr ? "" : child_field);
    }
  }

  void walk_children(TSNode node, Text type) {
    for (std::uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
      walk(ts_node_named_child(node, i), type, "");
    }
  }

  // Adds the node's own features. False when its children are none of the walk's business.
  bool visit(TSNode node, Text type, Text parent, Text field_name) {
    if (type == "string") return visit_string(node, parent, field_name);
    if (type == "template_string") return visit_template(node);
    if (type == "regex") {
      add("regex " + field_text(node, "pattern"));
      return false;
    }
    if (type == "number") return visit_number(node, parent, field_name);
    if (type.ends_with("identifier") || type == "shorthand_property_identifier_pattern") {
      visit_identifier(node, type, parent, field_name);
      return false;
    }
    if (type == "jsx_namespace_name") {
      if (parent != "jsx_attribute") add("name " + std::string(text(node)));
      return false;
    }
    if (type == "computed_property_name" && parent == "public_field_definition")
      add_field_of_this();
    if (type == "computed_property_name" && parent == "field_definition") add_field_of_this();
    if (visit_module_part(node, type)) return false;
    return visit_expression(node, type) && visit_statement(node, type);
  }

  void add_field_of_this() {
    add("name this");
    add("index");
  }

  bool visit_string(TSNode node, Text parent, Text field_name) {
    if (field_name == "source") {
      add("module " + string_of(node));
      if (parent == "import_statement") add("import");
    } else if (parent == "jsx_attribute") {
      const Text raw = text(node);
      add("string " + std::string(raw.substr(1, raw.size() - 2)));
    } else if (parent == "method_definition") {
      add("function " + string_of(node));
    } else if ((parent == "field_definition" || parent == "public_field_definition") &&
               field_name != "value") {
      add("name " + string_of(node));
    } else {
      add("string " + string_of(node));
    }
    return false;
  }

  bool visit_template(TSNode node) {
    std::uint32_t from = ts_node_start_byte(node) + 1;
    bool has_substitution = false;
    const auto chunk = [&](std::uint32_t to) {
      const std::string value = decode_literal(source_.substr(from, to - from), true);
      if (!value.empty()) add("string " + value);
    };
    for (std::uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
      const TSNode child = ts_node_named_child(node, i);
      if (Text(ts_node_type(child)) != "template_substitution") continue;
      has_substitution = true;
      chunk(ts_node_start_byte(child));
      from = ts_node_end_byte(child);
      walk_children(child, "template_substitution");
    }
    const std::uint32_t last = ts_node_end_byte(node) - 1;
    if (has_substitution) {
      add("template");
      chunk(last);
    } else {
      add("string " + decode_literal(source_.substr(from, last - from), true));
    }
    return false;
  }

  bool visit_number(TSNode node, Text parent, Text field_name) {
    const std::string number(text(node));
    const bool is_key =
        field_name == "key" || (field_name == "name" && parent != "variable_declarator");
    if (!is_key) {
      add("number " + number);
      return false;
    }
    std::string key = number;
    const double value = code::number_value(number);
    if (value == std::floor(value) && value < 1e15)
      key = std::to_string(static_cast<long long>(value));
    add((parent == "method_definition"          ? "function "
         : parent.ends_with("field_definition") ? "name "
                                                : "string ") +
        key);
    return false;
  }

  void visit_identifier(TSNode node, Text type, Text parent, Text field_name) {
    const std::string name = name_of(node);
    if (type == "statement_identifier") return;  // with its statement
    if (type == "type_identifier") return;       // with its class
    if (type == "identifier") {
      const bool is_function_name =
          field_name == "name" &&
          (parent.starts_with("function") || parent.starts_with("generator") || parent == "class" ||
           parent == "class_declaration");
      if (!is_function_name) add("name " + name);
      return;
    }
    if (type.starts_with("shorthand")) {
      add("string " + name);
      add("name " + name);
      return;
    }
    // property_identifier and private_property_identifier
    if (parent == "member_expression" || parent == "nested_identifier")
      add("member " + name);
    else if (parent == "method_definition")
      add("function " + name);
    else if (parent == "jsx_attribute")
      return;
    else if (parent.ends_with("field_definition") || type == "private_property_identifier")
      add("name " + name);
    else
      add("string " + name);
  }

  // import and export clauses. True when all of the node was dealt with.
  bool visit_module_part(TSNode node, Text type) {
    if (type == "import_specifier" || type == "export_specifier") {
      if (has_child(node, "type") || has_child(node, "typeof")) return true;
      const TSNode name = field(node, "name");
      const TSNode alias = field(node, "alias");
      const auto value = [&](TSNode part) {
        return Text(ts_node_type(part)) == "string" ? string_of(part) : name_of(part);
      };
      add("import_name " + value(name));
      add("name " + value(ts_node_is_null(alias) ? name : alias));
      return true;
    }
    if (type == "import_clause" &&
        Text(ts_node_type(ts_node_named_child(node, 0))) == "identifier") {
      add("import_name default");
    }
    if (type == "namespace_import") add("import_name *");
    if (type == "namespace_export") {
      const TSNode name = ts_node_named_child(node, 0);
      if (Text(ts_node_type(name)) == "string") {
        add("name " + string_of(name));
        add("import_name *");
        return true;
      }
      add("import_name *");
    }
    if (type == "export_statement" && has_child(node, "*")) add("import_name *");
    if (type == "import_statement" || type == "export_statement") {
      if (has_child(node, "type") || has_child(node, "typeof")) return true;
      // export as namespace Name
      if (has_child(node, "namespace")) return true;
    }
    if (type == "import_require_clause") {
      add("name " + std::string(text(ts_node_named_child(node, 0))));
      add("string " + string_of(field(node, "source")));
      add("name require");
      add("call");
      add("declarator");
      add("declaration const");
      return true;
    }
    if (type == "import_alias") {
      add("declarator");
      add("declaration const");
    }
    return false;
  }

  bool visit_expression(TSNode node, Text type) {
    if (type == "call_expression") {
      const TSNode arguments = field(node, "arguments");
      const TSNode callee = field(node, "function");
      const bool tagged = Text(ts_node_type(arguments)) == "template_string";
      const bool imports = Text(ts_node_type(callee)) == "import";
      if (text(callee) == "await") return visit_await(arguments);
      add(tagged ? "tagged" : imports ? "import_call" : "call");
    } else if (type == "sequence_expression") {
      for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
        if (Text(ts_node_type(ts_node_child(node, i))) == ",") add("comma");
      }
    } else if (type == "member_expression") {
      if (Text(ts_node_type(field(node, "object"))) == "import") add("name import");
    } else if (type == "meta_property") {
      const bool is_new = text(node).starts_with("new");
      add(is_new ? "name new" : "name import");
      add(is_new ? "member target" : "member meta");
      return false;
    } else if (type == "binary_expression") {
      add("binary " + field_text(node, "operator"));
    } else if (type == "unary_expression") {
      const std::string op = field_text(node, "operator");
      add(op == "delete" ? op : "unary " + op);
    } else if (type == "update_expression") {
      add("update " + field_text(node, "operator"));
    } else if (type == "augmented_assignment_expression") {
      std::string op = field_text(node, "operator");
      op.pop_back();
      add("assign " + op);
    } else if (type == "as_expression" || type == "satisfies_expression" ||
               type == "instantiation_expression") {
      walk(ts_node_named_child(node, 0), type, "");
      return false;
    } else if (type == "type_assertion") {
      walk(ts_node_named_child(node, ts_node_named_child_count(node) - 1), type, "");
      return false;
    }
    return true;
  }

  // tree-sitter takes `await (a, b)` for a call.
  bool visit_await(TSNode arguments) {
    add("await");
    for (std::uint32_t i = 0; i < ts_node_child_count(arguments); ++i) {
      if (Text(ts_node_type(ts_node_child(arguments, i))) == ",") add("comma");
    }
    walk_children(arguments, "arguments");
    return false;
  }

  bool visit_statement(TSNode node, Text type) {
    if (type == "function_declaration" || type == "function_expression" ||
        type == "generator_function" || type == "generator_function_declaration") {
      const TSNode child = field(node, "name");
      add("function " + (ts_node_is_null(child) ? "" : name_of(child)));
    } else if (type == "method_definition") {
      const TSNode key = field(node, "name");
      if (Text(ts_node_type(key)) == "computed_property_name") add("function ");
    } else if (type == "class" || type == "class_declaration" ||
               type == "abstract_class_declaration") {
      const TSNode child = field(node, "name");
      add("class " + (ts_node_is_null(child) ? "" : name_of(child)));
    } else if (type == "lexical_declaration" || type == "using_declaration") {
      add("declaration " + (type == "using_declaration" ? "const" : field_text(node, "kind")));
    } else if (type == "variable_declaration") {
      add("declaration var");
    } else if (type == "for_in_statement") {
      add("for_each " + field_text(node, "operator"));
      const std::string kind = field_text(node, "kind");
      if (!kind.empty()) {
        add("declaration " + (kind.ends_with("using") ? "const" : kind));
        add("declarator");
      }
    } else if (type == "break_statement" || type == "continue_statement") {
      add((type == "break_statement" ? "break " : "continue ") + field_text(node, "label"));
    } else if (type == "labeled_statement") {
      add("label " + field_text(node, "label"));
    } else if (type == "public_field_definition" || type == "field_definition") {
      if (has_child(node, "declare") || has_child(node, "abstract")) return false;
      if (!ts_node_is_null(field(node, "value"))) add("assign ");
    } else if (type == "required_parameter" || type == "optional_parameter") {
      return visit_parameter(node);
    } else if (type == "internal_module" || type == "module") {
      walk(field(node, "body"), type, "body");
      return false;
    } else if (type == "enum_declaration") {
      visit_enum(node);
      return false;
    }
    return true;
  }

  bool visit_parameter(TSNode node) {
    const TSNode pattern = field(node, "pattern");
    if (!ts_node_is_null(pattern) && Text(ts_node_type(pattern)) == "this") return false;
    if (!ts_node_is_null(field(node, "value"))) add("assign ");
    const bool is_property = has_child(node, "accessibility_modifier") ||
                             has_child(node, "readonly") || has_child(node, "override_modifier");
    if (is_property && !ts_node_is_null(pattern) && Text(ts_node_type(pattern)) == "identifier") {
      add("assign ");
      add("name this");
      add("member " + name_of(pattern));
      add("name " + name_of(pattern));
    }
    return true;
  }

  void visit_enum(TSNode node) {
    add("declaration const");
    add("declarator");
    add("object");
    walk(field(node, "name"), "enum_declaration", "");
    const TSNode body = field(node, "body");
    double next = 0;
    bool known = true;
    const auto automatic = [&] {
      if (known) add("number " + std::to_string(static_cast<long long>(next)));
      ++next;
    };
    for (std::uint32_t i = 0; i < ts_node_named_child_count(body); ++i) {
      const TSNode member = ts_node_named_child(body, i);
      const Text type = ts_node_type(member);
      if (type == "comment") continue;
      if (type != "enum_assignment") {
        walk(member, "enum_body", "key");
        automatic();
        continue;
      }
      const TSNode value = field(member, "value");
      walk(field(member, "name"), "enum_assignment", "key");
      walk(value, "enum_assignment", "value");
      known = Text(ts_node_type(value)) == "number";
      next = known ? code::number_value(text(value)) + 1 : 0;
    }
  }

  Text source_;
  Features features_;
};

}  // namespace

TreeSitterAnswer features_of_tree_sitter(std::string_view source, Dialect dialect) {
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      ts_parser_delete);
  ts_parser_set_language(parser.get(), dialect == Dialect::javascript   ? tree_sitter_javascript()
                                       : dialect == Dialect::typescript ? tree_sitter_typescript()
                                                                        : tree_sitter_tsx());
  const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_string(parser.get(), nullptr, source.data(),
                             static_cast<std::uint32_t>(source.size())),
      ts_tree_delete);
  const TSNode root = ts_tree_root_node(tree.get());
  TreeSitterAnswer answer;
  answer.has_errors = ts_node_has_error(root);
  answer.features = Walker(source).run(root);
  return answer;
}

}  // namespace assay::oracle
