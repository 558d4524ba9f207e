"""The claim's clock: could-start, waiting, work, overrun, the forecast's longest path."""

import dataclasses
import datetime as dt
import tomllib
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules import stages as rules
from db.rules.errors import Refusal
from db.rules.rights import Role
from db.rules.stages import FallsTo, Stage, StageState, Wait, check_end, check_sign, check_start, clock, could_start_at, forecast
from db.rules.working_calendar import WorkingCalendar
from desktop_app.resource import resource

SHOP = WorkingCalendar()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


REPORT = Stage(1, "report", (), 15, local(23, 20), round_the_clock=True, started_at=local(23, 20), ended_at=local(23, 20, 10))
SURVEY = Stage(2, "survey", ("report",), 60, local(23, 20), started_at=local(24, 9), ended_at=local(24, 9, 45))
TOW = Stage(3, "tow", ("report",), 120, local(23, 20), needed=False, round_the_clock=True)
INTAKE = Stage(4, "intake", ("report", "tow"), 20, local(23, 20))
LOSS = Stage(5, "loss_assessment", ("survey", "intake"), 60, local(23, 20))
DELIVERY = Stage(6, "delivery", ("loss_assessment",), 30, local(23, 20))
CLAIM = [REPORT, SURVEY, TOW, INTAKE, LOSS, DELIVERY]


THREE = local(24, 15)


def claim(**changed: Stage) -> list[Stage]:
    return [changed.get(stage.code, stage) for stage in CLAIM]


def test_a_stage_could_start_when_all_before_it_was_done() -> None:
    assert could_start_at(REPORT, CLAIM) == local(23, 20)
    assert could_start_at(SURVEY, CLAIM) == local(23, 20, 10)
    assert could_start_at(INTAKE, CLAIM) == local(23, 20, 10)  # the tow is not needed
    assert could_start_at(LOSS, CLAIM) is None


def test_a_step_that_is_not_needed_opens_nothing_too_early() -> None:
    intake = dataclasses.replace(INTAKE, needed=False)
    loss = dataclasses.replace(LOSS, after=("intake",))
    report = dataclasses.replace(REPORT, ended_at=None)
    assert could_start_at(loss, claim(intake=intake, loss_assessment=loss, report=report)) is None
    with pytest.raises(Refusal) as refused:
        check_start(loss, claim(intake=intake, loss_assessment=loss, report=report), local(24, 9))
    assert refused.value.facts == {"stage": "loss_assessment", "stages": ["report"]}
    assert could_start_at(loss, claim(intake=intake, loss_assessment=loss)) == REPORT.ended_at


def test_the_clock_of_a_stage_that_is_done() -> None:
    its = clock(SURVEY, CLAIM, SHOP, local(25, 9))
    assert (its.could_start_at, its.minutes, its.waiting, its.work, its.overrun, its.state) == (local(23, 20, 10), 75, 30, 45, 15, StageState.DONE)
    its = clock(REPORT, CLAIM, SHOP, local(25, 9))
    assert (its.minutes, its.waiting, its.work, its.overrun) == (10, 0, 10, 0)


def test_spans_put_to_waiting_are_waiting_once() -> None:
    waits = (Wait(local(24, 10), local(24, 11)), Wait(local(24, 10, 30), local(24, 11, 30)), Wait(local(24, 14)))
    intake = dataclasses.replace(INTAKE, started_at=local(24, 9), waits=waits)
    its = clock(intake, claim(intake=intake), SHOP, local(24, 15))
    assert (its.minutes, its.waiting, its.work, its.overrun, its.state) == (300, 30 + 90 + 60, 120, 280, StageState.WAITING)


def test_how_a_stage_is_shown() -> None:
    def state(stage: Stage, now: dt.datetime = THREE) -> StageState:
        return clock(stage, claim(**{stage.code: stage}), SHOP, now).state

    assert state(TOW) is StageState.NOT_NEEDED
    assert state(LOSS) is StageState.NOT_STARTED
    assert state(INTAKE) is StageState.WAITING
    assert state(dataclasses.replace(INTAKE, started_at=local(24, 9))) is StageState.IN_PROGRESS
    ended = (Wait(local(24, 10), local(24, 11)),)
    assert state(dataclasses.replace(INTAKE, started_at=local(24, 9), waits=ended)) is StageState.IN_PROGRESS
    assert state(dataclasses.replace(INTAKE, started_at=local(24, 9), waits=ended), local(24, 10, 30)) is StageState.WAITING
    assert clock(LOSS, CLAIM, SHOP, local(24, 15)).minutes == 0


def test_a_late_entry_is_refused_with_the_times() -> None:
    check_start(INTAKE, CLAIM, local(23, 20, 10))
    with pytest.raises(Refusal) as refused:
        check_start(INTAKE, CLAIM, local(23, 20, 9))
    assert refused.value.code == "stage_starts_too_early"
    assert refused.value.facts == {"stage": "intake", "started_at": local(23, 20, 9), "could_start_at": local(23, 20, 10)}
    with pytest.raises(Refusal) as refused:
        check_start(LOSS, CLAIM, local(24, 15))
    assert (refused.value.code, refused.value.facts["stages"]) == ("stage_waits_for", ["intake"])
    with pytest.raises(Refusal, match="stage_not_needed"):
        check_start(TOW, CLAIM, local(24, 15))


def test_an_end_lies_between_its_start_and_what_came_after() -> None:
    waits = (Wait(local(24, 9, 30), local(24, 10)),)
    intake = dataclasses.replace(INTAKE, started_at=local(24, 9), waits=waits)
    loss = dataclasses.replace(LOSS, started_at=local(24, 13, 30))
    stages = claim(intake=intake, loss_assessment=loss)
    check_end(intake, stages, local(24, 13, 30))
    for at, code in ((local(24, 9, 59), "stage_ends_too_early"), (local(24, 13, 31), "stage_ends_too_late")):
        with pytest.raises(Refusal) as refused:
            check_end(intake, stages, at)
        assert refused.value.code == code
    with pytest.raises(Refusal, match="stage_not_started"):
        check_end(INTAKE, CLAIM, local(24, 9))


def test_over_its_standard_a_stage_names_a_reason_and_whom_it_falls_to() -> None:
    its = clock(SURVEY, CLAIM, SHOP, local(25, 9))
    for reason, falls_to in (("", FallsTo.INSURER), ("surveyor came late", None)):
        with pytest.raises(Refusal) as refused:
            check_sign(SURVEY, its, reason, falls_to)
        assert (refused.value.code, refused.value.facts) == ("overrun_needs_reason", {"stage": "survey", "overrun_minutes": 15})
    check_sign(SURVEY, its, "surveyor came late", FallsTo.INSURER)
    check_sign(REPORT, clock(REPORT, CLAIM, SHOP, local(25, 9)), "", None)
    with pytest.raises(Refusal, match="stage_not_ended"):
        check_sign(INTAKE, clock(INTAKE, CLAIM, SHOP, local(24, 9)), "x", FallsTo.NOBODY)
    assert set(Role) < set(FallsTo)


def test_the_forecast_and_what_holds_it_up() -> None:
    found = forecast(CLAIM, SHOP, local(24, 10))
    assert found is not None
    assert found.delivery_at == local(24, 11, 50)  # 20 + 60 + 30 minutes from ten o'clock
    assert (found.path, found.held_by) == ((1, 4, 5, 6), 4)
    late = dataclasses.replace(INTAKE, started_at=local(24, 8, 30))
    assert forecast(claim(intake=late), SHOP, local(24, 10)).delivery_at == local(24, 11, 30)  # type: ignore[union-attr]
    done = dataclasses.replace(DELIVERY, started_at=local(24, 11), ended_at=local(24, 11, 30))
    found = forecast(claim(delivery=done), SHOP, local(25, 10))
    assert found is not None
    assert (found.delivery_at, found.held_by is None) == (local(24, 11, 30), False)
    assert forecast([REPORT], SHOP, local(24, 10)) is None


def test_a_stage_may_open_again() -> None:
    supplement = Stage(10, "supplement", (), 240, local(23, 20), started_at=local(24, 9), ended_at=local(24, 10))
    approval = Stage(11, "price_approval", ("supplement",), 120, local(23, 20), started_at=local(24, 10), ended_at=local(24, 11))
    again = dataclasses.replace(supplement, key=12, opened_at=local(24, 14), started_at=None, ended_at=None)
    approval_again = dataclasses.replace(approval, key=13, opened_at=local(24, 14), started_at=None, ended_at=None)
    delivery = dataclasses.replace(DELIVERY, after=("price_approval",))
    stages = [supplement, approval, again, approval_again, delivery]
    assert clock(approval, stages, SHOP, local(24, 15)).minutes == 60
    assert could_start_at(again, stages) == local(24, 14)
    assert could_start_at(approval_again, stages) is None
    assert could_start_at(delivery, stages) is None
    found = forecast(stages, SHOP, local(24, 14))
    assert found is not None
    assert (found.path, found.held_by, found.delivery_at) == ((12, 13, 6), 12, local(25, 11))


def test_a_circle_is_found() -> None:
    first, second = Stage(1, "a", ("b",), 10, local(24, 9)), Stage(2, "b", ("a",), 10, local(24, 9))
    for ask in (lambda: forecast([first, second], SHOP, local(24, 9), "a"), lambda: could_start_at(*_unneeded(first, second))):
        with pytest.raises(Refusal, match="stages_in_circle"):
            ask()


def _unneeded(first: Stage, second: Stage) -> tuple[Stage, list[Stage]]:
    stages = [dataclasses.replace(first, needed=False), dataclasses.replace(second, needed=False)]
    return stages[0], stages


def starter(severity: str, at: dt.datetime) -> list[Stage]:
    rows = tomllib.loads((resource("catalogue") / "claim_stages.toml").read_text(encoding="utf-8"))["stage"]
    return [
        Stage(key, row["code"], tuple(row["after"]), row[severity], at, needed=row[severity] > 0, round_the_clock=row["round_the_clock"])
        for key, row in enumerate(rows)
    ]


@pytest.mark.parametrize(("severity", "least", "most"), [("light", 1, 4), ("medium", 5, 12), ("heavy", 12, 45)])
def test_the_starter_stages_give_a_delivery_in_the_order_of_the_trade(severity: str, least: int, most: int) -> None:
    found = forecast(starter(severity, local(24, 9)), SHOP, local(24, 9))
    assert found is not None
    assert least <= (found.delivery_at - local(24, 9)).days + 1 <= most


@st.composite
def claims(draw: st.DrawFn) -> list[Stage]:
    """Stages in order, done, begun or open as far as what they need allows."""
    start = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    stages: list[Stage] = []
    for key in range(draw(st.integers(1, 7))):
        after = tuple(sorted(draw(st.sets(st.sampled_from([stage.code for stage in stages]), max_size=3)))) if stages else ()
        stage = Stage(
            key, f"s{key}", after, draw(st.integers(0, 600)), start, draw(st.integers(0, 5)) > 0, draw(st.booleans()),
        )  # fmt: skip
        free = could_start_at(stage, stages)
        if stage.needed and free is not None and (progress := draw(st.integers(0, 2))):
            began = free + dt.timedelta(minutes=draw(st.integers(0, 3000)))
            edges = sorted(draw(st.lists(st.integers(0, 3000), min_size=3, max_size=3)))
            wait = Wait(began + dt.timedelta(minutes=edges[0]), began + dt.timedelta(minutes=edges[1]))
            ended = began + dt.timedelta(minutes=edges[2]) if progress == 2 else None
            stage = dataclasses.replace(stage, started_at=began, ended_at=ended, waits=(wait,) if draw(st.booleans()) else ())
        stages.append(stage)
    return stages


moments = st.integers(0, 60 * 1440).map(lambda minute: dt.datetime(2026, 3, 2, tzinfo=dt.UTC) + dt.timedelta(minutes=minute))


@settings(deadline=None)
@given(claims(), moments, st.integers(0, 5000))
def test_waiting_and_work_make_the_clock_and_it_never_runs_backwards(stages: list[Stage], now: dt.datetime, later: int) -> None:
    for stage in stages:
        its, after = clock(stage, stages, SHOP, now), clock(stage, stages, SHOP, now + dt.timedelta(minutes=later))
        if stage.ended_at is None or stage.ended_at <= now:
            assert its.minutes <= after.minutes
        assert its.waiting >= 0
        assert its.work >= 0
        assert its.waiting + its.work == its.minutes
        assert its.overrun == max(its.minutes - stage.standard_minutes, 0)


@settings(deadline=None)
@given(claims(), moments, st.randoms())
def test_the_order_of_rows_does_not_matter(stages: list[Stage], now: dt.datetime, random) -> None:
    shuffled = list(stages)
    random.shuffle(shuffled)
    for stage in stages:
        assert clock(stage, stages, SHOP, now) == clock(stage, shuffled, SHOP, now)
    target = stages[-1].code
    assert forecast(stages, SHOP, now, target) == forecast(shuffled, SHOP, now, target)


@settings(deadline=None)
@given(claims(), moments)
def test_the_forecast_is_the_latest_of_all_paths(stages: list[Stage], now: dt.datetime) -> None:
    found = forecast(stages, SHOP, now, stages[-1].code)
    if not stages[-1].needed:
        assert found is None
        return
    assert found is not None
    by_code = {stage.code: stage for stage in stages}

    def paths(stage: Stage) -> list[list[Stage]]:
        return [[stage], *([*path, stage] for code in stage.after for path in paths(by_code[code]))]

    def walked(path: list[Stage]) -> dt.datetime:
        at = stages[0].opened_at
        for stage in path:
            if not stage.needed:
                continue
            if stage.ended_at is not None:
                at = stage.ended_at
                continue
            begins = max(at, now) if stage.started_at is None else at
            length = dt.timedelta(minutes=stage.standard_minutes)
            at = max(begins + length if stage.round_the_clock else SHOP.add_minutes(begins, stage.standard_minutes), now)
        return at

    assert found.delivery_at == max(walked(path) for path in paths(stages[-1]))
    if stages[-1].ended_at is None:
        assert found.delivery_at >= now
        assert found.held_by is not None
        assert walked([by_code[f"s{key}"] for key in found.path]) == found.delivery_at


@settings(deadline=None)
@given(claims(), moments, st.data())
def test_a_longer_standard_is_never_sooner(stages: list[Stage], now: dt.datetime, data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(stages) - 1))
    slower = list(stages)
    slower[chosen] = dataclasses.replace(stages[chosen], standard_minutes=stages[chosen].standard_minutes + data.draw(st.integers(0, 500)))
    target = stages[-1].code
    first, second = forecast(stages, SHOP, now, target), forecast(slower, SHOP, now, target)
    if first is not None and second is not None:
        assert first.delivery_at <= second.delivery_at


@given(claims())
def test_what_the_rules_allow_is_allowed(stages: list[Stage]) -> None:
    for stage in stages:
        if stage.started_at is not None:
            check_start(stage, stages, stage.started_at)
            if stage.ended_at is not None and not any(wait.until and wait.until > stage.ended_at for wait in stage.waits):
                check_end(stage, stages, stage.ended_at)
    assert rules.DELIVERY == "delivery"
