#pragma once

#include "kube/api/client.h"
#include "kube/api/watch.h"
#include "rollout/status/snapshot.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sts::rollout {

/// A snapshot that follows the cluster by watches, one for each kind.
class LiveSnapshot {
 public:
  /// `start`: what gather() read; its version and nodes stay as they are. `changed` is called from
  /// the loop, after each change.
  LiveSnapshot(kube::Client& client, Snapshot start, const std::function<void()>& changed);
  ~LiveSnapshot();
  LiveSnapshot(const LiveSnapshot&) = delete;
  LiveSnapshot& operator=(const LiveSnapshot&) = delete;

  /// Everything has been listed, or is known to be unreadable.
  bool complete() const;
  /// The set is gone.
  bool deleted() const;
  /// The set or its pods can no longer be read.
  const std::optional<kube::ApiError>& failure() const;
  /// Why what is shown may be old: the connection is lost; "" where it is not.
  const std::string& trouble() const;

  Snapshot take() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sts::rollout
