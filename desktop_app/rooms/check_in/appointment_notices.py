"""Says what was done to an appointment, and takes it back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.rules import plate
from db.rules.record_words import AppointmentState
from desktop_app.i18n import tr
from desktop_app.i18n.formats import formats

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from db.queries.check_in import AppointmentRow
    from desktop_app.room import RoomContext
    from desktop_app.rooms.check_in.last_act import LastAct


class AppointmentNotices:
    """One method an act. Each notice carries the undo of its act, which is the desk's newest from then on."""

    def __init__(self, context: RoomContext, last_act: LastAct) -> None:
        self._context, self._last_act = context, last_act

    def say_made(self, who: str, starts_at: dt.datetime, result: dict[str, Any]) -> None:
        """A new one; taken back it stands as cancelled."""
        self._say(tr("{who}: appointment for {time}", who=who, time=self._near(starts_at)), lambda: self._end(who, result, AppointmentState.CANCELLED))

    def say_moved(self, row: AppointmentRow, starts_at: dt.datetime, result: dict[str, Any]) -> None:
        """Another time, or another car, reason or person; nothing is said where nothing changed. Taken back, all stands as it did in `row`."""
        from db.commands.appointments import MoveAppointment

        if result["version"] == row.version:
            return
        who = named(row)
        known = row.vehicle_id is not None
        before = MoveAppointment(
            row.appointment_id, result["version"], row.starts_at, row.minutes, row.reason, row.vehicle_id, row.customer_id,
            "" if known else row.plate, "" if row.name == row.name_on_file else row.name, "" if row.phone == row.phone_on_file else row.phone,
            row.package_codes, row.skill, row.bay_id, row.advisor_id, puts_back=True,
        )  # fmt: skip
        if starts_at == row.starts_at:
            words, back = tr("{who}: appointment changed", who=who), tr("{who}: appointment as before", who=who)
        else:
            words = tr("{who}: appointment moved to {time}", who=who, time=self._near(starts_at))
            back = tr("{who}: appointment at {time} again", who=who, time=self._near(row.starts_at))
        self._say(words, lambda: self._perform(before, back))

    def say_ended(self, row: AppointmentRow, state: AppointmentState, result: dict[str, Any]) -> None:
        """Cancelled, or not shown."""
        from db.commands.appointments import BookAgain

        who = named(row)
        back = BookAgain(row.appointment_id, result["version"])
        self._say(_ended(who, state), lambda: self._perform(back, tr("{who}: booked again", who=who)))

    def say_booked_again(self, row: AppointmentRow, result: dict[str, Any]) -> None:
        """What was cancelled or not shown is booked."""
        who = named(row)
        self._say(tr("{who}: booked again", who=who), lambda: self._end(who, result, AppointmentState(row.state)))

    def _end(self, who: str, result: dict[str, Any], state: AppointmentState) -> None:
        from db.commands.appointments import EndAppointment

        self._perform(EndAppointment(result["appointment_id"], result["version"], state), _ended(who, state))

    def _say(self, words: str, undo: Callable[[], object]) -> None:
        self._context.navigator.toast(words, undo=self._last_act.made(undo))

    def _perform(self, command: Any, words: str) -> None:
        self._context.perform(command, lambda _result: self._context.navigator.toast(words, kind="info"))

    def _near(self, moment: dt.datetime) -> str:
        return formats().near(moment, self._context.clock())


def named(row: AppointmentRow) -> str:
    """By what one knows an appointment again: the car's plate, else the person, else its number."""
    car = plate.display(row.plate) if row.vehicle_id is not None else row.plate
    return car or row.name or row.number


def _ended(who: str, state: AppointmentState) -> str:
    return tr("{who}: appointment cancelled", who=who) if state is AppointmentState.CANCELLED else tr("{who}: marked as not shown", who=who)
