"""The sandbox's web page: static files that look like a channel, and the few addresses only they ask for."""
