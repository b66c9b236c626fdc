// libcurl, loaded when the first request is made. Linked the ordinary way it brings 29 more shared
// objects into every start of the program and triples the time of one that needs no network
// (1.2 ms to 4.2 ms), and those are most of them. A system without it can still scan files.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include "base/result.h"

namespace assay {

// Function by function what curl_client.cpp calls; libcurl's soname 4 has kept them since 2006.
struct CurlLibrary {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_version_info) version_info = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_setopt) easy_setopt = nullptr;
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_reset) easy_reset = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  decltype(&::curl_slist_append) slist_append = nullptr;
  decltype(&::curl_slist_free_all) slist_free_all = nullptr;

  // Loads and initialises it once for the process; later calls return the same. Any thread may
  // call.
  static Result<const CurlLibrary*> load();
};

}  // namespace assay
