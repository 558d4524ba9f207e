"""Consent, work and bill: nothing proposed is worked on, nothing that is not authorised is billed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import authorisation as rules
from db.rules.authorisation import LineStanding
from db.rules.errors import Refusal
from db.rules.money import tax_inside
from db.rules.order_life import Consent, LineKind, Payer, WorkState


def line(
    amount: int = 10_000,
    consent: Consent = Consent.AUTHORISED,
    payer: Payer = Payer.CUSTOMER,
    kind: LineKind = LineKind.LABOUR,
    state: WorkState = WorkState.OPEN,
    tax: int = 1300,
) -> LineStanding:
    return LineStanding(kind, payer, consent, state, amount, tax)


lines = st.lists(
    st.builds(
        LineStanding, st.sampled_from(LineKind), st.sampled_from(Payer), st.sampled_from(Consent), st.sampled_from(WorkState), st.integers(0, 10**7),
        st.sampled_from([0, 600, 1300]),
    ),
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize("consent", Consent)
def test_only_what_is_authorised_is_worked_on_and_billed(consent: Consent) -> None:
    assert rules.may_be_worked_on(line(consent=consent)) == rules.is_billed(line(consent=consent)) == (consent is Consent.AUTHORISED)
    assert rules.needs_consent(line(consent=consent)) == (consent is Consent.PROPOSED)
    assert not rules.may_be_worked_on(line(consent=consent, state=WorkState.DONE))


def test_the_last_line_that_is_not_done() -> None:
    order = [line(state=WorkState.DONE), line(state=WorkState.STOPPED), line(consent=Consent.PROPOSED), line(consent=Consent.DECLINED)]
    assert rules.undone(order) == [order[1]]


def test_a_fee_is_done_at_once() -> None:
    assert [rules.work_state_when_authorised(kind) is WorkState.DONE for kind in LineKind] == [kind is LineKind.FEE for kind in LineKind]


def test_what_consent_may_become() -> None:
    rules.check_consent(line(consent=Consent.PROPOSED), Consent.AUTHORISED)
    rules.check_consent(line(consent=Consent.DECLINED), Consent.AUTHORISED)
    rules.check_consent(line(), Consent.WITHDRAWN)
    rules.check_consent(line(kind=LineKind.FEE, state=WorkState.DONE), Consent.WITHDRAWN)
    with pytest.raises(Refusal) as refused:
        rules.check_consent(line(consent=Consent.WITHDRAWN), Consent.AUTHORISED)
    assert (refused.value.code, refused.value.facts) == ("consent_not_possible", {"consent": "withdrawn", "wanted": "authorised"})
    for state in (WorkState.WORKING, WorkState.STOPPED, WorkState.DONE):
        with pytest.raises(Refusal, match="line_worked_on"):
            rules.check_consent(line(state=state), Consent.WITHDRAWN)


@given(st.sampled_from(LineKind), st.sampled_from(Consent), st.sampled_from(WorkState), st.sampled_from(WorkState))
def test_nothing_that_is_not_authorised_is_worked_on(kind: LineKind, consent: Consent, state: WorkState, wanted: WorkState) -> None:
    standing = line(kind=kind, consent=consent, state=state)
    try:
        rules.check_work(standing, wanted)
    except Refusal as refused:
        assert (refused.code == "line_not_authorised") == (consent is not Consent.AUTHORISED)
    else:
        assert consent is Consent.AUTHORISED
        assert wanted is not state
        assert kind is LineKind.LABOUR or wanted in (WorkState.DONE, WorkState.OPEN)


def test_a_rise_above_what_was_agreed() -> None:
    order = [line(129_800), line(68_000, Consent.PROPOSED), line(99_999, payer=Payer.INSURER)]
    assert rules.rise(129_800, order) == 0
    assert rules.rise(129_799, order) == 1
    assert rules.rise(129_700, order, tolerance=100) == 0
    assert rules.rise(129_699, order, tolerance=100) == 101
    with pytest.raises(Refusal) as refused:
        rules.check_rise(129_800, [*order, line(68_000)])
    assert (refused.value.code, refused.value.facts) == ("total_not_agreed", {"agreed_fen": 129_800, "total_fen": 197_800, "rise_fen": 68_000})


@given(lines, st.integers(0, 10**8), st.integers(0, 1000))
def test_a_fall_never_needs_a_new_yes(order: list[LineStanding], agreed: int, tolerance: int) -> None:
    above = rules.rise(agreed, order, tolerance)
    assert (above > 0) == (rules.authorised_total(order) - agreed > tolerance)
    if order:
        assert rules.rise(agreed, order[1:], tolerance) <= above or not above


@given(lines)
def test_totals_by_payer_are_the_sums_of_their_lines(order: list[LineStanding]) -> None:
    totals = {total.payer: total for total in rules.totals_by_payer(order)}
    billed = [entry for entry in order if entry.consent is Consent.AUTHORISED]
    assert sum(total.amount for total in totals.values()) == sum(entry.amount for entry in billed)
    assert sum(total.proposed for total in totals.values()) == sum(entry.amount for entry in order if entry.consent is Consent.PROPOSED)
    for payer, total in totals.items():
        own = [entry for entry in billed if entry.payer is payer]
        assert total.tax == sum(tax_inside(entry.amount, entry.tax_basis_points) for entry in own)
        assert sum(amount for _, amount in total.by_kind) == total.amount == rules.authorised_total(order, payer)
    assert list(totals) == [payer for payer in Payer if payer in totals]


def test_tax_is_the_sum_over_the_lines_not_of_the_sum() -> None:
    order = [line(10), line(10), line(10)]
    (total,) = rules.totals_by_payer(order)
    assert (total.amount, total.tax) == (30, 3)
    assert tax_inside(30, 1300) == 3
    (total,) = rules.totals_by_payer([line(4), line(4), line(4)])
    assert (total.tax, tax_inside(12, 1300)) == (0, 1)
    assert rules.totals_by_payer([line(consent=Consent.DECLINED)]) == ()
