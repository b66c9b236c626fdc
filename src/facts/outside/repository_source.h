// Facts::repository: the package beside the repository that it names. Comes after the
// RegistrySource.
#pragma once

#include "ecosystems/repository/repositories.h"
#include "facts/outside/source.h"

namespace assay {

class RepositorySource final : public OutsideSource {
 public:
  // `repositories` outlives this.
  explicit RepositorySource(Repositories& repositories) : repositories_(repositories) {}
  void collect(const Subject& subject, Facts& facts) override;

 private:
  Repositories& repositories_;
};

// --no-repository.
class NoRepositorySource final : public OutsideSource {
 public:
  void collect(const Subject&, Facts& facts) override {
    facts.repository = Unknown{"not asked: --no-repository"};
    facts.health = Unknown{"not asked: --no-repository"};
  }
};

// What the release, the package or the project names as its sources, and the folder there.
struct DeclaredRepository {
  std::string text, folder;
};
DeclaredRepository declared_repository(const Facts& facts);

}  // namespace assay
