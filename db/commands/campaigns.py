"""Recalls and campaigns on an order: taken on with their lines, open again with the lines' going, done by work that is done (domain §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from db.models import Campaign, CampaignVehicle, History
from db.queries.campaigns import DONE, ON_THE_ORDER, has_a_line
from db.rules.order_life import Payer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.models import WorkOrder
    from db.rules.order_line import LineValues


def take_on(session: Session, order: WorkOrder, lines: Collection[LineValues]) -> None:
    """The order carries out on its vehicle what its new lines are for: the campaigns that they name, and those whose work a recall pays.

    What was done already stays done where it was.
    """
    named = {line.campaign_id for line in lines if line.campaign_id is not None}
    by_hand = {line.code for line in lines if line.campaign_id is None and line.payer is Payer.RECALL}
    if not named and not by_hand:
        return
    open_ones = (
        select(CampaignVehicle)
        .join(Campaign, Campaign.id == CampaignVehicle.campaign_id)
        .where(CampaignVehicle.vehicle_id == order.vehicle_id, CampaignVehicle.done_at.is_(None))
    )
    for concerned in session.execute(
        open_ones.where(or_(Campaign.id.in_(named), and_(CampaignVehicle.done_order_id.is_(None), Campaign.operation_code.in_(by_hand - {""}))))
    ).scalars():
        concerned.done_order_id = order.id


def give_up(session: Session, order: WorkOrder) -> None:
    """Lines were taken off the order: what no line of it carries out any more is to be done again."""
    for concerned in _without(session, order, ON_THE_ORDER):
        concerned.done_order_id = None


def take_back(session: Session, order: WorkOrder) -> None:
    """Lines are on the order again: with them what it carried out before."""
    session.flush()
    carried_out = session.execute(
        select(CampaignVehicle).where(
            CampaignVehicle.vehicle_id == order.vehicle_id, CampaignVehicle.done_at.is_(None), CampaignVehicle.done_order_id.is_(None),
            has_a_line(order.id, *ON_THE_ORDER),
        )
    ).scalars().all()  # fmt: skip
    for concerned in carried_out:
        if _was_on(session, concerned, order):
            concerned.done_order_id = order.id


def close(session: Session, order: WorkOrder, at: dt.datetime) -> None:
    """The car leaves at `at`: done is what work on it carried out, all else is to be done again."""
    for concerned in _without(session, order, DONE):
        concerned.done_order_id = None
    session.flush()
    for concerned in session.execute(select(CampaignVehicle).where(CampaignVehicle.done_order_id == order.id, CampaignVehicle.done_at.is_(None))).scalars():
        concerned.done_at = at


def _without(session: Session, order: WorkOrder, how: tuple[ColumnElement[bool], ...]) -> Iterator[CampaignVehicle]:
    session.flush()
    yield from session.execute(
        select(CampaignVehicle).where(CampaignVehicle.done_order_id == order.id, CampaignVehicle.done_at.is_(None), ~has_a_line(order.id, *how))
    ).scalars()


def _was_on(session: Session, concerned: CampaignVehicle, order: WorkOrder) -> bool:
    # Only the history knows for which of the campaigns with the same operation a line stands.
    past = session.execute(select(History.changes).where(History.subject == CampaignVehicle.__tablename__, History.subject_id == concerned.id)).scalars()
    return any(order.id in changes.get("done_order_id", ()) for changes in past)
