// Whatever a forge answers, to every question at once.
#include <cstddef>
#include <cstdint>
#include <string>

#include "facts/health/forge.h"

namespace {

class SameAnswer final : public assay::HttpClient {
 public:
  explicit SameAnswer(std::string body) : body_(std::move(body)) {}
  assay::Result<assay::HttpResponse> get(const assay::HttpRequest& request) override {
    assay::HttpResponse response;
    response.status = 200;
    response.url = request.url;
    response.body = body_;
    response.headers = {{"link", body_.substr(0, 200)}, {"x-total", body_.substr(0, 10)}};
    return response;
  }

 private:
  std::string body_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SameAnswer http(std::string(reinterpret_cast<const char*>(data), size));
  const assay::Forge forge(http, {"https://forge.example.test/", "", {}});
  (void)assay::ask_github(forge, "ann/widget", "widget", {});
  (void)assay::ask_gitlab(forge, "ann/widget", "widget", {});
  (void)assay::ask_scorecard(forge, "forge.example.test/ann/widget");
  return 0;
}
