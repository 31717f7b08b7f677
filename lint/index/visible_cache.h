#pragma once

#include "lint/index/object.h"

#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sts::lint {

/// The last answer of Index::visible for each kind, the asking object itself included. Rules ask
/// object by object in the stable order, so the objects of one file share it. Thread-safe.
class VisibleCache {
 public:
  using Objects = std::vector<const Object*>;

  Objects get(const ProjectFile* file, const std::string& name_space, Kind kind,
              const std::function<Objects()>& see) const {
    Lane& lane = lanes_[std::hash<std::thread::id>{}(std::this_thread::get_id()) % lanes_.size()];
    const std::lock_guard lock(lane.mutex);
    Slot& slot = lane.slots[static_cast<std::size_t>(kind)];
    if (!slot.filled || slot.file != file || slot.name_space != name_space) {
      slot = {true, file, name_space, see()};
    }
    return slot.objects;
  }

 private:
  struct Slot {
    bool filled = false;
    const ProjectFile* file = nullptr;
    std::string name_space;
    Objects objects;
  };
  // Threads work on different files: each has answers of its own.
  struct Lane {
    std::mutex mutex;
    std::array<Slot, static_cast<std::size_t>(Kind::kOther) + 1> slots;
  };
  mutable std::array<Lane, 16> lanes_;
};

}  // namespace sts::lint
