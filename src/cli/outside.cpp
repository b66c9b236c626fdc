#include "cli/outside.h"

#include "base/text.h"
#include "cli/forges.h"
#include "scan/scan.h"

namespace assay {
namespace {

// How a project lives changes slowly, and forges count each question.
constexpr std::chrono::hours forge_answers_are_fresh{6};
// Whoever is asked too often says until when to wait, which is longer than anybody would.
constexpr RetryPolicy no_retries{.tries = 1};

std::string with_slash(std::string url) {
  return url.empty() || url.ends_with('/') ? url : url + "/";
}

FetchOptions whole_documents() {
  FetchOptions options;
  options.full_documents = true;
  return options;
}

}  // namespace

Outside::Outside(World& world, const Settings& settings, bool no_repository)
    : is_offline_(settings.offline.value_or(false)),
      environment_(world.environment, settings.npm_registry, settings.pypi_index),
      curl_("assay/" + this_tool().version),
      polite_(curl_),
      store_(environment_.own_cache("answers")),
      client_(is_offline_ ? nullptr : &polite_, store_, world.clock),
      registry_(client_, environment_, whole_documents()),
      registry_source_(registry_),
      domains_(client_, with_slash(settings.rdap.value_or(""))),
      mail_source_(is_offline_ ? static_cast<Domains&>(no_domains_) : domains_),
      names_(load_names(world.environment)),
      names_source_(names_.index, registry_),
      advisories_(load_advisories(world.environment)),
      advisories_source_(advisories_ ? Result<AdvisoryIndex>(advisories_->index)
                                     : std::unexpected(advisories_.error())),
      git_(world.environment),
      repositories_(is_offline_ ? nullptr : &git_, store_, world.clock),
      repository_source_(repositories_),
      hasty_(curl_, no_retries),
      limited_(hasty_, world.clock),
      forge_client_(is_offline_ ? nullptr : &limited_, store_, world.clock,
                    forge_answers_are_fresh),
      health_source_(forge_client_, forge_settings(settings, world.environment), repositories_),
      no_repository_(no_repository) {
  for (const std::string& note : names_.notes) complain(escape_for_display(note));
}

std::vector<OutsideSource*> Outside::sources() {
  std::vector<OutsideSource*> sources = {&registry_source_, &mail_source_, &names_source_,
                                         &advisories_source_};
  if (no_repository_) {
    sources.push_back(&no_repository_source_);
  } else {
    sources.insert(sources.end(), {&repository_source_, &health_source_});
  }
  return sources;
}

}  // namespace assay
