"""How well a colour can be told from another, as WCAG computes it."""

from __future__ import annotations


def contrast(one: str, other: str) -> float:
    """The ratio of the luminances of two colours, `#rrggbb`: 4.5 is enough for text, 3 for lines."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
