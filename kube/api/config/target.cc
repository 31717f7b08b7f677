#include "kube/api/config/target.h"

#include "kube/api/config/credentials/auth_provider.h"
#include "kube/api/config/credentials/authorization.h"
#include "kube/api/config/credentials/configured.h"
#include "kube/api/config/credentials/exec_plugin.h"
#include "kube/api/config/in_cluster.h"
#include "kube/api/config/load.h"
#include "kube/api/config/paths.h"
#include "kube/api/config/proxy.h"
#include "kube/api/config/select.h"
#include "kube/api/config/timeout.h"
#include "kube/api/config/url.h"
#include "kube/text/printable.h"

namespace sts::kube {
namespace {

// client-go, rest/url_utils.go: what has no scheme is http, and then may have no path.
Result<Url> server_url(const std::string& server) {
  auto url = parse_url(server);
  if (!url) {
    url = parse_url("http://" + server);
    if (url && !url->path.empty() && url->path != "/") url.reset();
  }
  if (!url) {
    // Before an @ stands what may be a password.
    const bool harmless = server.find('@') == std::string::npos;
    return fail("the server must be a URL such as https://host:6443" +
                (harmless ? "; this is none: \"" + printable(server) + "\"" : ""));
  }
  if (url->scheme != "https" && url->scheme != "http") {
    return fail("the server's URL must begin with https:// or http://, not " + url->scheme + "://");
  }
  return *url;
}

std::string without_user(const Url& url) {
  const std::string path = clean_path(url.path);
  return url.scheme + "://" + url.authority() + (path == "/" || path == "." ? "" : path);
}

// `https://user:password@host`: Go sends these where nothing else says who one is.
void take_user_of(const Url& url, Kubeconfig::User& user) {
  const bool known = !user.token.empty() || !user.token_file.empty() || !user.username.empty() ||
                     user.exec || user.auth_provider;
  if (url.user_info.empty() || known) return;
  const std::size_t colon = url.user_info.find(':');
  user.username = percent_decoded(url.user_info.substr(0, colon)).value_or("");
  if (colon != std::string::npos) {
    user.password = percent_decoded(url.user_info.substr(colon + 1)).value_or("");
  }
}

bool identifies(const Kubeconfig::User& user) {
  return !user.token.empty() || !user.token_file.empty() || !user.username.empty() ||
         !user.client_certificate.empty() || !user.client_certificate_data.empty() || user.exec ||
         user.auth_provider;
}

Impersonation impersonation_of(const Kubeconfig::User& user) {
  Impersonation result;
  result.user = user.as;
  result.uid = user.as_uid;
  result.groups = user.as_groups;
  for (const auto& [key, values] : user.as_user_extra) result.extra.emplace_back(key, values);
  return result;
}

class TargetFinder {
 public:
  TargetFinder(const Overrides& flags, const Surroundings& surroundings)
      : flags_(flags), surroundings_(surroundings) {
    for (std::string* const path :
         {&flags_.certificate_authority, &flags_.client_certificate, &flags_.client_key}) {
      *path = absolute_path(surroundings.working_directory, *path);
    }
    const std::string master = variable(surroundings.environment, "KUBERNETES_MASTER");
    default_server_ = master.empty() ? "http://localhost:8080" : master;
  }

  Result<Target> run() {
    const auto timeout = parse_timeout(flags_.request_timeout);
    if (!timeout) return fail(timeout.error().message);
    target_.request_timeout = *timeout;
    auto loaded = load_kubeconfig(flags_.kubeconfig, surroundings_);
    if (!loaded) return fail(loaded.error().message);
    auto selection = select(loaded->config, flags_, default_server_);
    if (!selection) return fail(selection.error().message);
    chosen_ = std::move(*selection);
    target_.context = chosen_.context_name;
    // -n wins; where neither it nor the context names one, a pod's own namespace counts.
    target_.name_space = !chosen_.name_space.empty() ? chosen_.name_space
                         : in_cluster(surroundings_) ? in_cluster_namespace(surroundings_)
                                                     : "default";
    if (is_default() && in_cluster(surroundings_)) {
      chosen_.cluster = in_cluster_server(flags_, surroundings_);
      chosen_.user = in_cluster_user(flags_);
      chosen_.cluster_name.clear();
      chosen_.user_name.clear();
    } else if (is_default()) {
      note_nothing_configured(*loaded);
    }
    if (auto made = make_connection(); !made) return fail(made.error().message);
    return std::move(target_);
  }

 private:
  // client-go compares with what an empty kubeconfig gives (DeferredLoadingClientConfig); there,
  // credentials do not count for a server without TLS.
  bool is_default() const {
    const Kubeconfig::Cluster& cluster = chosen_.cluster;
    if (cluster.server != default_server_ || !cluster.proxy_url.empty() ||
        cluster.disable_compression || !chosen_.user.as.empty()) {
      return false;
    }
    const bool plain = !default_server_.starts_with("https://");
    return plain || (!identifies(chosen_.user) && cluster.certificate_authority.empty() &&
                     cluster.certificate_authority_data.empty() &&
                     !cluster.insecure_skip_tls_verify && cluster.tls_server_name.empty());
  }

  void note_nothing_configured(const LoadedKubeconfig& loaded) {
    std::string files;
    for (const auto* const list : {&loaded.read, &loaded.missing}) {
      for (const std::string& file : *list) files += (files.empty() ? "" : ", ") + file;
    }
    target_.notes.push_back("no cluster is configured in " + files + "; trying " + default_server_ +
                            ", as kubectl does");
  }

  tl::unexpected<Error> cluster_error(const std::string& message) const {
    const std::string& name = chosen_.cluster_name;
    return fail(name.empty() ? message : "cluster \"" + printable(name) + "\": " + message);
  }
  tl::unexpected<Error> user_error(const std::string& message) const {
    const std::string& name = chosen_.user_name;
    return fail(name.empty() ? message : "user \"" + printable(name) + "\": " + message);
  }

  Result<void> make_connection() {
    Connection& connection = target_.connection;
    const auto url = server_url(chosen_.cluster.server);
    if (!url) return cluster_error(url.error().message);
    connection.server = without_user(*url);
    connection.disable_compression = chosen_.cluster.disable_compression;
    connection.proxy_url = chosen_.cluster.proxy_url.empty()
                               ? proxy_of_environment(*url, surroundings_.environment)
                               : proxy_for_libcurl(chosen_.cluster.proxy_url);
    connection.impersonate = impersonation_of(chosen_.user);
    // Neither trust nor credentials are looked at where they would travel in the clear.
    if (url->scheme != "https") chosen_.user = Kubeconfig::User{};
    if (url->scheme == "https") {
      connection.insecure_skip_tls_verify = chosen_.cluster.insecure_skip_tls_verify;
      connection.tls_server_name = chosen_.cluster.tls_server_name;
      auto ca = certificate_authority();
      if (!ca) return cluster_error(ca.error().message);
      connection.ca_pem = std::move(*ca);
    }
    take_user_of(*url, chosen_.user);
    return make_credentials();
  }

  Result<std::string> certificate_authority() const {
    const Kubeconfig::Cluster& cluster = chosen_.cluster;
    std::string pem = cluster.certificate_authority_data;
    std::string name = "certificate-authority-data";
    if (!cluster.certificate_authority.empty()) {
      name = "certificate-authority " + cluster.certificate_authority;
      auto bytes = surroundings_.read_file(cluster.certificate_authority);
      if (!bytes) return fail(name + ": " + bytes.error().why);
      pem = std::move(*bytes);
    } else if (pem.empty()) {
      return pem;
    }
    if (!is_certificate(pem)) return fail(name + " holds no certificate in PEM format");
    return pem;
  }

  Result<void> make_credentials() {
    const Kubeconfig::User& user = chosen_.user;
    const bool certificate =
        !user.client_certificate.empty() || !user.client_certificate_data.empty();
    const bool authorized =
        !user.token.empty() || !user.token_file.empty() || !user.username.empty();
    if (user.auth_provider && !(authorized && *user.auth_provider == "oidc")) {
      return user_error(auth_provider_advice(*user.auth_provider));
    }
    // A plugin is not run where something else says who one is (exec.go, UpdateTransportConfig).
    if (user.exec && !authorized && !certificate) {
      target_.connection.credentials =
          exec_credentials(chosen_.user_name, *user.exec, told_to_plugin(), surroundings_);
      return {};
    }
    auto credentials = configured_credentials(user, surroundings_);
    if (!credentials) return user_error(credentials.error().message);
    target_.connection.credentials = std::move(*credentials);
    if (!identifies(user) && target_.connection.server.starts_with("https://")) {
      target_.notes.emplace_back("no credentials are configured, so requests are anonymous");
    }
    return {};
  }

  ExecCluster told_to_plugin() const {
    const Kubeconfig::Cluster& cluster = chosen_.cluster;
    return {cluster.server,
            cluster.tls_server_name,
            cluster.insecure_skip_tls_verify,
            target_.connection.ca_pem,
            cluster.proxy_url,
            cluster.disable_compression,
            cluster.exec_extension};
  }

  Overrides flags_;
  const Surroundings& surroundings_;
  std::string default_server_;
  Selection chosen_;
  Target target_;
};

}  // namespace

Result<Target> find_target(const Overrides& flags, const Surroundings& surroundings) {
  return TargetFinder(flags, surroundings).run();
}

}  // namespace sts::kube
