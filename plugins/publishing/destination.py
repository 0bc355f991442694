"""What every kind of destination offers, and the error that each of them raises."""

from abc import ABC, abstractmethod

from .difference import Difference


class PublishError(Exception):
    """Publishing failed; the message says what went wrong, what state that leaves, and the way out."""


class Destination(ABC):
    """Where a site is published: ``place`` in words. Every method may raise ``PublishError``.

    Files at the destination that no publication of ours wrote stay there, unless the site has a file of the same path.
    """

    place = ""
    no_previous = "there is no previous deployment; the site is unchanged"

    @abstractmethod
    def compare(self) -> Difference | None:
        """Return what publishing would change, without changing it; None where only the host knows."""

    @abstractmethod
    def send(self) -> str:
        """Publish, and return in a few words what was done. Where it can, it does so in one step."""

    def verify(self) -> str:
        """Compare what is live with what was sent, and return in a few words how; a difference is an error."""
        if left := self.compare():
            raise PublishError(f"{self.place} differs from what was sent; publish again:\n{left}")
        return f"{self.place} holds exactly this site"

    def compare_previous(self) -> Difference:
        """Return what `roll_back` would change, without changing it; an error where there is nothing to restore."""
        raise PublishError(self.no_previous)

    def roll_back(self) -> str:
        """Restore the previous deployment, and return in a few words what was done."""
        raise PublishError(self.no_previous)
