"""Pictures without what their camera and programs wrote into them."""

from .bare import bare, tells

__all__ = ["bare", "tells"]
