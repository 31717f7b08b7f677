#include "kube/resources/fields.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace sts::kube {

struct Fields::Problem {
  std::string kind;
  std::string text;
};

Fields::Fields(const nlohmann::json& object, std::string_view kind)
    : object_(&object), problem_(std::make_shared<Problem>()) {
  problem_->kind = kind;
  if (!object.is_object()) {
    problem_->text = std::string(kind) + ": is " + object.type_name() + ", expected an object";
    object_ = nullptr;
  }
}

Fields::Fields(const nlohmann::json* object, std::string path, std::shared_ptr<Problem> problem)
    : object_(object), path_(std::move(path)), problem_(std::move(problem)) {}

const std::string& Fields::problem() const { return problem_->text; }

void Fields::note(std::string_view key, const nlohmann::json& found,
                  std::string_view expected) const {
  if (!problem_->text.empty()) return;
  problem_->text = problem_->kind + ": " + path_ + "." + std::string(key) + " is " +
                   found.type_name() + ", expected " + std::string(expected);
}

const nlohmann::json* Fields::raw(std::string_view key) const {
  if (object_ == nullptr) return nullptr;
  const auto found = object_->find(key);
  return found == object_->end() || found->is_null() ? nullptr : &*found;
}

bool Fields::has(std::string_view key) const { return raw(key) != nullptr; }

const nlohmann::json* Fields::typed(std::string_view key, std::string_view expected) const {
  const nlohmann::json* const value = raw(key);
  if (value == nullptr) return nullptr;
  const bool fits = expected == "a string"         ? value->is_string()
                    : expected == "a boolean"      ? value->is_boolean()
                    : expected == "a whole number" ? value->is_number_integer()
                    : expected == "a list"         ? value->is_array()
                                                   : value->is_object();
  if (fits) return value;
  note(key, *value, expected);
  return nullptr;
}

std::string Fields::text(std::string_view key) const { return optional_text(key).value_or(""); }

std::optional<std::string> Fields::optional_text(std::string_view key) const {
  const nlohmann::json* const value = typed(key, "a string");
  if (value == nullptr) return std::nullopt;
  return value->get<std::string>();
}

std::optional<bool> Fields::boolean(std::string_view key) const {
  const nlohmann::json* const value = typed(key, "a boolean");
  if (value == nullptr) return std::nullopt;
  return value->get<bool>();
}

std::optional<std::int64_t> Fields::integer(std::string_view key) const {
  const nlohmann::json* const value = typed(key, "a whole number");
  if (value == nullptr) return std::nullopt;
  return value->get<std::int64_t>();
}

std::int64_t Fields::integer(std::string_view key, std::int64_t otherwise) const {
  return integer(key).value_or(otherwise);
}

std::optional<IntOrPercent> Fields::int_or_percent(std::string_view key) const {
  const nlohmann::json* const value = raw(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer()) return IntOrPercent{value->get<std::int64_t>(), false};
  if (value->is_string()) {
    if (auto percent = parse_percent(value->get_ref<const std::string&>())) return percent;
  }
  note(key, *value, "a number or a percentage");
  return std::nullopt;
}

std::optional<Time> Fields::time(std::string_view key) const {
  const nlohmann::json* const value = typed(key, "a string");
  if (value == nullptr) return std::nullopt;
  auto time = parse_time(value->get_ref<const std::string&>());
  if (!time) note(key, *value, "a time");
  return time;
}

StringMap Fields::strings(std::string_view key) const {
  StringMap map;
  const Fields fields = object(key);
  if (fields.object_ == nullptr) return map;
  for (const auto& [name, value] : fields.object_->items()) {
    if (value.is_string()) {
      map.emplace(name, value.get<std::string>());
    } else if (!value.is_null()) {
      fields.note(name, value, "a string");
    }
  }
  return map;
}

std::vector<std::string> Fields::list(std::string_view key) const {
  std::vector<std::string> texts;
  const nlohmann::json* const value = typed(key, "a list");
  if (value == nullptr) return texts;
  for (const nlohmann::json& item : *value) {
    if (item.is_string()) {
      texts.push_back(item.get<std::string>());
    } else {
      note(std::string(key) + "[]", item, "a string");
    }
  }
  return texts;
}

Fields Fields::object(std::string_view key) const {
  return {typed(key, "an object"), path_ + "." + std::string(key), problem_};
}

void Fields::each(std::string_view key, const std::function<void(const Fields&)>& visit) const {
  const nlohmann::json* const value = typed(key, "a list");
  if (value == nullptr) return;
  std::size_t index = 0;
  for (const nlohmann::json& item : *value) {
    const std::string place = std::string(key) + "[" + std::to_string(index++) + "]";
    if (item.is_object()) {
      visit({&item, path_ + "." + place, problem_});
    } else if (!item.is_null()) {
      note(place, item, "an object");
    }
  }
}

}  // namespace sts::kube
