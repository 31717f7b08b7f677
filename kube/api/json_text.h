#pragma once

#include "kube/api/client.h"
#include "kube/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace sts::kube {

// The small JSON texts that the client itself writes and reads.

/// The patch, with metadata.uid and metadata.resourceVersion in it: the server refuses a write that
/// would change either (409).
Result<std::string> guarded_merge_patch(std::string patch, const Preconditions& only_if);
/// The JSON patch, with a `test` in front for each.
Result<std::string> guarded_json_patch(std::string patch, const Preconditions& only_if);

std::string delete_options_text(const DeleteOptions& options);
std::string access_review_text(const Access& access);
std::optional<AccessAnswer> read_access_answer(std::string_view json);
/// Of /version.
std::optional<std::string> read_git_version(std::string_view json);

/// What stands around the items of a list, or a watch event around its object.
struct Envelope {
  std::string kind;
  std::string type;  // "ADDED"; of a watch event
  std::string resource_version;
  std::string continue_token;
};
std::optional<Envelope> read_envelope(std::string_view json);

}  // namespace sts::kube
