"""The data model of the local Discord, as frozen values.

The `state` package replaces these values on changes; the `wire` package converts them to Discord's JSON.
"""
