"""Questions to CoreDNS over UDP: the oracle of every claim about names."""

import dataclasses
import random
import socket
import struct

_TYPES = {"A": 1, "CNAME": 5, "PTR": 12, "AAAA": 28, "SRV": 33}
_RCODES = {0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 5: "REFUSED"}


@dataclasses.dataclass(frozen=True)
class Answer:
    rcode: str
    records: tuple[str, ...]  # of the type asked for: addresses, "PORT TARGET" of SRV, names

    @property
    def resolves(self) -> bool:
        return self.rcode == "NOERROR" and bool(self.records)


def _name(message: bytes, at: int) -> tuple[str, int]:
    """The name at an offset, and the offset behind it (RFC 1035, 4.1.4: names may end in a pointer)."""
    labels, end = [], None
    while True:
        length = message[at]
        if length >= 0xC0:
            end = at + 2 if end is None else end
            at = struct.unpack_from("!H", message, at)[0] & 0x3FFF
            continue
        at += 1
        if length == 0:
            return ".".join(labels), at if end is None else end
        labels.append(message[at : at + length].decode("ascii", "replace"))
        at += length


def query(port: int, name: str, kind: str = "A", seconds: float = 5) -> Answer:
    """One question, asked again once if nothing comes; TimeoutError after that."""
    number = random.randrange(1 << 16)
    labels = [label.encode("ascii") for label in name.rstrip(".").split(".")]
    if any(not 0 < len(label) < 64 for label in labels):
        return Answer("FORMERR", ())  # no such name can be asked for
    question = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    packet = struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + question + struct.pack("!2H", _TYPES[kind], 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.connect(("127.0.0.1", port))
        link.settimeout(seconds)
        for last in (False, True):
            try:
                link.send(packet)
                message = link.recv(65535)
                break
            except TimeoutError:
                if last:
                    raise TimeoutError(f"no answer from CoreDNS about {name}") from None
    answered, flags, questions, answers = struct.unpack_from("!4H", message)
    assert answered == number and not flags & 0x0200, f"a truncated answer about {name}: ask over TCP"
    at = 12
    for _ in range(questions):
        at = _name(message, at)[1] + 4
    records = []
    for _ in range(answers):
        _, at = _name(message, at)
        found, _, _, length = struct.unpack_from("!HHIH", message, at)
        at += 10
        if found == _TYPES[kind]:
            if kind == "A":
                records.append(socket.inet_ntoa(message[at : at + 4]))
            elif kind == "AAAA":
                records.append(socket.inet_ntop(socket.AF_INET6, message[at : at + 16]))
            elif kind == "SRV":
                records.append(f"{struct.unpack_from('!H', message, at + 4)[0]} {_name(message, at + 6)[0]}")
            else:
                records.append(_name(message, at)[0])
        at += length
    return Answer(_RCODES.get(flags & 15, str(flags & 15)), tuple(sorted(records)))
