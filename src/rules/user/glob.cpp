#include "rules/user/glob.h"

#include <string>

#include "base/text.h"

namespace assay {

Result<Glob> Glob::read(std::string_view pattern, Of of) {
  if (pattern.empty()) return fail(ErrorKind::usage, "an empty pattern fits nothing");
  if (pattern.size() > most_bytes) {
    return fail(ErrorKind::usage, "a pattern has at most " + std::to_string(most_bytes) + " bytes");
  }
  Glob glob;
  const std::string lower = to_lower_ascii(pattern);
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t place = glob.length_++;
    if (lower[i] == '*') {
      const std::size_t end = std::min(lower.find_first_not_of('*', i), lower.size());
      const bool stops = of == Of::path && end - i == 1;
      glob.stars_.set(place);
      for (std::size_t c = 0; c < 256; ++c) {
        if (!stops || c != '/') glob.stays_[c].set(place);
      }
      // "**/" also stands for nothing, so that "**/a" fits "a".
      const bool is_component = i == 0 || lower[i - 1] == '/';
      const bool is_folder = of == Of::path && end - i > 1 && is_component && lower[end] == '/';
      if (is_folder) glob.skips_.set(place);
      i = end;
      continue;
    }
    const bool is_any = lower[i] == '?';
    for (std::size_t c = 0; c < 256; ++c) {
      const char as_lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
      const bool fits = is_any ? of == Of::text || c != '/' : as_lower == lower[i];
      if (fits) glob.steps_[c].set(place);
    }
    ++i;
  }
  return glob;
}

bool Glob::matches(std::string_view text) const {
  States states = entered(States(1));
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    states = entered((states & steps_[byte]) << 1) | (states & stays_[byte]);
    if (states.none()) return false;
    states |= (states & stars_) << 1;
  }
  return states.test(length_);
}

}  // namespace assay
