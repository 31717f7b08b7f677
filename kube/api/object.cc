#include "kube/api/object.h"

#include "kube/object/json_reader.h"
#include "kube/object/tree_builder.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace sts::kube {
namespace {

using Json = nlohmann::json;

/// Picks the few fields, and reads through all else.
class MetaReader : public nlohmann::json_sax<Json> {
 public:
  ObjectMeta meta;
  bool has_type = false;

  bool too_deep() const { return depth_ > kMaxDepth; }

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool binary(binary_t&) override { return false; }
  bool string(string_t& text) override {
    if (field_ != nullptr) *field_ = text;
    return value();
  }
  bool key(string_t& name) override {
    field_ = nullptr;
    if (depth_ == 1) {
      metadata_next_ = name == "metadata";
      has_type = has_type || name == "kind";
    } else if (depth_ == 2 && in_metadata_) {
      field_ = name == "name"              ? &meta.name
               : name == "namespace"       ? &meta.ns
               : name == "uid"             ? &meta.uid
               : name == "resourceVersion" ? &meta.resource_version
                                           : nullptr;
    }
    return true;
  }
  bool start_object(std::size_t) override {
    if (depth_ == 1 && metadata_next_) in_metadata_ = true;
    return open();
  }
  bool start_array(std::size_t) override { return depth_ > 0 && open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool open() {
    field_ = nullptr;
    return ++depth_ <= kMaxDepth;
  }
  bool close() {
    if (--depth_ == 1) in_metadata_ = metadata_next_ = false;
    return true;
  }
  bool value() {
    field_ = nullptr;
    if (depth_ == 1) metadata_next_ = false;
    return depth_ > 0;  // the whole is an object
  }

  int depth_ = 0;
  bool metadata_next_ = false;
  bool in_metadata_ = false;
  std::string* field_ = nullptr;
};

}  // namespace

Result<ObjectMeta> read_meta(std::string_view json) {
  MetaReader reader;
  if (Json::sax_parse(json.begin(), json.end(), &reader)) return std::move(reader.meta);
  return fail(reader.too_deep() ? "an object is nested too deeply" : "an object is no valid JSON");
}

Result<std::shared_ptr<const Tree>> as_tree(std::string_view json, const Resource& resource,
                                            std::string name) {
  MetaReader reader;
  if (!Json::sax_parse(json.begin(), json.end(), &reader))
    return fail("an object is no valid JSON");
  std::string text;
  const std::size_t open = json.find('{');
  if (!reader.has_type) {
    const std::size_t next = json.find_first_not_of(" \t\r\n", open + 1);
    text.append("{\"apiVersion\":\"").append(api_version(resource)).append("\",\"kind\":\"");
    text.append(resource.kind).append(json[next] == '}' ? "\"" : "\",");
    text.append(json.substr(open + 1));
  } else {
    text = json;
  }
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) return fail("an object is too big");
  const auto source = std::make_shared<const SourceFile>(std::move(name), std::move(text));
  const std::string_view bytes = source->bytes();
  TreeBuilder builder;
  builder.clear(bytes, ReadOptions().alias_budget);
  const auto size = static_cast<std::uint32_t>(bytes.size());
  if (!read_json(bytes, {0, size}, builder).read) return fail("an object is no valid JSON");
  return builder.finish(source);
}

}  // namespace sts::kube
