#include "report/places.h"

#include <algorithm>

#include "base/text.h"

namespace assay {
namespace {

// Bytes of these kinds have no lines that a person would recognise.
constexpr FileKind binary_kinds[] = {FileKind::native, FileKind::wasm, FileKind::bytecode,
                                     FileKind::image,  FileKind::font, FileKind::archive};

std::string_view name_of(Layer::Kind kind) {
  switch (kind) {
    case Layer::Kind::javascript: return "javascript";
    case Layer::Kind::python: return "python";
    case Layer::Kind::shell: return "shell";
    case Layer::Kind::powershell: return "powershell";
    case Layer::Kind::other: return "other";
  }
  return "other";
}

}  // namespace

Place Places::place(const Where& where) {
  Place place;
  if (!has_file(where)) return place;
  Where origin = where;
  if (where.layer >= 0 && is_layer(where.layer)) {
    place.layer = layer_place(where);
    origin = origin_of(where);
  }
  if (!has_file(origin)) return place;
  const File& file = facts_.file(origin);
  place.path = escape_for_display(file.path);
  place.begin_byte = origin.begin;
  place.end_byte = std::max(origin.begin, origin.end);
  // Bytes that were let go of have no lines either.
  if (file.dropped || std::ranges::find(binary_kinds, file.kind) != std::end(binary_kinds)) {
    return place;
  }
  const TextIndex& index = index_of(origin.file, -1, file.bytes);
  place.begin = index.position(origin.begin);
  place.end = index.position(place.end_byte);
  place.excerpt = make_excerpt(index, origin.begin, origin.end);
  return place;
}

// Layers only come from earlier ones; the bound holds if they ever do not.
Where Places::origin_of(Where where) const {
  for (std::size_t i = 0; i < facts_.layers.size() && where.layer >= 0; ++i) {
    if (!is_layer(where.layer)) break;
    where = layer(where.layer).from;
  }
  return where;
}

LayerPlace Places::layer_place(const Where& where) {
  const Layer& innermost = layer(where.layer);
  const TextIndex& index = index_of(where.file, where.layer, innermost.text);
  LayerPlace place;
  place.kind = name_of(innermost.kind);
  place.how = escape_for_display(innermost.how);
  place.depth = innermost.depth;
  place.begin = index.position(where.begin);
  place.end = index.position(std::max(where.begin, where.end));
  place.excerpt = make_excerpt(index, where.begin, where.end);
  return place;
}

const TextIndex& Places::index_of(std::int32_t file, std::int32_t layer, std::string_view text) {
  std::unique_ptr<TextIndex>& index = indexes_[{layer >= 0 ? -1 : file, layer}];
  if (!index) index = std::make_unique<TextIndex>(text);
  return *index;
}

}  // namespace assay
