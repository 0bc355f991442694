"""The menu of a site with more than one page; empty where there is nothing to choose."""

from .menu import FILE, Entry, plan_menu

__all__ = ["FILE", "Entry", "plan_menu"]
