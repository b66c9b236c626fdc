#include "report/tally.h"

namespace assay {

bool is_of_environment(ErrorKind kind) {
  return kind == ErrorKind::network || kind == ErrorKind::environment;
}

void Tally::count(const Report& report) {
  ++targets;
  if (report.error) {
    const bool is_ours = is_of_environment(report.error->kind);
    ++(is_ours ? broken : failed);
    if (!is_ours) ++incomplete;
    return;
  }
  switch (report.verdict.decision) {
    case Decision::allow: ++allowed; break;
    case Decision::review: ++reviewed; break;
    case Decision::block: ++blocked; break;
  }
  if (!report.verdict.complete) ++incomplete;
  if (report.files == 0 && report.verdict.complete) ++empty;
}

}  // namespace assay
