#include "kube/api/fake_transport.h"

#include "kube/api/percent.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace sts::kube {

Script::Step& Script::add() {
  steps_.emplace_back();
  steps_.back().after = time_;
  return steps_.back();
}

Script& Script::head(int status, std::vector<Header> headers) {
  add().head = {status, std::move(headers)};
  return *this;
}

Script& Script::body(std::string bytes) {
  add().body = std::move(bytes);
  return *this;
}

Script& Script::pause(Milliseconds time) {
  time_ += time;
  return *this;
}

Script& Script::end() {
  add().ends = true;
  return *this;
}

Script& Script::fault(FaultKind kind, std::string detail) {
  Step& step = add();
  step.ends = true;
  step.fault = {kind, std::move(detail)};
  return *this;
}

Script Script::answer(int status, std::string body, std::vector<Header> headers) {
  Script script;
  script.head(status, std::move(headers));
  if (!body.empty()) script.body(std::move(body));
  return script.end();
}

Script Script::broken(FaultKind kind, std::string detail) {
  return Script().fault(kind, std::move(detail));
}

class FakeTransport::Running final : public Exchange {
 public:
  Running(FakeTransport& fake, std::size_t id, Script script, ResponseHandler& handler)
      : fake_(fake), id_(id), begun_(fake.now_), script_(std::move(script)), handler_(handler) {
    fake_.exchanges_.emplace(id_, this);
  }
  ~Running() override { fake_.exchanges_.erase(id_); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  std::optional<Instant> next() const {
    if (at_ == script_.steps_.size()) return std::nullopt;
    return begun_ + script_.steps_[at_].after;
  }

  void step() {
    const Script::Step step = script_.steps_[at_++];
    if (step.head.status != 0) {
      handler_.on_head(step.head);
    } else if (step.ends) {
      fake_.exchanges_.erase(id_);
      handler_.on_end(step.fault);
    } else {
      handler_.on_body(step.body);
    }
  }

 private:
  FakeTransport& fake_;
  std::size_t id_;
  Instant begun_;
  Script script_;
  std::size_t at_ = 0;
  ResponseHandler& handler_;
};

void FakeTransport::on(const std::string& request, Script script) {
  scripts_[request].next.push_back(std::move(script));
}

std::vector<std::string> FakeTransport::lines() const {
  std::vector<std::string> lines;
  for (const Request& request : requests_) {
    std::string line = std::string(to_string(request.method)) + " " + request.path;
    char separator = '?';
    for (const auto& [key, value] : request.query) {
      line += separator;
      line += percent_encoded(key) + "=" + percent_encoded(value);
      separator = '&';
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::unique_ptr<Exchange> FakeTransport::start(Request request, ResponseHandler& handler) {
  const std::string name = std::string(to_string(request.method)) + " " + request.path;
  Script script = Script::broken(FaultKind::kOther, "nothing is scripted for " + name);
  const auto found = scripts_.find(name);
  if (found != scripts_.end()) {
    Scripts& scripts = found->second;
    if (!scripts.next.empty()) {
      scripts.last = std::move(scripts.next.front());
      scripts.next.pop_front();
    }
    script = scripts.last;
  }
  requests_.push_back(std::move(request));
  return std::make_unique<Running>(*this, ++last_id_, std::move(script), handler);
}

void FakeTransport::wait(Milliseconds at_most, int) {
  Running* first = nullptr;
  for (const auto& [id, running] : exchanges_) {
    const auto next = running->next();
    if (next && (first == nullptr || *next < *first->next())) first = running;
  }
  if (first == nullptr || *first->next() > now_ + at_most) {
    // The loop waits for a minute when it has no timer.
    if (first == nullptr && at_most >= std::chrono::minutes(1) && ++idle_ > 1000) {
      throw std::logic_error("the test waits for what will never happen");
    }
    now_ += at_most;
    return;
  }
  idle_ = 0;
  now_ = std::max(now_, *first->next());
  first->step();
}

WallTime FakeTransport::wall() const {
  // 2026-01-01T00:00:00Z, and as much as the other clock went on.
  return WallTime(std::chrono::seconds(1'767'225'600)) +
         std::chrono::duration_cast<WallTime::duration>(now_ - Instant(std::chrono::hours(1)));
}

}  // namespace sts::kube
