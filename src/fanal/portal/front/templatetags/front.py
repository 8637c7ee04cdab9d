from __future__ import annotations

from django import template

from fanal.portal.front.legal import examined

register = template.Library()


@register.simple_tag
def accessibility_level() -> str:
    """Each page says it, as the law asks (décret n° 2019-768, art. 4)."""
    return examined().level
