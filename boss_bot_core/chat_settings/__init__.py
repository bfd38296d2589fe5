"""Settings that users, server managers and the owner change in chat: their names, parsers and effects."""
