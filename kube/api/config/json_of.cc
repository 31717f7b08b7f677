#include "kube/api/config/json_of.h"

#include <nlohmann/json.hpp>

namespace sts::kube {
namespace {

// NOLINTNEXTLINE(misc-no-recursion): the readers bound the nesting (kMaxDepth)
nlohmann::json to_json(const Value& value) {
  if (value.is_mapping()) {
    nlohmann::json result = nlohmann::json::object();
    for (const Entry& entry : value.entries()) {
      result[std::string(entry.key.text())] = to_json(entry.value);
    }
    return result;
  }
  if (value.is_sequence()) {
    nlohmann::json result = nlohmann::json::array();
    for (const Value item : value.items()) result.push_back(to_json(item));
    return result;
  }
  if (!value) return nullptr;
  if (const auto truth = value.boolean()) return *truth;
  if (const auto number = value.integer()) return *number;
  if (value.type() == ScalarType::kFloat) {
    const auto number = nlohmann::json::parse(value.text(), nullptr, false);
    if (number.is_number()) return number;
  }
  return std::string(value.text());
}

}  // namespace

std::string json_of(const Value& value) {
  if (!value) return "";
  return to_json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace sts::kube
