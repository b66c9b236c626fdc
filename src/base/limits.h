// Every bound on untrusted input, in one place, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay {

inline constexpr std::size_t operator""_KiB(unsigned long long n) { return n << 10; }
inline constexpr std::size_t operator""_MiB(unsigned long long n) { return n << 20; }

struct Limits {
  // The largest PyPI wheels in use are under 1 GiB; npm refuses to publish far less.
  std::size_t archive_bytes = 1024_MiB;
  // Sum of all unpacked members, nested archives included.
  std::size_t unpacked_bytes = 4096_MiB;
  // One member. Larger ones are hashed and sniffed, then dropped with a gap.
  std::size_t member_bytes = 512_MiB;
  // Members of a code or manifest kind above this are not parsed; the gap says so.
  std::size_t code_bytes = 32_MiB;
  // Bytes of members whose contents later stages need (code, manifests, documents), per package.
  std::size_t retained_bytes = 512_MiB;
  // Unpacked over packed. Real text reaches about 60:1; a run of zeros 1000:1.
  std::size_t ratio = 300;
  // A ratio is only suspicious once this much came out.
  std::size_t ratio_floor_bytes = 64_MiB;
  std::size_t members = 200'000;
  // Archives inside archives: an npm tarball with a wheel with an egg is 3.
  int nesting = 3;
  // PATH_MAX.
  std::size_t path_bytes = 4096;
  std::size_t path_components = 128;
  std::size_t json_bytes = 64_MiB;
};

}  // namespace assay
