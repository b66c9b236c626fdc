// Which files of the package a text of code mentions. A fast scan over text, not syntax: comments
// and dead code count too, because what is found here only decides what may be reached.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/executors/package_files.h"
#include "facts/executors/python_modules.h"

namespace assay {

// Where relative names start from.
struct Origin {
  std::string_view folder;             // of the file that holds the text
  std::string_view package_name = {};  // npm's, for modules that require themselves by name
};

struct References {
  FileList named;  // by a string or an import
  // By a string in a text that has no means to run a file: it counts when nothing else leads there.
  FileList mentioned;
  // Folders in which a computed name may mean any file: those count when nothing else leads there.
  std::vector<std::string> guessed_folders;
};

References javascript_references(std::string_view text, const Origin& origin,
                                 const PackageFiles& files);
References python_references(std::string_view text, const Origin& origin, const PackageFiles& files,
                             const PythonModules& modules);

// A string between quotes that could be a path, a module or a short command line.
struct ShortString {
  std::size_t begin = 0;  // of its contents
  std::string_view text;
};
// The next one from `at`, which moves past it; empty text at the end. All calls together take time
// linear in the text, and quotes that are out of step hide nothing.
ShortString next_short_string(std::string_view text, std::size_t& at);

// The string after \xNN and \uNNNN, and 'a' + 'b' joined: hiding a file's name like that is cheap.
std::string joined_string(std::string_view text, const ShortString& first);

}  // namespace assay
