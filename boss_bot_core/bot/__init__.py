"""The Discord bot: the only room that imports discord.

A command parses, hands what it was given to the pipeline's service and shows a card; downloads never wait for Discord.
"""
