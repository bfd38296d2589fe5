"""One message per download, edited in place: what it says, how it is drawn, and when it may be edited."""
