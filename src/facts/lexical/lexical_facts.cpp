#include "facts/lexical/lexical_facts.h"

#include <array>

#include "facts/lexical/build_marks.h"
#include "facts/lexical/encoded.h"
#include "facts/lexical/hidden.h"
#include "facts/lexical/obfuscators.h"
#include "facts/lexical/text_scan.h"

namespace assay {

std::string_view to_string(LexicalFacts::Obfuscator obfuscator) {
  constexpr std::array<std::string_view, 10> names = {"names like _0x1a2b",
                                                      "rotated string array",
                                                      "JSFuck",
                                                      "AAencode",
                                                      "JJencode",
                                                      "Dean Edwards' packer",
                                                      "PyArmor",
                                                      "Python obfuscator's mark",
                                                      "names of l, I, O and 0 only",
                                                      "chain of decoding lambdas"};
  return names[static_cast<std::size_t>(obfuscator)];
}

LexicalFacts read_lexical_facts(std::string_view text, bool is_code) {
  LexicalFacts facts;
  if (text.empty()) return facts;
  text = text.substr(0, 0xFFFFFFF0u);  // offsets are 32 bits
  const lexical::Scan scan = lexical::scan_bytes(text, is_code);
  facts.entropy = lexical::entropy_of(scan);
  lexical::find_lines(text, facts);
  if (!scan.is_ascii) lexical::find_strange_characters(text, is_code, facts);
  lexical::find_encoded_strings(text, facts);
  if (is_code) {
    lexical::find_hidden_columns(text, facts);
    lexical::find_obfuscators(text, scan, facts);
  }
  lexical::find_build_marks(text, is_code, scan, facts);
  return facts;
}

}  // namespace assay
