"""What the local Discord knows, as frozen values.

Nothing here does anything: the world changes these values, the wire modules turn them into Discord's JSON.
"""
