#include "kube/semantics/dns_records.h"

#include "kube/semantics/dns_name.h"

#include <algorithm>
#include <optional>

namespace sts::kube {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view without_underscore(std::string_view label) {
  if (label.starts_with('_')) label.remove_prefix(1);
  return label;
}

// What stands before the zone, taken apart; nothing for what CoreDNS does not look for among
// Services. Two labels before the Service are a port and a protocol, with underscores or without.
std::optional<ServiceDnsName> parse(std::string_view name, std::string_view domain) {
  if (!name.ends_with(domain)) return std::nullopt;
  name.remove_suffix(domain.size());
  if (!name.ends_with(".svc.")) return std::nullopt;
  name.remove_suffix(5);
  const std::vector<std::string_view> labels = dns_labels(name);
  const std::size_t n = labels.size();
  if (n < 2 || n > 4) return std::nullopt;
  ServiceDnsName parsed;
  parsed.name_space = labels[n - 1];
  parsed.service = labels[n - 2];
  if (n == 3) parsed.hostname = labels[0];
  if (n == 4) {
    parsed.port = without_underscore(labels[0]);
    parsed.protocol = without_underscore(labels[1]);
  }
  return parsed;
}

// One record, with what SRV needs.
struct Found {
  std::string host;
  std::string label;  // of an endpoint; "" for a cluster IP
  std::int64_t port = -1;
  bool alias = false;
};

struct Records {
  bool exists = false;
  std::vector<Found> found;
};

class Lookup {
 public:
  Lookup(const DnsSource& source, const ServiceDnsName& name) : source_(source), name_(name) {}

  Records run() {
    for (const Service& service : source_.services) {
      if (service.meta.name != name_.service || service.meta.name_space != name_.name_space) {
        continue;
      }
      if (service.external()) {
        if (name_.hostname.empty()) add({service.external_name, "", -1, true});
      } else if (service.headless() || !name_.hostname.empty()) {
        endpoints();
      } else {
        cluster_ips(service);
      }
    }
    return std::move(records_);
  }

 private:
  bool asked_for(const std::string& port, const std::string& protocol) const {
    return (name_.port.empty() || lower(port) == name_.port) &&
           (name_.protocol.empty() || lower(protocol) == name_.protocol);
  }

  void add(Found found) {
    records_.exists = true;
    records_.found.push_back(std::move(found));
  }

  void endpoints() {
    for (const EndpointSlice& slice : source_.slices) {
      if (slice.service != name_.service || slice.meta.name_space != name_.name_space) continue;
      for (const Endpoint& endpoint : slice.endpoints) {
        if (!endpoint.serves()) continue;
        for (const std::string& address : endpoint.addresses) addresses(slice, endpoint, address);
      }
    }
  }

  void addresses(const EndpointSlice& slice, const Endpoint& endpoint, const std::string& address) {
    const std::string label = endpoint_label(endpoint, address);
    if (!name_.hostname.empty() && lower(label) != name_.hostname) return;
    const bool alias = slice.address_type == "FQDN";
    // A slice without ports counts as one with a port of no name (object/endpoint.go).
    if (slice.ports.empty() && asked_for("", "")) add({address, label, -1, alias});
    for (const EndpointPort& port : slice.ports) {
      if (asked_for(port.name, port.protocol)) add({address, label, port.port, alias});
    }
  }

  void cluster_ips(const Service& service) {
    const auto of_port = [&](std::int64_t port) {
      records_.exists = true;
      for (const std::string& address : service.cluster_ips) add({address, "", port, false});
    };
    if (service.ports.empty() && asked_for("", "")) of_port(-1);
    for (const ServicePort& port : service.ports) {
      if (asked_for(port.name, port.protocol)) of_port(port.port);
    }
  }

  const DnsSource& source_;
  const ServiceDnsName& name_;
  Records records_;
};

}  // namespace

std::string endpoint_label(const Endpoint& endpoint, std::string_view address) {
  if (!endpoint.hostname.empty()) return endpoint.hostname;
  std::string label(address);
  std::replace(label.begin(), label.end(), label.find('.') != std::string::npos ? '.' : ':', '-');
  return label;
}

DnsRecords dns_lookup(const DnsSource& source, std::string_view name) {
  const std::string asked = lower(name);
  const auto parsed = parse(asked, lower(source.cluster_domain));
  DnsRecords out;
  if (!parsed) return out;
  const Records records = Lookup(source, *parsed).run();
  for (const Found& found : records.found) {
    if (found.alias) {
      out.alias = found.host;
    } else {
      out.addresses.push_back(found.host);
    }
  }
  std::sort(out.addresses.begin(), out.addresses.end());
  out.addresses.erase(std::unique(out.addresses.begin(), out.addresses.end()), out.addresses.end());
  out.answer = !out.addresses.empty() ? DnsAnswer::kAddresses
               : !out.alias.empty()   ? DnsAnswer::kAlias
               : records.exists       ? DnsAnswer::kNoData
                                      : DnsAnswer::kNxDomain;
  return out;
}

std::vector<SrvRecord> srv_lookup(const DnsSource& source, std::string_view name) {
  const std::string asked = lower(name);
  const auto parsed = parse(asked, lower(source.cluster_domain));
  std::vector<SrvRecord> out;
  if (!parsed) return out;
  const std::string service = std::string(parsed->service) + "." + std::string(parsed->name_space) +
                              ".svc." + std::string(source.cluster_domain);
  for (const Found& found : Lookup(source, *parsed).run().found) {
    // plugin/backend_lookup.go, SRV: aliases and the port of no number are left out.
    if (found.alias || found.port < 0) continue;
    out.push_back({found.label.empty() ? service : found.label + "." + service, found.port});
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace sts::kube
