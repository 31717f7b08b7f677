#include "kube/api/config/select.h"

#include "kube/api/config/url.h"
#include "kube/text/printable.h"

namespace sts::kube {
namespace {

void overwrite(std::string& value, const std::string& flag) {
  if (!flag.empty()) value = flag;
}

std::string quoted(const std::string& name) { return "\"" + printable(name) + "\""; }

void apply_cluster_flags(const Overrides& flags, Kubeconfig::Cluster& cluster) {
  overwrite(cluster.server, flags.server);
  overwrite(cluster.proxy_url, flags.proxy_url);
  if (flags.disable_compression) cluster.disable_compression = true;
  // Either flag replaces all that the kubeconfig says of trust: they exclude each other.
  if (flags.insecure_skip_tls_verify || !flags.certificate_authority.empty()) {
    cluster.insecure_skip_tls_verify = flags.insecure_skip_tls_verify;
    cluster.certificate_authority = flags.certificate_authority;
    cluster.certificate_authority_data.clear();
  }
  // Another server is not expected to have the name of the one in the kubeconfig.
  if (!flags.tls_server_name.empty() || !flags.server.empty()) {
    cluster.tls_server_name = flags.tls_server_name;
  }
}

void apply_user_flags(const Overrides& flags, Kubeconfig::User& user) {
  overwrite(user.token, flags.token);
  overwrite(user.username, flags.username);
  overwrite(user.password, flags.password);
  overwrite(user.as, flags.as);
  overwrite(user.as_uid, flags.as_uid);
  if (!flags.as_groups.empty()) user.as_groups = flags.as_groups;
  for (const auto& [key, values] : flags.as_user_extra) user.as_user_extra[key] = values;
  if (!flags.client_certificate.empty()) {
    user.client_certificate = flags.client_certificate;
    user.client_certificate_data.clear();
  }
  if (!flags.client_key.empty()) {
    user.client_key = flags.client_key;
    user.client_key_data.clear();
  }
}

std::string cluster_problem(const Kubeconfig::Cluster& cluster) {
  if (!cluster.proxy_url.empty()) {
    const auto proxy = parse_url(cluster.proxy_url);
    if (!proxy ||
        (proxy->scheme != "http" && proxy->scheme != "https" && proxy->scheme != "socks5")) {
      return "proxy-url must be a URL that begins with http://, https:// or socks5://";
    }
  }
  const bool has_ca =
      !cluster.certificate_authority.empty() || !cluster.certificate_authority_data.empty();
  if (!cluster.certificate_authority.empty() && !cluster.certificate_authority_data.empty()) {
    return "certificate-authority and certificate-authority-data are both given; keep one";
  }
  if (has_ca && cluster.insecure_skip_tls_verify) {
    return "a certificate authority and insecure-skip-tls-verify are both given; keep one";
  }
  return "";
}

std::string certificate_problem(const Kubeconfig::User& user) {
  const bool certificate =
      !user.client_certificate.empty() || !user.client_certificate_data.empty();
  if (!certificate) return "";  // a key alone is passed over
  if (!user.client_certificate.empty() && !user.client_certificate_data.empty()) {
    return "client-certificate and client-certificate-data are both given; keep one";
  }
  if (!user.client_key.empty() && !user.client_key_data.empty()) {
    return "client-key and client-key-data are both given; keep one";
  }
  if (user.client_key.empty() && user.client_key_data.empty()) {
    return "a client certificate is given, but no client-key or client-key-data";
  }
  return "";
}

std::string exec_problem(const Kubeconfig::User& user) {
  if (!user.exec) return "";
  const Kubeconfig::Exec& exec = *user.exec;
  if (user.auth_provider) return "exec and auth-provider are both given; keep one";
  if (exec.command.empty()) return "exec needs a command";
  if (exec.api_version.empty()) {
    return "exec needs an apiVersion, such as client.authentication.k8s.io/v1";
  }
  for (const auto& [name, value] : exec.env) {
    if (name.empty()) return "an item of exec.env has no name";
  }
  if (exec.interactive_mode.empty()) {
    return "exec needs an interactiveMode: Never, IfAvailable or Always";
  }
  if (exec.interactive_mode != "Never" && exec.interactive_mode != "IfAvailable" &&
      exec.interactive_mode != "Always") {
    return "exec.interactiveMode must be Never, IfAvailable or Always";
  }
  if (exec.api_version != "client.authentication.k8s.io/v1" &&
      exec.api_version != "client.authentication.k8s.io/v1beta1") {
    return "exec.apiVersion must be client.authentication.k8s.io/v1 or "
           "client.authentication.k8s.io/v1beta1; newer versions of most plugins have these";
  }
  return "";
}

std::string user_problem(const Kubeconfig::User& user) {
  if (auto problem = certificate_problem(user); !problem.empty()) return problem;
  if (auto problem = exec_problem(user); !problem.empty()) return problem;
  if (!user.token.empty() && (!user.username.empty() || !user.password.empty())) {
    return "a token and a username or password are both given; keep one";
  }
  const bool more = !user.as_uid.empty() || !user.as_groups.empty() || !user.as_user_extra.empty();
  if (more && user.as.empty()) {
    return "a uid, groups or extra are to be impersonated, but no user; add --as";
  }
  return "";
}

class Selector {
 public:
  Selector(const Kubeconfig& config, const Overrides& flags) : config_(config), flags_(flags) {}

  Result<Selection> run(const std::string& default_server) {
    if (auto problem = choose_context(); !problem.empty()) return fail(problem);
    if (auto problem = choose_user(); !problem.empty()) return fail(problem);
    if (auto problem = choose_cluster(); !problem.empty()) return fail(problem);
    apply_user_flags(flags_, chosen_.user);
    apply_cluster_flags(flags_, chosen_.cluster);
    if (chosen_.cluster.server.empty()) chosen_.cluster.server = default_server;
    if (auto problem = cluster_problem(chosen_.cluster); !problem.empty()) {
      return fail(of("cluster", chosen_.cluster_name) + problem);
    }
    if (auto problem = user_problem(chosen_.user); !problem.empty()) {
      return fail(of("user", chosen_.user_name) + problem);
    }
    return chosen_;
  }

 private:
  static std::string of(const std::string& what, const std::string& name) {
    return name.empty() ? "" : what + " " + quoted(name) + ": ";
  }

  std::string choose_context() {
    chosen_.context_name = flags_.context.empty() ? config_.current_context : flags_.context;
    const auto found = config_.contexts.find(chosen_.context_name);
    if (found != config_.contexts.end()) {
      context_ = found->second;
    } else if (!flags_.context.empty()) {
      return "context " + quoted(flags_.context) +
             " does not exist; see: kubectl config get-contexts";
    } else if (!chosen_.context_name.empty()) {
      return "current-context is " + quoted(chosen_.context_name) +
             ", but there is no such context; see: kubectl config get-contexts";
    }
    overwrite(context_.cluster, flags_.cluster);
    overwrite(context_.user, flags_.user);
    overwrite(context_.name_space, flags_.name_space);
    chosen_.cluster_name = context_.cluster;
    chosen_.user_name = context_.user;
    chosen_.name_space = context_.name_space;
    return "";
  }

  std::string choose_user() {
    const auto found = config_.users.find(context_.user);
    if (found != config_.users.end()) {
      chosen_.user = found->second;
    } else if (!flags_.user.empty()) {
      return "user " + quoted(flags_.user) + " does not exist; see: kubectl config get-users";
    } else if (!context_.user.empty() && !flags_identify()) {
      return dangling("user", context_.user, "get-users");
    }
    return "";
  }

  std::string choose_cluster() {
    const auto found = config_.clusters.find(context_.cluster);
    if (found != config_.clusters.end()) {
      chosen_.cluster = found->second;
    } else if (!flags_.cluster.empty()) {
      return "cluster " + quoted(flags_.cluster) +
             " does not exist; see: kubectl config get-clusters";
    } else if (!context_.cluster.empty() && flags_.server.empty()) {
      return dangling("cluster", context_.cluster, "get-clusters");
    }
    return "";
  }

  bool flags_identify() const {
    return !flags_.token.empty() || !flags_.username.empty() || !flags_.client_certificate.empty();
  }

  std::string dangling(const std::string& what, const std::string& name,
                       const std::string& command) const {
    return "context " + quoted(chosen_.context_name) + " names the " + what + " " + quoted(name) +
           ", which does not exist; see: kubectl config " + command;
  }

  const Kubeconfig& config_;
  const Overrides& flags_;
  Kubeconfig::Context context_;
  Selection chosen_;
};

}  // namespace

Result<Selection> select(const Kubeconfig& config, const Overrides& flags,
                         const std::string& default_server) {
  return Selector(config, flags).run(default_server);
}

}  // namespace sts::kube
