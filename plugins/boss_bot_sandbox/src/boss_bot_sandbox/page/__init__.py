"""The web page of the sandbox: static files that show a Discord channel, and the routes that only they use."""
