// Python's lists and dicts, and the functions that walk them, on constants.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/library_python.h"

namespace assay::code::python_library {

std::optional<std::vector<Value>> items_of(PureCall& call, const Value& value) {
  std::vector<Value> items;
  if (value.is(ValueKind::list)) {
    if (value.object->open) return std::nullopt;
    items = value.object->items;
  } else if (value.is(ValueKind::bytes) && value.complete) {
    for (const char byte : *value.text)
      items.push_back(
          Value::of_number(static_cast<unsigned char>(byte)).with(value.from, value.trace));
  } else if (value.is_constant_text()) {
    for (std::size_t at = 0; at < value.text->size();) {
      const std::size_t before = at;
      next_code_point(*value.text, at);
      items.push_back(
          Value::string(value.text->substr(before, at - before)).with(value.from, value.trace));
    }
  } else {
    return std::nullopt;
  }
  if (!call.interpreter.spend(items.size() / 2)) return std::nullopt;
  return items;
}

namespace {

// --- list and dict methods

std::optional<Value> append(PureCall& call) {
  if (call.self.is(ValueKind::list)) append_bounded(*call.self.object, call.argument(0));
  return Value::null();
}
std::optional<Value> extend(PureCall& call) {
  const Value& more = call.argument(0);
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  if (!more.is(ValueKind::list)) {
    call.self.object->open = true;
    call.self.object->from |= call.interpreter.sources_of(more);
    return Value::null();
  }
  const std::vector<Value> items = more.object->items;
  if (!call.interpreter.spend(items.size())) return std::nullopt;
  call.self.object->items.insert(call.self.object->items.end(), items.begin(), items.end());
  call.self.object->open = call.self.object->open || more.object->open;
  return Value::null();
}
std::optional<Value> insert(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !call.argument(0).is(ValueKind::number))
    return std::nullopt;
  auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  const double at = std::clamp(
      call.argument(0).number < 0 ? call.argument(0).number + size : call.argument(0).number, 0.0,
      size);
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), call.argument(1));
  return Value::null();
}
std::optional<Value> pop(PureCall& call) {
  if (call.self.is(ValueKind::list)) {
    auto& items = call.self.object->items;
    if (items.empty()) return std::nullopt;
    const double at = call.argument(0).is(ValueKind::number) ? call.argument(0).number : -1;
    const auto i =
        static_cast<std::ptrdiff_t>(at < 0 ? at + static_cast<double>(items.size()) : at);
    if (i < 0 || i >= static_cast<std::ptrdiff_t>(items.size())) return std::nullopt;
    Value value = items[static_cast<std::size_t>(i)];
    items.erase(items.begin() + i);
    return value;
  }
  return std::nullopt;
}
std::optional<Value> reverse(PureCall& call) {
  if (call.self.is(ValueKind::list)) std::ranges::reverse(call.self.object->items);
  return Value::null();
}
std::optional<Value> dict_get(PureCall& call) {
  if (!call.self.is(ValueKind::object)) return std::nullopt;
  const auto name = constant(call.argument(0));
  if (!name) return std::nullopt;
  if (const Value* found = call.self.object->find(call.interpreter.names().intern(*name)))
    return *found;
  if (call.self.object->open) return std::nullopt;
  return call.arguments.size() > 1 ? call.argument(1) : Value::null();
}
std::optional<Value> dict_setdefault(PureCall& call) {
  if (!call.self.is(ValueKind::object)) return std::nullopt;
  const auto name = constant(call.argument(0));
  if (!name) return std::nullopt;
  const NameId id = call.interpreter.names().intern(*name);
  if (const Value* found = call.self.object->find(id)) return *found;
  call.self.object->set(id, call.argument(1));
  return call.argument(1);
}
std::optional<Value> dict_items(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open ||
      call.self.object->made_by != nullptr)
    return std::nullopt;
  std::vector<Value> entries;
  for (const auto& [name, value] : call.self.object->properties) {
    entries.push_back(call.interpreter.make_list(
        {Value::string(std::string(call.interpreter.names()[name])), value}));
  }
  return call.interpreter.make_list(std::move(entries));
}
std::optional<Value> dict_values(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open ||
      call.self.object->made_by != nullptr)
    return std::nullopt;
  std::vector<Value> values;
  for (const auto& property : call.self.object->properties) values.push_back(property.second);
  return call.interpreter.make_list(std::move(values));
}
std::optional<Value> dict_keys(PureCall& call) {
  if (!call.self.is(ValueKind::object) || call.self.object->open ||
      call.self.object->made_by != nullptr)
    return std::nullopt;
  std::vector<Value> keys;
  for (const auto& property : call.self.object->properties)
    keys.push_back(Value::string(std::string(call.interpreter.names()[property.first])));
  return call.interpreter.make_list(std::move(keys));
}
std::optional<Value> dict_update(PureCall& call) {
  if (!call.self.is(ValueKind::object)) return std::nullopt;
  Object* target = call.self.object;
  for (const Value& source : call.arguments) {
    if (source.is(ValueKind::object)) {
      for (const auto& [name, value] : std::vector(source.object->properties))
        target->set(name, value);
      target->open = target->open || source.object->open;
      target->from |= source.object->from | source.from;
    } else {
      target->open = true;
      target->from |= call.interpreter.sources_of(source);
      if (target->trace == 0) target->trace = call.interpreter.trace_of(source, target->from);
    }
  }
  for (const Keyword& keyword : call.keywords) target->set(keyword.name, keyword.value);
  return Value::null();
}
constexpr Row of_lists[] = {{"decode", decode_list}, {"append", append}, {"extend", extend},
                            {"insert", insert},      {"pop", pop},       {"reverse", reverse},
                            {"add", append}};
constexpr Row of_objects[] = {{"get", dict_get},
                              {"items", dict_items},
                              {"iteritems", dict_items},
                              {"values", dict_values},
                              {"keys", dict_keys},
                              {"update", dict_update},
                              {"setdefault", dict_setdefault}};

std::optional<Value> length(PureCall& call) {
  const Value& value = call.argument(0);
  if (value.is(ValueKind::list) && !value.object->open)
    return Value::of_number(static_cast<double>(value.object->items.size()));
  if (value.is(ValueKind::bytes) && value.complete)
    return Value::of_number(static_cast<double>(value.text->size()));
  if (value.is_constant_text())
    return Value::of_number(
        static_cast<double>(call.interpreter.characters(value.text, false).size()));
  return Value::unknown();
}
std::optional<Value> range(PureCall& call) {
  double from = 0, to = 0, step = 1;
  for (const Value& argument : call.arguments) {
    if (!argument.is(ValueKind::number)) return std::nullopt;
  }
  if (call.arguments.size() == 1) to = call.argument(0).number;
  if (call.arguments.size() >= 2) from = call.argument(0).number, to = call.argument(1).number;
  if (call.arguments.size() >= 3) step = call.argument(2).number;
  constexpr double most = 300'000;
  if (step == 0 || call.arguments.empty() || std::fabs((to - from) / step) > most)
    return std::nullopt;
  std::vector<Value> items;
  for (double i = from; step > 0 ? i < to : i > to; i += step) items.push_back(Value::of_number(i));
  if (!call.interpreter.spend(items.size() / 4)) return std::nullopt;
  return call.interpreter.make_list(std::move(items));
}
std::optional<Value> to_list(PureCall& call) {
  if (call.arguments.empty()) return call.interpreter.make_list({});
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  return call.interpreter.make_list(std::move(*items));
}
std::optional<Value> to_dict(PureCall& call) {
  Object* object = call.interpreter.make_object();
  if (call.argument(0).is(ValueKind::object)) {
    for (const auto& [name, value] : call.argument(0).object->properties) object->set(name, value);
    object->open = call.argument(0).object->open;
    object->from = call.argument(0).object->from;
  } else if (call.argument(0).is(ValueKind::list)) {
    for (const Value& pair : call.argument(0).object->items) {
      if (!pair.is(ValueKind::list) || pair.object->items.size() != 2) continue;
      if (const auto name = constant(pair.object->items[0]))
        object->set(call.interpreter.names().intern(*name), pair.object->items[1]);
    }
  } else if (!call.arguments.empty()) {
    object->open = true;
    object->from = call.interpreter.sources_of(call.argument(0));
    object->trace = call.interpreter.trace_of(call.argument(0), object->from);
  }
  for (const Keyword& keyword : call.keywords) object->set(keyword.name, keyword.value);
  return Value::of_object(ValueKind::object, object);
}
std::optional<Value> reversed(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  std::ranges::reverse(*items);
  return call.interpreter.make_list(std::move(*items));
}
std::optional<Value> enumerate(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < items->size(); ++i)
    out.push_back(
        call.interpreter.make_list({Value::of_number(static_cast<double>(i)), (*items)[i]}));
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> zip(PureCall& call) {
  std::vector<std::vector<Value>> columns;
  std::size_t shortest = SIZE_MAX;
  for (const Value& argument : call.arguments) {
    auto items = items_of(call, argument);
    if (!items) return std::nullopt;
    shortest = std::min(shortest, items->size());
    columns.push_back(std::move(*items));
  }
  if (columns.empty() || !call.interpreter.spend(shortest * columns.size())) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < shortest; ++i) {
    std::vector<Value> row;
    for (const auto& column : columns) row.push_back(column[i]);
    out.push_back(call.interpreter.make_list(std::move(row)));
  }
  return call.interpreter.make_list(std::move(out));
}
// itertools.cycle: as long as anything it can be zipped with here.
std::optional<Value> cycle(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items || items->empty()) return std::nullopt;
  constexpr std::size_t enough = 65'536;
  std::vector<Value> out;
  while (out.size() < enough && call.interpreter.spend(items->size()))
    out.insert(out.end(), items->begin(), items->end());
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> map_values(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items) {
    Value once = call.interpreter.call(
        call.frame, call.argument(0), Value::undefined(),
        {Value::unknown(call.interpreter.sources_of(call.argument(1)))}, call.site);
    Value list = call.interpreter.make_list({once});
    list.object->open = true;
    return list;
  }
  std::vector<Value> out;
  for (const Value& item : *items) {
    if (!call.interpreter.spend(1)) break;
    out.push_back(
        call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site));
  }
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> filter_values(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items) return std::nullopt;
  std::vector<Value> out;
  for (const Value& item : *items) {
    const auto keeps = truth(
        call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site),
        Language::python);
    if (!keeps || *keeps) out.push_back(item);
  }
  return call.interpreter.make_list(std::move(out));
}
std::optional<Value> reduce(PureCall& call) {
  auto items = items_of(call, call.argument(1));
  if (!items || items->empty()) return std::nullopt;
  Value total = call.arguments.size() > 2 ? call.argument(2) : (*items)[0];
  for (std::size_t i = call.arguments.size() > 2 ? 0 : 1;
       i < items->size() && call.interpreter.spend(1); ++i) {
    total = call.interpreter.call(call.frame, call.argument(0), Value::undefined(),
                                  {total, (*items)[i]}, call.site);
  }
  return total;
}
std::optional<Value> sum(PureCall& call) {
  auto items = items_of(call, call.argument(0));
  if (!items) return std::nullopt;
  double total = 0;
  for (const Value& item : *items) {
    if (!item.is(ValueKind::number)) return std::nullopt;
    total += item.number;
  }
  return Value::of_number(total);
}

constexpr Row functions[] = {{"len", length},
                             {"range", range},
                             {"xrange", range},
                             {"list", to_list},
                             {"tuple", to_list},
                             {"set", to_list},
                             {"iter", to_list},
                             {"dict", to_dict},
                             {"reversed", reversed},
                             {"enumerate", enumerate},
                             {"zip", zip},
                             {"itertools.cycle", cycle},
                             {"map", map_values},
                             {"filter", filter_values},
                             {"functools.reduce", reduce},
                             {"reduce", reduce},
                             {"sum", sum}};

}  // namespace

std::span<const Row> list_methods() { return of_lists; }
std::span<const Row> object_methods() { return of_objects; }
std::span<const Row> container_functions() { return functions; }

}  // namespace assay::code::python_library
