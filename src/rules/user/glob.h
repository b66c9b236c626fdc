// "*.example.test", "lib/**/*.js": patterns that users write, matched in time linear in the text
// whatever the pattern. Case of ASCII letters does not count.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace assay {

class Glob {
 public:
  static constexpr std::size_t most_bytes = 250;

  enum class Of : std::uint8_t {
    text,  // '*' is any run of bytes
    path,  // '*' and '?' stop at '/', "**" does not
  };

  // Kind usage when the pattern is empty or too long. '?' is one byte; there is no escaping.
  [[nodiscard]] static Result<Glob> read(std::string_view pattern, Of of);

  // The whole text has to fit.
  bool matches(std::string_view text) const;

 private:
  using States = std::bitset<most_bytes + 1>;  // places in the pattern
  Glob() = default;
  // With the places that are got to from newly entered ones without a byte.
  States entered(States places) const {
    places |= (places & skips_) << 2;
    return places | ((places & stars_) << 1);
  }

  std::array<States, 256> steps_{};  // by byte: places whose symbol it fits
  std::array<States, 256> stays_{};  // by byte: stars that it may be part of
  States stars_, skips_;             // skips: a "**" that with its '/' may stand for nothing
  std::size_t length_ = 0;
};

}  // namespace assay
