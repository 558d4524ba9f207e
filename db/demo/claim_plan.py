"""The demo's eight accidents and the time that each of their stages took, worked out by the rules of a claim's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.rules import stages
from db.rules.record_words import ClaimKind, ClaimState, Severity

if TYPE_CHECKING:
    from db.catalogue_files.records import ClaimStage
    from db.demo.cars import Car
    from db.demo.simulation import Span, Workshop
    from db.rules.stages import Stage
    from db.rules.working_calendar import WorkingCalendar

MINUTE = dt.timedelta(minutes=1)
HANDS_ON = {"dismantling": "feng", "sheet_metal": "feng", "paint": "li", "assembly": "feng"}
"""Stages in which a technician works on the car all along."""

_REPORTED_AT_MINUTES = (562, 641, 588, 829, 702, 913, 520, 991, 1042)
"""Minutes of the day at which an accident may be reported, tried in turn."""


@dataclass(frozen=True, slots=True)
class Accident:
    """One claim of the demo: what happened, and at which stage the afternoon finds it."""

    key: str
    at_stage: str
    """The stage that runs now, or the last that is done, with `done`."""
    kind: ClaimKind
    severity: Severity
    insurer: str
    place: str
    words: str
    model: str
    plate: str = ""
    owner: str = ""
    phone: str = ""
    title: str = ""
    state: ClaimState = ClaimState.OPEN
    panels: int = 2
    parts: tuple[str, ...] = ()
    reported: int = 400_000
    direct: bool = True
    liability: int = 100
    done: bool = False
    started: bool = True
    """Whether the present stage has begun, or only could."""
    overruns: tuple[tuple[str, int, str, str], ...] = ()
    """Stage, per cent of its standard, reason, whom it falls to."""
    not_needed: tuple[str, ...] = ()
    supplement: tuple[str, int, bool | None] | None = None
    """Words, amount, granted (None: not answered)."""
    days_ago: int = 0
    """Calendar days before which it was reported at the latest; 0: as late as fits."""


ACCIDENTS: tuple[Accident, ...] = (
    Accident(
        "k1", "payment", ClaimKind.SINGLE, Severity.LIGHT, "PICC", "南山區科苑路", "倒車碰到柱子，後保險槓破損。",
        "HONDA-CIVIC", state=ClaimState.CLOSED, parts=("BO-RB",), panels=1,
        reported=180_000, done=True, days_ago=58,
    ),
    Accident(
        "k2", "payment", ClaimKind.OTHERS_FAULT, Severity.MEDIUM, "CPIC", "濱海大道東行", "被後車追撞，後圍和後保險槓變形。", "SVW-TIGUAN",
        state=ClaimState.DELIVERED,
        parts=("BO-RB",), panels=3, reported=900_000, overruns=(("parts", 140, "parts_late", "supplier"),), supplement=("後防撞樑變形",
        96_000, True), days_ago=24,
    ),
    Accident(
        "k3", "paint", ClaimKind.OTHERS_FAULT, Severity.MEDIUM, "PAIC", "北環大道僑香立交", "左後葉被追撞，對方全責。", "TOYOTA-HIGHLANDER",
        "粤B·52M8N", "何國棟",
        "137 5520 9918", "mr", parts=("BO-RB",), panels=3, reported=1_500_000, overruns=(("loss_assessment", 190, "approval_slow", "insurer"),),
        supplement=("倒車雷達線束損壞", 231_000, True), not_needed=("tow",),
    ),
    Accident(
        "k4", "sheet_metal", ClaimKind.OWN_FAULT, Severity.MEDIUM, "PICC", "沙河西路", "追尾前車，水箱框架和機蓋變形。", "NISSAN-XTRAIL", parts=("BO-RS",
        "BO-HD"), panels=3, reported=1_100_000,
        supplement=None, not_needed=("supplement",),
    ),
    Accident(
        "k5", "parts", ClaimKind.SINGLE, Severity.MEDIUM, "PAIC", "寶安大道", "右前輪壓路肩，翼子板和大燈破損。", "SVW-LAVIDA", "粤B·9C2L1",
        "曾美琪", "139 2230 5518",
        "ms", parts=("BO-FF", "LH-01"), panels=2, reported=680_000, overruns=(("parts", 260, "parts_late", "supplier"),), not_needed=("tow", "supplement"),
    ),
    Accident(
        "k6", "price_approval", ClaimKind.SHARED, Severity.MEDIUM, "GPIC", "南海大道深南路口", "路口轉彎相撞，雙方同等責任。",
        "GEELY-MONJARO", parts=("BO-DR",), panels=3, reported=1_250_000,
        liability=50, supplement=("右後減振器彎曲", 148_000, None), not_needed=("tow",), overruns=(("price_approval", 420, "approval_slow", "insurer"),),
    ),
    Accident(
        "k7", "loss_assessment", ClaimKind.OWN_FAULT, Severity.MEDIUM, "CCIC", "福龍路出口", "變道剮蹭，右側兩門受損。",
        "BYD-SONG-DMI", parts=("BO-DR",), panels=2, reported=520_000,
        not_needed=("tow",),
    ),
    Accident(
        "k8", "survey", ClaimKind.SINGLE, Severity.LIGHT, "PICC", "留仙大道", "停車場出口刮到左前門，車還能開。", "TESLA-3", panels=1,
        reported=150_000, started=False,
    ),
)  # fmt: skip


@dataclass(slots=True)
class ClaimPlan:
    """An accident with its car and the times of its stages."""

    accident: Accident
    car: Car
    reported_at: dt.datetime
    rows: list[Stage] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    """Stage to the spans in which its technician works."""

    def row(self, code: str) -> Stage:
        """The stage of a code."""
        return next(row for row in self.rows if row.code == code)


def minutes_of(stage: ClaimStage, severity: Severity) -> int:
    """A stage's standard time at a severity."""
    return {Severity.LIGHT: stage.minutes.light, Severity.MEDIUM: stage.minutes.medium, Severity.HEAVY: stage.minutes.heavy}[severity]


class ClaimClock:
    """Lays out an accident's stages one after the other, as late as its present stage allows."""

    def __init__(
        self, catalogue_stages: tuple[ClaimStage, ...], calendar: WorkingCalendar, workshop: Workshop, staff: dict[str, int], now: dt.datetime
    ) -> None:
        self._stages = catalogue_stages
        self._calendar = calendar
        self._workshop = workshop
        self._staff = staff
        self._now = now

    def lay_out(self, accident: Accident, car: Car) -> ClaimPlan:
        """The plan whose present stage runs at `now`; of the possible ones the last."""
        day = self._calendar.day_of(self._now) - dt.timedelta(days=accident.days_ago)
        for back in range(120):
            candidate = day - dt.timedelta(days=back)
            if not self._calendar.is_working_day(candidate):
                continue
            turn = ord(accident.key[-1]) % len(_REPORTED_AT_MINUTES)
            for minute in (*_REPORTED_AT_MINUTES[turn:], *_REPORTED_AT_MINUTES[:turn]):
                plan = self._from(accident, car, self._calendar.moment(candidate, minute))
                if plan is not None:
                    self._keep(plan)
                    return plan
        raise LookupError(accident.key)

    def _keep(self, plan: ClaimPlan) -> None:
        for code, spans in plan.spans.items():
            for start, end in spans:
                self._workshop.keep(self._staff[HANDS_ON[code]], start, end)

    def _from(self, accident: Accident, car: Car, reported_at: dt.datetime) -> ClaimPlan | None:
        plan = ClaimPlan(accident, car, reported_at)
        codes = [stage.code for stage in self._stages]
        last = codes.index(accident.at_stage)
        slow = {code: per_cent for code, per_cent, _, _ in accident.overruns}
        plan.rows = [
            stages.Stage(
                key=number, code=stage.code, after=stage.after, standard_minutes=minutes_of(stage, accident.severity), opened_at=reported_at,
                needed=minutes_of(stage, accident.severity) > 0 and stage.code not in accident.not_needed, round_the_clock=stage.round_the_clock,
            )
            for number, stage in enumerate(self._stages, 1)
        ]  # fmt: skip
        for number, stage in enumerate(self._stages):
            row = plan.rows[number]
            if not row.needed:
                continue
            free = stages.could_start_at(row, plan.rows)
            beside = stage.code == "papers" and last < codes.index("submission")
            if free is None or (number > last and not beside) or free > self._now:
                if number == last:
                    return None
                continue
            start = free if row.code == "report" else self._later(row, free, max(2, min(row.standard_minutes // 12, 15)))
            is_present = number == last and not accident.done
            if is_present and not accident.started:
                continue
            minutes = row.standard_minutes * slow.get(row.code, 62 + number * 7 % 30) // 100
            start, end = self._start_and_end(plan, row, start, minutes)
            if start > self._now:
                if number == last:
                    return None
                continue
            if is_present or beside:
                if is_present and end <= self._now:
                    return None
                plan.rows[number] = replace(row, started_at=start)
            else:
                if end > self._now:
                    return None
                plan.rows[number] = replace(row, started_at=start, ended_at=end)
        return plan

    def _later(self, row: Stage, free: dt.datetime, minutes: int) -> dt.datetime:
        if row.round_the_clock:
            return free + minutes * MINUTE
        return self._calendar.next_open(self._calendar.add_minutes(free, minutes))

    def _start_and_end(self, plan: ClaimPlan, row: Stage, start: dt.datetime, minutes: int) -> Span:
        if row.code in HANDS_ON:
            spans = self._workshop.plan(self._staff[HANDS_ON[row.code]], start, minutes)
            plan.spans[row.code] = spans
            return spans[0][0], spans[-1][1]
        return start, start + minutes * MINUTE if row.round_the_clock else self._calendar.add_minutes(start, minutes)
