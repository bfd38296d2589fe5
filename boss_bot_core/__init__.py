"""Boss-Bot's core: everything between a link and the delivered files.

This module imports nothing, so that `import boss_bot_core` stays cheap for plugins.
"""

__version__ = "0.1.0"
