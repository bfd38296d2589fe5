"""The composition root: builds everything from the settings, opens it in order and closes it in reverse order.

`CoreServices` (database, storage, queue, access) are enough to read the queue and to request changes beside a running
bot. An `App` adds plugins, the event bus and, in the process that dispatches, the download engine.
"""

from boss_bot_core.app.app import App, open_app
from boss_bot_core.app.cookies import CookieState
from boss_bot_core.app.services import CoreServices, open_services

__all__ = ["App", "CookieState", "CoreServices", "open_app", "open_services"]
