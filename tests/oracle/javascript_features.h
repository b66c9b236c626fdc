// What two parsers must agree on about a JavaScript file: a multiset of short descriptions, such as
// `string abc`, `name x`, `call`, `binary +`. Shapes of trees differ, their parts may not.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace assay::oracle {

using Features = std::map<std::string, int>;

enum class Dialect { javascript, typescript, tsx };

Features features_of_assay(std::string_view source, Dialect dialect);

struct TreeSitterAnswer {
  Features features;
  bool has_errors = false;  // in its own tree: then it proves nothing
};
TreeSitterAnswer features_of_tree_sitter(std::string_view source, Dialect dialect);

}  // namespace assay::oracle
