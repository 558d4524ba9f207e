"""Writes lines onto a work order: shared by check-in and by what is added later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.commands import campaigns
from db.models import WorkOrder, WorkOrderLine
from db.rules.authorisation import work_state_when_authorised
from db.rules.order_life import Consent, WorkState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.models import Authorisation
    from db.rules.order_line import LineValues


def insert_lines(
    session: Session, order: WorkOrder, lines: Sequence[LineValues], complaint_ids: Sequence[int], authorisation: Authorisation | None
) -> list[WorkOrderLine]:
    """Add lines in order after those that stand. With an authorisation those not `proposed` are authorised by it."""
    last_position, last_group = session.execute(
        select(func.max(WorkOrderLine.position), func.max(WorkOrderLine.package_group)).where(WorkOrderLine.order_id == order.id)
    ).one()
    position = -1 if last_position is None else last_position
    groups: dict[int, int] = {}
    rows: list[WorkOrderLine] = []
    for values in lines:
        position += 1
        group = values.package_group
        if group is not None:
            group = groups.setdefault(group, (last_group or 0) + len(groups) + 1)
        agreed = authorisation is not None and not values.proposed
        work_state = work_state_when_authorised(values.kind) if agreed else WorkState.OPEN
        rows.append(
            WorkOrderLine(
                order_id=order.id,
                complaint_id=complaint_ids[values.complaint] if values.complaint is not None else None,
                position=position,
                kind=values.kind,
                code=values.code,
                name_zh_tw=values.name_zh_tw,
                name_zh_cn=values.name_zh_cn,
                name_en=values.name_en,
                package_code=values.package_code,
                package_group=group,
                package_name_zh_tw=values.package_name_zh_tw,
                package_name_zh_cn=values.package_name_zh_cn,
                package_name_en=values.package_name_en,
                quantity=values.quantity,
                unit=values.unit,
                standard_minutes=values.standard_minutes,
                skill=values.skill,
                work_class=values.work_class,
                unit_price=values.unit_price,
                unit_cost=values.unit_cost,
                discount_basis_points=values.discount_basis_points,
                adjustment=values.adjustment,
                tax_basis_points=values.tax_basis_points,
                amount=values.amount,
                payer=values.payer,
                consent=Consent.AUTHORISED if agreed else Consent.PROPOSED,
                authorisation_id=authorisation.id if agreed and authorisation is not None else None,
                work_state=work_state,
                done_at=authorisation.authorised_at if authorisation is not None and work_state is WorkState.DONE else None,
                part_origin=values.part_origin,
                guarantee_days=values.guarantee_days,
                guarantee_km=values.guarantee_km,
                recommendation_id=values.recommendation_id,
            )
        )
    session.add_all(rows)
    campaigns.take_on(session, order, lines)
    session.flush()
    return rows
