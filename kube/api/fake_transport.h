#pragma once

#include "kube/api/loop.h"
#include "kube/api/transport.h"

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sts::kube {

/// What a scripted server answers, step by step:
/// `Script().head(200).body("{…").pause(5s).fault(…)`. A script without an end leaves the request
/// open for ever.
class Script {
 public:
  Script& head(int status, std::vector<Header> headers = {});
  Script& body(std::string bytes);
  /// What follows comes so much later.
  Script& pause(Milliseconds time);
  /// The response is complete.
  Script& end();
  Script& fault(FaultKind kind, std::string detail);

  /// A whole response at once.
  static Script answer(int status, std::string body, std::vector<Header> headers = {});
  /// The connection cannot be made.
  static Script broken(FaultKind kind, std::string detail);
  /// Not a byte ever comes.
  static Script silent() { return {}; }

 private:
  friend class FakeTransport;
  struct Step {
    Milliseconds after{0};  // since the request began
    ResponseHead head;      // status 0: no head
    std::string body;
    bool ends = false;
    std::optional<Fault> fault;
  };
  Step& add();

  Milliseconds time_{0};
  std::vector<Step> steps_;
};

/// A server, its network and the time, for tests: it records the requests, answers as scripted, and
/// turns the clock instead of sleeping. Loop(fake, fake) runs on it.
class FakeTransport final : public Transport, public Waiter, public Clock {
 public:
  /// The next answer to "GET /api/v1/pods" (method and path, without the query). Where no next one
  /// is left, the last is repeated. A request that nothing was scripted for gets a fault that names
  /// it.
  void on(const std::string& request, Script script);

  const std::vector<Request>& requests() const { return requests_; }
  /// "GET /api/v1/pods?limit=500", as sent, each.
  std::vector<std::string> lines() const;
  /// Requests that were neither answered to the end nor cancelled.
  std::size_t open() const { return exchanges_.size(); }

  std::unique_ptr<Exchange> start(Request request, ResponseHandler& handler) override;
  std::string host() const override { return "fake:6443"; }
  /// Throws std::logic_error where nothing can ever happen again.
  void wait(Milliseconds at_most, int fd) override;
  Instant now() const override { return now_; }
  WallTime wall() const override;

 private:
  class Running;

  Instant now_{std::chrono::hours(1)};
  struct Scripts {
    std::deque<Script> next;
    Script last;
  };
  std::map<std::string, Scripts> scripts_;
  std::vector<Request> requests_;
  std::map<std::size_t, Running*> exchanges_;
  std::size_t last_id_ = 0;
  int idle_ = 0;  // waits in a row in which nothing happened
};

}  // namespace sts::kube
