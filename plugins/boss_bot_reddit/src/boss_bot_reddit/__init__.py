"""Boss-Bot plugin."""
