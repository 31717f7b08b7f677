#include "lint/input/read.h"

#include "lint/index/builder.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace sts::lint {
namespace {

// Below this a thread costs more than it gives.
constexpr std::uint64_t kParallelFrom = 256 * 1024;
constexpr unsigned kMaxThreads = 8;
// How many files may be read ahead of the one that is taken.
constexpr std::size_t kAhead = 32;

ReadFile read_one(const SelectedFile& selected) {
  ReadFile result;
  result.selected = &selected;
  Result<std::string> bytes = selected.read();
  if (!bytes) {
    result.failure = bytes.error().message;
    return result;
  }
  result.source = std::make_shared<kube::SourceFile>(selected.name, std::move(*bytes));
  kube::ReadOptions options;
  if (!selected.explicitly_named) options.wanted = IndexBuilder::wanted_kind;
  result.documents = kube::read_documents(result.source, options);
  return result;
}

// Workers fill the slots of the next few files; the caller empties them in order.
class Pipeline {
 public:
  explicit Pipeline(const std::vector<SelectedFile>& files) : files_(files), slots_(files.size()) {}

  void run(unsigned threads, const std::function<void(ReadFile)>& take) {
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back([this] { work(); });
    for (std::size_t i = 0; i < files_.size(); ++i) take(wait_for(i));
    for (std::thread& worker : workers) worker.join();
  }

 private:
  void work() {
    while (true) {
      std::size_t mine = 0;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return next_ >= files_.size() || next_ < taken_ + kAhead; });
        if (next_ >= files_.size()) return;
        mine = next_++;
      }
      ReadFile file = read_one(files_[mine]);
      {
        const std::lock_guard lock(mutex_);
        slots_[mine] = std::move(file);
      }
      changed_.notify_all();
    }
  }

  ReadFile wait_for(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return slots_[index].has_value(); });
    ReadFile file = std::move(*slots_[index]);
    slots_[index].reset();
    taken_ = index + 1;
    lock.unlock();
    changed_.notify_all();
    return file;
  }

  const std::vector<SelectedFile>& files_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<ReadFile>> slots_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace

void read_files(const std::vector<SelectedFile>& files,
                const std::function<void(ReadFile file)>& take) {
  std::uint64_t total = 0;
  for (const SelectedFile& file : files) total += file.size;
  if (files.size() < 2 || total < kParallelFrom) {
    for (const SelectedFile& file : files) take(read_one(file));
    return;
  }
  const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 2U, kMaxThreads);
  Pipeline(files).run(threads, take);
}

}  // namespace sts::lint
