#include "kube/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace sts {

unsigned worker_count() { return std::clamp(std::thread::hardware_concurrency(), 2U, 8U); }

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto loop = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  const std::size_t helpers =
      std::min<std::size_t>(worker_count(), std::max<std::size_t>(count, 1));
  try {
    for (std::size_t i = 1; i < helpers; ++i) threads.emplace_back(loop);
  } catch (const std::system_error&) {
    // The limit of processes is reached: those that there are do the work.
  }
  loop();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace sts
