"""Boss-Bot plugin for pictures.example."""
