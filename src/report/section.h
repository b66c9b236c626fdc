// How one section of a page is made. Each source of facts has a file page_<source>.cpp with a
// function of the list below, and page.cpp calls them in the order of the page.
#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "report/page.h"

namespace assay {

class SectionBuilder {
 public:
  SectionBuilder(const PageInput& input, std::string title);

  const Facts& facts() const { return *input_.artifacts.front(); }
  const PageInput& input() const { return input_; }
  // Of the lines that follow.
  void set_source(std::string source, std::optional<Time> asked = std::nullopt);

  // A line that is a concern when one of `rules` found something; the gravest finding counts, and
  // what it says stands in place of `text` when that is empty. Text is escaped here.
  void tell(std::string_view label, std::string_view text,
            std::initializer_list<std::string_view> rules = {});
  // A line that only exists when one of `rules` found something.
  void tell_concern(std::string_view label, std::initializer_list<std::string_view> rules);
  void tell_unknown(std::string_view label, std::string_view reason);

  const std::set<std::string_view>& mentioned() const { return mentioned_; }
  PageSection take() { return std::move(section_); }

 private:
  const PageInput& input_;
  PageSection section_;
  std::string source_;
  std::optional<Time> asked_;
  std::set<std::string_view> mentioned_;  // rules that some line is about
};

// The gravest finding of any of these rules that no exception covers; null without one.
const ReportedFinding* gravest_of(const PageInput& input,
                                  std::initializer_list<std::string_view> rules);

void tell_name(SectionBuilder& section);
void tell_advisories(SectionBuilder& section);
void tell_publication(SectionBuilder& section);
void tell_people(SectionBuilder& section);
void tell_trust(SectionBuilder& section);
void tell_documentation(SectionBuilder& section);
void tell_repository(SectionBuilder& section);
void tell_health(SectionBuilder& section);
// Everything that no line of another section is about. `mentioned` are the rules that they are.
void tell_contents(SectionBuilder& section, const std::set<std::string_view>& mentioned);

}  // namespace assay
