"""How near estimates come to what is read: before a voice was heard here, and after."""

from __future__ import annotations

import tempfile
from pathlib import Path

from broadcast.store.sample import copy_sample, sample_root
from broadcast.store.script_files import new_script
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.render import render_scripts
from broadcast.workflow.texts import piece_lines

TITLE = "Độ dài ước tính so với bản đọc (espeak, 190 âm tiết một phút); lệch nhiều nhất 5 %"
HEAD = ("bài", "đọc (giây)", "ước tính lần đầu", "lệch %", "sau khi đã đọc", "lệch %")


def rows() -> list[tuple[str, ...]]:
    """Every ready piece and every script of the sample, then the worst and all together."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder) / "dai")
        before = {h.script.id: h.seconds for h in _hearings(workspace)}
        made = render_scripts(workspace, before)
        read = {one.hearing.script.id: one.audio.seconds for one in made}
        after = {h.script.id: h.seconds for h in _hearings(workspace)}
    table = [_row(one, read[one], before[one], after[one]) for one in before]
    worst = [max(abs(e[one] / read[one] - 1) for one in read) for e in (before, after)]
    sums = [sum(each.values()) for each in (read, before, after)]
    last = ("lệch nhiều nhất", "", "", f"{100 * worst[0]:.1f}", "", f"{100 * worst[1]:.1f}")
    return [*table, _row("cả thảy", *sums), last]


def _workspace(root: Path) -> Workspace:
    """The sample with a script of each piece as a week would have it, without opening."""
    copy_sample(root)
    workspace = Workspace(root)
    for script in (sample_root() / "scripts").glob("*.md"):
        (workspace.scripts / script.name).write_bytes(script.read_bytes())
    details = workspace.load_station().details
    for piece in workspace.load_pieces():
        body = "\n".join(piece_lines(piece, details)[0]) + "\n"
        workspace.save_script(new_script(f"bai-{piece.id}", piece.title, body=body), None)
    return workspace


def _hearings(workspace: Workspace) -> list[Hearing]:
    listener = Listener.at(workspace, workspace.load_station())
    heard = (listener.hear(workspace.load_script(one)) for one in workspace.script_ids())
    return [one for one in heard if not one.blockers]


def _row(name: str, read: float, before: float, after: float) -> tuple[str, ...]:
    off = [f"{100 * (estimate / read - 1):+.1f}" for estimate in (before, after)]
    return (name, f"{read:.1f}", f"{before:.1f}", off[0], f"{after:.1f}", off[1])
