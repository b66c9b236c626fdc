#include "facts/repository/repository_facts.h"

namespace assay {

std::string_view to_string(RepositoryState state) {
  switch (state) {
    case RepositoryState::undeclared: return "undeclared";
    case RepositoryState::unusable: return "unusable";
    case RepositoryState::absent: return "absent";
    case RepositoryState::empty: return "empty";
    case RepositoryState::unmatched: return "unmatched";
    case RepositoryState::compared: return "compared";
  }
  return "undeclared";
}

}  // namespace assay
