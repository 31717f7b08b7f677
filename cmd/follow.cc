#include "cmd/follow.h"

#include "cmd/exit_code.h"
#include "kube/api/client.h"
#include "kube/text/printable.h"
#include "rollout/status/gather.h"
#include "rollout/status/live.h"
#include "rollout/status/report/format.h"
#include "rollout/status/report/line.h"
#include "rollout/status/status.h"

#include <poll.h>
#include <unistd.h>
#include <utility>

namespace sts::cmd {
namespace {

constexpr kube::Milliseconds kTick{1000};     // ages are shown in seconds
constexpr kube::Milliseconds kBreath{100};    // changes come in swarms
constexpr std::string_view kHome = "\x1b[H";  // to the upper left
constexpr std::string_view kClear = "\x1b[J";

// `| head` has what it wanted.
bool reader_is_gone() {
  pollfd out{STDOUT_FILENO, 0, 0};
  return ::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLNVAL)) != 0;
}

class Follower {
 public:
  Follower(const StatusCommand& command, Cluster& cluster, rollout::Snapshot start)
      : command_(command),
        client_(cluster.client()),
        cluster_(cluster),
        terminal_(::isatty(STDOUT_FILENO) != 0 && command.output != "json"),
        live_(cluster.client(), std::move(start), [this] { changed(); }) {}
  ~Follower() { client_.loop().cancel(timer_); }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  int run() {
    wake_after(kTick);
    while (true) {
      if (!client_.loop().run_until([this] { return due_; })) {
        return report_api_error(cluster_, kube::interrupted());
      }
      due_ = false;
      if (live_.failure()) return report_api_error(cluster_, *live_.failure());
      if (live_.deleted()) {
        write_stderr("error: StatefulSet " + command_.set + " was deleted\n");
        return kApiError;
      }
      if (live_.complete() && !show()) return kApiError;
      if (reader_is_gone()) return kClean;
      wake_after(kTick);
    }
  }

 private:
  void wake_after(kube::Milliseconds delay) {
    client_.loop().cancel(timer_);
    soon_ = delay == kBreath;
    timer_ = client_.loop().after(delay, [this] { due_ = true; });
  }

  void changed() {
    if (!soon_) wake_after(kBreath);
  }

  // False where stdout cannot be written.
  bool show() {
    const kube::Time now = std::chrono::floor<std::chrono::seconds>(client_.loop().clock().wall());
    const rollout::StatusReport report = rollout::status(live_.take(), now);
    return terminal_ ? draw(report) : print(report, now);
  }

  bool draw(const rollout::StatusReport& report) {
    const rollout::StatusFormat& format = *rollout::find_status_format(command_.output);
    std::string screen(kHome);
    // What was below may be longer than what is written over it.
    screen += std::exchange(drawn_, true) ? kClear : std::string_view("\x1b[2J");
    screen += format.render({{report}}, use_colour(command_.colour));
    if (!live_.trouble().empty()) {
      screen += "note: this may be old: " + kube::printable(live_.trouble()) + "\n";
    }
    return written(screen);
  }

  bool print(const rollout::StatusReport& report, kube::Time now) {
    tell_trouble();
    std::string signature = rollout::signature(report);
    if (signature == last_) return true;
    last_ = std::move(signature);
    return written(command_.output == "json"
                       ? rollout::json_line(report) + "\n"
                       : kube::to_string(now) + " " + rollout::one_line(report) + "\n");
  }

  void tell_trouble() {
    if (told_ == live_.trouble()) return;
    told_ = live_.trouble();
    write_stderr(told_.empty() ? "note: the connection is back\n"
                               : "note: " + kube::printable(told_) + "\n");
  }

  static bool written(const std::string& text) {
    const auto done = write_stdout(text);
    if (!done) write_stderr("error: " + done.error().message + "\n");
    return done.has_value();
  }

  const StatusCommand& command_;
  kube::Client& client_;
  Cluster& cluster_;
  const bool terminal_;
  bool due_ = false;
  bool soon_ = false;
  bool drawn_ = false;
  kube::Loop::TimerId timer_ = 0;
  std::string last_;
  std::string told_;
  rollout::LiveSnapshot live_;  // destroyed first: it calls changed()
};

}  // namespace

int follow(const StatusCommand& command, Cluster& cluster) {
  auto start = rollout::gather(cluster.client(), cluster.name_space(), command.set);
  if (!start) return report_api_error(cluster, start.error());
  return Follower(command, cluster, std::move(*start)).run();
}

}  // namespace sts::cmd
