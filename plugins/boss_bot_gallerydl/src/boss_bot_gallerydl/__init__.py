"""Boss-Bot plugin: the gallery-dl engine; other plugins build on `boss_bot_gallerydl.engine`."""
