#pragma once

#include "kube/result.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sts::kube {

/// One kubeconfig, or several merged. Follows client-go v0.37, tools/clientcmd/api/v1/types.go.
/// Everything in a User but the names of files is secret. Paths are absolute.
struct Kubeconfig {
  struct Cluster {
    std::string server;
    std::string tls_server_name;
    bool insecure_skip_tls_verify = false;
    std::string certificate_authority;       // a path
    std::string certificate_authority_data;  // PEM
    std::string proxy_url;
    bool disable_compression = false;
    /// What the extension client.authentication.k8s.io/exec holds, as JSON; or empty.
    std::string exec_extension;
  };

  struct Exec {
    std::string command;  // a name for the PATH, or an absolute path
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string api_version;
    std::string install_hint;
    bool provide_cluster_info = false;
    std::string interactive_mode;  // "" was already replaced where the version has a default
  };

  struct User {
    std::string client_certificate;       // a path
    std::string client_certificate_data;  // PEM
    std::string client_key;               // a path
    std::string client_key_data;          // PEM
    std::string token;
    std::string token_file;  // a path
    std::string as;
    std::string as_uid;
    std::vector<std::string> as_groups;
    std::map<std::string, std::vector<std::string>> as_user_extra;
    std::string username;
    std::string password;
    std::optional<std::string> auth_provider;  // its name
    std::optional<Exec> exec;
  };

  struct Context {
    std::string cluster;
    std::string user;
    std::string name_space;
  };

  std::string current_context;
  std::map<std::string, Cluster> clusters;
  std::map<std::string, User> users;
  std::map<std::string, Context> contexts;
};

/// Reads one file's bytes. `name` is how the file is shown; `folder`, absolute, is what relative
/// paths inside are relative to. An empty file is an empty configuration. An error is one line,
/// `name:line:column: what is wrong; what to do`, and quotes nothing of the file but names.
Result<Kubeconfig> parse_kubeconfig(const std::string& name, std::string bytes,
                                    const std::string& folder);

/// Adds what `merged` does not have yet: of two entries with one name the first counts, whole.
void merge_kubeconfig(Kubeconfig& merged, Kubeconfig next);

}  // namespace sts::kube
