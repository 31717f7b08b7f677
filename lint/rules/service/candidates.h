#pragma once

#include "lint/index/index.h"
#include "lint/model/workload.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sts::lint::service {

/// A Service that a StatefulSet may have meant by its serviceName.
struct Candidate {
  const Object* service = nullptr;
  bool selects = false;  // surely selects the set's pods
  bool headless = false;
  std::optional<int> near_miss;  // how near its name is to the one written (near_miss.h)
};

/// Services by what they select and how they are called (Index::derived).
class ServiceTable {
 public:
  explicit ServiceTable(const Index& index);

  /// Services in the set's namespace, as far as that is known, that select its pods or whose name
  /// is a near miss of `written`; best first: headless and selecting, then selecting, then named
  /// nearly so. Left out: the Service `written` itself, Services of other names that select other
  /// pods only, and governing Services of sets that lie nearer to them.
  std::vector<Candidate> candidates(const Object& set, std::string_view written,
                                    const Index& index) const;

 private:
  using Services = std::vector<const Object*>;
  static void add_window(const Services& from, const Object& around, Services& to);

  std::unordered_map<std::string, Services> by_label_;   // "key=value" of the selector
  std::unordered_map<std::string, Services> by_bucket_;  // words and ends of names
};

/// The one to suggest: the first, unless another one is just as good under another name.
const Candidate* best(const std::vector<Candidate>& candidates, const Object& set);

}  // namespace sts::lint::service
