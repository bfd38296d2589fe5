"""SQLAlchemy's asynchronous engine, without its ORM, which takes a quarter of its import and which nothing here uses.

`sqlalchemy.ext.asyncio` imports its sessions, and they import the ORM. So its module `engine` is imported alone.
Another import of the package, by a plugin, still finds everything.
"""

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
else:
    _PACKAGE = "sqlalchemy.ext.asyncio"

    def _import_engine():  # noqa: ANN202 - a module
        if _PACKAGE in sys.modules or (spec := importlib.util.find_spec(_PACKAGE)) is None:
            return importlib.import_module(_PACKAGE)
        # Python finds the module through its package, and needs nothing else of it.
        sys.modules[_PACKAGE] = importlib.util.module_from_spec(spec)
        try:
            return importlib.import_module(f"{_PACKAGE}.engine")
        finally:
            del sys.modules[_PACKAGE]

    _engine = _import_engine()
    AsyncConnection = _engine.AsyncConnection
    AsyncEngine = _engine.AsyncEngine
    create_async_engine = _engine.create_async_engine

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
