"""The commands: a cog parses, calls one service, and formats."""
