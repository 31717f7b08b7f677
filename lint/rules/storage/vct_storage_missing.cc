#include "kube/semantics/quantity.h"
#include "lint/model/text.h"
#include "lint/rules/storage/storage.h"

#include <cctype>

namespace sts::lint {

static void check(const Object& object, const RuleContext& context, Findings& findings);

extern const Rule kVctStorageMissing{
    405, "vct-storage-missing", Severity::kError,
    "a claim template whose storage request is absent, zero, negative or no quantity", check};

namespace {

/// The value as the API server gets it: kubectl has made JSON of `0x10` and `1_000` before.
std::string as_json(kube::Value value) {
  if (value.type() == kube::ScalarType::kInt) {
    if (const auto integer = value.integer()) return std::to_string(*integer);
  }
  return std::string(value.text());
}

/// "10 GB" was meant as 10G, "10gib" as 10Gi; empty where nothing can be made of it.
std::string repaired(std::string_view text) {
  std::string number;
  std::string unit;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) continue;
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      unit += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (unit.empty()) {
      number += c == ',' ? '.' : c;
    } else {
      return {};
    }
  }
  if (unit.size() > 1 && unit.back() == 'b') unit.pop_back();
  if (unit.size() == 2 && unit.back() != 'i') return {};
  if (!unit.empty()) unit[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(unit[0])));
  if (unit == "K") unit = "Ki";
  const Result<kube::Quantity> quantity = kube::parse_quantity(number + unit);
  return quantity && quantity->sign() > 0 ? number + unit : std::string();
}

}  // namespace

static void check(const Object& object, const RuleContext& context, Findings& findings) {
  for (const storage::Claim& claim : storage::claims_of(object)) {
    const std::string subject = claim.what + " of " + title(object);
    const std::string outcome = ": " + storage::rejection(object, context.options);
    const kube::Value resources = claim.spec.get("resources");
    const kube::Value requests = resources.get("requests");
    const kube::Value value = requests.get("storage");
    if (!value.exists()) {
      if ((resources && !resources.is_mapping()) || (requests && !requests.is_mapping()) ||
          resources.get("storage").exists() || resources.get("request").exists() ||
          claim.spec.get("requests").exists() || claim.spec.get("storage").exists() ||
          claim.written_otherwise("resources")) {
        continue;
      }
      const kube::Value parent = requests.exists()    ? requests
                                 : resources.exists() ? resources
                                                      : claim.spec;
      const std::string message = subject + " requests no storage" + outcome;
      auto finding =
          parent.exists()
              ? findings.at_key(kVctStorageMissing, Severity::kError, object, parent, message)
              : findings.at(kVctStorageMissing, Severity::kError, object, claim.name, message);
      const kube::Value limit = resources.get("limits", "storage");
      finding.fix("resources: {requests: {storage: " +
                  (limit.is_scalar() && !limit.is_placeholder() ? std::string(limit.text())
                                                                : std::string("10Gi")) +
                  "}}");
      continue;
    }
    if (value && (!value.is_scalar() || value.is_placeholder())) continue;
    const std::string text = value.is_null() ? "0" : as_json(value);
    const Result<kube::Quantity> quantity = kube::parse_quantity(text);
    if (!quantity) {
      const std::string meant = repaired(text);
      findings
          .at(kVctStorageMissing, Severity::kError, object, value,
              subject + " requests " + quoted(text) + " of storage, which is no quantity" + outcome)
          .fix(meant.empty() ? "write a number with a unit such as Mi, Gi or Ti"
                             : "storage: " + meant);
    } else if (quantity->sign() <= 0) {
      const std::string amount = value.is_null() ? "an empty amount" : quoted(text);
      const std::string message =
          subject + " requests " + amount + " of storage, which must be more than zero" + outcome;
      auto finding =
          value.is_null()
              ? findings.at_key(kVctStorageMissing, Severity::kError, object, value, message)
              : findings.at(kVctStorageMissing, Severity::kError, object, value, message);
      finding.fix("storage: 10Gi");
    } else if (!quantity->is_whole()) {
      // The API server says so too, as a warning (pkg/api/persistentvolumeclaim/util.go).
      const bool milli = text.back() == 'm';
      findings
          .at(kVctStorageMissing, Severity::kWarning, object, value,
              subject + " requests " + quoted(text) + " of storage, which is a fraction of a byte" +
                  (milli ? std::string(": \"m\" means thousandths") : std::string()))
          .fix(milli ? "storage: " + text.substr(0, text.size() - 1) + "Mi"
                     : std::string("write a number with a unit such as Mi, Gi or Ti"));
    }
  }
}

}  // namespace sts::lint
