"""Boss-Bot's core: the life of a download job, from a link to the delivered file.

Nothing heavy is imported here, so that `import boss_bot_core` costs a plugin author nothing.
"""

__version__ = "0.1.0"
