// One writer a format of pages. Pages are added in the order in which they are to be shown.
#pragma once

#include <memory>

#include "report/page.h"
#include "report/writer.h"

namespace assay {

class PageWriter {
 public:
  virtual ~PageWriter() = default;
  virtual void add(const Page& page) = 0;
  virtual void finish() = 0;
};
std::unique_ptr<PageWriter> make_page_text_writer(Output output, TextStyle style);
// One object, described by docs/schema/vet.schema.json.
std::unique_ptr<PageWriter> make_page_json_writer(Output output, Tool tool);
std::unique_ptr<PageWriter> make_page_json_lines_writer(Output output, Tool tool);
// SARIF of the artifacts' findings.
std::unique_ptr<PageWriter> make_page_sarif_writer(Output output, Tool tool);

}  // namespace assay
