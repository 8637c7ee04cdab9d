"""
Names as services write them: one spelling, what a French ear hears, other forms of one name.

Standard library only: the search before a file is created uses it as well as the engine.
"""

from fanal.engines.linkage.names.folding import fold, joined
from fanal.engines.linkage.names.phonetics import sound
from fanal.engines.linkage.names.variants import variants

__all__ = ["fold", "joined", "sound", "variants"]
