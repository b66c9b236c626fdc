// What can be seen in the characters of a text file without parsing it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay {

struct Span {
  std::uint32_t begin = 0, end = 0;

  auto operator<=>(const Span&) const = default;
};

struct LexicalFacts {
  std::uint32_t lines = 0;
  std::uint32_t longest_line = 0;  // bytes
  double entropy = 0;              // bits a byte, 0 to 8, of the whole text
  bool is_valid_utf8 = true;
  bool is_minified = false;  // long dense lines, short names, ordinary strings: a build step did it
  bool is_bundled = false;   // webpack, rollup, esbuild, browserify, parcel wrappers
  bool is_generated = false;  // says so in its head, or has a source map
  // Code that starts after at least 120 blanks on a line that has, or could have, an innocent
  // start.
  std::vector<Span> hidden_columns;
  std::vector<Span> bidirectional;  // U+202A..202E, U+2066..2069
  std::vector<Span>
      invisible_runs;  // 16 or more variation selectors, tags, PUA or zero-width in a row
  std::vector<Span> confusable_identifiers;  // Latin mixed with look-alikes of another script
  // Signatures of obfuscators; see to_string.
  enum class Obfuscator : std::uint8_t {
    hex_names,      // _0x1a2b…: obfuscator.io and kin
    string_array,   // its rotated string array
    jsfuck,         // only []()!+
    aaencode,       // Japanese emoticons
    jjencode,       // $=~[];
    packer,         // eval(function(p,a,c,k,e,d)
    pyarmor,        // __pyarmor__, pytransform
    hyperion,       // and other Python obfuscators' marks
    l_and_i_names,  // IlIlIIl, OO0O0
    lambda_chain,   // exec((_)(b'…')), nested lambda decoders
  };
  struct Obfuscated {
    Obfuscator kind;
    Span where;
    bool operator==(const Obfuscated&) const = default;
  };
  std::vector<Obfuscated> obfuscators;
  std::vector<Span> long_encoded_strings;  // ≥ 512 bytes of base64 or hex in one literal
};

std::string_view to_string(LexicalFacts::Obfuscator obfuscator);

// `is_code`: JavaScript, TypeScript, Python, shell. One pass; any bytes.
LexicalFacts read_lexical_facts(std::string_view text, bool is_code);

}  // namespace assay
