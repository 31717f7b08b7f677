#pragma once

#include "kube/api/client.h"
#include "kube/resources/parse.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::rollout {

/// The server sent an object that we cannot read.
inline kube::ApiError unreadable(const char* verb, const kube::Resource& resource,
                                 const std::string& why) {
  kube::Attempt attempt;
  attempt.verb = verb;
  attempt.resource = kube::group_resource(resource);
  return kube::malformed(attempt, why);
}

/// The answer to a get() as a T.
template <typename T>
kube::ApiResult<T> as(const kube::ApiResult<kube::Fetched>& fetched,
                      const kube::Resource& resource) {
  if (!fetched) return tl::unexpected<kube::ApiError>(fetched.error());
  auto object = kube::parse_resource<T>(fetched->json);
  if (object) return std::move(*object);
  return tl::unexpected<kube::ApiError>(unreadable("get", resource, object.error().message));
}

/// The items of one list() as they come in. It must outlive the call.
template <typename T>
class Collection {
 public:
  /// Nothing else of a list is ever in memory.
  explicit Collection(std::function<bool(const T&)> keep = {}) : keep_(std::move(keep)) {}

  kube::ListSink sink() {
    return {[this](const kube::ApiObject& object) { add(object); },
            [this] {
              items_.clear();
              problem_.clear();
            }};
  }

  /// What the call came to, once it is done.
  kube::ApiResult<std::vector<T>> take(const kube::ApiResult<kube::Listed>& listed,
                                       const kube::Resource& resource) {
    if (!listed) return tl::unexpected<kube::ApiError>(listed.error());
    if (problem_.empty()) return std::move(items_);
    return tl::unexpected<kube::ApiError>(unreadable("list", resource, problem_));
  }

 private:
  void add(const kube::ApiObject& object) {
    auto item = kube::parse_resource<T>(object.json);
    if (!item) {
      if (problem_.empty()) problem_ = object.meta.name + ": " + item.error().message;
    } else if (!keep_ || keep_(*item)) {
      items_.push_back(std::move(*item));
    }
  }

  std::function<bool(const T&)> keep_;
  std::vector<T> items_;
  std::string problem_;
};

}  // namespace sts::rollout
