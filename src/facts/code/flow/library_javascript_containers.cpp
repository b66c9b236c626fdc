// JavaScript's arrays and objects.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "facts/code/flow/library_javascript.h"

namespace assay::code::javascript_library {
namespace {

std::optional<Value> join_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  const std::string separator =
      call.argument(0).is(ValueKind::undefined) ? "," : constant(call, 0).value_or(",");
  std::string out;
  bool complete = !call.self.object->open;
  Sources from = call.self.from | call.self.object->from;
  std::uint32_t trace = call.self.trace;
  std::size_t short_parts = 0;
  for (std::size_t i = 0; i < call.self.object->items.size(); ++i) {
    const Value& item = call.self.object->items[i];
    if (i > 0) out += separator;
    from |= call.interpreter.sources_of(item);
    trace = trace != 0 ? trace : item.trace;
    const auto constant_item = item.is_nothing() ? std::optional<std::string>("")
                                                 : to_constant_string(item, Language::javascript);
    complete = complete && constant_item.has_value();
    out += constant_item ? *constant_item : call.interpreter.show(item);
    if (item.is_textual() && item.text->size() <= 2) ++short_parts;
    if (out.size() > max_text) return std::nullopt;
  }
  if (!call.interpreter.spend_text(out.size())) return std::nullopt;
  constexpr std::size_t telling = 8;
  if (complete && short_parts >= telling && separator.empty())
    call.interpreter.disguise(call.frame, call.site, Disguise::split_string, out);
  Value value = Value::string(std::move(out), complete);
  return value.with(from, trace);
}

std::optional<Value> reverse_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  std::ranges::reverse(call.self.object->items);
  call.interpreter.spend(call.self.object->items.size() / 8);
  return call.self;
}
std::optional<Value> push(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  for (const Value& argument : call.arguments) append_bounded(*call.self.object, argument);
  return Value::of_number(static_cast<double>(call.self.object->items.size()));
}
std::optional<Value> pop(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  if (items.empty())
    return call.self.object->open ? Value::unknown(call.self.object->from) : Value::undefined();
  Value last = items.back();
  items.pop_back();
  return last;
}
std::optional<Value> shift(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  if (items.empty())
    return call.self.object->open ? Value::unknown(call.self.object->from) : Value::undefined();
  Value first = items.front();
  items.erase(items.begin());
  call.interpreter.spend(items.size() / 64);
  return first;
}
std::optional<Value> unshift(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  items.insert(items.begin(), call.arguments.begin(), call.arguments.end());
  call.interpreter.spend(items.size() / 64);
  return Value::of_number(static_cast<double>(items.size()));
}
std::optional<Value> slice_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  const auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  double from = number(call, 0).value_or(0), to = number(call, 1).value_or(size);
  from = std::clamp(from < 0 ? from + size : from, 0.0, size);
  to = std::clamp(to < 0 ? to + size : to, from, size);
  if (std::isnan(from) || std::isnan(to)) return std::nullopt;
  Value list = call.interpreter.make_list({items.begin() + static_cast<std::ptrdiff_t>(from),
                                           items.begin() + static_cast<std::ptrdiff_t>(to)});
  list.object->open = call.self.object->open;
  list.object->from = call.self.object->from;
  return list;
}
std::optional<Value> splice(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !number(call, 0)) return std::nullopt;
  auto& items = call.self.object->items;
  const auto size = static_cast<double>(items.size());
  double from = *number(call, 0);
  from = std::clamp(from < 0 ? from + size : from, 0.0, size);
  const double count = std::clamp(number(call, 1).value_or(size), 0.0, size - from);
  if (std::isnan(from) || std::isnan(count)) return std::nullopt;
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = first + static_cast<std::ptrdiff_t>(count);
  std::vector<Value> taken(first, last);
  items.erase(first, last);
  for (std::size_t i = 2; i < call.arguments.size(); ++i) {
    items.insert(
        items.begin() + static_cast<std::ptrdiff_t>(from) + static_cast<std::ptrdiff_t>(i - 2),
        call.arguments[i]);
  }
  return call.interpreter.make_list(std::move(taken));
}
std::optional<Value> concat_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  std::vector<Value> items = call.self.object->items;
  for (const Value& argument : call.arguments) {
    if (argument.is(ValueKind::list))
      items.insert(items.end(), argument.object->items.begin(), argument.object->items.end());
    else
      items.push_back(argument);
  }
  call.interpreter.spend(items.size() / 8);
  return call.interpreter.make_list(std::move(items));
}
std::optional<Value> includes_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || call.self.object->open) return std::nullopt;
  for (const Value& item : call.self.object->items) {
    const auto same =
        compare_values(Op::strict_equal, item, call.argument(0), Language::javascript);
    if (!same) return std::nullopt;
    if (*same) return Value::boolean(true);
  }
  return Value::boolean(false);
}
std::optional<Value> index_of_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || call.self.object->open) return std::nullopt;
  for (std::size_t i = 0; i < call.self.object->items.size(); ++i) {
    const auto same = compare_values(Op::strict_equal, call.self.object->items[i], call.argument(0),
                                     Language::javascript);
    if (!same) return std::nullopt;
    if (*same) return Value::of_number(static_cast<double>(i));
  }
  return Value::of_number(-1);
}

Value call_each(PureCall& call, std::size_t i) {
  const Value item = call.self.object->items[i];
  return call.interpreter.call(call.frame, call.argument(0), Value::undefined(),
                               {item, Value::of_number(static_cast<double>(i)), call.self},
                               call.site);
}
bool is_callable(const Value& value) {
  return value.is(ValueKind::function) || value.is(ValueKind::api);
}

std::optional<Value> map_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i)
    out.push_back(call_each(call, i));
  if (call.self.object->open && call.self.object->items.empty()) {
    const Value item =
        Value::unknown(call.self.object->from | call.self.from, call.self.object->trace);
    out.push_back(
        call.interpreter.call(call.frame, call.argument(0), Value::undefined(), {item}, call.site));
  }
  Value list = call.interpreter.make_list(std::move(out));
  list.object->open = call.self.object->open;
  return list.with(call.self.from);
}
std::optional<Value> for_each(PureCall& call) {
  if (!map_list(call)) return std::nullopt;
  return Value::undefined();
}
std::optional<Value> filter_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  std::vector<Value> out;
  bool open = call.self.object->open;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    const Value item = call.self.object->items[i];
    const auto keeps = truth(call_each(call, i), Language::javascript);
    open = open || !keeps;
    if (!keeps || *keeps) out.push_back(item);
  }
  Value list = call.interpreter.make_list(std::move(out));
  list.object->open = open;
  list.object->from = call.self.object->from;
  return list;
}
std::optional<Value> reduce_list(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !call.argument(0).is(ValueKind::function) ||
      call.self.object->open)
    return std::nullopt;
  std::size_t i = 0;
  Value total = call.argument(1);
  if (call.arguments.size() < 2) {
    if (call.self.object->items.empty()) return std::nullopt;
    total = call.self.object->items[i++];
  }
  for (; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    total = call.interpreter.call(
        call.frame, call.argument(0), Value::undefined(),
        {total, call.self.object->items[i], Value::of_number(static_cast<double>(i))}, call.site);
  }
  return total;
}
// find, some, every: every item is shown to the callback until the answer is known.
std::optional<Value> find_item(PureCall& call) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  Value found = Value::undefined();
  bool is_sure = !call.self.object->open;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    const Value item = call.self.object->items[i];
    const auto fits = truth(call_each(call, i), Language::javascript);
    if (fits && !*fits) continue;
    found = call.interpreter.join(found, item);
    if (fits && is_sure) return item;
    is_sure = is_sure && fits.has_value();
  }
  return is_sure ? found : found.with(call.self.object->from);
}
std::optional<Value> some_or_every(PureCall& call, bool wanted) {
  if (!call.self.is(ValueKind::list) || !is_callable(call.argument(0))) return std::nullopt;
  bool is_sure = !call.self.object->open;
  for (std::size_t i = 0; i < call.self.object->items.size() && call.interpreter.spend(1); ++i) {
    const auto fits = truth(call_each(call, i), Language::javascript);
    if (fits && *fits == wanted) return Value::boolean(wanted);
    is_sure = is_sure && fits.has_value();
  }
  return is_sure ? Value::boolean(!wanted) : Value::unknown();
}
std::optional<Value> some_item(PureCall& call) { return some_or_every(call, true); }
std::optional<Value> every_item(PureCall& call) { return some_or_every(call, false); }
std::optional<Value> item_at(PureCall& call) {
  const auto place = number(call, 0);
  if (!call.self.is(ValueKind::list) || call.self.object->open || !place) return std::nullopt;
  const auto& items = call.self.object->items;
  const double at = *place < 0 ? *place + static_cast<double>(items.size()) : *place;
  if (!(at >= 0) || at >= static_cast<double>(items.size())) return Value::undefined();
  return items[static_cast<std::size_t>(at)];
}
std::optional<Value> flatten(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  std::vector<Value> out;
  bool is_open = call.self.object->open;
  Sources from = call.self.object->from;
  for (const Value& item : call.self.object->items) {
    if (item.is(ValueKind::list)) {
      out.insert(out.end(), item.object->items.begin(), item.object->items.end());
      is_open = is_open || item.object->open;
      from |= item.object->from;
    } else {
      out.push_back(item);
    }
  }
  call.interpreter.spend(out.size() / 8);
  Value list = call.interpreter.make_list(std::move(out));
  list.object->open = is_open;
  list.object->from = from;
  return list;
}
std::optional<Value> flat_map(PureCall& call) {
  const std::optional<Value> mapped = map_list(call);
  if (!mapped) return std::nullopt;
  PureCall flat{call.interpreter, call.frame, call.site, *mapped, call.arguments, call.keywords};
  return flatten(flat);
}
// In the order of their texts; a callback's order is not followed, the items stay what they are.
std::optional<Value> sort_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  auto& items = call.self.object->items;
  const bool is_plain =
      call.argument(0).is(ValueKind::undefined) &&
      std::ranges::all_of(items, [](const Value& item) { return item.is_constant_text(); });
  if (is_plain)
    std::ranges::stable_sort(items, {},
                             [](const Value& item) { return std::string_view(*item.text); });
  call.interpreter.spend(items.size());
  return call.self;
}
std::optional<Value> fill_list(PureCall& call) {
  if (!call.self.is(ValueKind::list)) return std::nullopt;
  for (Value& item : call.self.object->items) item = call.argument(0);
  return call.self;
}

// --- objects

std::optional<Value> has_own(PureCall& call) {
  const auto name = constant(call, 0);
  if (!call.self.is(ValueKind::object) || !name || call.self.object->open) return std::nullopt;
  return Value::boolean(call.self.object->find(call.interpreter.names().intern(*name)) != nullptr);
}

// --- functions

std::optional<Value> array_make(PureCall& call) {
  constexpr double most = 100'000;
  if (call.arguments.size() == 1 && call.argument(0).is(ValueKind::number)) {
    if (!(call.argument(0).number >= 0) || call.argument(0).number > most) return std::nullopt;
    return call.interpreter.make_list(
        std::vector<Value>(static_cast<std::size_t>(call.argument(0).number), Value::undefined()));
  }
  return call.interpreter.make_list(call.arguments);
}
std::optional<Value> array_from(PureCall& call) {
  const Value& source = call.argument(0);
  std::vector<Value> items;
  if (source.is(ValueKind::list)) {
    if (source.object->open) return std::nullopt;
    items = source.object->items;
  } else if (source.is(ValueKind::bytes) && source.complete) {
    for (const char byte : *source.text)
      items.push_back(Value::of_number(static_cast<unsigned char>(byte)).with(source.from));
  } else if (source.is_constant_text()) {
    for (std::size_t at = 0; at < source.text->size();) {
      const std::size_t before = at;
      next_code_point(*source.text, at);
      items.push_back(Value::string(source.text->substr(before, at - before)).with(source.from));
    }
  } else {
    return std::nullopt;
  }
  if (!call.interpreter.spend(items.size())) return std::nullopt;
  if (is_callable(call.argument(1))) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      items[i] =
          call.interpreter.call(call.frame, call.argument(1), Value::undefined(),
                                {items[i], Value::of_number(static_cast<double>(i))}, call.site);
    }
  }
  return call.interpreter.make_list(std::move(items));
}
std::optional<Value> object_keys(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open || source.object->has_fallback)
    return std::nullopt;
  std::vector<Value> keys;
  for (const auto& property : source.object->properties)
    keys.push_back(Value::string(std::string(call.interpreter.names()[property.first])));
  return call.interpreter.make_list(std::move(keys));
}
std::optional<Value> object_values(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open) return std::nullopt;
  std::vector<Value> values;
  for (const auto& property : source.object->properties) values.push_back(property.second);
  return call.interpreter.make_list(std::move(values));
}
std::optional<Value> object_entries(PureCall& call) {
  const Value& source = call.argument(0);
  if (!source.is(ValueKind::object) || source.object->open) return std::nullopt;
  std::vector<Value> entries;
  for (const auto& [name, value] : source.object->properties) {
    entries.push_back(call.interpreter.make_list(
        {Value::string(std::string(call.interpreter.names()[name])), value}));
  }
  return call.interpreter.make_list(std::move(entries));
}
std::optional<Value> object_from_entries(PureCall& call) {
  const Value& entries = call.argument(0);
  if (!entries.is(ValueKind::list)) return std::nullopt;
  Object* made = call.interpreter.make_object();
  made->open = entries.object->open;
  made->from = entries.object->from;
  for (const Value& entry : entries.object->items) {
    const bool is_pair = entry.is(ValueKind::list) && entry.object->items.size() == 2 &&
                         entry.object->items[0].is_constant_text();
    if (is_pair) {
      made->set(call.interpreter.names().intern(*entry.object->items[0].text),
                entry.object->items[1]);
    } else {
      made->open = true;
      made->from |= call.interpreter.sources_of(entry);
    }
  }
  return Value::of_object(ValueKind::object, made);
}
std::optional<Value> object_assign(PureCall& call) {
  if (!call.argument(0).is(ValueKind::object)) return std::nullopt;
  Object* target = call.argument(0).object;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    const Value& source = call.arguments[i];
    if (source.is(ValueKind::object)) {
      for (const auto& [name, value] : source.object->properties) target->set(name, value);
      target->open = target->open || source.object->open;
      target->from |= source.object->from | source.from;
    } else {
      target->open = true;
      target->from |= call.interpreter.sources_of(source);
      if (target->trace == 0) target->trace = call.interpreter.trace_of(source, target->from);
    }
  }
  return call.argument(0);
}
std::optional<Value> define_property(PureCall& call) {
  const auto name = constant(call, 1);
  if (!name || !call.argument(2).is(ValueKind::object)) return std::nullopt;
  const auto find = [&](std::string_view key) {
    return call.argument(2).object->find(call.interpreter.names().intern(key));
  };
  const NameId id = call.interpreter.names().intern(*name);
  if (const Value* value = find("value")) {
    call.interpreter.set_property(call.frame, call.argument(0), id, *value, call.site);
  } else if (const Value* getter = find("get");
             getter != nullptr && getter->is(ValueKind::function)) {
    call.interpreter.set_property(
        call.frame, call.argument(0), id,
        call.interpreter.call(call.frame, *getter, call.argument(0), {}, call.site), call.site);
  }
  return call.argument(0);
}

// list.entries(), which as a text gives away what it is.
std::optional<Value> list_entries(PureCall& call) {
  if (call.self.object->open) return std::nullopt;
  std::vector<Value> pairs;
  for (std::size_t i = 0; i < call.self.object->items.size(); ++i) {
    if (!call.interpreter.spend(1)) return std::nullopt;
    pairs.push_back(call.interpreter.make_list(
        {Value::of_number(static_cast<double>(i)), call.self.object->items[i]}));
  }
  Value made = call.interpreter.make_list(std::move(pairs));
  made.object->set(call.interpreter.names().intern("Symbol.toStringTag"),
                   Value::string("Array Iterator"));
  return made;
}

constexpr Row methods_of_lists[] = {
    {"concat", concat_list}, {"fill", fill_list},         {"filter", filter_list},
    {"forEach", for_each},   {"includes", includes_list}, {"indexOf", index_of_list},
    {"join", join_list},     {"map", map_list},           {"pop", pop},
    {"push", push},          {"reduce", reduce_list},     {"reverse", reverse_list},
    {"shift", shift},        {"slice", slice_list},       {"splice", splice},
    {"toString", join_list}, {"unshift", unshift},        {"flat", flatten},
    {"flatMap", flat_map},   {"find", find_item},         {"some", some_item},
    {"every", every_item},   {"entries", list_entries},   {"at", item_at},
    {"sort", sort_list}};
constexpr Row methods_of_objects[] = {{"hasOwnProperty", has_own}, {"test", test_pattern}};
constexpr Row functions[] = {{"Array", array_make},
                             {"Array.of", array_make},
                             {"Array.from", array_from},
                             {"Object.keys", object_keys},
                             {"Object.values", object_values},
                             {"Object.entries", object_entries},
                             {"Object.assign", object_assign},
                             {"Object.fromEntries", object_from_entries},
                             {"Object.getOwnPropertyNames", object_keys},
                             {"Object.defineProperty", define_property}};

}  // namespace

std::span<const Row> list_methods() { return methods_of_lists; }
std::span<const Row> object_methods() { return methods_of_objects; }
std::span<const Row> container_functions() { return functions; }

}  // namespace assay::code::javascript_library
