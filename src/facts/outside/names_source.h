// Facts::name, from the index of popular names, and what the registry tells about both packages.
#pragma once

#include "facts/names/name_index.h"
#include "facts/outside/source.h"

namespace assay {

class NamesSource final : public OutsideSource {
 public:
  // `index` and `records` outlive this. `records` are asked about the better known package when a
  // name looks like an imitation of it: one request.
  NamesSource(const names::NameIndex& index, Records& records) : index_(index), records_(records) {}
  void collect(const Subject& subject, Facts& facts) override;

 private:
  const names::NameIndex& index_;
  Records& records_;
};

}  // namespace assay
