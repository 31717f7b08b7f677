#include "lint/config/config.h"

#include "kube/object/reader.h"
#include "kube/semantics/names.h"
#include "lint/model/near_miss.h"
#include "lint/report/escape.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace sts::lint {
namespace {

constexpr std::size_t kMaxSize = 1U << 20;

std::string in_quotes(std::string_view text) { return "\"" + printable(text) + "\""; }

// The reader says what kubectl makes of a manifest; no kubectl ever sees this file.
std::string without_kubectl(const std::string& message) {
  constexpr std::string_view kRefuses = "kubectl refuses ";
  if (message.starts_with(kRefuses)) {
    return "there may be no " + message.substr(kRefuses.size()) + " here";
  }
  const std::size_t at = message.find("kubectl");
  const std::size_t end = at == std::string::npos ? at : message.find_last_not_of(" ;:,", at - 1);
  return end == std::string::npos ? message : message.substr(0, end + 1);
}

class ConfigReader {
 public:
  ConfigReader(const std::string& name, const std::string& bytes)
      : source_(std::make_shared<kube::SourceFile>(name, bytes)) {}

  Result<Config> read() {
    if (source_->bytes().size() > kMaxSize) {
      return fail(source_->name() + ": a configuration of more than 1 MiB");
    }
    if (auto refused = refusal()) return fail(*refused);
    try {
      const YAML::Node root = YAML::Load(std::string(source_->bytes()));
      if (root.IsNull()) return Config{};
      if (!root.IsMap()) return fail(at(root.Mark(), "a mapping is expected here"));
      for (const auto& entry : root) {
        if (auto wrong = take(entry.first, entry.second)) return fail(*wrong);
      }
    } catch (const YAML::Exception& error) {
      return fail(at(error.mark, error.msg));
    }
    return config_;
  }

 private:
  // yaml-cpp 0.7.0 never comes back from a stray comma and takes an unterminated quote
  // (Scanner, HandleNextDocument), so it only sees what the manifest reader has accepted.
  std::optional<std::string> refusal() const {
    std::size_t documents = 0;
    for (const kube::Document& document : kube::read_documents(source_)) {
      for (const kube::Problem& problem : document.problems) {
        return at(problem.where.begin, without_kubectl(problem.message));
      }
      if (document.tree && document.tree->size() > 0 && ++documents > 1) {
        return at(document.range.begin, "a configuration is one document");
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> take(const YAML::Node& key, const YAML::Node& value) {
    static const std::vector<std::string_view> kKeys = {"clusterDomain", "kubernetesVersion",
                                                        "namespace"};
    const std::string name = key.IsScalar() ? key.Scalar() : "";
    if (name != kKeys[0] && name != kKeys[1] && name != kKeys[2]) {
      std::string message = "unknown key " + in_quotes(name);
      if (const auto meant = nearest(name, kKeys)) {
        message += "; did you mean " + in_quotes(kKeys[*meant]) + "?";
      } else {
        message += "; there are clusterDomain, kubernetesVersion and namespace";
      }
      return at(key.Mark(), message);
    }
    if (!value.IsScalar() || value.Scalar().empty()) {
      return at(key.Mark(), name + " is a text");
    }
    const std::string& text = value.Scalar();
    std::string why;
    if (name == "clusterDomain") {
      config_.cluster_domain = text;
      why = kube::dns1123_subdomain_problem(text);
    } else if (name == "namespace") {
      config_.ambient_namespace = text;
      why = kube::dns1123_label_problem(text);
    } else {
      config_.kubernetes_version = kube::parse_version(text);
      if (!config_.kubernetes_version) why = "write it as 1.34 or 1.34.2";
    }
    if (why.empty()) return std::nullopt;
    return at(value.Mark(), name + " " + in_quotes(text) + ": " + why);
  }

  std::string at(std::uint32_t offset, const std::string& message) const {
    const kube::Position position = source_->position(offset);
    return source_->name() + ":" + std::to_string(position.line) + ":" +
           std::to_string(position.column) + ": " + message;
  }

  // yaml-cpp's columns count bytes, from 0; pos leaves out a BOM.
  std::string at(const YAML::Mark& mark, const std::string& message) const {
    const std::size_t bom = source_->bytes().starts_with("\xef\xbb\xbf") ? 3 : 0;
    return at(static_cast<std::uint32_t>(bom + static_cast<std::size_t>(std::max(mark.pos, 0))),
              message);
  }

  std::shared_ptr<const kube::SourceFile> source_;
  Config config_;
};

}  // namespace

Result<Config> parse_config(const std::string& name, const std::string& bytes) {
  return ConfigReader(name, bytes).read();
}

}  // namespace sts::lint
