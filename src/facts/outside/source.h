// Everything that knows a package from outside its bytes: registries, names, advisories,
// repositories. Each source fills one field of Facts that the rules then read; what it cannot find
// out is Unknown there, with the reason. A scan asks none of them, `assay vet` asks all.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/timestamp.h"
#include "ecosystems/registry/domains.h"
#include "ecosystems/registry/registry.h"
#include "facts/facts.h"

namespace assay {

// What is being asked about.
struct Subject {
  PackageId id;  // the version may be empty when nothing could be fetched
  Time now;
  std::span<const Facts* const> artifacts;  // of the release, as far as it was read; may be empty
};

class OutsideSource {
 public:
  virtual ~OutsideSource() = default;
  // `facts` already hold what the bytes say and what the sources before this one found out. Never
  // fails. Any number of threads may call at once.
  virtual void collect(const Subject& subject, Facts& facts) = 0;
};

// Facts::metadata, from the record of the user's own registry.
class RegistrySource final : public OutsideSource {
 public:
  // `records` outlives this.
  explicit RegistrySource(Records& records) : records_(records) {}
  void collect(const Subject& subject, Facts& facts) override;

 private:
  Records& records_;
};

// MetadataFacts::domains: whether the people's mail domains are still theirs. Comes after the
// RegistrySource.
class MailSource final : public OutsideSource {
 public:
  // `domains` outlives this.
  explicit MailSource(Domains& domains) : domains_(domains) {}
  void collect(const Subject& subject, Facts& facts) override;

 private:
  Domains& domains_;
};

}  // namespace assay
