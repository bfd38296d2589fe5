"""Contract tests for the database behind the queue, to inherit and run over every supported database.

In a test module, subclass the four classes and provide a fixture `database_url` that returns the URL of a new, empty
database for each test. pytest-asyncio must be in its automatic mode.
"""

from boss_bot_core.testing.store.admission import AdmissionContract
from boss_bot_core.testing.store.claims import ClaimContract
from boss_bot_core.testing.store.control import ControlContract
from boss_bot_core.testing.store.fences import FenceContract

__all__ = ["AdmissionContract", "ClaimContract", "ControlContract", "FenceContract"]
