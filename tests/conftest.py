"""What tests share: stores of both kinds, a clock, the offscreen platform."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from db.engine import file_url, open_engine
from db.migrations.run import make_ready
from tests import postgresql_cluster
from tests.small_shop import SmallShop, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

# What a busy machine takes for an example says nothing of the rule.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

NOW = dt.datetime(2026, 11, 24, 6, 32, tzinfo=dt.UTC)
"""2026-11-24 14:32 in Shanghai, the afternoon of all examples."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--large", action="store_true", help="run the figures at the size that is promised, not the smaller one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--large"):
        return
    for item in items:
        if "large" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="the large size runs with --large"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Whoever runs background works keeps the interpreter from looking for garbage until they are stopped; the next test's would go uncollected."""
    yield
    assert gc.isenabled(), "a runner was not stopped"


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ready, empty store, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "shop.db"
    engine = open_engine(file_url(path))
    make_ready(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_cluster.Cluster]:
    """The private server; skipped where there is none, a failure where CI promises one."""
    if postgresql_cluster.binaries() is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set, but PostgreSQL's server programs were not found")
        pytest.skip("PostgreSQL's server programs were not found: the tests on it did not run")
    cluster = postgresql_cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def postgresql_template(postgresql: postgresql_cluster.Cluster) -> str:
    name = postgresql.database()
    engine = open_engine(postgresql.url(name))
    make_ready(engine)
    engine.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a ready, empty store, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "data 資料" / "shop.db"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield file_url(path)
        return
    cluster: postgresql_cluster.Cluster = request.getfixturevalue("postgresql")
    name = cluster.database(request.getfixturevalue("postgresql_template"))
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    """An engine on a ready, empty store, once of each kind."""
    engine = open_engine(store_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallShop]:
    """The small shop in a file of its own, copied for each test."""
    path = tmp_path_factory.mktemp("furnished") / "shop.db"
    shutil.copy(sqlite_template, path)
    engine = open_engine(file_url(path))
    made = furnish(engine, NOW)
    engine.dispose()
    return path, made


@pytest.fixture(scope="session")
def furnished_postgresql(postgresql: postgresql_cluster.Cluster, postgresql_template: str) -> tuple[str, SmallShop]:
    name = postgresql.database(postgresql_template)
    engine = open_engine(postgresql.url(name))
    made = furnish(engine, NOW)
    engine.dispose()
    return name, made


@pytest.fixture
def sqlite_shop(furnished_sqlite: tuple[Path, SmallShop], tmp_path: Path) -> Iterator[SmallShop]:
    """The small furnished shop in a file of its own."""
    template, made = furnished_sqlite
    path = tmp_path / "data 資料" / "shop.db"
    path.parent.mkdir()
    shutil.copy(template, path)
    engine = open_engine(file_url(path))
    yield dataclasses.replace(made, engine=engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def small_shop(request: pytest.FixtureRequest) -> Iterator[SmallShop]:
    """The small furnished shop (see `tests.small_shop`), once on each kind of store."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_shop")
        return
    cluster: postgresql_cluster.Cluster = request.getfixturevalue("postgresql")
    template, made = request.getfixturevalue("furnished_postgresql")
    name = cluster.database(template)
    engine = open_engine(cluster.url(name))
    yield dataclasses.replace(made, engine=engine)
    engine.dispose()
    cluster.drop(name)
