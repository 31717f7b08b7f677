#include "lint/change/set_change.h"
#include "lint/model/text.h"

namespace sts::lint {

static void check(const Change& change, const ChangeContext& context, Findings& findings);

extern const Rule kImmutableChanged{501,
                                    "immutable-changed",
                                    Severity::kError,
                                    "an edit to a field of a StatefulSet that can never change",
                                    nullptr,
                                    false,
                                    check};

namespace {

std::string shown(kube::Value value, std::optional<std::string_view> standard = std::nullopt) {
  if (!value && standard && !standard->empty()) return quoted(*standard) + " (the default)";
  if (!value) return "nothing";
  return value.is_scalar() ? quoted(value.text()) : "another value";
}

// What the API server compares (ValidateStatefulSetUpdate, apps/validation/validation.go: all of
// spec but a list of fields that has grown with the versions, see immutable-changed-by-version).
struct Field {
  std::string_view name;
  std::optional<std::string_view> standard;
};
constexpr Field kFields[] = {
    {"serviceName", ""},
    {"podManagementPolicy", "OrderedReady"},
    {"selector", std::nullopt},
};

std::string remedy(const Object& set, std::string_view field) {
  if (field == "selector") {
    return "keep the selector as it was: the pods that run would not be taken over by another";
  }
  return replace_recipe(set);
}

void check_field(const Change& change, const Field& field, Findings& findings) {
  const std::string pointer = "/spec/" + std::string(field.name);
  if (!field_known(change, pointer)) return;
  const kube::Value before = value_at(*change.before, pointer);
  const kube::Value after = value_at(*change.after, pointer);
  const Comparison compared = compare(before, after, [&](std::string_view path) {
    return path.empty() ? FieldView{FieldView::As::kValue, field.standard} : FieldView{};
  });
  if (compared.differences.empty()) return;
  const Difference& first = compared.differences.front();
  const kube::Value place = first.after.exists() ? first.after : after;
  const std::string message = dotted(pointer + first.path) + " of " + title(*change.after) +
                              " changes from " + shown(first.before, field.standard) + " to " +
                              shown(first.after, field.standard) +
                              ": the API server refuses it, this field can never change";
  auto finding =
      place.exists()
          ? findings.at(kImmutableChanged, Severity::kError, *change.after, place, message)
          : findings.at_key(kImmutableChanged, Severity::kError, *change.after,
                            change.after->root.get("spec"), message);
  if (first.before.exists()) finding.related(first.before, "what it was");
  finding.fix(remedy(*change.after, field.name));
}

// The same template in another form: an entry that grew, shrank or went is said by rules of its
// own.
bool has_own_rule(const Difference& difference) {
  return difference.path == "/spec/resources/requests/storage";
}

void check_claim_templates(const Change& change, Findings& findings) {
  const ClaimTemplates before(*change.before);
  const ClaimTemplates after(*change.after);
  if (!before.known || !after.known) return;
  const auto report = [&](kube::Value place, const std::string& what, kube::Value was) {
    auto finding = findings.at(kImmutableChanged, Severity::kError, *change.after, place,
                               what +
                                   ": the API server refuses it, claim templates can never "
                                   "change");
    if (was.exists()) finding.related(was, "what it was");
    finding.fix(replace_recipe(*change.after));
  };
  const std::string owner = " of " + title(*change.after);
  bool same_names = before.all.size() == after.all.size();
  for (const auto& [name, item] : after.all) {
    const kube::Value was = before.find(name);
    if (!was.exists()) {
      same_names = false;
      // Where one goes and one comes it was renamed: vct-renamed-or-removed.
      if (after.all.size() > before.all.size()) {
        report(item.get("metadata", "name"), "claim template " + quoted(name) + owner + " is new",
               {});
      }
      continue;
    }
    for (const Difference& difference : compare(was, item, claim_template_view).differences) {
      if (has_own_rule(difference)) continue;
      const std::string what = "claim template " + quoted(name) + owner + " changes " +
                               dotted(difference.path) + " from " + shown(difference.before) +
                               " to " + shown(difference.after);
      report(difference.after.exists() ? difference.after : item.get("metadata", "name"), what,
             difference.before);
      break;
    }
  }
  if (!same_names) return;
  for (std::size_t i = 0; i < after.all.size(); ++i) {
    if (before.all[i].first == after.all[i].first) continue;
    report(after.all[i].second.get("metadata", "name"),
           "the claim templates" + owner + " change their order", {});
    break;
  }
}

}  // namespace

static void check(const Change& change, const ChangeContext& context, Findings& findings) {
  (void)context;
  if (!is_change_of(change, Kind::kStatefulSet)) return;
  for (const Field& field : kFields) check_field(change, field, findings);
  check_claim_templates(change, findings);
}

}  // namespace sts::lint
