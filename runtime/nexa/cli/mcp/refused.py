"""What a tool raises instead of answering."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  # no error of ours: the agent reads why, and asks better
    """Cannot be answered; the message says why and what would help."""


class CalledOff(Exception):  # noqa: N818  # as above
    """The client no longer waits."""
