"""A private PostgreSQL on loopback for the tests: made in a temporary folder, thrown away after them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, or None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A running server; `url(name)` addresses a database of it."""

    def __init__(self, folder: Path) -> None:
        bin_folder = binaries()
        assert bin_folder is not None
        self._bin, self._folder = bin_folder, folder
        self._prefix: list[str] = []
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # The server refuses to run as root; where there is one, there are accounts.
            import pwd

            account = next(name for name in ("postgres", "nobody") if any(entry.pw_name == name for entry in pwd.getpwall()))
            self._prefix = ["runuser", "-u", account, "--"]
            shutil.chown(folder, account)
        data = folder / "data"
        self._run("initdb", "-D", str(data), "-U", "shop", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync")
        for _attempt in range(5):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off -c max_connections=60"
            try:
                self._run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
            except subprocess.CalledProcessError:
                time.sleep(0.2)
                continue
            break
        self._options = options
        self._template: str | None = None
        self._count = 0

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([*self._prefix, str(self._bin / program), *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def execute(self, statement: str) -> None:
        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=shop dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)

    def database(self, template: str = "template0") -> str:
        """A new database, its name."""
        self._count += 1
        name = f"shop{self._count}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://shop@127.0.0.1:{self.port}/{name}"

    def start_again(self) -> None:
        """Bring a stopped server back, at the same address."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-l", str(self._folder / "log"), "-o", self._options, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")


def start() -> Cluster:
    """A cluster in a folder that the server's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="service-front-postgresql-", dir="/tmp"))
    folder.chmod(0o700)
    return Cluster(folder)
