"""The Discord bot: the only package that imports discord.

A command parses its arguments, calls the download service and posts a card. Downloads never wait for Discord.
"""
