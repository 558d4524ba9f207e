"""Service Front's screens, papers and command line, over the records of `db`."""

import ctypes
import sys

__version__ = "0.1.0"


def _keep_constants() -> None:
    """Make None, True and False as immortal on Python 3.11 as they are by themselves from 3.12 on.

    PySide6 6.12 is built as if they were: there each call of a Qt function without result takes one reference from None away, each
    emitted signal one from True, and the process aborts ("deallocating None") after some hundred or thousand calls.
    """
    for constant in (None, True, False, Ellipsis, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(constant))
        if count.value < 1 << 40 and abs(count.value - sys.getrefcount(constant)) < 16:
            count.value += 1 << 60


if sys.version_info < (3, 12):
    _keep_constants()
