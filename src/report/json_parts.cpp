#include "report/json_parts.h"

#include "base/text.h"
#include "report/report.h"

namespace assay {
namespace {

void put_range(Json& json, const Position& begin, const Position& end) {
  json["line"] = begin.line;
  json["column"] = begin.column;
  json["end_line"] = end.line;
  json["end_column"] = end.column;
}

Json act_json(const SurfaceAct& act) {
  Json json;
  json["act"] = act.act;
  if (!act.api.empty()) json["api"] = act.api;
  if (!act.target.empty()) json["target"] = act.target;
  if (!act.carries.empty()) json["carries"] = act.carries;
  put_place(json, act.place);
  json["count"] = act.count;
  json["at_load"] = act.at_load;
  if (act.hidden) json["hidden"] = true;
  return json;
}

Json capability_json(const SurfaceCapability& capability) {
  Json json;
  json["capability"] = identifier(to_string(capability.capability));
  json["at_load"] = capability.at_load;
  json["count"] = capability.count;
  json["acts"] = Json::array();
  for (const SurfaceAct& act : capability.acts) json["acts"].push_back(act_json(act));
  return json;
}

Json entry_json(const SurfaceEntry& entry) {
  Json json;
  json["kind"] = entry.kind;
  json["trigger"] = to_string(entry.trigger);
  json["name"] = entry.name;
  if (!entry.command.empty()) json["command"] = entry.command;
  put_place(json, entry.place);
  json["files"] = entry.files;
  json["files_count"] = entry.files_count;
  json["reached_count"] = entry.reached_count;
  json["followed"] = entry.is_followed;
  json["capabilities"] = Json::array();
  for (const SurfaceCapability& each : entry.capabilities) {
    json["capabilities"].push_back(capability_json(each));
  }
  return json;
}

}  // namespace

void put_place(Json& json, const Place& place) {
  json["path"] = place.path;
  if (place.begin && place.end) {
    put_range(json, *place.begin, *place.end);
  } else if (!place.path.empty()) {
    json["offset"] = place.begin_byte;
  }
  if (!place.excerpt.text.empty()) json["excerpt"] = place.excerpt.text;
  if (!place.layer) return;
  Json layer;
  layer["kind"] = place.layer->kind;
  layer["how"] = place.layer->how;
  layer["depth"] = place.layer->depth;
  put_range(layer, place.layer->begin, place.layer->end);
  layer["excerpt"] = place.layer->excerpt.text;
  json["layer"] = std::move(layer);
}

Json surface_json(const ReportedSurface& surface) {
  Json json;
  json["entries"] = Json::array();
  for (const SurfaceEntry& entry : surface.entries) json["entries"].push_back(entry_json(entry));
  json["bundled"] = surface.bundled;
  json["bundled_count"] = surface.bundled_count;
  json["unreached_files"] = surface.unreached_files;
  json["unreached_actions"] = surface.unreached_actions;
  json["omissions"] = surface.omissions;
  return json;
}

}  // namespace assay
