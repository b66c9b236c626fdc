// Python's ways to reach objects by name, to order them and to unpickle them.
#include <algorithm>

#include "base/text.h"
#include "facts/code/flow/library_python.h"
#include "facts/code/flow/pickle.h"

namespace assay::code::python_library {

std::optional<Value> decode_list(PureCall& call) {
  std::string out;
  for (const Value& item : call.self.object->items) {
    if (!item.is(ValueKind::number) || call.self.object->open) return std::nullopt;
    out += static_cast<char>(static_cast<int>(item.number) & 0xFF);
  }
  return Value::string(std::move(out)).with(call.interpreter.sources_of(call.self));
}

namespace {

// Sorts constants of one kind; the keys of a dict come as a list.
std::optional<Value> sorted_values(PureCall& call) {
  const Value& source = call.argument(0);
  if (source.is(ValueKind::object) && source.object->made_by == nullptr && !source.object->open) {
    std::vector<Value> keys;
    for (const auto& property : source.object->properties) {
      keys.push_back(Value::string(std::string(call.interpreter.names()[property.first])));
    }
    return call.interpreter.make_list(std::move(keys));
  }
  auto items = items_of(call, source);
  if (!items || call.keyword("key") != nullptr) return std::nullopt;
  const auto is_number = [](const Value& item) { return item.is(ValueKind::number); };
  const auto is_text = [](const Value& item) { return item.is_constant_text(); };
  if (std::ranges::all_of(*items, is_number)) {
    std::ranges::stable_sort(*items, {}, &Value::number);
  } else if (std::ranges::all_of(*items, is_text)) {
    std::ranges::stable_sort(*items,
                             [](const Value& a, const Value& b) { return *a.text < *b.text; });
  } else {
    return std::nullopt;
  }
  const Value* turned = call.keyword("reverse");
  if (turned != nullptr && truth(*turned, Language::python).value_or(false))
    std::ranges::reverse(*items);
  return call.interpreter.make_list(std::move(*items));
}

// type(f) of a function makes functions from code.
std::optional<Value> type_of(PureCall& call) {
  if (call.arguments.size() != 1 || !call.argument(0).is(ValueKind::function)) return std::nullopt;
  return Value::of_api(call.interpreter.names().intern("types.FunctionType"));
}

std::optional<Value> attribute_getter(PureCall& call) {
  Object* made = call.interpreter.make_object();
  made->items = call.arguments;
  Value value = Value::of_api(call.interpreter.names().intern("operator.attrgetter()"));
  value.object = made;
  return value;
}
std::optional<Value> get_named(PureCall& call) {
  const Value* name = made_with(call, 0);
  if (name == nullptr || !name->is_constant_text()) return std::nullopt;
  Value value = call.argument(0);
  for (const std::string_view part : split(*name->text, '.')) {
    value = call.interpreter.property(call.frame, value, call.interpreter.names().intern(part));
  }
  return value;
}

std::optional<Value> unpickle(PureCall& call) {
  const Value& stream = call.argument(0);
  if (!stream.is_constant_text()) return std::nullopt;
  return run_pickle(call, *stream.text);
}

constexpr Row functions[] = {{"sorted", sorted_values},
                             {"type", type_of},
                             {"operator.attrgetter", attribute_getter},
                             {"operator.attrgetter()", get_named},
                             {"pickle.loads", unpickle},
                             {"cPickle.loads", unpickle},
                             {"_pickle.loads", unpickle},
                             {"dill.loads", unpickle},
                             {"cloudpickle.loads", unpickle}};

}  // namespace

std::span<const Row> object_functions() { return functions; }

}  // namespace assay::code::python_library
