#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/ink.h"
#include "report/page_writer.h"
#include "report/wrap.h"

namespace assay {
namespace {

constexpr std::size_t label_columns = 18;

Ink ink_of(Answer answer) {
  return answer == Answer::install      ? Ink::green
         : answer == Answer::look_first ? Ink::yellow
                                        : Ink::red;
}

std::string title_of(const Page& page) {
  if (page.id.name.empty()) return shown(page.target);
  const std::string version = page.id.version.empty() ? "" : "@" + page.id.version;
  return fmt::format("{}{} ({})", page.id.name, version, to_string(page.id.ecosystem));
}

// "asked just now", "asked 3 hours ago".
std::string age_of(const std::optional<Time>& asked, Time now) {
  if (!asked) return {};
  const std::chrono::seconds age = now - *asked;
  if (age < std::chrono::minutes(1)) return ", asked just now";
  return fmt::format(", asked {} ago", format_span(age));
}

class PageTextWriter final : public PageWriter {
 public:
  PageTextWriter(Output output, TextStyle style) : output_(std::move(output)), style_(style) {}

  void add(const Page& page) override {
    ++pages_;
    ++answers_[static_cast<std::size_t>(page.answer)];
    if (style_.quiet && page.answer == Answer::install) return;
    text_.clear();
    put_answer(page);
    for (const PageSection& section : page.sections) put_section(section, page.now);
    text_ += '\n';
    output_(text_);
  }

  void finish() override {
    if (pages_ < 2) return;
    text_ = fmt::format("{} packages", pages_);
    for (const Answer answer : {Answer::do_not_install, Answer::look_first, Answer::install}) {
      const std::size_t count = answers_[static_cast<std::size_t>(answer)];
      if (count == 0) continue;
      text_ += ", " + ink(fmt::format("{} {}", count, to_string(answer)), ink_of(answer));
    }
    output_(text_ + "\n");
  }

 private:
  std::string ink(std::string_view text, Ink ink) const { return inked(text, ink, style_.color); }

  void put_answer(const Page& page) {
    text_ += fmt::format("{}  {}\n", ink(to_string(page.answer), ink_of(page.answer)),
                         ink(title_of(page), Ink::bold));
    if (!page.summary.empty()) text_ += wrap("  ", page.summary, style_.width);
    std::size_t number = 0;
    for (const PageReason& reason : page.reasons) {
      const std::string rule = reason.rule.empty() ? "" : fmt::format(" [{}]", reason.rule);
      text_ += wrap(fmt::format("  {}. ", ++number), reason.text + rule, style_.width);
    }
  }

  void put_section(const PageSection& section, Time now) {
    text_ += '\n';
    // The source is said once where all lines share it, which they nearly always do.
    std::string source;
    std::set<std::string> sources;
    for (const PageLine& line : section.lines) {
      if (line.source.empty()) continue;
      source = line.source + age_of(line.asked, now);
      sources.insert(source);
    }
    const bool is_shared = sources.size() == 1;
    text_ += fmt::format("  {}{}\n", ink(section.title, Ink::bold),
                         is_shared ? ink("  from " + source, Ink::dim) : std::string());
    std::vector<bool> is_done(section.lines.size());
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
      if (is_done[i]) continue;
      const PageLine& line = section.lines[i];
      std::string label = line.label;
      if (line.mark == Mark::unknown) label = join_unknowns(section, i, is_done);
      put_line(line, label, is_shared, now);
    }
  }

  // What is unknown for the same reason is told together.
  static std::string join_unknowns(const PageSection& section, std::size_t first,
                                   std::vector<bool>& is_done) {
    std::vector<std::string> labels;
    for (std::size_t i = first; i < section.lines.size(); ++i) {
      const PageLine& line = section.lines[i];
      if (line.mark != Mark::unknown || line.text != section.lines[first].text) continue;
      is_done[i] = true;
      if (std::ranges::find(labels, line.label) == labels.end()) labels.push_back(line.label);
    }
    return fmt::format("{}", fmt::join(labels, ", "));
  }

  void put_line(const PageLine& line, const std::string& label, bool is_source_told, Time now) {
    const bool is_unknown = line.mark == Mark::unknown;
    const bool is_concern = line.mark == Mark::concern && line.severity > Severity::info;
    const std::string_view mark = is_unknown ? "?" : is_concern ? "!" : " ";
    std::string text = is_unknown ? "unknown: " + line.text : line.text;
    if (is_concern) text += fmt::format(" [{}: {}]", to_string(line.severity), line.rule);
    if (!is_source_told && !line.source.empty()) {
      text += fmt::format(" (from {}{})", line.source, age_of(line.asked, now));
    }
    const std::string head = fmt::format("  {} {:<{}} ", mark, label, label_columns);
    const std::size_t indent = label_columns + 5;
    if (label.size() <= label_columns) {
      text_ += wrap(head, text, style_.width, indent);
    } else {
      text_ += wrap(fmt::format("  {} {}: ", mark, label), text, style_.width, indent);
    }
  }

  Output output_;
  TextStyle style_;
  std::string text_;
  std::size_t pages_ = 0;
  std::array<std::size_t, 3> answers_{};
};

}  // namespace

std::unique_ptr<PageWriter> make_page_text_writer(Output output, TextStyle style) {
  return std::make_unique<PageTextWriter>(std::move(output), style);
}

}  // namespace assay
