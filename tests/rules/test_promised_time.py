"""The promised time: its four figures, the workshop's load, what is expected, the closing times."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.errors import Refusal
from db.rules.promised_time import ExpectedDates, HeldBy, PlannedLabour, PromiseSettings, Proposal, Skill, check_promise, propose
from db.rules.working_calendar import WorkingCalendar

SHOP = WorkingCalendar()
SHANGHAI = ZoneInfo("Asia/Shanghai")
MECHANIC = (Skill.MECHANICAL,)
PAINTER = (Skill.PAINT,)


def local(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


NINE = local(24, 9)


def labour(minutes: int, skill: Skill = Skill.MECHANICAL, clocked: int = 0) -> PlannedLabour:
    return PlannedLabour(skill, minutes, clocked)


def ask(
    *lines: PlannedLabour,
    before: list[list[PlannedLabour]] | None = None,
    present: list[tuple[Skill, ...]] | None = None,
    now: dt.datetime = NINE,
    parts: tuple[dt.datetime, ...] = (),
    sublets: tuple[dt.datetime, ...] = (),
    planned: int = 1,
) -> Proposal:
    team = [MECHANIC] if present is None else present
    return propose(lines, before or [], team, SHOP, now, PromiseSettings(technicians_planned=planned), ExpectedDates(parts, sublets))


def figures(proposal: Proposal) -> tuple[int, int, int, int]:
    return (proposal.start_minutes, proposal.work_minutes, proposal.check_and_wash_minutes, proposal.buffer_minutes)


def test_a_minor_service_in_an_empty_workshop() -> None:
    proposal = ask(labour(30), labour(24))
    assert figures(proposal) == (0, 54, 40, 20)
    assert proposal.ready_at == local(24, 10, 54)
    assert proposal.promised_at == local(24, 11)
    assert (proposal.held_by, proposal.skills_missing, proposal.public_holidays_known) == (HeldBy.NOTHING, (), True)


def test_different_skills_go_side_by_side() -> None:
    proposal = ask(labour(60), labour(90, Skill.PAINT), labour(20), present=[MECHANIC, PAINTER])
    assert figures(proposal) == (0, 90, 40, 20)


def test_technicians_planned_share_a_chain() -> None:
    assert figures(ask(labour(61), planned=2))[1] == 31


def test_the_cars_before_it() -> None:
    before = [[labour(120, clocked=30)], [labour(60)], [labour(45, Skill.PAINT)]]
    proposal = ask(labour(60), before=before)
    assert figures(proposal) == (150, 60, 40, 20)
    assert proposal.held_by is HeldBy.QUEUE
    assert proposal.start_at == local(24, 11, 30)
    assert proposal.promised_at == local(24, 15)
    assert figures(ask(labour(60), before=before, present=[MECHANIC, MECHANIC])) == (60, 60, 40, 20)


def test_work_that_took_longer_than_its_standard_holds_nobody_any_more() -> None:
    assert figures(ask(labour(60), before=[[labour(60, clocked=200)]])) == (0, 60, 40, 20)


def test_of_two_skills_the_one_that_ends_last_decides() -> None:
    proposal = ask(labour(60), labour(30, Skill.PAINT), before=[[labour(120, Skill.PAINT)]], present=[MECHANIC, PAINTER])
    assert figures(proposal) == (120, 30, 40, 20)


def test_who_can_do_more_is_kept_for_it() -> None:
    both = (Skill.MECHANICAL, Skill.HIGH_VOLTAGE)
    proposal = ask(labour(60, Skill.HIGH_VOLTAGE), before=[[labour(90)]], present=[both, MECHANIC])
    assert figures(proposal) == (0, 60, 40, 20)


def test_parts_hold_the_start_and_sublets_the_end() -> None:
    proposal = ask(labour(60), parts=(local(25, 10),))
    assert figures(proposal) == (60 * 8 + 60, 60, 40, 20)
    assert (proposal.start_at, proposal.promised_at, proposal.held_by) == (local(25, 10), local(25, 12), HeldBy.PARTS)
    proposal = ask(labour(60), sublets=(local(24, 15),))
    assert figures(proposal) == (0, 270, 40, 20)
    assert (proposal.promised_at, proposal.held_by) == (local(24, 16), HeldBy.SUBLET)
    assert figures(ask(labour(60), sublets=(local(24, 8),), parts=(local(20, 8),))) == (0, 60, 40, 20)
    assert figures(ask(parts=(local(24, 10),))) == (60, 0, 40, 20)


def test_nothing_to_do_is_check_wash_and_buffer() -> None:
    assert figures(ask()) == (0, 0, 40, 20)
    assert ask().promised_at == local(24, 10)


def test_outside_opening_hours_the_count_begins_when_the_shop_opens() -> None:
    proposal = ask(labour(60), now=local(24, 19))
    assert (proposal.start_at, proposal.promised_at) == (local(25, 8, 30), local(25, 10, 30))


def test_a_skill_that_nobody_present_has() -> None:
    proposal = ask(labour(60, Skill.PAINT), labour(30))
    assert proposal.skills_missing == (Skill.PAINT,)
    assert figures(proposal) == (0, 60, 40, 20)
    assert ask(labour(60), present=[]).skills_missing == (Skill.MECHANICAL,)


def test_a_promise_in_a_year_whose_holidays_are_not_known() -> None:
    assert not ask(labour(60), now=local(5, 9, month=1, year=2033)).public_holidays_known


def test_never_promised_past_an_odd_closing_time() -> None:
    shop = WorkingCalendar(weekly_hours=[[[510, 1065]]] * 7, public_holidays=False)
    proposal = propose([labour(42)], [], [MECHANIC], shop, local(24, 16), PromiseSettings(), ExpectedDates())
    assert (proposal.ready_at, proposal.promised_at) == (local(24, 17, 42), local(24, 17, 45))


def test_promises_that_can_not_be_made() -> None:
    now = local(24, 9)
    check_promise(local(24, 12), now, SHOP)
    check_promise(local(24, 13, 30), now, SHOP)
    with pytest.raises(Refusal, match="promised_in_past"):
        check_promise(now, now, SHOP)
    with pytest.raises(Refusal) as refused:
        check_promise(local(24, 12, 30), now, SHOP)
    assert (refused.value.code, refused.value.facts) == ("promised_when_closed", {"opens_at": local(24, 13, 30)})


lines = st.lists(st.builds(PlannedLabour, st.sampled_from(Skill), st.integers(0, 600), st.integers(0, 100)), max_size=6)
teams = st.lists(st.frozensets(st.sampled_from(Skill), min_size=1), max_size=5)
moments = st.integers(0, 365 * 1440).map(lambda minute: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minute))


@settings(deadline=None)
@given(lines, st.lists(lines, max_size=6), teams, moments, st.lists(moments, max_size=2), st.lists(moments, max_size=2))
def test_the_four_figures_make_the_promise(order, before, team, now, parts, sublets) -> None:
    proposal = propose(order, before, team, SHOP, now, PromiseSettings(), ExpectedDates(tuple(parts), tuple(sublets)))
    opens = SHOP.next_open(now)
    assert SHOP.minutes_between(opens, proposal.ready_at) == sum(figures(proposal))
    assert dt.timedelta(0) <= proposal.promised_at - proposal.ready_at < dt.timedelta(minutes=10)
    assert proposal.promised_at.astimezone(SHANGHAI).minute % 10 == 0
    assert proposal.promised_at > now
    check_promise(proposal.promised_at, now, SHOP)
    for expected in (*parts, *sublets):
        assert proposal.ready_at >= expected


@settings(deadline=None)
@given(lines, st.lists(lines, max_size=6), lines, teams, moments)
def test_more_before_it_is_never_sooner_and_more_work_never_shorter(order, before, more, team, now) -> None:
    def promise(wanted, queue):
        return propose(wanted, queue, team, SHOP, now, PromiseSettings(), ExpectedDates()).promised_at

    assert promise(order, before) <= promise([*order, *more], before)
    assert promise(order, []) <= promise(order, before)


@settings(deadline=None)
@given(lines, moments)
def test_the_longest_chain(order, now) -> None:
    proposal = propose(order, [], [tuple(Skill)], SHOP, now, PromiseSettings(), ExpectedDates())
    chains = [sum(line.minutes_left for line in order if line.skill is skill) for skill in Skill]
    assert proposal.work_minutes == max(chains)
