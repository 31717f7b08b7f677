#include "rollout/status/live.h"

#include "kube/resources/parse.h"
#include "rollout/status/queries.h"

#include <map>
#include <random>
#include <utility>

namespace sts::rollout {
namespace {

// The objects of one kind, by name.
template <typename T>
class Followed {
 public:
  Followed(kube::Client& client, const kube::Resource& resource, const std::string& name_space,
           kube::WatchOptions options, std::function<bool(const T&)> keep,
           std::function<void()> changed)
      : keep_(std::move(keep)), changed_(std::move(changed)) {
    kube::WatchHandler handler;
    handler.change = [this](kube::Change change, const kube::ApiObject& object) {
      take(change, object);
    };
    handler.synced = [this] { tell(synced_ = true); };
    handler.trouble = [this](const kube::ApiError& error, kube::Milliseconds) {
      trouble_ = error.message;
      changed_();
    };
    handler.recovered = [this] {
      trouble_.clear();
      changed_();
    };
    handler.failed = [this](const kube::ApiError& error) {
      failure_ = error;
      changed_();
    };
    watch_ = std::make_unique<kube::Watch>(client, resource, name_space, std::move(options),
                                           std::move(handler));
  }

  bool settled() const { return synced_ || failure_; }
  bool synced() const { return synced_; }
  const std::map<std::string, T>& items() const { return items_; }
  const std::optional<kube::ApiError>& failure() const { return failure_; }
  const std::string& trouble() const { return trouble_; }

  Part<T> part() const {
    Part<T> part;
    for (const auto& [name, item] : items_) part.items.push_back(item);
    if (failure_) part.unreadable = failure_->message;
    return part;
  }

 private:
  void tell(bool worth) {
    if (worth) changed_();
  }

  void take(kube::Change change, const kube::ApiObject& object) {
    if (change == kube::Change::kDeleted) {
      tell(items_.erase(object.meta.name) > 0);
      return;
    }
    auto item = kube::parse_resource<T>(object.json);
    // What cannot be read is left as it was: the next list of it says so, too.
    if (!item || (keep_ && !keep_(*item))) return;
    items_.insert_or_assign(object.meta.name, std::move(*item));
    changed_();
  }

  std::function<bool(const T&)> keep_;
  std::function<void()> changed_;
  std::map<std::string, T> items_;
  bool synced_ = false;
  std::string trouble_;
  std::optional<kube::ApiError> failure_;
  std::unique_ptr<kube::Watch> watch_;  // destroyed first: it calls all of the above
};

kube::WatchOptions watch_options(const kube::ListOptions& list) {
  kube::WatchOptions options;
  options.label_selector = list.label_selector;
  options.field_selector = list.field_selector;
  options.random = [engine = std::minstd_rand(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(engine);
  };
  return options;
}

kube::ListOptions by_name(const std::string& name) {
  kube::ListOptions options;
  options.field_selector = "metadata.name=" + name;
  return options;
}

}  // namespace

class LiveSnapshot::Impl {
 public:
  Impl(kube::Client& client, Snapshot start, const std::function<void()>& changed)
      : start_(std::move(start)),
        queries_(queries_of(start_.set)),
        sets_(client, kube::kStatefulSets, start_.set.meta.name_space,
              watch_options(by_name(start_.set.meta.name)), {}, changed),
        pods_(client, kube::kPods, start_.set.meta.name_space, watch_options(queries_.pods), {},
              changed),
        claims_(client, kube::kPersistentVolumeClaims, start_.set.meta.name_space,
                watch_options(queries_.claims), {}, changed),
        events_(
            client, kube::kEvents, start_.set.meta.name_space, watch_options(queries_.events),
            [this](const kube::Event& event) { return concerns(start_.set, event); }, changed),
        revisions_(client, kube::kControllerRevisions, start_.set.meta.name_space,
                   watch_options(queries_.revisions), {}, changed) {}

  bool complete() const {
    return sets_.settled() && pods_.settled() && claims_.settled() && events_.settled() &&
           revisions_.settled();
  }

  bool deleted() const { return sets_.synced() && sets_.items().empty(); }

  const std::optional<kube::ApiError>& failure() const {
    return sets_.failure() ? sets_.failure() : pods_.failure();
  }

  const std::string& trouble() const {
    return sets_.trouble().empty() ? pods_.trouble() : sets_.trouble();
  }

  Snapshot take() const {
    Snapshot snapshot;
    snapshot.set = sets_.items().empty() ? start_.set : sets_.items().begin()->second;
    snapshot.pods = pods_.part().items;
    snapshot.claims = claims_.part();
    snapshot.events = events_.part();
    snapshot.revisions = revisions_.part();
    snapshot.nodes = start_.nodes;
    snapshot.version = start_.version;
    return snapshot;
  }

 private:
  const Snapshot start_;
  const Queries queries_;
  Followed<kube::StatefulSet> sets_;
  Followed<kube::Pod> pods_;
  Followed<kube::Claim> claims_;
  Followed<kube::Event> events_;
  Followed<kube::ControllerRevision> revisions_;
};

LiveSnapshot::LiveSnapshot(kube::Client& client, Snapshot start,
                           const std::function<void()>& changed)
    : impl_(std::make_unique<Impl>(client, std::move(start), changed)) {}
LiveSnapshot::~LiveSnapshot() = default;

bool LiveSnapshot::complete() const { return impl_->complete(); }
bool LiveSnapshot::deleted() const { return impl_->deleted(); }
const std::optional<kube::ApiError>& LiveSnapshot::failure() const { return impl_->failure(); }
const std::string& LiveSnapshot::trouble() const { return impl_->trouble(); }
Snapshot LiveSnapshot::take() const { return impl_->take(); }

}  // namespace sts::rollout
