"""The gateway: a WebSocket that identifies, beats, dispatches and resumes as Discord's does."""
