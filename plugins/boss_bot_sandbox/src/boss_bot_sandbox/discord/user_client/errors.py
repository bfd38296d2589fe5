"""Errors of user actions that the client does not offer or that the bot does not answer.

In contrast to `ApiError`, no request reaches Discord: the user wants to use something that the client does not show.

UserActionError
├── NotOfferedError      (the client shows no such command, button, choice or field)
└── UnansweredError      (the bot let an interaction fail)
"""

from __future__ import annotations


class UserActionError(Exception):
    """A user action failed."""


class NotOfferedError(UserActionError):
    """The client does not offer what the user wants to use; the message lists what it offers."""


class UnansweredError(UserActionError):
    """The bot did not answer an interaction in time, or not with a message."""
