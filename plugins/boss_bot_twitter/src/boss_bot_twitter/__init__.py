"""Boss-Bot plugin for X/Twitter, on the gallery-dl engine."""
