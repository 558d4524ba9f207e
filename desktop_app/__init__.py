"""Service Front's screens, papers and command line, over the records of `db`."""

import ctypes
import sys

__version__ = "0.1.0"


def _keep_none() -> None:
    """Make None as immortal on Python 3.11 as it is by itself from 3.12 on.

    PySide6 6.12 is built as if it were: there each call of a Qt function without result takes one reference from None away,
    and the process aborts ("deallocating None") after some thousand calls.
    """
    count = ctypes.c_ssize_t.from_address(id(None))
    if count.value < 1 << 40 and abs(count.value - sys.getrefcount(None)) < 16:
        count.value += 1 << 60


if sys.version_info < (3, 12):
    _keep_none()
