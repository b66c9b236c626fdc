// libyara, loaded when a user brings YARA files. Linked the ordinary way it brings libmagic,
// libjansson and libm into every start of the program, of which nearly none needs it.
#pragma once

#include <yara.h>

#include "base/result.h"

namespace assay {

// Function by function what this folder calls; the headers are those of soname 9 (libyara 4.2).
struct YaraLibrary {
  decltype(&::yr_initialize) initialize = nullptr;
  decltype(&::yr_set_configuration_uint32) set_configuration = nullptr;
  decltype(&::yr_compiler_create) compiler_create = nullptr;
  decltype(&::yr_compiler_destroy) compiler_destroy = nullptr;
  decltype(&::yr_compiler_set_callback) compiler_set_callback = nullptr;
  decltype(&::yr_compiler_set_include_callback) compiler_set_include_callback = nullptr;
  decltype(&::yr_compiler_define_string_variable) compiler_define_string = nullptr;
  decltype(&::yr_compiler_add_string) compiler_add_string = nullptr;
  decltype(&::yr_compiler_get_rules) compiler_get_rules = nullptr;
  decltype(&::yr_rules_destroy) rules_destroy = nullptr;
  decltype(&::yr_scanner_create) scanner_create = nullptr;
  decltype(&::yr_scanner_destroy) scanner_destroy = nullptr;
  decltype(&::yr_scanner_set_callback) scanner_set_callback = nullptr;
  decltype(&::yr_scanner_set_timeout) scanner_set_timeout = nullptr;
  decltype(&::yr_scanner_set_flags) scanner_set_flags = nullptr;
  decltype(&::yr_scanner_define_string_variable) scanner_define_string = nullptr;
  decltype(&::yr_scanner_scan_mem) scanner_scan_mem = nullptr;

  // Loads and initialises it once for the process; later calls return the same. Any thread may
  // call.
  static Result<const YaraLibrary*> load();
};

}  // namespace assay
