#pragma once

#include "kube/object/reader.h"
#include "lint/index/builds.h"
#include "lint/index/object.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sts::lint {

/// A part of the project that could hold an object which the index does not know: a template that
/// nobody rendered, a document that is broken, a chart that an operator installs.
struct UnreadPart {
  std::string folder;              // from where it counts: a template's chart, else its own folder
  std::string what;                // "the template charts/db/templates/service.yaml"
  bool only_along_path = false;    // counts only where one folder holds the other
  bool any_kind = false;           // what it holds cannot be told
  std::vector<std::string> kinds;  // else these
  /// What stands behind `name:` below each `metadata:`, with the kind before it.
  std::vector<std::pair<std::string, std::string>> names;
};

/// What the text between `kind:` and the end of each such line tells: plain words, or any_kind
/// where one is made by a template, or where there is no such line and something is included.
UnreadPart scan_unread(std::string_view text);

/// Leaves out what says no more than the parts before it: of each folder, each kind once. A chart
/// has hundreds of templates, and every reference that is not found asks them all.
void thin_out(std::vector<UnreadPart>& parts);

/// The folder in which a template of a Helm chart counts: the one above the innermost `templates`
/// folder; else its own.
std::string_view template_folder(std::string_view path);

/// An object that makes its controller install a chart or a repository: Flux's HelmRelease, k3s'
/// HelmChart, Argo CD's Application.
bool installs_more(std::string_view api_version, std::string_view kind);

/// `part` might be applied beside an object of `folder`: one folder holds the other, or they share
/// one below the project's root.
bool is_near(std::string_view part, std::string_view folder);
bool is_near(const UnreadPart& part, std::string_view folder);

}  // namespace sts::lint
