#include "lint/model/workload.h"
#include "lint/suppress/directive.h"
#include "lint/suppress/ignores.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace sts::lint {
namespace {

constexpr std::string_view kAnnotation = "kubectl-sts/ignore";
constexpr std::string_view kComment = "# kubectl-sts: ignore=";

// What a comment would say, said as an annotation.
std::string as_annotation(std::string_view fix) {
  return std::string(kAnnotation) + ": " + std::string(fix.substr(kComment.size()));
}

Place key_of(kube::Value value) { return {value.tree().source_ptr(), value.key_range()}; }

}  // namespace

void Ignores::add_objects(const Index& index) {
  // Comments alone above a line, of the file that was looked at last.
  const InSource* source = nullptr;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> above;
  for (const Object& object : index.objects()) {
    const auto known = by_source_.find(&object.tree->source());
    if (known == by_source_.end()) continue;
    add_annotation(object, object.metadata, known->second);
    const PodTemplate pods = pod_template(object);
    if (pods && !(pods.metadata == object.metadata)) {
      add_annotation(object, pods.metadata, known->second);
    }
    if (object.root == object.tree->root()) continue;
    std::vector<Ignore>& ignores = known->second.ignores;
    if (std::exchange(source, &known->second) != &known->second) {
      above.clear();
      for (std::size_t i = 0; i < ignores.size(); ++i) {
        if (ignores[i].own_line && ignores[i].scope == IgnoreScope::kLine) {
          above[ignores[i].line].push_back(i);
        }
      }
    }
    const auto found = above.find(object.root.span().begin.line);
    if (found == above.end()) continue;
    for (const std::size_t i : found->second) {
      ignores[i].scope = IgnoreScope::kObject;
      ignores[i].object = object.root.range();
    }
    above.erase(found);
  }
}

void Ignores::add_annotation(const Object& object, kube::Value metadata, InSource& into) {
  const auto mistake = [&](kube::Value at, std::string message, std::string fix) {
    into.mistakes.push_back(
        {key_of(at), "this ignores nothing: " + std::move(message), std::move(fix)});
  };
  for (const kube::Entry& entry : metadata.get("labels").entries()) {
    const std::string_view key = entry.key.text();
    if (key != kAnnotation && !is_misspelt_key(key)) continue;
    mistake(entry.value, "it is a label, and ignores are annotations",
            "move it to metadata.annotations");
  }
  for (const kube::Entry& entry : metadata.get("annotations").entries()) {
    const std::string_view key = entry.key.text();
    const kube::Value value = entry.value;
    if (is_misspelt_key(key)) {
      mistake(value, "the annotation is called \"" + std::string(kAnnotation) + "\"",
              std::string(kAnnotation) + ": " +
                  (value.text().empty() ? "ID" : std::string(value.text())));
    }
    if (key != kAnnotation || value.is_placeholder()) continue;
    if (!value.is_scalar()) {
      mistake(value, "the value of an annotation is a text",
              std::string(kAnnotation) + ": \"ID,ID\"");
      continue;
    }
    const std::string comment = std::string(kComment) + std::string(value.text());
    const std::optional<Directive> directive = directive_of(comment);
    if (!directive) continue;
    if (!directive->problem.empty()) {
      into.mistakes.push_back({key_of(value), directive->problem, as_annotation(directive->fix)});
    }
    Ignore ignore;
    ignore.scope = IgnoreScope::kObject;
    ignore.object = object.root.range();
    for (const kube::ByteRange id : directive->ids) {
      const std::uint32_t begin =
          value.source_offset(id.begin - static_cast<std::uint32_t>(kComment.size()));
      ignore.id = {into.source, {begin, begin + (id.end - id.begin)}};
      ignore.text = comment.substr(id.begin, id.end - id.begin);
      ignore.rule = find_rule(ignore.text);
      into.ignores.push_back(ignore);
    }
  }
}

}  // namespace sts::lint
