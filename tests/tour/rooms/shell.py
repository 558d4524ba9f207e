"""What lies over any room: palette, menus, help, sign-in, notices, faults and the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.commands.act import Act
from db.rules.errors import Environment, Refusal
from db.rules.rights import Right, Role
from desktop_app.faults import Report
from desktop_app.shell.closing import ClosePanel
from desktop_app.shell.first_start import FirstStart
from desktop_app.shell.leave import LeavePanel
from desktop_app.shell.making import MakingPanel
from desktop_app.shell.performing import Job
from desktop_app.shell.start_trouble import StartTrouble
from tests.tour.demo_store import NOW
from tests.tour.stage import AFTER_TYPING_SECONDS
from tests.tour.steps import Step

if TYPE_CHECKING:
    from tests.tour.stage import Stage

_HERE = "shell"


def _palette(stage: Stage) -> None:
    stage.desk.do("find")


def _palette_found(stage: Stage) -> None:
    stage.desk.search("陳")
    stage.settle(AFTER_TYPING_SECONDS)


def _palette_acts(stage: Stage) -> None:
    stage.desk.search("W26")
    stage.settle(AFTER_TYPING_SECONDS)


def _menu(stage: Stage) -> None:
    stage.window.top_bar.person.click()


def _help(stage: Stage) -> None:
    stage.desk.do("help")


def _about(stage: Stage) -> None:
    stage.desk.do("about")


def _notice(stage: Stage) -> None:
    stage.desk.say_refusal(Refusal("order_unknown", number="W261124-099"))


def _notices(stage: Stage) -> None:
    _notice(stage)
    stage.desk.do("history")


def _lock(stage: Stage) -> None:
    stage.desk.lock("")


def _fault(stage: Stage) -> None:
    where = ("desktop_app/rooms/board/view.py:41 shown",)
    stage.desk.show_fault(Report("E-20261124-1", NOW, "ValueError", where, stage.program.place.log_file))


def _leave(stage: Stage) -> None:
    desk = stage.desk
    assert desk.performing is not None
    job = Job(None, Act(at=NOW, device="counter 1"), desk.performing, None, None)
    refusal = Refusal("not_allowed", right=Right.SETTLE.value, roles=[Role.MANAGER.value, Role.CASHIER.value])
    stage.window.open_panel(LeavePanel(job, refusal, stage.engine, stage.program.runner, desk.performing, desk.session, stage.window))


def _closing(stage: Stage) -> None:
    stage.window.open_panel(ClosePanel(["W261124-007"], 2, stage.window))


def _making(stage: Stage) -> None:
    panel = MakingPanel(stage.window)
    stage.window.open_panel(panel)
    panel.show_progress(40, 100)


def _trouble(stage: Stage) -> None:
    stage.window.open_panel(StartTrouble(Environment("store_damaged", file="shop.db"), stage.program.place, stage.window))


def _first_start(stage: Stage) -> None:
    stage.window.open_panel(FirstStart(stage.program.preferences, stage.window))


def _waiting(stage: Stage) -> None:
    desk = stage.desk
    assert desk.performing is not None
    desk.performing.waiting.emit(2, Environment("server_away"))


def _saved(stage: Stage) -> None:
    desk = stage.desk
    assert desk.performing is not None
    desk.performing.saved.emit(True)


STEPS = [
    Step(_HERE, "palette", _palette, opens="SearchPalette"),
    Step(_HERE, "palette_found", _palette_found, opens="SearchPalette"),
    Step(_HERE, "palette_orders", _palette_acts, opens="SearchPalette"),
    Step(_HERE, "person_menu", _menu, opens="PersonMenu"),
    Step(_HERE, "help", _help, opens="HelpSheet"),
    Step(_HERE, "about", _about, opens="About"),
    Step(_HERE, "notice", _notice),
    Step(_HERE, "notices", _notices, opens="NoticeHistory"),
    Step(_HERE, "fault", _fault, opens="FaultPanel"),
    Step(_HERE, "leave", _leave, opens="LeavePanel"),
    Step(_HERE, "closing", _closing, opens="ClosePanel"),
    Step(_HERE, "making", _making, opens="MakingPanel"),
    Step(_HERE, "start_trouble", _trouble, opens="StartTrouble"),
    Step(_HERE, "first_start", _first_start, opens="FirstStart"),
    Step(_HERE, "not_saved", _waiting),
    Step(_HERE, "saved", _saved),
    Step(_HERE, "sign_in", _lock, opens="SignIn"),
]
