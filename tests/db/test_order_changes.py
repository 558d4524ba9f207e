"""Changes to a work order: what each allows, refuses, remembers, and what its amounts add up to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db.commands.attachments import KeepAttachment
from db.commands.order_arranging import JoinSplit, MoveLine, SplitBy, SplitLine
from db.commands.order_changes import AddComplaint, AddLines, Authorise, ChangeLines, RestoreLines, Withdrawal, WithdrawLines
from db.commands.order_moves import Dispatch, PutToWaiting
from db.commands.order_talks import AddContact, AddNote, AttachToOrder, ChangePromisedTime
from db.commands.order_work import MarkLinesDone, StartWork, StopWork
from db.engine import reading
from db.models import Attachment, Complaint, Contact, Recommendation, RecommendationDecision, WorkOrder, WorkOrderLine
from db.rules.errors import Refusal
from db.rules.order_life import Consent, LineKind, OrderState, Payer, WaitingFor, WorkState
from db.rules.record_words import AuthorisedHow, ContactWay, RecommendationState, StopReason

if TYPE_CHECKING:
    from db.commands.perform import Command
    from tests.small_shop import SmallShop


def refused(shop: SmallShop, command: Command, who: int | None = None, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        shop.do(command, who, **more)
    return caught.value


def line(shop: SmallShop, line_id: int) -> WorkOrderLine:
    with reading(shop.engine) as session:
        return session.get_one(WorkOrderLine, line_id)


def order(shop: SmallShop) -> WorkOrder:
    with reading(shop.engine) as session:
        return session.get_one(WorkOrder, shop.order)


def of_kind(shop: SmallShop, kind: LineKind, in_package: bool = False) -> int:
    with reading(shop.engine) as session:
        query = select(WorkOrderLine.id).where(WorkOrderLine.order_id == shop.order, WorkOrderLine.kind == kind, WorkOrderLine.consent != Consent.WITHDRAWN)
        query = query.where((WorkOrderLine.package_code != "") if in_package else (WorkOrderLine.package_code == ""))
        return session.execute(query.order_by(WorkOrderLine.position, WorkOrderLine.id)).scalars().first() or 0


def add_pads(shop: SmallShop) -> int:
    """Propose front brake pads; the line's id."""
    part = shop.lines_of("part", "BP-F-01")
    return shop.do(AddLines(shop.order, tuple(part)))["line_ids"][0]


def amounts_hold(shop: SmallShop) -> None:
    from db.rules.money import line_amount

    with reading(shop.engine) as session:
        for row in session.execute(select(WorkOrderLine)).scalars():
            assert row.amount == line_amount(row.quantity, row.unit_price, row.discount_basis_points, row.adjustment)


def test_a_fee_is_done_with_the_yes_to_it(small_shop: SmallShop) -> None:
    fee = line(small_shop, of_kind(small_shop, LineKind.FEE))
    assert fee.work_state is WorkState.DONE and fee.done_at is not None


def test_added_lines_are_proposals_until_authorised(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    before = order(small_shop).agreed_total
    assert line(small_shop, pads).consent is Consent.PROPOSED
    price = line(small_shop, pads).amount
    done = small_shop.do(Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強"))
    assert line(small_shop, pads).consent is Consent.AUTHORISED
    assert done["agreed_total"] == order(small_shop).agreed_total == before + price


def test_a_total_below_what_is_authorised_is_refused(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    error = refused(small_shop, Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強", up_to=100))
    assert error.code == "authorised_total_too_low" and error.facts["total_fen"] == order(small_shop).agreed_total + line(small_shop, pads).amount
    small_shop.do(Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.AT_COUNTER, "陳志強", up_to=900_000))
    assert order(small_shop).agreed_total == 900_000


def test_nobody_is_no_answer(small_shop: SmallShop) -> None:
    assert refused(small_shop, Authorise(small_shop.order, small_shop.seen(add_pads(small_shop)), AuthorisedHow.PHONE, " ")).code == "name_missing"


def test_a_technician_may_not_authorise(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    error = refused(small_shop, Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強"), small_shop.technician)
    assert error.code == "not_allowed" and "advisor" in error.facts["roles"]  # type: ignore[operator]


def test_the_price_of_an_authorised_line_rises_over_what_was_agreed(small_shop: SmallShop) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    old = line(small_shop, diagnosis)
    done = small_shop.do(ChangeLines(small_shop.seen(diagnosis), {"quantity": old.quantity * 2}))
    new = line(small_shop, diagnosis)
    assert done["over_agreed"] == new.amount - old.amount > 0
    assert new.standard_minutes == old.standard_minutes * 2
    small_shop.do(Authorise(small_shop.order, (), AuthorisedHow.PHONE, "陳志強"))
    assert small_shop.do(ChangeLines(small_shop.seen(diagnosis), {"words": "剎車異響診斷"}))["over_agreed"] == 0


@pytest.mark.parametrize(("discount", "may"), [(500, True), (501, False)])
def test_an_advisor_gives_a_discount_up_to_the_limit(small_shop: SmallShop, discount: int, may: bool) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    command = ChangeLines(small_shop.seen(diagnosis), {"discount_basis_points": discount})
    if may:
        small_shop.do(command)
    else:
        error = refused(small_shop, command)
        assert error.code == "discount_not_allowed" and error.facts["roles"] == ["manager"]
        small_shop.do(command, approved_by_id=small_shop.manager)
    assert line(small_shop, diagnosis).discount_basis_points == discount
    amounts_hold(small_shop)


def test_a_price_below_the_catalogue_is_a_discount_too(small_shop: SmallShop) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    price = line(small_shop, diagnosis).unit_price
    assert refused(small_shop, ChangeLines(small_shop.seen(diagnosis), {"unit_price": price * 90 // 100})).code == "discount_not_allowed"
    small_shop.do(ChangeLines(small_shop.seen(diagnosis), {"unit_price": price * 97 // 100}))
    # Together with the lower price this is more than five in a hundred.
    assert refused(small_shop, ChangeLines(small_shop.seen(diagnosis), {"discount_basis_points": 400})).code == "discount_not_allowed"
    small_shop.do(ChangeLines(small_shop.seen(diagnosis), {"unit_price": price * 2}))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"quantity": 0}, "quantity_not_possible"), ({"unit_price": -1}, "price_not_possible"), ({"words": " "}, "words_missing"),
        ({"discount_basis_points": 10_001}, "discount_not_possible"),
    ],
)  # fmt: skip
def test_impossible_values_change_nothing(small_shop: SmallShop, values: dict[str, Any], code: str) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    version = line(small_shop, diagnosis).version
    assert refused(small_shop, ChangeLines(small_shop.seen(diagnosis), values), small_shop.manager).code == code
    assert line(small_shop, diagnosis).version == version


def test_what_another_has_changed_is_not_overwritten(small_shop: SmallShop) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    seen = small_shop.seen(diagnosis)
    small_shop.do(ChangeLines(seen, {"payer": "goodwill"}), small_shop.second_advisor)
    error = refused(small_shop, ChangeLines(seen, {"payer": "warranty"}))
    assert error.code == "changed_meanwhile" and error.facts == {"order_id": small_shop.order, "line_id": diagnosis}
    assert line(small_shop, diagnosis).payer is Payer.GOODWILL


@pytest.mark.parametrize(("by", "part"), [(SplitBy.PER_CENT, 3333), (SplitBy.AMOUNT, 1), (SplitBy.QUANTITY, 100)])
def test_a_split_makes_and_loses_nothing_and_can_be_taken_back(small_shop: SmallShop, by: SplitBy, part: int) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    before = line(small_shop, diagnosis)
    new_id = small_shop.do(SplitLine((diagnosis, before.version), by, part, Payer.GOODWILL))["line_id"]
    rest, new = line(small_shop, diagnosis), line(small_shop, new_id)
    assert (rest.amount + new.amount, rest.quantity + new.quantity) == (before.amount, before.quantity)
    assert rest.standard_minutes + new.standard_minutes == before.standard_minutes
    assert (new.payer, new.consent, new.authorisation_id, new.split_from_id) == (Payer.GOODWILL, before.consent, before.authorisation_id, before.id)
    amounts_hold(small_shop)
    small_shop.do(JoinSplit(small_shop.seen(new_id)[0]))
    whole = line(small_shop, diagnosis)
    assert (whole.amount, whole.quantity, whole.adjustment) == (before.amount, before.quantity, before.adjustment)
    assert line(small_shop, new_id).consent is Consent.WITHDRAWN
    assert refused(small_shop, JoinSplit(small_shop.seen(new_id)[0])).code == "line_not_split"
    assert refused(small_shop, RestoreLines(small_shop.seen(new_id))).code == "line_still_there"
    amounts_hold(small_shop)


def test_lines_move_with_their_package_and_to_another_complaint(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    fee = of_kind(small_shop, LineKind.FEE)
    small_shop.do(MoveLine(small_shop.seen(pads)[0], steps=-1))
    ids = small_shop.line_ids()
    assert ids.index(pads) < ids.index(fee)
    with reading(small_shop.engine) as session:
        noise = session.execute(select(Complaint.id).where(Complaint.order_id == small_shop.order).order_by(Complaint.position)).scalars().first()
    package = of_kind(small_shop, LineKind.LABOUR, in_package=True)
    group = line(small_shop, package).package_group
    small_shop.do(MoveLine(small_shop.seen(package)[0], to_complaint=True, complaint_id=noise))
    with reading(small_shop.engine) as session:
        own = select(WorkOrderLine.complaint_id).where(WorkOrderLine.order_id == small_shop.order, WorkOrderLine.package_group == group)
        assert set(session.execute(own).scalars()) == {noise}
    assert sorted(small_shop.line_ids()) == sorted(ids)
    assert refused(small_shop, MoveLine(small_shop.seen(pads)[0], to_complaint=True, complaint_id=999)).code == "complaint_unknown"


def remembered(shop: SmallShop) -> list[Recommendation]:
    with reading(shop.engine) as session:
        return list(session.execute(select(Recommendation).where(Recommendation.vehicle_id == shop.vehicle).order_by(Recommendation.id)).scalars())


def test_what_was_never_shown_is_no_refusal(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    small_shop.do(WithdrawLines(small_shop.seen(pads), Withdrawal.NEVER_SHOWN))
    assert (line(small_shop, pads).consent, line(small_shop, pads).withdrawn_reason) == (Consent.WITHDRAWN, "never_shown")
    assert remembered(small_shop) == []


def test_what_was_refused_or_put_off_is_remembered_with_the_car(small_shop: SmallShop) -> None:
    pads, again = add_pads(small_shop), add_pads(small_shop)
    assert refused(small_shop, WithdrawLines(small_shop.seen(pads), Withdrawal.REFUSED)).code == "reason_missing"
    assert refused(small_shop, WithdrawLines(small_shop.seen(pads), Withdrawal.PUT_OFF)).code == "date_or_distance_missing"
    small_shop.do(WithdrawLines(small_shop.seen(pads), Withdrawal.REFUSED, reason="price"))
    until = dt.date(2027, 1, 10)
    small_shop.do(WithdrawLines(small_shop.seen(again), Withdrawal.PUT_OFF, until=until))
    refusal, later = remembered(small_shop)
    assert (refusal.state, later.state, later.postponed_until) == (RecommendationState.DECLINED, RecommendationState.POSTPONED, until)
    assert refusal.price == line(small_shop, pads).amount and refusal.subject_code == "BP-F-01"
    assert line(small_shop, pads).recommendation_id == refusal.id
    with reading(small_shop.engine) as session:
        states = session.execute(
            select(RecommendationDecision.state).where(RecommendationDecision.recommendation_id == refusal.id).order_by(RecommendationDecision.id)
        ).scalars()
        assert list(states) == [RecommendationState.PRESENTED, RecommendationState.DECLINED]


def test_a_customer_who_changes_his_mind_is_heard(small_shop: SmallShop) -> None:
    pads = add_pads(small_shop)
    small_shop.do(WithdrawLines(small_shop.seen(pads), Withdrawal.REFUSED, reason="price"))
    small_shop.do(Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強"))
    assert line(small_shop, pads).consent is Consent.AUTHORISED and line(small_shop, pads).withdrawn_reason is None
    assert [row.state for row in remembered(small_shop)] == [RecommendationState.ACCEPTED]


def test_a_withdrawn_line_comes_back_as_it_was(small_shop: SmallShop) -> None:
    diagnosis, pads = of_kind(small_shop, LineKind.LABOUR), add_pads(small_shop)
    for line_id, consent in ((diagnosis, Consent.AUTHORISED), (pads, Consent.PROPOSED)):
        small_shop.do(WithdrawLines(small_shop.seen(line_id), Withdrawal.MISTAKE))
        small_shop.do(RestoreLines(small_shop.seen(line_id)))
        assert line(small_shop, line_id).consent is consent
    assert refused(small_shop, RestoreLines(small_shop.seen(pads))).code == "line_still_there"


def test_what_is_worked_on_stays(small_shop: SmallShop) -> None:
    diagnosis = of_kind(small_shop, LineKind.LABOUR)
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    small_shop.do(StartWork(diagnosis, small_shop.technician), small_shop.technician, 1)
    small_shop.do(StopWork(small_shop.technician, StopReason.BREAK), small_shop.technician, 2)
    assert refused(small_shop, WithdrawLines(small_shop.seen(diagnosis), Withdrawal.MISTAKE)).code == "line_worked_on"
    part = of_kind(small_shop, LineKind.PART, in_package=True)
    small_shop.do(MarkLinesDone((part,)), small_shop.parts_keeper)
    assert refused(small_shop, WithdrawLines(small_shop.seen(part), Withdrawal.MISTAKE)).code == "line_worked_on"


def test_the_customers_answer_sends_the_car_on(small_shop: SmallShop) -> None:
    diagnosis, pads = of_kind(small_shop, LineKind.LABOUR), add_pads(small_shop)
    small_shop.do(Dispatch(small_shop.order, small_shop.technician, small_shop.bay), small_shop.foreman)
    small_shop.do(StartWork(diagnosis, small_shop.technician), small_shop.technician, 1)
    small_shop.do(StopWork(small_shop.technician, StopReason.QUESTION), small_shop.technician, 2)
    small_shop.do(PutToWaiting(small_shop.order, WaitingFor.CUSTOMER), small_shop.foreman, 3)
    small_shop.do(Authorise(small_shop.order, small_shop.seen(pads), AuthorisedHow.PHONE, "陳志強"), minutes=4)
    assert order(small_shop).state is OrderState.IN_PROGRESS and order(small_shop).waiting_for is None


def test_complaints_notes_talks_and_pictures(small_shop: SmallShop) -> None:
    complaint = small_shop.do(AddComplaint(small_shop.order, "空調不冷"))
    with reading(small_shop.engine) as session:
        assert session.get_one(Complaint, complaint).position == 2
    small_shop.do(AddNote(small_shop.order, "鑰匙在前台"))
    small_shop.do(AddNote(small_shop.order, "客戶五點半前在店"), small_shop.technician)
    assert order(small_shop).note == "鑰匙在前台\n客戶五點半前在店"
    talk = small_shop.do(AddContact(small_shop.order, ContactWay.PHONE, "問了剎車片的事", next_on=dt.date(2026, 11, 26)))
    with reading(small_shop.engine) as session:
        following = session.get_one(Contact, talk["next_id"])
        assert following.due_on == dt.date(2026, 11, 26) and following.done_at is None
        assert session.get_one(Contact, talk["contact_id"]).done_at is not None
    picture = small_shop.do(KeepAttachment(b"\x89PNG picture", "photo", "image/png"))
    small_shop.do(AttachToOrder(small_shop.order, (picture,)))
    with reading(small_shop.engine) as session:
        assert session.get_one(Attachment, picture).subject_id == small_shop.order
    assert refused(small_shop, AttachToOrder(small_shop.earlier_order, (picture,))).code == "attachment_elsewhere"
    for command in (AddNote(small_shop.order, " "), AddComplaint(small_shop.order, ""), AddContact(small_shop.order, ContactWay.PHONE, "")):
        assert refused(small_shop, command).code == "words_missing"


def test_a_new_promise_keeps_the_first_one_and_the_talk(small_shop: SmallShop) -> None:
    first = order(small_shop).promised_at
    later = small_shop.now + dt.timedelta(minutes=150)
    small_shop.do(ChangePromisedTime(small_shop.order, later, "零件晚到", ContactWay.PHONE, expected_version=order(small_shop).version))
    assert (order(small_shop).promised_at, order(small_shop).first_promised_at) == (later, first)
    with reading(small_shop.engine) as session:
        assert session.execute(select(func.count()).select_from(Contact).where(Contact.order_id == small_shop.order)).scalar() == 1
    assert refused(small_shop, ChangePromisedTime(small_shop.order, small_shop.now)).code == "promised_in_past"
    assert refused(small_shop, ChangePromisedTime(small_shop.order, later, expected_version=1)).code == "changed_meanwhile"


def test_a_delivered_order_takes_no_changes(small_shop: SmallShop) -> None:
    old = small_shop.line_ids(small_shop.earlier_order)[0]
    part = tuple(small_shop.lines_of("part", "BP-F-01"))
    for command in (
        AddLines(small_shop.earlier_order, part),
        ChangeLines(small_shop.seen(old), {"payer": "goodwill"}),
        AddComplaint(small_shop.earlier_order, "x"),
    ):
        assert refused(small_shop, command).code == "order_fixed"
    small_shop.do(AddNote(small_shop.earlier_order, "客戶來電致謝"))
