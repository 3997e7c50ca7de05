"""The three sets of colours: dark, light, high contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="toi", dark=True, primary="#5fa8d3", secondary="#7fb069", accent="#e0a458",
    warning="#e0a458", error="#e5616a", success="#7fb069",
    background="#10161c", surface="#18212a", panel="#22303c", foreground="#e6edf3",
    variables={"footer-key-foreground": "#e0a458"},
)  # fmt: skip

LIGHT = Theme(
    name="sang", dark=False, primary="#1f5f8b", secondary="#2f6b2f", accent="#9a4b00",
    warning="#9a4b00", error="#b3202c", success="#2f6b2f",
    background="#fbfaf7", surface="#f1efe9", panel="#e2ded3", foreground="#1d1d1b",
    variables={"footer-key-foreground": "#9a4b00"},
)  # fmt: skip

CONTRAST = Theme(
    name="tuong-phan", dark=True, primary="#00ffff", secondary="#00ff00", accent="#ffff00",
    warning="#ffff00", error="#ff6b6b", success="#00ff00",
    background="#000000", surface="#000000", panel="#1c1c1c", foreground="#ffffff",
    text_alpha=1.0, variables={"footer-key-foreground": "#ffff00"},
)  # fmt: skip

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order the key goes through them."""

NAMES = {"toi": "tối", "sang": "sáng", "tuong-phan": "tương phản cao"}
"""What the officer calls them."""
