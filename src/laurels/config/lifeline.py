"""Ends a process together with the one that started it (Linux; elsewhere the next start sweeps)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(signal_number: int = signal.SIGTERM, *, parent: int | None = None) -> None:
    """Ask the kernel to signal this process when its parent's thread ends.

    With `parent`, the process id that the parent should have, a parent that ended before the
    request is noticed too.
    """
    if libc is None:
        return
    libc.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), signal_number)


def tied_to_me(signal_number: int = signal.SIGTERM) -> Callable[[], None]:
    """Return a `preexec_fn` that ties the new process to this one."""
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(signal_number, parent=parent)

    return tie
