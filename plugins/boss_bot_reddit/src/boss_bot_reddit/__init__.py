"""Boss-Bot plugin for Reddit, on the gallery-dl engine; yt-dlp merges video and audio."""
