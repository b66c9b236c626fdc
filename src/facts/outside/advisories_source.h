// Facts::advisories, from the records that the user took in.
#pragma once

#include <optional>
#include <string>

#include "facts/advisories/advisory_index.h"
#include "facts/outside/source.h"

namespace assay {

class AdvisoriesSource final : public OutsideSource {
 public:
  // An error tells why there is no index.
  explicit AdvisoriesSource(Result<AdvisoryIndex> index) : index_(std::move(index)) {}
  void collect(const Subject& subject, Facts& facts) override;

 private:
  Result<AdvisoryIndex> index_;
};

}  // namespace assay
