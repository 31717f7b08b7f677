#include "lint/input/size_limit.h"

namespace sts::lint {
namespace {

std::string human(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  std::uint64_t unit = 1024;
  std::size_t name = 0;
  constexpr const char* kNames[] = {" KiB", " MiB", " GiB"};
  while (bytes / unit >= 1024 && name < 2) {
    unit *= 1024;
    ++name;
  }
  const std::uint64_t tenths = (bytes * 10 + unit / 2) / unit;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + kNames[name];
}

// A value of --max-file-size that allows so many bytes.
std::string allowing(std::uint64_t bytes) {
  constexpr std::uint64_t kKibi = 1024;
  if (bytes < kKibi * kKibi) return std::to_string((bytes + kKibi - 1) / kKibi) + "K";
  return std::to_string((bytes + kKibi * kKibi - 1) / (kKibi * kKibi)) + "M";
}

// Places are 32 bits wide, so that is the highest value that the flag takes.
constexpr std::uint64_t kMost = 4095ULL << 20;

}  // namespace

std::string over_the_limit(std::uint64_t size, std::uint64_t limit) {
  return "is " + human(size) + ", over the limit of " + human(limit) + "; " +
         (size > kMost ? "split it" : "--max-file-size " + allowing(size));
}

std::string over_the_limit(std::uint64_t limit) {
  return "is over the limit of " + human(limit) + "; raise the limit with --max-file-size";
}

}  // namespace sts::lint
