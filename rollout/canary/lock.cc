#include "rollout/canary/lock.h"

#include <algorithm>
#include <utility>

namespace sts::rollout::canary {

Result<bool> Lock::hold(std::int64_t least) {
  if (held() && cluster_.uptime() - *renewed_ < duration_ / 4) return true;
  auto lease = cluster_.read_lease();
  if (!lease) return tl::unexpected(lease.error());
  if (!*lease) return take(std::nullopt, least);
  if ((*lease)->holder == holder_) {
    const auto written = cluster_.write_lease(**lease);
    if (!written) return tl::unexpected(written.error());
    if (*written != Written::kDone) return held();
    renewed_ = cluster_.uptime();
    epoch_ = (*lease)->transitions + 1;
    return true;
  }
  renewed_.reset();
  other_ = (*lease)->holder;
  if (!is_free(**lease)) return false;
  return take(std::move(**lease), least);
}

bool Lock::is_free(const Lease& lease) {
  if (lease.holder.empty() || (is_gone_ && is_gone_(lease.holder))) return true;
  if (lease.resource_version != seen_version_) {
    seen_version_ = lease.resource_version;
    seen_at_ = cluster_.uptime();
    return false;
  }
  return cluster_.uptime() - seen_at_ >= lease.duration;
}

// The Lease may have been deleted while a canary went on: the epoch never goes back.
Result<bool> Lock::take(const std::optional<Lease>& lease, std::int64_t least) {
  Lease next = lease.value_or(Lease{});
  next.transitions = lease ? next.transitions + 1 : 0;
  next.transitions = std::max(next.transitions, least);
  next.holder = holder_;
  next.duration = duration_;
  const auto written = cluster_.write_lease(next);
  if (!written) return tl::unexpected(written.error());
  if (*written != Written::kDone) return false;
  renewed_ = cluster_.uptime();
  epoch_ = next.transitions + 1;
  return true;
}

bool Lock::held() const { return renewed_ && cluster_.uptime() - *renewed_ < duration_ * 3 / 4; }

void Lock::release() {
  auto lease = cluster_.read_lease();
  if (!lease || !*lease || (*lease)->holder != holder_) return;
  (*lease)->holder.clear();
  (void)cluster_.write_lease(**lease);
  renewed_.reset();
}

void Lock::remove() {
  const auto lease = cluster_.read_lease();
  if (lease && *lease && (*lease)->holder == holder_) (void)cluster_.delete_lease(**lease);
  renewed_.reset();
}

}  // namespace sts::rollout::canary
