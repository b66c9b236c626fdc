// The files that the code of a package wrote, as far as it is known what they hold.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/code/flow/action.h"

namespace assay::code {

// Bounded: at most 2,000 files are known, and 16 MiB of their contents, in the order in which they
// were written. Paths are as code gives them, with holes; "<package>/" in front is taken off.
class WrittenFiles {
 public:
  struct File {
    Sources from;          // of all that was ever written there
    std::string contents;  // empty when not known
    std::string place;     // the path in one spelling, see normal_place()
  };

  void add(std::string_view path, Sources from, std::string_view contents);
  const File* find(std::string_view path) const;  // nullptr when there is none
  // The path of a Python module with known contents that lies in any folder: "pkg.part" is
  // "…/pkg/part.py" or "…/pkg/part/__init__.py". nullptr when there is none.
  const std::string* find_module(std::string_view dotted) const;
  // In the order of their paths.
  const std::map<std::string, File, std::less<>>& all() const { return files_; }

  // Steps that it takes to look for each of the paths in a text of that size.
  std::size_t search_steps(std::size_t text_bytes) const;
  std::size_t module_search_steps(std::string_view dotted) const;

 private:
  const std::vector<const std::string*>* modules_called(std::string_view dotted) const;

  std::map<std::string, File, std::less<>> files_;
  // By the last part of a module's name, so that an import looks at few.
  std::unordered_map<std::string, std::vector<const std::string*>> modules_;
  std::size_t bytes_left_ = 16u << 20;
};

// The same place in the same words: %temp%\x, $TMPDIR/x and what gettempdir() gives. Of a path, or
// of each path in a command line.
std::string normal_place(std::string_view path);

}  // namespace assay::code
