"""From the world's values to Discord's JSON.

Ids become strings and times ISO 8601 here and nowhere else.
"""
