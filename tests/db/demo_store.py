"""The store that a demo is made in for a whole module of tests, of either kind."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from db.engine import file_url, open_engine

if TYPE_CHECKING:
    import pytest

    from db.engine import Engine
    from tests.postgresql_cluster import Cluster


def ready_store(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Engine:
    """An engine on a ready, empty store; the fixture's `param` is sqlite or postgresql."""
    if request.param == "sqlite":
        path = folders.mktemp("demo") / "shop.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return open_engine(file_url(path))
    cluster: Cluster = request.getfixturevalue("postgresql")
    return open_engine(cluster.url(cluster.database(request.getfixturevalue("postgresql_template"))))
