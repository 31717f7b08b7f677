#include "kube/api/config/credentials/exec_plugin.h"

#include "kube/api/config/credentials/authorization.h"
#include "kube/api/config/paths.h"
#include "kube/text/printable.h"

#include <algorithm>
#include <cstring>

namespace sts::kube {
namespace {

// Messages are one line; what a hint has of breaks and indentation becomes one space.
std::string on_one_line(const std::string& text) {
  std::string result;
  bool blank = true;
  for (const char c : text) {
    const bool is_blank = std::string_view(" \t\r\n\v\f").find(c) != std::string_view::npos;
    if (is_blank && !blank) result += ' ';
    if (!is_blank) result += c;
    blank = is_blank;
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

class ExecCredentials final : public Credentials {
 public:
  ExecCredentials(std::string user_name, Kubeconfig::Exec exec, ExecCluster cluster,
                  Surroundings surroundings)
      : user_name_(std::move(user_name)),
        exec_(std::move(exec)),
        cluster_(std::move(cluster)),
        surroundings_(std::move(surroundings)) {
    exec_.command = clean_path(exec_.command);
  }

  Result<ClientIdentity> current() override {
    const bool expired = expires_ && surroundings_.now() > *expires_;
    if (!identity_ || expired) {
      if (auto ran = run(); !ran) return fail(ran.error().message);
    }
    return *identity_;
  }

  Result<bool> refresh_after_unauthorized() override {
    if (auto ran = run(); !ran) return fail(ran.error().message);
    return true;
  }

 private:
  Result<void> run() {
    identity_.reset();
    const bool interactive = exec_.interactive_mode != "Never" && surroundings_.stdin_is_terminal;
    if (exec_.interactive_mode == "Always" && !interactive) {
      return complain(
          "it must ask on the terminal, but the standard input is none; run this in a "
          "terminal, or set its interactiveMode to IfAvailable");
    }
    ProcessRequest request;
    request.file = find_command(exec_.command, surroundings_);
    if (request.file.empty()) return complain(not_found());
    request.arguments = exec_.args;
    request.environment = environment(interactive);
    request.inherit_stdin = interactive;
    auto outcome = surroundings_.run(request);
    if (!outcome) return complain(outcome.error().message);
    if (auto why = what_went_wrong(*outcome); !why.empty()) return complain(why);

    const auto credential = read_exec_credential(std::move(outcome->output), exec_.api_version);
    if (!credential) {
      return complain(credential.error().message + "; to see for yourself, run it by hand");
    }
    expires_ = credential->expires;
    identity_.emplace();
    if (!credential->token.empty()) identity_->authorization = bearer(credential->token);
    identity_->certificate_pem = credential->certificate_pem;
    identity_->key_pem = credential->key_pem;
    return {};
  }

  // Of variables with one name the last counts, as Go's exec.Cmd has it.
  std::vector<std::string> environment(bool interactive) const {
    Environment variables = surroundings_.environment;
    for (const auto& [name, value] : exec_.env) variables[name] = value;
    variables["KUBERNETES_EXEC_INFO"] =
        exec_info(exec_.api_version, interactive,
                  exec_.provide_cluster_info ? std::optional(cluster_) : std::nullopt);
    std::vector<std::string> result;
    for (const auto& [name, value] : variables) result.push_back(name + "=" + value);
    return result;
  }

  std::string not_found() const {
    const bool is_path = exec_.command.find('/') != std::string::npos;
    std::string message = is_path ? "there is no such program, or it may not be run"
                                  : "it is not in the PATH; install it";
    const std::string hint = on_one_line(exec_.install_hint);
    return hint.empty() ? message : message + "; the kubeconfig says: " + printable(hint);
  }

  static std::string what_went_wrong(const ProcessOutcome& outcome) {
    switch (outcome.end) {
      case ProcessEnd::kExited:
        if (outcome.code == 0) return "";
        return "it failed with exit code " + std::to_string(outcome.code) +
               "; what it wrote above may say why, and its own login command may help";
      case ProcessEnd::kSignalled:
        return "it was ended by signal " + std::to_string(outcome.code) +
               "; run it by hand to see why";
      case ProcessEnd::kTimedOut:
        return "it did not end in time and was stopped; run it by hand to see what it waits for";
      case ProcessEnd::kStopped:
        return "it was interrupted";
      case ProcessEnd::kTooMuchOutput:
        return "it printed more than 1 MiB, which no ExecCredential needs; run it by hand to see "
               "what it prints";
      case ProcessEnd::kNotStarted:
        return std::string("it could not be started: ") + std::strerror(outcome.code);
    }
    return "";
  }

  tl::unexpected<Error> complain(const std::string& message) const {
    const std::string whose =
        user_name_.empty() ? "" : " of user \"" + printable(user_name_) + "\"";
    return fail("credential plugin \"" + printable(exec_.command) + "\"" + whose + ": " + message);
  }

  std::string user_name_;
  Kubeconfig::Exec exec_;
  ExecCluster cluster_;
  Surroundings surroundings_;
  std::optional<ClientIdentity> identity_;
  std::optional<std::chrono::sys_seconds> expires_;
};

}  // namespace

std::shared_ptr<Credentials> exec_credentials(std::string user_name, Kubeconfig::Exec exec,
                                              ExecCluster cluster, Surroundings surroundings) {
  return std::make_shared<ExecCredentials>(std::move(user_name), std::move(exec),
                                           std::move(cluster), std::move(surroundings));
}

std::string find_command(const std::string& command, const Surroundings& surroundings) {
  if (command.find('/') != std::string::npos) {
    return surroundings.is_executable(command) ? command : "";
  }
  const std::string path = variable(surroundings.environment, "PATH");
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(':', at), path.size());
    const std::string folder = path.substr(at, end - at);
    at = end + 1;
    // A plugin from the folder that one happens to be in is an attack.
    if (!folder.starts_with('/')) continue;
    std::string file = clean_path(folder + "/" + command);
    if (surroundings.is_executable(file)) return file;
  }
  return "";
}

}  // namespace sts::kube
