"""The client of a user: what the user sees in Discord, and the actions that the user performs there."""
