"""Drafts: forms in progress, kept on disk so that neither a crash nor a power cut loses what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from db.engine import writing
from db.models import Draft, WorkOrder
from db.rules.order_life import OrderState

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


_OPENED = ":opened"
"""Behind the name of a form whose order is open; its key is the order's id then."""


def keep_draft(
    engine: Engine, form: str, device: str, window_key: str, staff_id: int | None, title: str, body: dict[str, Any], at: dt.datetime
) -> int:
    """Write the form's state over its earlier one and return the draft's id once it is on the disk.

    No use case and no history: a draft is a form that is being filled in, not a record.
    """
    values = {"staff_id": staff_id, "title": title, "body": body, "updated_at": at}
    with writing(engine) as session:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(Draft).values(form=form, device=device, window_key=window_key, **values)
        statement = statement.on_conflict_do_update(index_elements=["form", "device", "window_key"], set_=values).returning(Draft.id)
        return int(session.execute(statement).scalar_one())


def keep_for_undo(session: Session, draft: tuple[str, str, str], order: WorkOrder) -> None:
    """The form (its name, device and key) became an order: it is no draft any more, and waits for an undo while nobody has begun to work.

    From then on it names the order's car and customer, new ones too. Forms whose orders have gone on are thrown away.
    """
    undoable = select(cast(WorkOrder.id, String)).where(WorkOrder.state.in_((OrderState.CHECKED_IN, OrderState.DISPATCHED)))
    form, device, key = draft
    session.execute(delete(Draft).where(Draft.form == form + _OPENED, Draft.window_key.not_in(undoable)))
    row = session.execute(select(Draft).where(Draft.form == form, Draft.device == device, Draft.window_key == key)).scalar_one_or_none()
    if row is not None:
        row.form, row.window_key = form + _OPENED, str(order.id)
        row.body = {**row.body, "key": key, "vehicle_id": order.vehicle_id, "customer_id": order.customer_id}


def bring_back(session: Session, order_id: int, device: str) -> str:
    """The order's form is a draft again, at the PC where it was undone; its key, empty where no form was kept of the order."""
    row = session.execute(select(Draft).where(Draft.form.endswith(_OPENED), Draft.window_key == str(order_id))).scalar_one_or_none()
    if row is None:
        return ""
    row.form, row.device, row.window_key = row.form.removesuffix(_OPENED), device, row.body["key"]
    return row.window_key


def drop_draft(engine: Engine, form: str, device: str, window_key: str) -> None:
    """Throw a draft away, if it is there."""
    with writing(engine) as session:
        session.execute(delete(Draft).where(Draft.form == form, Draft.device == device, Draft.window_key == window_key))


def drafts(session: Session, form: str, device: str) -> list[tuple[int, str, int | None, str, dict[str, Any], dt.datetime]]:
    """id, window key, person, title, body, moment of the drafts of one form at one PC; newest first."""
    rows = session.execute(
        select(Draft.id, Draft.window_key, Draft.staff_id, Draft.title, Draft.body, Draft.updated_at)
        .where(Draft.form == form, Draft.device == device)
        .order_by(Draft.updated_at.desc())
    )
    return [tuple(row) for row in rows]
