// One writer a format. Reports are added in the order in which they are to be shown; what a writer
// can show at once it does.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "report/report.h"
#include "report/tally.h"

namespace assay {

using Output = std::function<void(std::string_view)>;

class ReportWriter {
 public:
  virtual ~ReportWriter() = default;
  virtual void add(const Report& report) = 0;
  virtual void finish(const Tally& tally) = 0;
};

struct TextStyle {
  bool color = false;
  bool quiet = false;       // only what is not clean
  std::size_t width = 100;  // of the terminal
};

// For people.
std::unique_ptr<ReportWriter> make_text_writer(Output output, TextStyle style);
// One object, described by docs/schema/report.schema.json.
std::unique_ptr<ReportWriter> make_json_writer(Output output, Tool tool);
// One line a report: the objects that the JSON format has in "reports".
std::unique_ptr<ReportWriter> make_json_lines_writer(Output output, Tool tool);
// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), one run.
std::unique_ptr<ReportWriter> make_sarif_writer(Output output, Tool tool);

}  // namespace assay
