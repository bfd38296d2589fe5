"""Buttons and other message components, and the answers to their presses."""
