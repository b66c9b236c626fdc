// Whether an internet domain still belongs to somebody, and since when. Mail to a lapsed domain
// goes to whoever registers it next, and with it the passwords of accounts that are named by it.
#pragma once

#include <string>
#include <string_view>

#include "base/known.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "ecosystems/registry/http_client.h"

namespace assay {

class Domains {
 public:
  virtual ~Domains() = default;
  [[nodiscard]] virtual Known<bool> exists(const std::string& domain) = 0;
  [[nodiscard]] virtual Known<Time> registered_since(const std::string& domain) = 0;
};

// By the machine's own DNS, and by RDAP (RFC 9082) where the settings name a server.
class NetworkDomains final : public Domains {
 public:
  // `rdap` ends with '/'; empty: no server is set. `http` outlives this.
  NetworkDomains(HttpClient& http, std::string rdap) : http_(http), rdap_(std::move(rdap)) {}

  Known<bool> exists(const std::string& domain) override;
  Known<Time> registered_since(const std::string& domain) override;

 private:
  HttpClient& http_;
  std::string rdap_;
};

// --offline.
class NoDomains final : public Domains {
 public:
  Known<bool> exists(const std::string&) override { return reason(); }
  Known<Time> registered_since(const std::string&) override { return reason(); }

 private:
  static Unknown reason() { return {"--offline asks nobody"}; }
};

// The domain of a mail address as it may be asked about: lower case, letters, digits, '-' and '.';
// empty for anything else, and for reserved names, which belong to nobody.
std::string domain_of_mail(std::string_view address);

// The date of the event "registration" in an RDAP answer (RFC 9083 4.5).
Result<Time> parse_rdap_registration(std::string_view json);

}  // namespace assay
