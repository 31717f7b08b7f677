#include "kube/api/config/kubeconfig.h"

#include "kube/api/config/field_reader.h"
#include "kube/api/config/json_of.h"
#include "kube/api/config/paths.h"
#include "kube/text/printable.h"

namespace sts::kube {
namespace {

// Reserved for what exec plugins are told (client-go, clientcmd/client_config.go).
constexpr std::string_view kExecExtension = "client.authentication.k8s.io/exec";

class KubeconfigReader {
 public:
  KubeconfigReader(const SourceFile& source, std::string folder)
      : fields_(source), folder_(std::move(folder)) {}

  Result<Kubeconfig> read(const Value& root) {
    Kubeconfig config;
    if (fields_.is_mapping(root, "a kubeconfig")) {
      check_kind(root);
      config.current_context = fields_.text(root, "current-context");
      named(root, "clusters", "cluster", config.clusters,
            [this](const Value& value) { return cluster(value); });
      named(root, "users", "user", config.users,
            [this](const Value& value) { return user(value); });
      named(root, "contexts", "context", config.contexts,
            [this](const Value& value) { return context(value); });
    }
    if (fields_.failed()) return fail(fields_.error());
    return config;
  }

 private:
  // Either may be left out (the decoder is given a default), but what stands there must fit.
  void check_kind(const Value& root) {
    const std::string version = fields_.text(root, "apiVersion");
    const std::string kind = fields_.text(root, "kind");
    if (!version.empty() && version != "v1") {
      fields_.fail_at(root.get("apiVersion"), "apiVersion must be v1");
    }
    if (!kind.empty() && kind != "Config") {
      fields_.fail_at(root.get("kind"), "kind must be Config; this is no kubeconfig");
    }
  }

  // A list of {name: …, <key>: {…}} as a map.
  template <typename T, typename Read>
  void named(const Value& root, std::string_view list_key, std::string_view key,
             std::map<std::string, T>& into, const Read& read) {
    const Value list = root.get(list_key);
    if (!fields_.is_sequence(list, list_key)) return;
    for (const Value item : list.items()) {
      const bool there = fields_.is_mapping(item, "an item of " + std::string(list_key));
      const std::string name = there ? fields_.text(item, "name") : "";
      T entry{};
      if (there && fields_.is_mapping(item.get(key), key)) entry = read(item.get(key));
      if (fields_.failed()) return;
      if (!into.emplace(name, std::move(entry)).second) {
        fields_.fail_at(item, "the name \"" + printable(name) + "\" occurs twice in " +
                                  std::string(list_key) + "; rename or remove one");
      }
    }
  }

  std::string path(const Value& value, std::string_view key) {
    return absolute_path(folder_, fields_.text(value, key));
  }

  Kubeconfig::Cluster cluster(const Value& value) {
    Kubeconfig::Cluster cluster;
    cluster.server = fields_.text(value, "server");
    cluster.tls_server_name = fields_.text(value, "tls-server-name");
    cluster.insecure_skip_tls_verify = fields_.truth(value, "insecure-skip-tls-verify");
    cluster.certificate_authority = path(value, "certificate-authority");
    cluster.certificate_authority_data = fields_.data(value, "certificate-authority-data");
    cluster.proxy_url = fields_.text(value, "proxy-url");
    cluster.disable_compression = fields_.truth(value, "disable-compression");
    const Value extensions = value.get("extensions");
    if (fields_.is_sequence(extensions, "extensions")) {
      for (const Value item : extensions.items()) {
        if (!fields_.is_mapping(item, "an item of extensions")) continue;
        if (fields_.text(item, "name") != kExecExtension) continue;
        cluster.exec_extension = json_of(item.get("extension"));
      }
    }
    return cluster;
  }

  Kubeconfig::User user(const Value& value) {
    Kubeconfig::User user;
    user.client_certificate = path(value, "client-certificate");
    user.client_certificate_data = fields_.data(value, "client-certificate-data");
    user.client_key = path(value, "client-key");
    user.client_key_data = fields_.data(value, "client-key-data");
    user.token = fields_.text(value, "token");
    user.token_file = path(value, "tokenFile");
    user.as = fields_.text(value, "as");
    user.as_uid = fields_.text(value, "as-uid");
    user.as_groups = fields_.texts(value, "as-groups");
    user.as_user_extra = fields_.text_lists(value, "as-user-extra");
    user.username = fields_.text(value, "username");
    user.password = fields_.text(value, "password");
    if (fields_.is_mapping(value.get("auth-provider"), "auth-provider")) {
      user.auth_provider = fields_.text(value.get("auth-provider"), "name");
    }
    if (fields_.is_mapping(value.get("exec"), "exec")) user.exec = exec(value.get("exec"));
    return user;
  }

  Kubeconfig::Exec exec(const Value& value) {
    Kubeconfig::Exec exec;
    exec.command = fields_.text(value, "command");
    // Without a slash it is looked for in the PATH.
    if (exec.command.find('/') != std::string::npos) {
      exec.command = absolute_path(folder_, exec.command);
    }
    exec.args = fields_.texts(value, "args");
    const Value env = value.get("env");
    if (fields_.is_sequence(env, "env")) {
      for (const Value item : env.items()) {
        if (!fields_.is_mapping(item, "an item of env")) continue;
        exec.env.emplace_back(fields_.text(item, "name"), fields_.text(item, "value"));
      }
    }
    exec.api_version = fields_.text(value, "apiVersion");
    exec.install_hint = fields_.text(value, "installHint");
    exec.provide_cluster_info = fields_.truth(value, "provideClusterInfo");
    exec.interactive_mode = fields_.text(value, "interactiveMode");
    // tools/clientcmd/api/v1/defaults.go
    if (exec.interactive_mode.empty() &&
        (exec.api_version == "client.authentication.k8s.io/v1beta1" ||
         exec.api_version == "client.authentication.k8s.io/v1alpha1")) {
      exec.interactive_mode = "IfAvailable";
    }
    return exec;
  }

  Kubeconfig::Context context(const Value& value) {
    Kubeconfig::Context context;
    context.cluster = fields_.text(value, "cluster");
    context.user = fields_.text(value, "user");
    context.name_space = fields_.text(value, "namespace");
    return context;
  }

  FieldReader fields_;
  std::string folder_;
};

}  // namespace

Result<Kubeconfig> parse_kubeconfig(const std::string& name, std::string bytes,
                                    const std::string& folder) {
  const SecretDocument document = read_secret_document(name, std::move(bytes));
  if (!document.error.empty()) return fail(document.error);
  if (!document.tree) return Kubeconfig{};
  return KubeconfigReader(*document.source, folder).read(document.tree->root());
}

void merge_kubeconfig(Kubeconfig& merged, Kubeconfig next) {
  if (merged.current_context.empty()) merged.current_context = std::move(next.current_context);
  merged.clusters.merge(next.clusters);
  merged.users.merge(next.users);
  merged.contexts.merge(next.contexts);
}

}  // namespace sts::kube
