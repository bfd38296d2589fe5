"""Boss-Bot plugin: the yt-dlp engine, every site yt-dlp knows, and direct links to media files."""
