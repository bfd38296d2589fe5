"""`python -m boss_bot_core`: the same program as `boss-bot`."""

from boss_bot_core.cli import main

if __name__ == "__main__":
    main()
