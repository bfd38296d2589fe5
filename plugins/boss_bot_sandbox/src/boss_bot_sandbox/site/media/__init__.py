"""Media files made at run time: small, decodable files of every type that the site serves, cached per directory."""

from boss_bot_sandbox.site.media.library import MediaLibrary

__all__ = ["MediaLibrary"]
