#pragma once

#include "lint/index/object.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace sts::lint {

/// The part of a name that a text spells out, around what is put in later: `${var.app}-headless`
/// has the tail "-headless".
struct NameParts {
  std::string head;
  std::string tail;
  /// False where a longer or shorter name cannot be it: nothing is put in.
  bool open = true;

  /// Could it become `name`?
  bool fits(std::string_view name) const;
};

/// An object that an operator turns into others, which nobody sees before it runs.
struct CustomResource {
  std::string_view api_version;
  std::string_view kind;
  std::string_view name;        // "" where unknown
  std::string_view name_space;  // "" where unknown
  std::string_view text;        // all of it
};

/// Names that objects may get which no manifest of the project shows: in the sources of programs
/// that make objects (Terraform, Jsonnet, CUE, Pulumi …), in custom resources, whose operators make
/// Services called after them, and in templates that nobody rendered. What has its name here is not
/// proven absent, wherever in the project it stands.
class OutsideNames {
 public:
  /// A file that is no manifest but may make some.
  void add_program(const ProjectFile& file);

  void add_custom_resource(const CustomResource& resource, const ProjectFile& file);

  /// The name of an object in a template: `{{ .Release.Name }}-headless`. Parts without letters say
  /// nothing and are left out. kOther: of an unknown kind.
  void add_template(Kind kind, std::string_view written, const ProjectFile& file);

  /// Why an object of this kind and name may come from elsewhere, seen from a namespace ("" for
  /// unknown); nothing where nothing says so.
  std::optional<std::string> may_bring(Kind kind, std::string_view name,
                                       std::string_view name_space) const;

 private:
  struct Maker {
    Kind kind = Kind::kOther;  // kOther: of any kind
    NameParts parts;
    std::string what;
  };
  struct Named {
    std::string name;
    std::string name_space;
    std::string what;
  };
  // Words without a dash ("nginx") are everyday words: they count on the lines that this allows.
  using EverydayWords = std::function<bool(std::string_view line)>;
  void add_words(std::string_view text, const EverydayWords& everyday, const std::string& what);
  void add_line(std::string_view line, bool everyday, std::uint32_t source);
  void add_maker(Kind kind, NameParts parts, const std::string& what);

  // Only the hashes of the words: two that collide make an absence unknown at worst.
  std::unordered_map<std::uint64_t, std::uint32_t> words_;
  std::vector<std::string> sources_;  // of words
  std::vector<Maker> makers_;
  std::set<std::tuple<Kind, std::string, std::string, bool>> known_makers_;
  std::vector<Named> resources_;
};

/// The custom resource that a document's text holds, read line by line as a skipped document is;
/// nothing for a kind that Kubernetes itself serves, or that only refers to Services.
std::optional<CustomResource> scan_custom_resource(std::string_view text);

/// An object of this group and kind makes others. Built-in kinds do too, but what they make is
/// known; of others, those that route to Services, watch or secure them make none.
bool makes_others(std::string_view api_version, std::string_view kind);

/// The program makes Services.
bool makes_services(std::string_view program);

/// What a program's source says of the names of Services that it makes; empty where it makes none.
/// A name that is computed has no part at all and fits everything.
std::vector<NameParts> service_names_in(std::string_view program);

/// The parts around the placeholders of a template's or a program's string.
NameParts name_parts(std::string_view text);

}  // namespace sts::lint
