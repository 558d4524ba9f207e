"""One window program per data folder and desktop user: a second start hands its wish to the first and leaves."""

from __future__ import annotations

import getpass
import hashlib
import json
import time
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 3000
_LONGEST_WISH = 4096
_CONNECTION_TRIES = 20
_NAMELESS_WAITS = 10
_NAMELESS_WAIT_SECONDS = 0.1


class Answer(StrEnum):
    """What the first program says to a second start."""

    TAKEN = "ok"
    ANOTHER_STORE = "another store"
    NONE = ""


def channel_name(folder: Path) -> str:
    """Name of the channel on which the program of this folder and desktop user listens."""
    who = f"{getpass.getuser()}\n{folder.resolve()}"
    return "service-front-" + hashlib.sha256(who.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class SingleInstance(QObject):
    """Holds the folder's place for one desktop user; says so when another start asks for a window on the same store."""

    window_wanted = Signal(object)
    """A second start's wish, a dict of plain values."""

    def __init__(self, folder: Path, store: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._name = channel_name(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{self._name}.lock"
        self._lock = QLockFile(str(self._file))
        # Only a process that has died loses its place, never one that merely runs long.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def hold(self) -> bool:
        """Whether this start is the first; it is then to `listen` for others once its window stands.

        A folder that can't be written makes every start the first: what is wrong with it is said when the store is opened.
        """
        return self._try_lock()

    def listen(self) -> None:
        """Hear other starts from now on; one that came before keeps trying for a while."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(self._name)
        server.listen(self._name)

    def _try_lock(self) -> bool:
        """Whether the place is ours, or can't be asked for at all."""
        if self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError:
            return True
        for _ in range(_NAMELESS_WAITS):
            if self._file.exists() and self._file.stat().st_size:
                return False
            time.sleep(_NAMELESS_WAIT_SECONDS)
        # A program that was killed between making the file and writing its name into it left one that nobody owns.
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            # Held open after all, as Windows tells.
            return False
        return self._lock.tryLock(0)

    def hand_over(self, wish: dict[str, str]) -> Answer:
        """Ask the first program for what this start was asked."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        for _ in range(_CONNECTION_TRIES):
            socket.connectToServer(self._name)
            if socket.waitForConnected(ANSWER_MS):
                break
            time.sleep(ANSWER_MS / 1000 / _CONNECTION_TRIES)
        else:
            return Answer.NONE
        socket.write(json.dumps({**wish, "store": self._store}).encode() + b"\n")
        socket.flush()
        answer = bytes(socket.readAll().data()).strip().decode("ascii", "replace") if socket.waitForReadyRead(ANSWER_MS) else ""
        socket.disconnectFromServer()
        return Answer(answer) if answer in set(Answer) else Answer.NONE

    def release(self) -> None:
        """Give the place up."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_words)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._answer(socket)

    def _on_words(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        line = bytes(socket.readLine(_LONGEST_WISH).data())
        try:
            wish = json.loads(line)
        except ValueError:
            # No wish of this program's: whoever sent it sees that nobody took it.
            socket.abort()
            return
        wish = wish if isinstance(wish, dict) else {}
        same = wish.get("store", self._store) == self._store
        socket.write((Answer.TAKEN if same else Answer.ANOTHER_STORE).encode() + b"\n")
        socket.flush()
        if same:
            self.window_wanted.emit(wish)
