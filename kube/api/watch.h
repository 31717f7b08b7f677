#pragma once

#include "kube/api/client.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sts::kube {

enum class Change : std::uint8_t {
  kAdded,
  kModified,
  kDeleted,  // `object.json` is its last state, or empty where it went while nobody watched
};

struct WatchOptions {
  std::string label_selector;
  std::string field_selector;
  /// Nothing came for so long, not even a bookmark: the connection is given up and a new watch
  /// begins where this one ended. Bookmarks come about every minute.
  Milliseconds silence{180'000};
  /// Uniform in [0, 1), for the spread of timeouts and pauses.
  std::function<double()> random;
};

struct WatchHandler {
  /// In the order of the server; each object's first event is kAdded. An object of the same name
  /// but another uid is kDeleted, then kAdded.
  std::function<void(Change, const ApiObject&)> change;
  /// What was known so far is the whole: after the first list, and after each later one (when the
  /// server had forgotten where we were; differences come as changes before this call).
  std::function<void()> synced;
  /// The connection is lost or the server does not answer; the next try is in `pause`. What is
  /// known may be old until recovered().
  std::function<void(const ApiError&, Milliseconds pause)> trouble;
  std::function<void()> recovered;
  /// It makes no sense to go on (403, 404, 401 after a refresh); nothing is called afterwards.
  std::function<void(const ApiError&)> failed;
};

/// Follows a collection: lists it, then watches from there with bookmarks, resumes after every end
/// of a watch, and lists again on 410 (client-go v0.34, tools/cache/reflector.go). Destroying it
/// ends it, also from within a handler. It remembers name, uid and resource version of each object,
/// nothing else.
class Watch {
 public:
  Watch(Client& client, const Resource& resource, std::string_view ns, WatchOptions options,
        WatchHandler handler);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  bool synced() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sts::kube
