"""Media made at run time: small, real, decodable files of every kind the site serves, cached per directory."""

from boss_bot_sandbox.site.media.library import MediaLibrary

__all__ = ["MediaLibrary"]
