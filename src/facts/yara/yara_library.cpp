#include "facts/yara/yara_library.h"

#include <dlfcn.h>

namespace assay {
namespace {

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

Result<YaraLibrary> open_library() {
  // Never closed: rules and scanners of other threads may outlive whoever asked first.
  void* library = dlopen("libyara.so.9", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return fail(ErrorKind::environment,
                "YARA rules need libyara.so.9 and it could not be loaded: install the package "
                "libyara9");
  }
  YaraLibrary yara;
  const bool is_complete =
      find(library, "yr_initialize", yara.initialize) &&
      find(library, "yr_set_configuration_uint32", yara.set_configuration) &&
      find(library, "yr_compiler_create", yara.compiler_create) &&
      find(library, "yr_compiler_destroy", yara.compiler_destroy) &&
      find(library, "yr_compiler_set_callback", yara.compiler_set_callback) &&
      find(library, "yr_compiler_set_include_callback", yara.compiler_set_include_callback) &&
      find(library, "yr_compiler_define_string_variable", yara.compiler_define_string) &&
      find(library, "yr_compiler_add_string", yara.compiler_add_string) &&
      find(library, "yr_compiler_get_rules", yara.compiler_get_rules) &&
      find(library, "yr_rules_destroy", yara.rules_destroy) &&
      find(library, "yr_scanner_create", yara.scanner_create) &&
      find(library, "yr_scanner_destroy", yara.scanner_destroy) &&
      find(library, "yr_scanner_set_callback", yara.scanner_set_callback) &&
      find(library, "yr_scanner_set_timeout", yara.scanner_set_timeout) &&
      find(library, "yr_scanner_set_flags", yara.scanner_set_flags) &&
      find(library, "yr_scanner_define_string_variable", yara.scanner_define_string) &&
      find(library, "yr_scanner_scan_mem", yara.scanner_scan_mem);
  if (!is_complete || yara.initialize() != ERROR_SUCCESS) {
    return fail(ErrorKind::environment, "the installed libyara.so.9 could not be initialised");
  }
  // Only places are told, never the bytes: no match needs a copy of them.
  yara.set_configuration(YR_CONFIG_MAX_MATCH_DATA, 0);
  return yara;
}

}  // namespace

Result<const YaraLibrary*> YaraLibrary::load() {
  static const Result<YaraLibrary> library = open_library();
  if (!library) return std::unexpected(library.error());
  return &*library;
}

}  // namespace assay
