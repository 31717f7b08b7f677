#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <typeindex>

namespace sts::lint {

/// Tables that are computed from an Index on first use, one of each type: what several rules look
/// up, and most runs never ask. Thread-safe: a table is made once, and who asks for another table
/// does not wait for it. A table may ask for another one while it is made, never for itself.
class Derived {
 public:
  template <typename Table, typename Source>
  const Table& get(const Source& source) {
    Slot& slot = slot_of(std::type_index(typeid(Table)));
    const std::lock_guard lock(slot.mutex);
    if (!slot.table) slot.table = std::make_shared<const Table>(source);
    return *static_cast<const Table*>(slot.table.get());
  }

 private:
  struct Slot {
    std::mutex mutex;  // held while the table is made
    std::shared_ptr<const void> table;
  };

  // Map nodes stay where they are.
  Slot& slot_of(std::type_index type) {
    const std::lock_guard lock(mutex_);
    return slots_[type];
  }

  std::mutex mutex_;
  std::map<std::type_index, Slot> slots_;
};

}  // namespace sts::lint
