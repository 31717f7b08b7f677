#include "lint/rules/service/candidates.h"

#include "lint/model/near_miss.h"
#include "lint/model/pods.h"
#include "lint/model/service.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sts::lint::service {
namespace {

// Where names that are a near miss of each other meet: a word in common, or the same beginning or
// end (a slip rarely spoils both).
std::set<std::string> buckets(std::string_view name) {
  constexpr std::size_t kEnd = 2;
  std::set<std::string> result;
  if (name.size() >= kEnd) {
    result.insert("^" + std::string(name.substr(0, kEnd)));
    result.insert(std::string(name.substr(name.size() - kEnd)) + "$");
  }
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-._"), name.size());
    if (end > 0) result.insert(std::string(name.substr(0, end)));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return result;
}

// Less is better.
auto rank(const Candidate& candidate) {
  constexpr int kNotNear = 100;
  const int kind = candidate.selects && candidate.headless ? 0
                   : candidate.selects                     ? 1
                   : candidate.headless                    ? 2
                                                           : 3;
  return std::pair(kind, candidate.near_miss.value_or(kNotNear));
}

// It lies nearer to others that it serves: a repository holds many sets of the same labels.
bool is_anothers(const Object& service, const Object& set, const Index& index) {
  if (index.together(set, service)) return false;
  const auto own = Index::distance(service, set);
  const auto& governed = index.derived<Governed>().sets_of(service);
  if (std::any_of(governed.begin(), governed.end(), [&](const Object* other) {
        return other != &set && Index::distance(service, *other) <= own;
      })) {
    return true;
  }
  const auto& selected = index.derived<ServicePods>().of(service);
  return std::any_of(selected.begin(), selected.end(), [&](const Object* other) {
    return other != &set && Index::distance(service, *other) < own;
  });
}

}  // namespace

ServiceTable::ServiceTable(const Index& index) {
  for (const Object* service : index.of_kind(Kind::kService)) {
    for (const auto& [key, value] : index.selector(*service).known) {
      if (value) by_label_[key + "=" + *value].push_back(service);
    }
    for (const std::string& bucket : buckets(service->name)) by_bucket_[bucket].push_back(service);
  }
}

// In a project of very many like-named Services only the ones written nearby are looked at: all
// pairs would be quadratic.
void ServiceTable::add_window(const Services& from, const Object& around, Services& to) {
  constexpr std::ptrdiff_t kWindow = 32;
  const auto middle =
      std::lower_bound(from.begin(), from.end(), &around,
                       [](const Object* a, const Object* b) { return a->ordinal < b->ordinal; });
  const auto first = middle - std::min(kWindow, middle - from.begin());
  const auto last = middle + std::min(kWindow, from.end() - middle);
  to.insert(to.end(), first, last);
}

std::vector<Candidate> ServiceTable::candidates(const Object& set, std::string_view written,
                                                const Index& index) const {
  Services found;
  const Labels labels = pod_labels(set, index);
  for (const auto& [key, value] : labels.known) {
    if (!value) continue;
    const auto services = by_label_.find(key + "=" + *value);
    if (services != by_label_.end()) add_window(services->second, set, found);
  }
  for (const std::string& bucket : buckets(written)) {
    const auto services = by_bucket_.find(bucket);
    if (services != by_bucket_.end()) add_window(services->second, set, found);
  }
  std::sort(found.begin(), found.end(),
            [](const Object* a, const Object* b) { return a->ordinal < b->ordinal; });
  found.erase(std::unique(found.begin(), found.end()), found.end());

  std::vector<Candidate> result;
  for (const Object* service : found) {
    if (service->name == written || service->name.empty()) continue;
    if (index.same_namespace(set, *service) == SameNamespace::kNo) continue;
    const ServiceView view(*service);
    if (view.external_name.value_or(true)) continue;
    Candidate candidate;
    candidate.service = service;
    candidate.headless = view.headless.value_or(false);
    const Match match = view.has_selector.value_or(false)
                            ? selects_pods(index.selector(*service), set, labels)
                            : Match::kUnknown;
    candidate.selects = match == Match::kYes;
    candidate.near_miss = near_miss(written, service->name);
    if (!candidate.selects && !candidate.near_miss) continue;
    // Siblings: "web-a" is a slip of "web-b" by its letters, but has pods of its own.
    if (match == Match::kNo && !index.derived<ServicePods>().of(*service).empty()) {
      continue;
    }
    if (is_anothers(*service, set, index)) continue;
    result.push_back(candidate);
  }
  std::stable_sort(result.begin(), result.end(), [&](const Candidate& a, const Candidate& b) {
    return std::tuple(rank(a), Index::distance(set, *a.service)) <
           std::tuple(rank(b), Index::distance(set, *b.service));
  });
  return result;
}

const Candidate* best(const std::vector<Candidate>& candidates, const Object& set) {
  if (candidates.empty()) return nullptr;
  const Candidate& first = candidates.front();
  for (const Candidate& other : candidates) {
    if (rank(other) != rank(first)) break;
    if (other.service->name != first.service->name &&
        Index::distance(set, *other.service) == Index::distance(set, *first.service)) {
      return nullptr;
    }
  }
  return &first;
}

}  // namespace sts::lint::service
