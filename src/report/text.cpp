#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "report/ink.h"
#include "report/surface_text.h"
#include "report/wrap.h"
#include "report/writer.h"

namespace assay {
namespace {

// Where the reader of a report of twenty like places has seen enough; the JSON formats have all.
constexpr std::size_t most_places = 5;
constexpr std::size_t most_gaps = 10;

// "1 file", "3 files".
std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string title_of(const Report& report) {
  if (report.id.name.empty()) return shown(report.target);
  const std::string version = report.id.version.empty() ? "" : "@" + report.id.version;
  return fmt::format("{}{} ({})", report.id.name, version, to_string(report.id.ecosystem));
}

std::string spot_of(const Place& place) {
  if (place.path.empty()) return "the package";
  if (!place.begin) {
    return place.begin_byte == 0 ? place.path
                                 : fmt::format("{} at byte {}", place.path, place.begin_byte);
  }
  return fmt::format("{}:{}:{}", place.path, place.begin->line, place.begin->column);
}

std::string layer_of(const LayerPlace& layer) {
  return fmt::format("{}{}, line {}", layer.kind,
                     layer.how.empty() ? "" : " after undoing " + layer.how, layer.begin.line);
}

std::string_view moment_of(Trigger trigger) {
  switch (trigger) {
    case Trigger::none: return "nothing in the package leads to this file";
    case Trigger::test: return "only in tests, examples or benchmarks";
    case Trigger::command: return "when a user starts a program of the package";
    case Trigger::import: return "when the package is imported";
    case Trigger::startup: return "whenever the interpreter, an editor or an agent starts";
    case Trigger::install: return "when the package is installed or built";
  }
  return "";
}

class TextWriter final : public ReportWriter {
 public:
  TextWriter(Output output, TextStyle style) : output_(std::move(output)), style_(style) {}

  void add(const Report& report) override {
    text_.clear();
    if (report.error) {
      put_head("error", Ink::magenta, shown(report.target),
               "not examined: " + report.error->message);
    } else if (is_clean(report) && (style_.quiet || !report.surface)) {
      if (!style_.quiet) put_clean(report);
    } else {
      put_whole(report);
    }
    output_(text_);
  }

  void finish(const Tally& tally) override {
    if (tally.targets < 2 || (style_.quiet && tally.allowed == tally.targets)) return;
    text_.clear();
    std::string parts = counted(tally.targets, "artifact");
    const auto part = [&](std::size_t count, std::string_view word, Ink ink) {
      if (count > 0) parts += ", " + inked(fmt::format("{} {}", count, word), ink);
    };
    part(tally.blocked, "block", Ink::red);
    part(tally.reviewed, "review", Ink::yellow);
    part(tally.allowed, "allow", Ink::green);
    part(tally.failed + tally.broken, "not examined", Ink::magenta);
    const std::size_t partly = tally.incomplete - tally.failed;
    part(partly, "of them incomplete", Ink::magenta);
    output_(parts + "\n");
  }

 private:
  // What is only good to know leaves a package clean.
  static bool is_clean(const Report& report) {
    return report.verdict.decision == Decision::allow && report.verdict.complete &&
           std::ranges::all_of(report.findings, [](const ReportedFinding& finding) {
             return finding.severity == Severity::info && !finding.excepted;
           });
  }

  std::string inked(std::string_view text, Ink ink) const {
    return assay::inked(text, ink, style_.color);
  }

  void line(std::string_view text = "") {
    text_ += text;
    text_ += '\n';
  }

  void paragraph(std::string_view label, std::string_view text, std::size_t indent = 0) {
    text_ += wrap(label, text, style_.width, indent);
  }

  void put_head(std::string_view word, Ink ink, std::string_view title, std::string_view rest) {
    line(fmt::format("{}{} {}  {}", inked(word, ink),
                     std::string(std::max<std::size_t>(6, word.size()) - word.size(), ' '),
                     inked(title, Ink::bold), rest));
  }

  void put_clean(const Report& report) {
    std::string rest = report.files == 0 ? std::string("nothing to examine: it holds no files")
                                         : "nothing found in " + counted(report.files, "file");
    std::vector<std::string_view> remarks;
    for (const ReportedFinding& finding : report.findings) {
      const std::string_view id = finding.rule->id;
      if (std::ranges::find(remarks, id) == remarks.end()) remarks.push_back(id);
    }
    if (!remarks.empty()) rest += inked(fmt::format(" ({})", fmt::join(remarks, ", ")), Ink::dim);
    put_head("allow", Ink::green, title_of(report), rest);
  }

  void put_whole(const Report& report) {
    put_summary(report);
    if (report.surface) {
      text_ += surface_text(*report.surface, style_);
    } else {
      put_findings(report);
      put_excepted(report);
    }
    put_gaps(report);
    line();
  }

  void put_summary(const Report& report) {
    const Decision decision = report.verdict.decision;
    std::string rest = fmt::format("score {}", report.verdict.score);
    if (!report.verdict.complete) rest += ", " + inked("incomplete", Ink::magenta);
    if (!report.verdict.reasons.empty())
      rest += fmt::format(": {}", fmt::join(report.verdict.reasons, ", "));
    put_head(to_string(decision), ink_of(decision), title_of(report), rest);
    const std::string hash = report.sha256.empty() ? "" : ", sha256 " + report.sha256;
    line(
        fmt::format("       {}{}, {}", shown(report.archive), hash, counted(report.files, "file")));
  }

  // Findings of one rule stand together, in the order in which their rules first appear; those that
  // are harmless alone come last, a line each.
  void put_findings(const Report& report) {
    std::vector<std::vector<const ReportedFinding*>> groups;
    for (const ReportedFinding& finding : report.findings) {
      if (finding.excepted) continue;
      const auto same = std::ranges::find_if(
          groups, [&](const auto& group) { return group.front()->rule == finding.rule; });
      if (same == groups.end()) {
        groups.push_back({&finding});
      } else {
        same->push_back(&finding);
      }
    }
    bool is_first_small = true;
    for (const auto& group : groups) {
      if (group.front()->severity > Severity::low) {
        put_large(group);
        continue;
      }
      if (std::exchange(is_first_small, false)) line();
      put_small(group);
    }
  }

  void put_small(const std::vector<const ReportedFinding*>& findings) {
    const ReportedFinding& first = *findings.front();
    const std::string more =
        findings.size() > 1 ? fmt::format(" and {} more", findings.size() - 1) : "";
    paragraph(
        fmt::format("  {:<5} ", to_string(first.severity)),
        fmt::format("{}{}: {} [{}]", spot_of(first.place), more, first.message, first.rule->id));
  }

  void put_large(const std::vector<const ReportedFinding*>& findings) {
    const Rule& rule = *findings.front()->rule;
    const Severity severity = findings.front()->severity;
    line();
    line(fmt::format("  {}  {}  {}", inked(to_string(severity), ink_of(severity)),
                     inked(rule.title, Ink::bold), inked(fmt::format("[{}]", rule.id), Ink::dim)));
    for (std::size_t i = 0; i < std::min(findings.size(), most_places); ++i) {
      if (i > 0) line();
      put_finding(*findings[i]);
    }
    if (findings.size() > most_places) {
      line();
      line(fmt::format("    and {} like it", counted(findings.size() - most_places, "more place")));
    }
    if (rule.why.empty() && rule.harmless_when.empty()) return;  // a rule of the user
    line();
    if (!rule.why.empty()) paragraph("    Why it matters  ", rule.why);
    if (!rule.harmless_when.empty()) paragraph("    Harmless when   ", rule.harmless_when);
  }

  void put_finding(const ReportedFinding& finding) {
    paragraph(fmt::format("    {}  ", spot_of(finding.place)), finding.message, 6);
    if (finding.place.begin) put_excerpt(finding.place.begin->line, finding.place.excerpt);
    if (finding.place.layer) {
      line("      decoded to " + layer_of(*finding.place.layer));
      put_excerpt(finding.place.layer->begin.line, finding.place.layer->excerpt);
    }
    for (std::size_t i = 0; i < finding.steps.size(); ++i) put_step(i + 1, finding.steps[i]);
    if (finding.trigger >= Trigger::command) {
      const std::string by = finding.reached_by.empty() ? "" : ": " + finding.reached_by;
      paragraph("      runs ", std::string(moment_of(finding.trigger)) + by);
    }
  }

  void put_excerpt(std::uint32_t number, const Excerpt& excerpt) {
    if (excerpt.text.empty()) return;
    const std::string gutter = fmt::format("{:>7} | ", number);
    line(inked(gutter, Ink::dim) + excerpt.text);
    if (excerpt.mark_width == 0) return;
    line(inked("        | ", Ink::dim) + std::string(excerpt.mark_column, ' ') +
         inked(std::string(excerpt.mark_width, '^'), Ink::red));
  }

  void put_step(std::size_t number, const ReportedStep& step) {
    const std::string layer =
        step.place.layer ? fmt::format(" ({})", layer_of(*step.place.layer)) : "";
    paragraph(fmt::format("      {}. {}{}  ", number, spot_of(step.place), layer), step.what, 9);
  }

  void put_excepted(const Report& report) {
    for (const ReportedFinding& finding : report.findings) {
      if (!finding.excepted) continue;
      line();
      paragraph("  excepted  ", fmt::format("{} in {}: {}", finding.rule->id,
                                            spot_of(finding.place), *finding.excepted));
    }
  }

  void put_gaps(const Report& report) {
    if (report.gaps.empty()) return;
    line();
    line("  " + inked("not examined", Ink::magenta) + ", so that the verdict is only on the rest:");
    for (std::size_t i = 0; i < std::min(report.gaps.size(), most_gaps); ++i) {
      const Gap& gap = report.gaps[i];
      const std::string path = gap.path.empty() ? "" : gap.path + ": ";
      paragraph("    ", fmt::format("{}{} ({})", path, gap.reason, to_string(gap.kind)));
    }
    if (report.gaps.size() > most_gaps) {
      line(fmt::format("    and {} more", report.gaps.size() - most_gaps));
    }
  }

  Output output_;
  TextStyle style_;
  std::string text_;
};

}  // namespace

std::unique_ptr<ReportWriter> make_text_writer(Output output, TextStyle style) {
  return std::make_unique<TextWriter>(std::move(output), style);
}

}  // namespace assay
