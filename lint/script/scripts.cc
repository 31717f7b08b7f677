#include "lint/script/scripts.h"

#include "lint/index/index.h"
#include "lint/index/patches.h"
#include "lint/script/environment.h"
#include "lint/script/kept.h"
#include "lint/script/mounted.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace sts::lint {

namespace {

// What one script may cost: uses beyond this are not looked at.
constexpr std::size_t kMaxUses = 64;
constexpr int kMaxFileDepth = 3;  // scripts that call scripts

struct Argv {
  std::vector<kube::Value> values;
  std::vector<shell::Word> words;
  std::vector<PodScript::Segment> segments;
};

class ContainerScripts {
 public:
  ContainerScripts(const Object& workload, const PodTemplate& pods, const Container& container,
                   const RuleContext& context, PodScripts& out)
      : workload_(workload), container_(container), context_(context), out_(out) {
    const bool host_network = pods.spec.get("hostNetwork").boolean().value_or(false);
    environment_ = std::make_shared<const PodScript::Environment>(
        container_environment(container.value, host_network));
    if (workload.kind == Kind::kStatefulSet) {
      const StatefulSetView set(workload);
      set_name_ = workload.name;
      if (!set.service_name.empty() && !host_network) {
        own_fqdn_ = std::string(kOwnPod) + "." + std::string(set.service_name) + "." +
                    std::string(kOwnNamespace) + ".svc." + context.options.cluster_domain;
      }
    }
    files_ = mounted_files(workload, pods, container.value, context);
  }

  void read() {
    const kube::Value container = container_.value;
    const bool init = container_.role == ContainerRole::kInit;
    read_command(container.get("command"), container.get("args"), init);
    const shell::ParseOptions none;
    const shell::ParseOptions expands = kubernetes_expansion(*environment_);
    read_exec(container.get("lifecycle", "postStart"), Hook::kPostStart, true, none);
    read_exec(container.get("lifecycle", "preStop"), Hook::kPreStop, false, none);
    // kubelet, prober.go: ExpandContainerCommandOnlyStatic.
    read_exec(container.get("readinessProbe"), Hook::kReadiness, true, expands);
    read_exec(container.get("livenessProbe"), Hook::kLiveness, true, expands);
    read_exec(container.get("startupProbe"), Hook::kStartup, true, expands);
    for (const MountedFile& file : files_) {
      if (!file.shell || run_.contains(key(file))) continue;
      PodScript script = blank(Hook::kCommand, false);
      script.surely_run = false;
      add_file(std::move(script), file, {}, 0);
    }
  }

 private:
  PodScript blank(Hook hook, bool status_matters) const {
    PodScript script;
    script.workload = &workload_;
    script.object = &workload_;
    script.container = container_;
    script.hook = hook;
    script.status_matters = status_matters;
    script.environment = environment_;
    script.own_fqdn = own_fqdn_;
    script.set_name = set_name_;
    return script;
  }

  bool patched(kube::Value value) const { return value.exists() && patched_at(workload_, value); }

  static void append(kube::Value list, const shell::ParseOptions& options, Argv& argv) {
    for (const kube::Value item : list.items()) {
      const std::size_t begin =
          argv.segments.empty() ? 0 : argv.segments.back().begin + argv.segments.back().size + 1;
      const std::string_view text = item.text();
      argv.values.push_back(item);
      argv.segments.push_back({begin, 0, text.size(), item});
      argv.words.push_back(shell::exec_word(text, static_cast<std::uint32_t>(begin), options));
    }
  }

  void read_command(kube::Value command, kube::Value args, bool status_matters) {
    if (patched(command) || patched(args)) return;
    const shell::ParseOptions options = kubernetes_expansion(*environment_);
    Argv argv;
    append(command, options, argv);
    append(args, options, argv);
    if (argv.words.empty()) return;
    if (command.size() == 0) {
      // Arguments of the image's own entrypoint, unless they are a command for it to run.
      const std::string first = shell::call(argv.words).name;
      if (!shell::is_shell(first) && first != "nslookup") return;
    }
    read_argv(std::move(argv), Hook::kCommand, status_matters, options);
  }

  void read_exec(kube::Value holder, Hook hook, bool status_matters,
                 const shell::ParseOptions& options) {
    const kube::Value command = holder.get("exec", "command");
    if (!command || patched(command)) return;
    Argv argv;
    append(command, options, argv);
    if (!argv.words.empty()) read_argv(std::move(argv), hook, status_matters, options);
  }

  void read_argv(Argv argv, Hook hook, bool status_matters, shell::ParseOptions options) {
    std::size_t size = 0;
    for (const auto& segment : argv.segments) size += segment.size;
    if (size > shell::kMaxText) return;
    const shell::Call call = shell::call(argv.words);
    PodScript script = blank(hook, status_matters);
    script.timed = call.timed;
    if (const auto shell = shell::shell_call(call)) {
      const std::size_t at = static_cast<std::size_t>(call.args[shell->script] - argv.words.data());
      const std::size_t first = at + (shell->inline_text ? 2 : 1);  // -c SCRIPT $0 $1 …
      for (std::size_t i = first; i < argv.words.size(); ++i) {
        script.positionals.push_back(exec_text(argv.words[i]));
      }
      options.errexit = shell->errexit;
      options.pipefail = shell->pipefail;
      if (!shell->inline_text) {
        options.kubernetes = nullptr;
        run_file(exec_text(argv.words[at]), std::move(script), options, 0);
        return;
      }
      auto parsed = shell::parse(argv.values[at].text(), options);
      if (!parsed) return;
      script.segments = {{0, 0, argv.values[at].text().size(), argv.values[at]}};
      script.script = *std::move(parsed);
      add(std::move(script), 0);
      return;
    }
    if (call.word != nullptr && call.word->literal_text().find('/') != std::string::npos) {
      PodScript file_script = script;
      for (const shell::Word* arg : call.args) file_script.positionals.push_back(exec_text(*arg));
      run_file(exec_text(*call.word), std::move(file_script), {}, 0);
    }
    script.segments = std::move(argv.segments);
    script.script = shell::exec_script(std::move(argv.words));
    add(std::move(script), 0);
  }

  static std::pair<const Object*, std::uint32_t> key(const MountedFile& file) {
    return {file.config_map, file.text.index()};
  }

  std::string exec_text(const shell::Word& word) const {
    std::string text;
    for (const shell::Part& part : word.parts) {
      if (part.kind == shell::PartKind::kLiteral) {
        text += part.text;
        continue;
      }
      const auto found = environment_->find(part.text);
      const bool known = found != environment_->end() && found->second.texts.size() == 1;
      const std::string value = known ? found->second.texts[0] : std::string(kAnything);
      if (!text.empty() && text.size() + value.size() > PodScript::kMaxJoined) {
        return std::string(kAnything);
      }
      text += value;
    }
    return text;
  }

  void run_file(const std::string& path, PodScript script, const shell::ParseOptions& options,
                int depth) {
    const std::string tidy = tidy_path(path);
    for (const MountedFile& file : files_) {
      if (file.path != tidy || depth > kMaxFileDepth) continue;
      if (!run_.insert(key(file)).second) return;
      add_file(std::move(script), file, options, depth);
      return;
    }
  }

  void add_file(PodScript script, const MountedFile& file, const shell::ParseOptions& options,
                int depth) {
    auto parsed = shell::parse(file.text.text(), options);
    if (!parsed) return;
    script.object = file.config_map;
    script.path = file.path;
    script.segments = {{0, 0, file.text.text().size(), file.text}};
    script.script = *std::move(parsed);
    add(std::move(script), depth);
  }

  void add(PodScript script, int depth) {
    std::set<std::string_view> functions;
    for (const shell::Node& node : script.script.nodes) {
      if (node.kind == shell::NodeKind::kFunction) functions.insert(node.text);
    }
    for (const shell::NodeId id : script.script.commands) {
      if (script.uses.size() >= kMaxUses) break;
      const shell::Node& command = script.script.at(id);
      // POSIX XCU 2.9.1: a function comes before the tool of its name, but `command nslookup`,
      // `busybox nslookup` and a path run the tool.
      if (!command.words.empty()) {
        const auto first = command.words[0].literal();
        if (first && functions.contains(*first)) continue;
      }
      auto net = shell::net_command(command);
      if (!net) continue;
      const shell::Reach reach = shell::reach(script.script, id);
      if (reach == shell::Reach::kNever) continue;
      script.uses.push_back(use(script, id, *std::move(net)));
      script.uses.back().reach = reach;
    }
    out_.push_back(std::move(script));
    if (!files_.empty()) follow_files(out_.size() - 1, depth);
  }

  NetUse use(const PodScript& script, shell::NodeId id, shell::NetCommand net) const {
    NetUse use;
    use.command = id;
    use.where = net.hosts.empty() ? net.where : net.hosts[0].word.range;
    std::set<std::string> seen;
    for (const shell::HostWord& host : net.hosts) {
      for (const std::string& text : script.texts(host.word, id)) {
        const std::string name = shell::host_in(text, host.shape);
        if (name.empty() || !seen.insert(name).second) continue;
        use.names.push_back(host_name(name, workload_, context_));
      }
    }
    if (net.server) use.server = script.texts(*net.server, id).front();
    use.gating = shell::gating(script.script, id, script.status_matters);
    use.net = std::move(net);
    return use;
  }

  // Mounted scripts that this script calls: `/scripts/x.sh`, `sh /scripts/x.sh`, `. /scripts/x.sh`.
  void follow_files(std::size_t caller, int depth) {
    std::vector<std::pair<shell::NodeId, const shell::Word*>> calls;
    for (const shell::NodeId id : out_[caller].script.commands) {
      const shell::Call call = shell::call(out_[caller].script.at(id));
      if (call.word == nullptr) continue;
      const shell::Word* file = call.word;
      if ((call.name == "." || call.name == "source") && !call.args.empty()) {
        file = call.args[0];
      } else if (const auto shell = shell::shell_call(call); shell && !shell->inline_text) {
        file = call.args[shell->script];
      }
      if (file->literal_text().find('/') != std::string::npos) calls.emplace_back(id, file);
    }
    for (const auto& [id, file] : calls) {
      const PodScript& from = out_[caller];
      const auto texts = from.texts(*file, id);
      if (texts.size() != 1) continue;
      PodScript script = blank(from.hook, false);
      script.surely_run = from.surely_run;
      script.timed = from.timed || shell::call(from.script.at(id)).timed;
      script.status_matters =
          shell::gating(from.script, id, from.status_matters).gate == shell::Gate::kExit;
      for (const shell::Word* arg : shell::call(from.script.at(id)).args) {
        if (arg->range.begin <= file->range.begin) continue;
        const auto values = from.texts(*arg, id);
        script.positionals.push_back(values.size() == 1 ? values[0] : std::string(kAnything));
      }
      run_file(texts[0], std::move(script), {}, depth + 1);
    }
  }

  const Object& workload_;
  Container container_;
  const RuleContext& context_;
  PodScripts& out_;
  std::shared_ptr<const PodScript::Environment> environment_;
  std::vector<MountedFile> files_;
  std::set<std::pair<const Object*, std::uint32_t>> run_;
  std::string own_fqdn_;
  std::string set_name_;
};

}  // namespace

PodScript::Spot PodScript::spot(shell::Range range) const {
  for (const Segment& segment : segments) {
    if (range.begin > segment.begin + segment.size) continue;
    const std::size_t begin = std::max<std::size_t>(range.begin, segment.begin) - segment.begin;
    const std::size_t end = std::min<std::size_t>(
        std::max<std::size_t>(range.end, segment.begin) - segment.begin, segment.size);
    return {segment.scalar, segment.skipped + begin, segment.skipped + end};
  }
  return {};
}

std::string_view PodScript::written(shell::Range range) const {
  const Spot at = spot(range);
  if (!at.scalar.exists() || at.end < at.begin) return {};
  return at.scalar.text().substr(at.begin, at.end - at.begin);
}

bool PodScript::identity_variable(std::string_view name) const {
  if (!environment) return false;
  const auto found = environment->find(name);
  return found != environment->end() && found->second.identity;
}

std::optional<shell::Range> PodScript::guard(shell::NodeId command) const {
  return shell::pod_guard(script, command,
                          [this](std::string_view name) { return identity_variable(name); });
}

std::shared_ptr<const PodScripts> pod_scripts(const Object& object, const RuleContext& context) {
  return context.index.derived<Kept<PodScripts>>().get(object, [&] {
    PodScripts scripts;
    if (const PodTemplate pods = pod_template(object)) {
      for (const Container& container : pods.containers()) {
        ContainerScripts(object, pods, container, context, scripts).read();
      }
    }
    return scripts;
  });
}

Findings::Builder report_in_script(Findings& findings, const Rule& rule, Severity severity,
                                   const PodScript& script, shell::Range range,
                                   std::string message) {
  const PodScript::Spot spot = script.spot(range);
  Findings::Builder builder = findings.in_text(rule, severity, *script.object, spot.scalar,
                                               spot.begin, spot.end, std::move(message));
  if (script.object != script.workload) {
    const kube::Value name = script.container.value.get("name");
    builder.related(name ? name : script.container.value,
                    "container \"" + std::string(script.container.name) + "\" of " +
                        std::string(script.workload->kind_name) + " \"" +
                        std::string(script.workload->name) + "\" " +
                        (script.surely_run ? "runs it" : "mounts it") + " as " + script.path);
  }
  return builder;
}

}  // namespace sts::lint
