// Tells archive formats apart by their first bytes, never by a name.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay {

enum class ArchiveFormat : std::uint8_t { none, tar, gzip, bzip2, xz, zstd, zip, seven_zip, rar };
std::string_view to_string(ArchiveFormat format);

ArchiveFormat sniff_archive(std::string_view head);

// Formats that read_archive descends into.
bool is_readable(ArchiveFormat format);

// Whether 512 bytes are a tar header: the checksum matches (as unsigned or, from old writers,
// signed sum) and the block is not empty. https://pubs.opengroup.org/onlinepubs/9699919799/, pax.
bool is_tar_header(std::string_view block);

// Documents and program formats that happen to be zip files: kept whole, not descended into.
bool is_zip_based_document(std::string_view path);

}  // namespace assay
