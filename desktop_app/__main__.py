"""`python -m desktop_app` and `service-front`: hand the words of the console to the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the console asks for; the exit code."""
    from desktop_app.command_line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
