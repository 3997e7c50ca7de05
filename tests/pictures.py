"""Make the README's pictures again from the app on the sample station: python -m tests.pictures."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from .tui_pilot import LARGE, opened

HERE = Path(__file__).resolve().parents[1]
PICTURES: dict[str, tuple[str, ...]] = {
    "week": (),
    "script": ("2", "enter", "down", "down"),
}
"""Name of each picture and the keys that lead to it."""

_REMOTE_FONTS = re.compile(r"@font-face\s*\{[^}]*\}")


async def _picture(root: Path, keys: tuple[str, ...]) -> str:
    async with opened(root, LARGE) as ui:
        await ui.press(*keys)
        # A page that shows the picture must not go online for its fonts.
        return _REMOTE_FONTS.sub("", ui.app.export_screenshot())


def main() -> None:
    """Write every picture."""
    for name, keys in PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            for part in ("schedules", "scripts"):
                shutil.copytree(HERE / part, Path(folder) / part)
            picture = asyncio.run(_picture(Path(folder), keys))
        target = HERE / ".github" / f"{name}.svg"
        target.write_text(picture, encoding="utf-8")
        print(target.relative_to(HERE))


if __name__ == "__main__":
    main()
