"""Reddit for Boss-Bot, on the gallery-dl engine, with yt-dlp merging picture and sound."""
