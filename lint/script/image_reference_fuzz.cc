#include "lint/script/dns_tool_class.h"
#include "lint/script/image_reference.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sts::lint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ImageReference image = parse_image(text);
  if (image.path.size() + image.tag.size() + image.digest.size() > size + 8) std::abort();
  const DnsTools tools = dns_tools(image);
  for (const NameForm form : {NameForm::kLabel, NameForm::kDotted, NameForm::kFqdn}) {
    nslookup_result(tools, {form, (size & 1) != 0, (size & 2) != 0, (size & 4) != 0});
  }
  return 0;
}
