"""X/Twitter for Boss-Bot, on the gallery-dl engine."""
