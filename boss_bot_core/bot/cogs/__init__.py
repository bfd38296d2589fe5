"""The cogs: each parses the arguments of its commands, calls one service, and formats the answer."""
