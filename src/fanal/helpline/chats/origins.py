from fanal.ground.access.origins import from_our_page

__all__ = ["from_our_page"]
