// A cheap reading of source text that tells code from strings and comments, good enough to decide
// about a character that was found suspicious. It guesses the language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::lexical {

enum class Region : std::uint8_t { code, string, comment };

class Regions {
 public:
  explicit Regions(std::string_view text);

  // What byte `at` belongs to. Offsets must not decrease from call to call.
  Region at(std::size_t at);
  bool is_python() const { return is_python_; }

 private:
  void step();
  void step_code();
  bool starts_regex() const;
  bool is_name(std::size_t at) const;

  std::string_view text_;
  std::size_t next_ = 0;  // first byte not read yet
  Region region_ = Region::code;
  std::size_t region_begin_ = 0;  // of the current string or comment
  std::string end_;               // what ends it
  bool ends_at_line_ = false;     // an unclosed quote ends with its line
  int template_depth_ = 0;        // ${ inside template literals
  std::string braces_;            // open braces: '{' of code, '$' of a template
  char last_ = ';';               // last code byte that is not blank
  bool is_python_ = false;
};

}  // namespace assay::lexical
