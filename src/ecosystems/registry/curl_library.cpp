#include "ecosystems/registry/curl_library.h"

#include <dlfcn.h>

namespace assay {
namespace {

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

Result<CurlLibrary> open_library() {
  // Never closed: libcurl and OpenSSL register handlers that run at exit.
  void* library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return fail(
        ErrorKind::environment,
        "fetching needs libcurl.so.4 and it could not be loaded: install the package libcurl4");
  }
  CurlLibrary curl;
  const bool complete = find(library, "curl_global_init", curl.global_init) &&
                        find(library, "curl_version_info", curl.version_info) &&
                        find(library, "curl_easy_init", curl.easy_init) &&
                        find(library, "curl_easy_setopt", curl.easy_setopt) &&
                        find(library, "curl_easy_getinfo", curl.easy_getinfo) &&
                        find(library, "curl_easy_perform", curl.easy_perform) &&
                        find(library, "curl_easy_reset", curl.easy_reset) &&
                        find(library, "curl_easy_cleanup", curl.easy_cleanup) &&
                        find(library, "curl_easy_strerror", curl.easy_strerror) &&
                        find(library, "curl_slist_append", curl.slist_append) &&
                        find(library, "curl_slist_free_all", curl.slist_free_all);
  if (!complete || curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail(ErrorKind::environment, "the installed libcurl.so.4 could not be initialised");
  }
  // 7.85 is the first that takes the allowed protocols as text, which curl_client.cpp relies on.
  if (curl.version_info(CURLVERSION_NOW)->version_num < 0x075500) {
    return fail(ErrorKind::environment, "the installed libcurl.so.4 is older than 7.85");
  }
  return curl;
}

}  // namespace

Result<const CurlLibrary*> CurlLibrary::load() {
  static const Result<CurlLibrary> library = open_library();
  if (!library) return std::unexpected(library.error());
  return &*library;
}

}  // namespace assay
