// Just enough HTML for a PEP 503 page: the <a> elements with their attributes, and <base href>.
// Everything else is skipped; nothing is an error, since browsers and pip take any page.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct HtmlLinks {
  std::string base;  // of the first <base href>; empty when absent
  // Attributes of each <a>, names in lower case, character references decoded.
  std::vector<std::map<std::string, std::string>> anchors;
};

HtmlLinks find_html_links(std::string_view html);

std::string decode_character_references(std::string_view text);

}  // namespace assay
