// A client that answers from a table and remembers what it was asked.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "ecosystems/registry/http_client.h"

namespace assay {

class MemoryHttp final : public HttpClient {
 public:
  std::vector<HttpRequest> requests;

  // Answers of one URL come in turn; the last one stays.
  void add(const std::string& url, Result<HttpResponse> answer) {
    answers_[url].push_back(std::move(answer));
  }
  void add(const std::string& url, std::string body) { add(url, response(200, std::move(body))); }

  static HttpResponse response(int status, std::string body = {}, HttpHeaders headers = {}) {
    HttpResponse answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers = std::move(headers);
    return answer;
  }

  Result<HttpResponse> get(const HttpRequest& request) override {
    requests.push_back(request);
    const auto found = answers_.find(request.url);
    Result<HttpResponse> answer = found == answers_.end() ? response(404) : found->second.front();
    if (found != answers_.end() && found->second.size() > 1) found->second.pop_front();
    if (answer) answer->url = request.url;
    if (answer && answer->body.size() > request.limits.body_bytes) {
      return fail(ErrorKind::limit, request.url);
    }
    return answer;
  }

  std::vector<std::string> urls() const {
    std::vector<std::string> asked;
    for (const HttpRequest& request : requests) asked.push_back(request.url);
    return asked;
  }

 private:
  std::map<std::string, std::deque<Result<HttpResponse>>> answers_;
};

}  // namespace assay
