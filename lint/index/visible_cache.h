#pragma once

#include "lint/index/object.h"

#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sts::lint {

/// The last answer of Index::visible for each kind. Rules ask object by object in the stable order,
/// so neighbours mostly share one. Thread-safe.
class VisibleCache {
 public:
  using Objects = std::vector<const Object*>;

  Objects get(std::string_view folder, const std::string& name_space, Kind kind,
              const std::function<Objects()>& see) const {
    const std::lock_guard lock(mutex_);
    Slot& slot = slots_[static_cast<std::size_t>(kind)];
    if (!slot.filled || slot.folder != folder || slot.name_space != name_space) {
      slot = {true, std::string(folder), name_space, see()};
    }
    return slot.objects;
  }

 private:
  struct Slot {
    bool filled = false;
    std::string folder;
    std::string name_space;
    Objects objects;
  };
  mutable std::mutex mutex_;
  mutable std::array<Slot, static_cast<std::size_t>(Kind::kOther) + 1> slots_;
};

}  // namespace sts::lint
