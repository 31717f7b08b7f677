#include "lint/index/patch_values.h"

#include <algorithm>

namespace sts::lint {
namespace {

using State = PatchedField::State;

// `pointer` is `above` or lies below it.
bool is_at_or_below(std::string_view pointer, std::string_view above) {
  return pointer.substr(0, above.size()) == above &&
         (pointer.size() == above.size() || pointer[above.size()] == '/');
}

bool overlap(std::string_view a, std::string_view b) {
  return is_at_or_below(a, b) || is_at_or_below(b, a);
}

PatchedField state_of(kube::Value value) {
  if (!value.exists() || value.is_null()) return {State::kRemoved, {}};
  return {State::kSet, value};
}

// Takes the first token off a pointer.
std::string next_token(std::string_view& pointer) {
  pointer.remove_prefix(1);
  const std::size_t slash = std::min(pointer.find('/'), pointer.size());
  std::string token = unescaped_token(pointer.substr(0, slash));
  pointer.remove_prefix(slash);
  return token;
}

PatchedField merged(kube::Value patch, std::string_view pointer) {
  while (!pointer.empty()) {
    if (patch.get("$patch").exists()) return {State::kUnknown, {}};
    patch = patch.get(next_token(pointer));
    if (!patch.exists()) return {};
    if (patch.is_null()) return {State::kRemoved, {}};
    if (!pointer.empty() && !patch.is_mapping()) return {State::kUnknown, {}};
  }
  if (patch.get("$patch").exists()) return {State::kUnknown, {}};
  return {State::kSet, patch};
}

kube::Value descend(kube::Value value, std::string_view pointer) {
  while (!pointer.empty() && value.exists()) value = value.get(next_token(pointer));
  return value;
}

// What one operation leaves at the pointer; what it writes below is unknown as a whole.
PatchedField operated(kube::Value operation, std::string_view pointer) {
  const auto op = operation.get("op").string();
  const auto path = operation.get("path").string();
  if (op == "test") return {};
  if (!op || !path) return {State::kUnknown, {}};
  const auto from = operation.get("from").string();
  if (from && op == "move" && overlap(*from, pointer)) return {State::kUnknown, {}};
  if (!overlap(*path, pointer)) return {};
  const bool at_or_above = is_at_or_below(pointer, *path);
  if (at_or_above && op == "remove") return {State::kRemoved, {}};
  if (!at_or_above || (op != "add" && op != "replace")) return {State::kUnknown, {}};
  return state_of(descend(operation.get("value"), pointer.substr(path->size())));
}

void forget_all(kube::Labels& labels) {
  for (auto& [key, value] : labels.known) value.reset();
  labels.open = true;
}

void set_label(const std::string& key, kube::Value value, kube::Labels& labels) {
  if (value.is_null() || !value.exists()) {
    labels.known.erase(key);
    return;
  }
  const auto text = value.string();
  labels.known.insert_or_assign(key, text ? std::optional<std::string>(*text) : std::nullopt);
}

void merge_labels(kube::Value patch, std::string_view pointer, kube::Labels& labels) {
  const PatchedField field = merged(patch, pointer);
  switch (field.state) {
    case State::kUntouched:
      return;
    case State::kRemoved:
      labels = {};
      return;
    case State::kUnknown:
      forget_all(labels);
      return;
    case State::kSet:
      break;
  }
  if (!field.value.is_mapping()) {
    forget_all(labels);
    return;
  }
  for (const kube::Entry& entry : field.value.entries()) {
    set_label(std::string(entry.key.text()), entry.value, labels);
  }
}

void operate_labels(kube::Value operation, std::string_view pointer, kube::Labels& labels) {
  const std::string_view path = operation.get("path").string().value_or("");
  const bool is_child = is_at_or_below(path, pointer) && path.size() > pointer.size() &&
                        path.substr(pointer.size() + 1).find('/') == std::string_view::npos;
  const auto op = operation.get("op").string();
  if (is_child && (op == "add" || op == "replace" || op == "remove")) {
    set_label(unescaped_token(path.substr(pointer.size() + 1)),
              op == "remove" ? kube::Value() : operation.get("value"), labels);
    return;
  }
  const PatchedField field = operated(operation, pointer);
  if (field.state == State::kUnknown) forget_all(labels);
  if (field.state == State::kRemoved) labels = {};
  if (field.state == State::kSet) labels = kube::read_labels(field.value);
}

void forget_written(const PatchedBy& patch, std::string_view pointer, kube::Labels& labels) {
  for (const std::string& written : patch.pointers) {
    if (is_at_or_below(written, pointer) && written.size() > pointer.size()) {
      labels.known[unescaped_token(std::string_view(written).substr(pointer.size() + 1))].reset();
    } else if (is_at_or_below(pointer, written)) {
      forget_all(labels);
    }
  }
}

bool touches(const PatchedBy& patch, std::string_view pointer) {
  return std::any_of(patch.pointers.begin(), patch.pointers.end(),
                     [&](const std::string& written) { return overlap(written, pointer); });
}

}  // namespace

std::string unescaped_token(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      text += token[++i] == '1' ? '/' : '~';
    } else {
      text += token[i];
    }
  }
  return text;
}

PatchedField patched_field(const PatchedBy& patch, std::string_view pointer) {
  if (!touches(patch, pointer)) return {};
  if (!patch.certain) return {State::kUnknown, {}};
  switch (patch.how) {
    case PatchedBy::How::kMerge:
      return merged(patch.content, pointer);
    case PatchedBy::How::kOperations: {
      PatchedField last;
      for (kube::Value operation : patch.content.items()) {
        const PatchedField field = operated(operation, pointer);
        if (field.state != State::kUntouched) last = field;
      }
      return last;
    }
    case PatchedBy::How::kValue:
      if (patch.pointers.front() == pointer) return state_of(patch.content);
      break;
    case PatchedBy::How::kOther:
      break;
  }
  return {State::kUnknown, {}};
}

void patch_labels(const PatchedBy& patch, std::string_view pointer, kube::Labels& labels) {
  if (!touches(patch, pointer)) return;
  if (patch.certain && patch.how == PatchedBy::How::kMerge) {
    merge_labels(patch.content, pointer, labels);
  } else if (patch.certain && patch.how == PatchedBy::How::kOperations) {
    for (kube::Value operation : patch.content.items()) {
      operate_labels(operation, pointer, labels);
    }
  } else {
    forget_written(patch, pointer, labels);
  }
}

}  // namespace sts::lint
