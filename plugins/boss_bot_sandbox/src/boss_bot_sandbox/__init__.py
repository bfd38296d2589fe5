"""Boss-Bot plugin: a local Discord and a small media site on loopback, and the command ``boss-bot sandbox``."""
