"""The gallery-dl engine for Boss-Bot; other plugins build on `boss_bot_gallerydl.engine`."""
