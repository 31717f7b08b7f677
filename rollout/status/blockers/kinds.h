#pragma once

#include "rollout/status/report.h"
#include "rollout/status/view.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sts::rollout {

/// A reason for which a member does not come up or go away. A new one is a file with its find
/// function and a line in kinds.cc.
struct BlockerKind {
  std::string_view id;
  std::optional<Blocker> (*find)(const View& view, const Member& member);
};

/// In the order in which they are asked: the first that finds something speaks for the member.
const std::vector<BlockerKind>& blocker_kinds();

std::optional<Blocker> find_foreign_pod(const View& view, const Member& member);
std::optional<Blocker> find_quota(const View& view, const Member& member);
std::optional<Blocker> find_webhook(const View& view, const Member& member);
std::optional<Blocker> find_invalid_pod(const View& view, const Member& member);
std::optional<Blocker> find_finalizer(const View& view, const Member& member);
std::optional<Blocker> find_node_lost(const View& view, const Member& member);
std::optional<Blocker> find_stuck_revision(const View& view, const Member& member);
std::optional<Blocker> find_claim(const View& view, const Member& member);
std::optional<Blocker> find_unschedulable(const View& view, const Member& member);
std::optional<Blocker> find_volume_mount(const View& view, const Member& member);
std::optional<Blocker> find_image_pull(const View& view, const Member& member);
std::optional<Blocker> find_container_config(const View& view, const Member& member);
std::optional<Blocker> find_out_of_memory(const View& view, const Member& member);
std::optional<Blocker> find_crash_loop(const View& view, const Member& member);

}  // namespace sts::rollout
