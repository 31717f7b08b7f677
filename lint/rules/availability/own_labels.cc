#include "lint/rules/availability/own_labels.h"

#include "lint/model/pods.h"

namespace sts::lint::availability {

OwnMatch match_own(const Object& workload, kube::Value label_selector, const Index& index) {
  OwnMatch result;
  if (!label_selector) {
    result.missed = true;
    result.difference = "has no labelSelector, so it selects nothing";
    return result;
  }
  const Labels own = pod_labels(workload, index);
  if (selects(label_selector, Labels(), own) != Match::kNo) return result;
  result.missed = true;
  result.place = label_selector;
  const kube::Value pairs = label_selector.get("matchLabels");
  const std::string key = mismatching_key(read_labels(pairs), own);
  if (key.empty()) {
    result.difference = "does not select the pods' own labels";
    return result;
  }
  result.place = pairs.get(key);
  const auto given = own.known.find(key);
  result.difference =
      "selects " + key + ": " + std::string(pairs.get(key).text()) + ", but the pods have ";
  result.difference += given == own.known.end() ? "no label " + key
                       : given->second          ? key + ": " + *given->second
                                                : "another " + key;
  return result;
}

}  // namespace sts::lint::availability
