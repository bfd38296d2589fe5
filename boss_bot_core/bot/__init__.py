"""The Discord bot: the only package that imports discord.

A command parses its arguments, calls the pipeline's service and shows a card. Downloads never wait for Discord.
"""
