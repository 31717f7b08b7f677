#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <typeindex>

namespace sts::lint {

/// Tables that are computed from an Index on first use, one of each type: what several rules look
/// up, and most runs never ask. Thread-safe; a table may ask for another while it is made.
class Derived {
 public:
  template <typename Table, typename Source>
  const Table& get(const Source& source) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<const void>& slot = tables_[std::type_index(typeid(Table))];
    if (!slot) {
      auto made = std::make_shared<const Table>(source);
      // Making it may have added other tables; map nodes stay where they are.
      slot = std::move(made);
    }
    return *static_cast<const Table*>(slot.get());
  }

 private:
  std::recursive_mutex mutex_;
  std::map<std::type_index, std::shared_ptr<const void>> tables_;
};

}  // namespace sts::lint
