#include "kube/semantics/quantity.h"
#include "lint/model/text.h"
#include "lint/rules/shape/common.h"
#include "lint/rules/shape/value_checks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>

namespace sts::lint::shape {

namespace {

using kube::FieldKind;
using kube::ScalarType;
using kube::Value;

/// "the number 8080", "the boolean true", "a mapping".
std::string described(Value value) {
  if (value.is_mapping()) return "a mapping";
  if (value.is_sequence()) return "a list";
  switch (value.type()) {
    case ScalarType::kBool:
      return "the boolean " + std::string(value.text());
    case ScalarType::kInt:
    case ScalarType::kFloat:
      return "the number " + std::string(value.text());
    default:
      return "the string " + quoted(value.text());
  }
}

bool quotable(Value value) {
  return value.is_scalar() && value.type() != ScalarType::kString &&
         value.text().find_first_of("\"\\\n") == std::string_view::npos;
}

/// Is this the JSON of a whole number? kubectl turns 3.0 into 3 on the way.
bool whole(Value value) {
  if (value.type() == ScalarType::kInt) return true;
  if (value.type() != ScalarType::kFloat) return false;
  const double number = std::strtod(std::string(value.text()).c_str(), nullptr);
  return std::isfinite(number) && number == std::floor(number);
}

bool looks_like_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void need_integer(Value value, FieldKind kind, const Complain& complain) {
  if (!value.is_scalar() || !whole(value)) {
    const bool plain = value.is_scalar() && looks_like_number(value.text());
    complain(value, "must be a whole number, not " + described(value),
             plain ? std::string(value.text()) + " without quotes" : "");
    return;
  }
  const auto number = value.integer();
  if (kind == FieldKind::kInt32 && number &&
      (*number > std::numeric_limits<std::int32_t>::max() ||
       *number < std::numeric_limits<std::int32_t>::min())) {
    complain(value, "must fit into 32 bits, and " + std::string(value.text()) + " does not", "");
  }
}

void need_quantity(Value value, const Complain& complain) {
  if (!value.is_scalar() || value.type() == ScalarType::kBool) {
    complain(value, "must be a quantity such as 500m or 1Gi, not " + described(value), "");
    return;
  }
  if (value.type() != ScalarType::kString) return;
  if (kube::parse_quantity(value.text())) return;
  std::string fix;
  const std::string_view text = value.text();
  // 512MB and 1GB are the usual slips; Mi and Gi are what is meant.
  if (text.size() > 2 && text.back() == 'B') {
    std::string guess(text.substr(0, text.size() - 1));
    if (guess.back() != 'i') guess += 'i';
    if (guess[guess.size() - 2] == 'k') guess[guess.size() - 2] = 'K';
    if (kube::parse_quantity(guess)) fix = guess;
  }
  complain(value, "must be a quantity such as 500m or 1Gi, and " + quoted(text) + " is none", fix);
}

void check_one(FieldKind kind, Value value, const Complain& complain) {
  if (!value || value.is_placeholder()) return;
  switch (kind) {
    case FieldKind::kStruct:
      if (!value.is_mapping()) complain(value, "must be a mapping, not " + described(value), "");
      break;
    case FieldKind::kString:
    case FieldKind::kEnum:
    case FieldKind::kTime:
      if (!value.is_scalar() || value.type() != ScalarType::kString) {
        complain(value, "must be a string, not " + described(value),
                 quotable(value) ? "\"" + std::string(value.text()) + "\"" : "");
      }
      break;
    case FieldKind::kInt32:
    case FieldKind::kInt64:
      need_integer(value, kind, complain);
      break;
    case FieldKind::kBool:
      if (!value.is_scalar() || value.type() != ScalarType::kBool) {
        const bool word = value.is_scalar() && (value.text() == "true" || value.text() == "false");
        complain(value, "must be true or false, not " + described(value),
                 word ? std::string(value.text()) + " without quotes" : "");
      }
      break;
    case FieldKind::kQuantity:
      need_quantity(value, complain);
      break;
    case FieldKind::kIntOrString:
      if (!value.is_scalar() || (value.type() != ScalarType::kString && !whole(value))) {
        complain(value, "must be a whole number or a string, not " + described(value), "");
      }
      break;
    case FieldKind::kAny:
      break;
  }
}

}  // namespace

void check_type(const FieldSite& site, const Complain& complain) {
  const Value value = site.entry.value;
  if (site.field == nullptr || !value || value.is_placeholder()) return;
  const FieldKind kind = site.field->kind;
  switch (site.field->shape) {
    case kube::Shape::kOne:
      check_one(kind, value, complain);
      return;
    case kube::Shape::kList:
      if (!value.is_sequence()) {
        complain(value, "must be a list, not " + described(value),
                 value.is_mapping() ? "start the item with \"- \"" : "");
        return;
      }
      for (Value item : value.items()) check_one(kind, item, complain);
      return;
    case kube::Shape::kMap:
      if (!value.is_mapping()) {
        if (kind != FieldKind::kAny)
          complain(value, "must be a mapping, not " + described(value), "");
        return;
      }
      for (const kube::Entry& entry : value.entries()) check_one(kind, entry.value, complain);
      return;
  }
}

}  // namespace sts::lint::shape
