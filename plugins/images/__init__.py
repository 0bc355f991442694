"""Images without the metadata that cameras and programs wrote into them."""

from .metadata import has_metadata, strip_metadata

__all__ = ["has_metadata", "strip_metadata"]
