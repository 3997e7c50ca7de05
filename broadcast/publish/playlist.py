"""The week as one extended M3U playlist in UTF-8 (M3U8)."""

from __future__ import annotations

from collections.abc import Iterable

from broadcast.publish.items import Programme
from broadcast.publish.words import clean_line


def week_playlist(programmes: Iterable[Programme], title: str) -> bytes:
    """The playlist of every programme that has a file, in airing order.

    UTF-8 without a mark (players look for "#EXTM3U" in the first bytes), paths relative to the
    playlist with forward slashes, lengths in whole seconds, -1 where unknown.
    """
    lines = ["#EXTM3U", f"#PLAYLIST:{clean_line(title)}"]
    for programme in programmes:
        if programme.path:
            seconds = round(programme.item.seconds) or -1
            name = clean_line(programme.item.title or programme.item.airing.title)
            lines += [f"#EXTINF:{seconds},{name}", programme.path]
    return ("\n".join(lines) + "\n").encode()
