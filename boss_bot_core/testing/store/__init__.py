"""The contract of the queue's store, as tests to inherit: run them over every database that is to be supported.

In a test module, subclass the four classes and give them a fixture `database_url` that names a fresh, empty database
for each test. pytest-asyncio has to be in its automatic mode.
"""

from boss_bot_core.testing.store.admission import AdmissionContract
from boss_bot_core.testing.store.claims import ClaimContract
from boss_bot_core.testing.store.control import ControlContract
from boss_bot_core.testing.store.fences import FenceContract

__all__ = ["AdmissionContract", "ClaimContract", "ControlContract", "FenceContract"]
