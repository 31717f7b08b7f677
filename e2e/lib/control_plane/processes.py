"""Processes that outlive the one that starts them, and are found again to be ended.

Each leaves a record, `pids/NAME`, with its id, its start time and the boot that both belong to, so that
another process that later gets the same id is never taken for it.
"""

import os
import pathlib
import select
import signal
import subprocess
import time

# The shell writes the record and then becomes the program: whoever starts it may be killed at any
# moment, and a program without a record never runs. Its start time stays through exec.
_LAUNCH = r"""
record=$1
shift
read -r boot </proc/sys/kernel/random/boot_id
read -r stat </proc/$$/stat
set -f
start=$(set -- ${stat##*) }; echo "${20}")
echo "$$ $start $boot" >"$record.part"
mv "$record.part" "$record"
exec "$@"
"""


def launch(folder: pathlib.Path, name: str, command: list) -> subprocess.Popen:
    """Starts a program in a session of its own; its output goes to logs/NAME.log."""
    (folder / "pids").mkdir(exist_ok=True)
    (folder / "logs").mkdir(exist_ok=True)
    with open(folder / "logs" / f"{name}.log", "ab") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", _LAUNCH, "sh", folder / "pids" / name, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            # What decides a user's own clusters decides nothing here.
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )


def _boot() -> str:
    return pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _start_time(pid: int) -> int | None:
    """Field 22 of /proc/PID/stat, in clock ticks since boot (proc(5)); None for no such process."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(stat.rsplit(") ", 1)[1].split()[19])


def identity(pid: int) -> str:
    """A line that names this very process, for `lives`."""
    return f"{pid} {_start_time(pid)} {_boot()}"


def _open(record: str) -> tuple[int, int] | None:
    """The process of a record as (pid, pidfd), if it still runs."""
    fields = record.split()
    if len(fields) != 3 or fields[2] != _boot():
        return None
    pid, start = int(fields[0]), int(fields[1])
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return None
    # From here on the id cannot be given to another process unnoticed: the descriptor stays with the old one.
    if _start_time(pid) != start:
        os.close(fd)
        return None
    return pid, fd


def lives(record: str) -> bool:
    found = _open(record)
    if found is None:
        return False
    ended = bool(select.select([found[1]], [], [], 0)[0])  # a zombie
    os.close(found[1])
    return not ended


def living(folder: pathlib.Path) -> list[str]:
    """The names of a folder's processes that still run."""
    return [
        path.name
        for path in sorted((folder / "pids").glob("*"))
        if "." not in path.name and lives(path.read_text())
    ]


def end_all(folder: pathlib.Path) -> list[str]:
    """Kills the processes that the folder records, and returns the names of those that ran.

    Nothing of a throw-away cluster is worth a graceful end: kube-apiserver's takes seconds.
    """
    ended = []
    for path in sorted((folder / "pids").glob("*")):
        if "." in path.name:
            continue  # not complete: whoever is to write it has not become the program
        found = _open(path.read_text())
        if found is None:
            continue
        pid, fd = found
        try:
            signal.pidfd_send_signal(fd, signal.SIGKILL)
            try:
                os.killpg(pid, signal.SIGKILL)  # its group holds only what it started itself
            except ProcessLookupError:
                pass
            select.select([fd], [], [], 10)
            ended.append(path.name)
        finally:
            os.close(fd)
    return ended


def last_words(folder: pathlib.Path, name: str, lines: int = 15) -> str:
    try:
        text = (folder / "logs" / f"{name}.log").read_text(errors="replace")
    except OSError:
        return "(no log)"
    return "\n".join("    " + line for line in text.splitlines()[-lines:])


def wait_until(what: str, probe, seconds: float, still_fine=None, interval: float = 0.1):
    """Asks `probe` until it returns something true, which is returned; TimeoutError names the last answer.

    `still_fine` raises when waiting has become pointless.
    """
    deadline = time.monotonic() + seconds
    while True:
        if still_fine is not None:
            still_fine()
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {what}; last: {answer!r}")
        time.sleep(interval)
