#include "rollout/report/machine.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace sts::rollout {
namespace {

using Json = nlohmann::ordered_json;

void emit(YAML::Emitter& out, const Json& json) {
  switch (json.type()) {
    case Json::value_t::object:
      out << YAML::BeginMap;
      for (const auto& [key, value] : json.items()) {
        out << YAML::Key << key << YAML::Value;
        emit(out, value);
      }
      out << YAML::EndMap;
      return;
    case Json::value_t::array:
      if (json.empty()) out << YAML::Flow;
      out << YAML::BeginSeq;
      for (const Json& item : json) emit(out, item);
      out << YAML::EndSeq;
      return;
    case Json::value_t::string:
      // The emitter writes `true` and `12` without quotes even where they are strings.
      out << YAML::DoubleQuoted << json.get_ref<const std::string&>();
      return;
    case Json::value_t::boolean:
      out << json.get<bool>();
      return;
    case Json::value_t::null:
      out << YAML::Null;
      return;
    default:
      out << json.get<std::int64_t>();
  }
}

}  // namespace

std::string to_json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::string to_yaml_text(const nlohmann::ordered_json& json) {
  // By way of text, which replaces what is no UTF-8.
  const Json clean = Json::parse(to_json_text(json));
  YAML::Emitter out;
  out.SetNullFormat(YAML::LowerNull);
  out.SetOutputCharset(YAML::EscapeNonAscii);
  emit(out, clean);
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace sts::rollout
