// What a binary member is and what it could do: ELF, PE, Mach-O, WebAssembly, .pyc; and data hidden
// behind the end of images.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct BinaryFacts {
  enum class Format : std::uint8_t { elf, pe, mach_o, wasm, pyc, image, font, other };
  Format format = Format::other;
  std::string architecture;          // "x86-64", "aarch64", …; empty when not known
  bool is_library = false;           // shared object or DLL rather than a program
  std::vector<std::string> imports;  // imported symbols or DLLs, sorted, at most 4,096
  std::vector<std::string>
      strings;  // printable runs that speak of addresses, shells, credentials,
                // wallets or miners; sorted, at most 256, each cut at 256 bytes
  std::uint64_t trailing_bytes = 0;  // bytes behind the end that the format declares
  bool trailing_is_code = false;     // and they look like script, archive or executable
  bool is_packed = false;            // UPX and kin, or nearly all of high entropy
  bool is_truncated = false;         // headers point outside the file
};

// Nullopt when the bytes are none of the formats above. Any bytes; time linear in their number.
std::optional<BinaryFacts> read_binary_facts(std::string_view bytes);

}  // namespace assay
