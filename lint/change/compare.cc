#include "lint/change/compare.h"

#include "kube/semantics/quantity.h"

#include <utility>

namespace sts::lint {
namespace {

class Comparer {
 public:
  explicit Comparer(const FieldViews& views) : views_(views) {}

  Comparison run(kube::Value before, kube::Value after) {
    compare("", "", before, after);
    return std::move(result_);
  }

 private:
  // `path` names list items by number, `pattern` as "*".
  void compare(const std::string& path, const std::string& pattern, kube::Value before,
               kube::Value after) {
    const FieldView view = views_(pattern);
    if (view.as == FieldView::As::kIgnored) return;
    if (before.is_placeholder() || after.is_placeholder()) {
      result_.unknown = true;
      return;
    }
    if (is_nothing(before) && is_nothing(after)) return;
    if (stands_for(before, view) && stands_for(after, view)) return;
    if (before.is_mapping() && (after.is_mapping() || is_nothing(after))) {
      compare_entries(path, pattern, before, after);
    } else if (after.is_mapping() && is_nothing(before)) {
      compare_entries(path, pattern, before, after);
    } else if (before.is_sequence() && after.is_sequence() && before.size() == after.size()) {
      compare_items(path, pattern, before, after);
    } else if (!same_scalar(before, after, view)) {
      result_.differences.push_back({path, before, after});
    }
  }

  void compare_entries(const std::string& path, const std::string& pattern, kube::Value before,
                       kube::Value after) {
    // A mapping that came or went as a whole is one difference, unless all that it says is what the
    // server would have put there.
    const std::size_t known = result_.differences.size();
    for (const kube::Entry& entry : after.entries()) {
      const std::string step = "/" + std::string(entry.key.text());
      compare(path + step, pattern + step, before.get(entry.key.text()), entry.value);
    }
    for (const kube::Entry& entry : before.entries()) {
      if (after.get(entry.key.text()).exists()) continue;
      const std::string step = "/" + std::string(entry.key.text());
      compare(path + step, pattern + step, entry.value, {});
    }
    if (result_.differences.size() > known && (is_nothing(before) || is_nothing(after))) {
      result_.differences.resize(known);
      result_.differences.push_back({path, before, after});
    }
  }

  void compare_items(const std::string& path, const std::string& pattern, kube::Value before,
                     kube::Value after) {
    auto old = before.items().begin();
    std::size_t number = 0;
    for (const kube::Value item : after.items()) {
      compare(path + "/" + std::to_string(number), pattern + "/*", *old, item);
      ++old;
      ++number;
    }
  }

  // Go's zero values of fields that are left out, and an empty container, which DeepEqual holds to
  // be the same as none.
  static bool is_nothing(kube::Value value) {
    return !value || ((value.is_mapping() || value.is_sequence()) && value.size() == 0);
  }

  static bool stands_for(kube::Value value, const FieldView& view) {
    if (!view.standard) return false;
    return !value || (value.is_scalar() && value.text() == *view.standard);
  }

  static bool same_scalar(kube::Value before, kube::Value after, const FieldView& view) {
    if (!before.is_scalar() || !after.is_scalar() || !before || !after) return false;
    if (view.as == FieldView::As::kQuantity) {
      const auto old = kube::parse_quantity(before.text());
      const auto now = kube::parse_quantity(after.text());
      if (old && now) return *old == *now;
    }
    if (before.boolean() && after.boolean()) return *before.boolean() == *after.boolean();
    if (before.integer() && after.integer()) return *before.integer() == *after.integer();
    return before.text() == after.text();
  }

  const FieldViews& views_;
  Comparison result_;
};

}  // namespace

Comparison compare(kube::Value before, kube::Value after, const FieldViews& views) {
  return Comparer(views).run(before, after);
}

Comparison compare(kube::Value before, kube::Value after) {
  return compare(before, after, [](std::string_view) { return FieldView{}; });
}

}  // namespace sts::lint
