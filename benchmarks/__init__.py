"""Benchmarks of the bot, most of them as ratios against the engines' own command lines."""
