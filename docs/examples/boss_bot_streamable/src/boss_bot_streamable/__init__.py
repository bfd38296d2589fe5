"""Boss-Bot plugin for Streamable."""
