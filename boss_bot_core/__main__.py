"""`python -m boss_bot_core` is `boss-bot`."""

from boss_bot_core.cli import main

if __name__ == "__main__":
    main()
