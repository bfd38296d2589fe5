"""Settings that users, guild managers and the bot's owner change in chat: their names, parsers and effects."""
