"""Converts the values of the data model to Discord's JSON.

Only this package converts ids to strings and times to ISO 8601.
"""
