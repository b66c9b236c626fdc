// An incident as a text file: three versions of one package, of which the middle one is hostile.
//
//   incident: crossenv, npm, 2017
//   technique: what the attacker did, a sentence
//   packed: npm | sdist | wheel
//   verdict: block | review | allow
//   because: the rules that alone must give this verdict
//   ==> every/index.js        a file of all three versions
//   ==> clean/package.json    of the predecessor and the successor
//   ==> malicious/setup.js    of the hostile version; predecessor/ and successor/ work alike
//
// Files are written so that a reader sees through them; {{…}} does to them what the attacker did:
//   {{version}}  {{blanks:300}}  {{bytes:89504e47}}  {{base64:text}}  {{hex:text}}
//   {{reversed:text}}  {{invisible:text}}  {{gzip-base64:text}}  {{xor-7-hex:text}}
// A text may hold others of them; they are done from the inside.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "package/package.h"

namespace assay::incidents {

struct Incident {
  std::string file;  // its own name, without folders
  std::string incident, technique, packed, verdict;
  std::vector<std::string> because;
  struct Member {
    std::string version, path, text;
  };
  std::vector<Member> members;
};

inline constexpr std::array<std::string_view, 3> versions = {"predecessor", "malicious",
                                                             "successor"};

Result<Incident> read_incident(std::string_view file, std::string_view text);

// One version of it as an archive of its kind, and that archive read again.
Result<Package> package_of(const Incident& incident, std::string_view version);

}  // namespace assay::incidents
