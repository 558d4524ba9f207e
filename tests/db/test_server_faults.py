"""A server that goes away, holds a row, or lets nobody in: each trouble has its code, and nothing is done twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from sqlalchemy import event, func, select, text

from db.checks import check
from db.commands.act import Act
from db.commands.perform import perform
from db.commands.shop import MakeShop
from db.engine import open_engine, reading, writing
from db.migrations.run import make_ready
from db.models import Customer, Draft, History, RequestDone
from db.rules.errors import Environment
from tests import postgresql_cluster
from tests.db.store_troubles import Note

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session

    from tests.small_shop import SmallShop

@dataclass(frozen=True, slots=True)
class CutOff:
    """Writes a note and loses the server before the commit."""

    customer_id: int
    verb: ClassVar[str] = "note"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> None:
        session.get_one(Customer, self.customer_id).note = "lost"
        session.flush()
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_what_a_server_lost_is_done_once_when_tried_again(small_shop: SmallShop) -> None:
    engine, act = small_shop.engine, small_shop.act()
    with pytest.raises(Environment) as refused:
        perform(engine, CutOff(small_shop.customer), act)
    assert refused.value.code == "server_away" and "shop" in str(refused.value.facts["server"])
    with reading(engine) as session:
        assert session.get_one(Customer, small_shop.customer).note == ""
        assert session.get(RequestDone, act.request_id) is None
    results = [perform(engine, Note(small_shop.customer, "陳小文"), act).result for _time in range(3)]
    assert results == [{"note": "陳小文"}] * 3
    with reading(engine) as session:
        assert session.execute(select(func.count()).select_from(History).where(History.verb == "note")).scalar() == 1
        assert check(session) == []


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_connections_that_the_server_closed_are_no_trouble(small_shop: SmallShop) -> None:
    engine = small_shop.engine
    with reading(engine) as session:
        session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    small_shop.do(Note(small_shop.customer, "陳小文"))


@pytest.mark.parametrize("small_shop", ["postgresql"], indirect=True)
def test_a_row_that_another_holds_too_long(small_shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = small_shop.engine
    other = open_engine(engine.url.render_as_string(hide_password=False))
    event.listen(other, "connect", lambda connection, _record: connection.execute("SET lock_timeout = 200"))
    with writing(engine) as session:
        session.execute(text("UPDATE customer SET note = 'x'"))
        with pytest.raises(Environment) as refused:
            perform(other, Note(small_shop.customer, "y"), small_shop.act())
    assert refused.value.code == "store_locked"
    other.dispose()


def test_a_server_that_stops_and_comes_back(postgresql: Any, now: dt.datetime) -> None:
    cluster = postgresql_cluster.start()
    try:
        engine = open_engine(cluster.url(cluster.database()))
        make_ready(engine)
        perform(engine, MakeShop("順通汽車", works_alone=True), Act(at=now, device="pc", everything=True))
        act = Act(at=now, device="pc", everything=True)
        cluster.stop()
        for _time in range(2):
            with pytest.raises(Environment) as refused:
                perform(engine, MakeStaff(), act)
            assert refused.value.code == "server_away"
            with pytest.raises(Environment) as refused, reading(engine) as session:
                session.execute(select(Draft.id)).all()
            assert refused.value.code == "server_away"
        cluster.start_again()
        assert perform(engine, MakeStaff(), act).result == perform(engine, MakeStaff(), act).result
        with reading(engine) as session:
            assert session.execute(select(func.count()).select_from(History).where(History.verb == "make_staff")).scalar() == 1
            assert check(session) == []
        engine.dispose()
    finally:
        cluster.stop()


@dataclass(frozen=True, slots=True)
class MakeStaff:
    """One more person."""

    verb: ClassVar[str] = "make_staff"
    right: ClassVar[None] = None

    def apply(self, session: Session, act: Act) -> int:
        from db.models import Staff

        row = Staff(name="林依君", roles=["advisor"], skills=[])
        session.add(row)
        session.flush()
        return row.id


def test_a_server_without_the_database_or_the_right_to_use_it(postgresql: Any) -> None:
    name = postgresql.database()
    postgresql.execute("DROP ROLE IF EXISTS guest")
    postgresql.execute("CREATE ROLE guest LOGIN")
    addresses = {
        "server_lacks_store": postgresql.url("no_such_shop"),
        "server_rights": postgresql.url(name).replace("shop@", "guest@"),
        "server_away": "postgresql+psycopg://shop:secret@127.0.0.1:9/shop",
    }
    for code, address in addresses.items():
        engine = open_engine(address)
        with pytest.raises(Environment) as refused:
            make_ready(engine)
        engine.dispose()
        assert refused.value.code == code
        assert "secret" not in str(refused.value.facts)
    postgresql.drop(name)
