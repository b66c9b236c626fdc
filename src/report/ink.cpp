#include "report/ink.h"

#include <fmt/format.h>

namespace assay {
namespace {

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::bold: return "\033[1m";
    case Ink::dim: return "\033[2m";
    case Ink::red: return "\033[1;31m";
    case Ink::yellow: return "\033[1;33m";
    case Ink::green: return "\033[32m";
    case Ink::magenta: return "\033[35m";
  }
  return "";
}

}  // namespace

Ink ink_of(Decision decision) {
  return decision == Decision::block    ? Ink::red
         : decision == Decision::review ? Ink::yellow
                                        : Ink::green;
}

Ink ink_of(Severity severity) {
  return severity >= Severity::high     ? Ink::red
         : severity == Severity::medium ? Ink::yellow
                                        : Ink::dim;
}

std::string inked(std::string_view text, Ink ink, bool color) {
  if (!color || ink == Ink::plain) return std::string(text);
  return fmt::format("{}{}\033[0m", code_of(ink), text);
}

}  // namespace assay
