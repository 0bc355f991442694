"""What can go wrong on the way to a host."""


class PublishError(Exception):
    """One sentence: what went wrong, what state that leaves, and the way out."""
