#include "kube/semantics/names.h"
#include "lint/index/index.h"
#include "lint/model/text.h"
#include "lint/model/workload.h"
#include "lint/rule.h"
#include "lint/rules/shape/common.h"

#include <cctype>
#include <string>
#include <string_view>

namespace sts::lint {

extern const Rule kNameNotDnsLabel;

namespace {

/// The nearest good name, or "" where little would be left of it.
std::string mended(std::string_view name, bool dots) {
  std::string out;
  for (const char c : name) {
    const bool alnum =
        std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80;
    if (alnum) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (c == '.' && dots) {
      out += '.';
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && (out.back() == '-' || out.back() == '.')) out.pop_back();
  return out.size() * 2 >= name.size() ? out : "";
}

void check(const Object& object, const RuleContext&, Findings& findings) {
  if (!is_set(object) || object.name.empty()) return;
  if (!shape::sent_as_written(object, "/metadata/name")) return;
  // A StatefulSet's name becomes its pods' host names and must be a label; a DaemonSet's may have
  // dots (pkg/apis/apps/validation: ValidateStatefulSetName, ValidateDaemonSetName). Length is
  // name-too-long's.
  const bool dots = object.kind == Kind::kDaemonSet;
  if (!dots && object.name.size() > kube::kMaxLabelLength) return;
  const std::string problem = dots ? kube::dns1123_subdomain_problem(object.name)
                                   : kube::dns1123_label_problem(object.name);
  if (problem.empty()) return;
  auto report = findings.at(kNameNotDnsLabel, Severity::kError, object, object.metadata.get("name"),
                            "the API server rejects the name " + quoted(object.name) + " of this " +
                                std::string(object.kind_name) + ": " + problem);
  if (const std::string name = mended(object.name, dots); !name.empty()) {
    report.fix("name: " + name);
  }
}

}  // namespace

extern const Rule kNameNotDnsLabel{303, "name-not-dns-label", Severity::kError,
                                   "a name that the API server refuses", check};

}  // namespace sts::lint
