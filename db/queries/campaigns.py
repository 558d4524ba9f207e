"""Recalls and campaigns of a vehicle: by which lines an order carries one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from db.models import Campaign, CampaignVehicle, WorkOrderLine
from db.rules.order_life import Consent, Payer, WorkState

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

ON_THE_ORDER = (WorkOrderLine.consent.in_((Consent.PROPOSED, Consent.AUTHORISED)),)
"""A line that stands on its order, agreed to or not yet."""

DONE = (WorkOrderLine.consent == Consent.AUTHORISED, WorkOrderLine.work_state == WorkState.DONE)
"""A line that was agreed to and is done."""


def has_a_line(order_id: int | InstrumentedAttribute[int | None], *how: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an order has such a line for the operation of a `CampaignVehicle`'s campaign.

    No customer pays for a recall: the same work at his cost is another (one more brake hose), and leaves the recall open.
    """
    return (
        select(WorkOrderLine.id)
        .join(Campaign, Campaign.operation_code == WorkOrderLine.code)
        .where(
            Campaign.id == CampaignVehicle.campaign_id, Campaign.operation_code != "", WorkOrderLine.order_id == order_id,
            or_(Campaign.is_recall.is_(False), WorkOrderLine.payer != Payer.CUSTOMER), *how,
        )
        .correlate(CampaignVehicle)
        .exists()
    )  # fmt: skip
