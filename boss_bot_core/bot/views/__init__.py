"""Buttons and other message components, and how a press is answered."""
