"""Boss-Bot plugin for Imgur."""
