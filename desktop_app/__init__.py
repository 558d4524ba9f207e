"""Service Front's screens, papers and command line, over the records of `db`."""

__version__ = "0.1.0"
