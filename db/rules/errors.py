"""The two ways in which the records say no to a person."""

from __future__ import annotations


class Refusal(Exception):
    """The request can't be done as asked, and the person can do something about it.

    `code` names the sentence (snake_case, translated by `desktop_app.faults`); `facts` are the values it is filled with.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Environment(Exception):
    """The machine, file or server doesn't let the records be read or written; nobody's input is wrong.

    `code` and `facts` as in `Refusal`. Raised only after nothing has been overwritten.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
