"""Boss-Bot plugin: scans every fetched file with ClamAV's clamd before it is stored or delivered."""
