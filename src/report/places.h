// Turns Where into Place. Keeps the line index and the hash of each file it has met.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "facts/facts.h"
#include "report/place.h"
#include "verdict/file_hashes.h"

namespace assay {

class Places {
 public:
  // `facts` and their package outlive this.
  explicit Places(const Facts& facts) : facts_(facts), hashes_(*facts.package) {}

  Place place(const Where& where);
  // Out of all layers: where in a file it was found.
  Where origin_of(Where where) const;
  const std::string& file_sha256(const Where& where) {
    return hashes_.of(has_file(where) ? where : Where{});
  }
  bool has_file(const Where& where) const {
    return where.file >= 0 && static_cast<std::size_t>(where.file) < facts_.package->files.size();
  }

 private:
  bool is_layer(std::int32_t layer) const {
    return static_cast<std::size_t>(layer) < facts_.layers.size();
  }
  const Layer& layer(std::int32_t layer) const {
    return facts_.layers[static_cast<std::size_t>(layer)];
  }
  LayerPlace layer_place(const Where& where);
  const TextIndex& index_of(std::int32_t file, std::int32_t layer, std::string_view text);

  const Facts& facts_;
  std::map<std::pair<std::int32_t, std::int32_t>, std::unique_ptr<TextIndex>> indexes_;
  FileHashes hashes_;
};

}  // namespace assay
