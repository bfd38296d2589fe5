"""Boss-Bot core."""
