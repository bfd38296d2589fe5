"""The database is imported without SQLAlchemy's ORM, which is still there for others."""

import subprocess
import sys

PROGRAM = """
import sys
import boss_bot_core.database
assert "sqlalchemy.orm" not in sys.modules
from boss_bot_core.database.async_engine import AsyncEngine
import sqlalchemy.ext.asyncio as whole
assert whole.AsyncEngine is AsyncEngine
assert whole.AsyncSession
assert "sqlalchemy.orm" in sys.modules
"""


def test_the_database_loads_no_orm_and_leaves_it_to_others() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
