"""The composition root: everything is built from the settings here, opened and closed in order.

A *desk* (database, queue, signal) is enough to look at the queue and to ask for changes beside a running bot. An *app*
is a desk whose process also runs the downloads, or, where another process does, hands them to that one.
"""

from boss_bot_core.app.app import App, open_app
from boss_bot_core.app.services import CoreServices, open_services

__all__ = ["App", "CoreServices", "open_app", "open_services"]
