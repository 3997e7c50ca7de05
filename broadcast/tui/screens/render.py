"""The audio screen (Sản xuất): what of a week is to be read aloud, reading it, listening to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from broadcast.domain.week import Finding, WeekId
from broadcast.domain.wording import week_text
from broadcast.errors import BroadcastError
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.hints import in_keys, key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.consent import with_consent
from broadcast.tui.screens.prompting import show_prompter
from broadcast.tui.screens.render_picture import Drawn, RenderPicture
from broadcast.tui.widgets.items import (
    NEXT,
    Standing,
    empty_text,
    item_line,
    item_text,
    next_to_make,
    summary,
    whole_line,
)
from broadcast.tui.widgets.lists import PlainList
from broadcast.tui.widgets.waveform import Waveform

if TYPE_CHECKING:
    from broadcast.workflow.listen import Sound
    from broadcast.workflow.production import Item, Production
    from broadcast.workflow.progress import Progress


class RenderScreen(RenderPicture):
    """One week's scripts and their audio."""

    WHERE: ClassVar[Where] = "render"
    CSS_PATH = Path(__file__).with_name("render.tcss")
    AUTO_FOCUS = "#items"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("render", "app")]

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.week_id = office.week
        self.production: Production | None = None
        self.standing = Standing()

    def body(self) -> ComposeResult:
        """How many of each, the list, beside or below it what is known of one."""
        with Container(id="main"):
            with Vertical(id="work"):
                yield Static("", id="summary")
                yield PlainList(id="items", compact=True)
                yield Static("", id="empty")
                yield Static("", id="whole")
            with VerticalScroll(id="side"):
                yield Waveform(id="side-wave")
                yield Static("", id="side-text")

    def on_mount(self) -> None:
        """Keep an eye on the files; what is shown first comes with `arrive`."""
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, **what: Any) -> None:
        """Show a week (`week`, else the one shown last anywhere), read it aloud with `start`."""
        self.open_week(what.get("week") or self.office.week)
        if what.get("start"):
            # After the week is there.
            self.job(lambda: None, lambda _none: self.action_start())

    # A week on screen

    @property
    def items(self) -> PlainList:
        """The list."""
        return self.query_one(PlainList)

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        made, at = self.production, self.items.highlighted
        return made.items[at] if made and at is not None and at < len(made.items) else None

    def open_week(self, week_id: WeekId) -> None:
        """Show another week, or the same one as it is now."""
        if week_id != self.week_id:
            self.standing.chosen.clear()
        self.week_id = self.office.week = week_id
        self._said = ""
        self._load()

    def _load(self) -> None:
        """Read the week's files, and show what they say."""
        week_id = self.week_id
        self.job(lambda: self._loaded(week_id), self._show, self._not_loaded)

    def _loaded(self, week_id: WeekId) -> Production:
        from broadcast.workflow.production import production  # noqa: PLC0415 - after first paint

        return production(self.office.desk, week_id)

    def _not_loaded(self, error: BroadcastError) -> None:
        """What is wrong stands in the place of the list."""
        self.production = None
        self.items.display = False
        empty = self.query_one("#empty", Static)
        empty.display = True
        empty.update(Text().append(f"{error.title}\n", "bold").append_text(error_text(error)))
        self.query_one("#summary", Static).update("")
        self.query_one("#side-text", Static).update("")
        self.set_title(week_text(self.week_id, self.office.today()))
        self._trouble = f"! {error.title}; {key_of('render.reload')} đọc lại sau khi sửa tệp"
        self.show_hint()

    def _show(self, made: Production) -> None:
        if made.week != self.week_id:
            return  # she has gone on meanwhile
        self._trouble = ""
        known = self.item.script if self.item else None
        self.production = made
        scripts = [item.script for item in made.items]
        self.standing.chosen &= set(scripts)
        self.items.set_options([""] * len(scripts))
        if scripts:
            self.items.highlighted = scripts.index(known) if known in scripts else 0
        self.items.display = bool(scripts)
        empty = self.query_one("#empty", Static)
        empty.display = not scripts
        empty.update(Text() if scripts else empty_text(made))
        self.draw()

    def draw(self, script: str | None = None) -> None:
        """Draw everything, or of the list only the line of `script`."""
        made = self.production
        if made is None:
            return
        width = self.items.scrollable_content_region.width
        for at, item in enumerate(made.items):
            if script in {None, item.script}:
                line = item_line(item, self.standing, width)
                self.items.replace_option_prompt_at_index(at, line)
        self.query_one("#summary", Static).update(summary(made, self.standing))
        self._show_whole(width)
        told = f" · {self.run_short()}" if self.run else ""
        self.set_title(f"{week_text(self.week_id, self.office.today())}{told}")
        self.show_item()
        self.show_hint()

    def _show_whole(self, width: int) -> None:
        """How far all of it is, below the list, while it runs."""
        whole = self.query_one("#whole", Static)
        whole.display = self.run is not None
        if self.run is not None:
            whole.update(whole_line(self.run.whole, self.left_text(), width))

    @on(PlainList.Resized)
    def _fit(self) -> None:
        """Lines are as wide as the list."""
        self.draw()

    @on(OptionList.OptionHighlighted)
    def show_item(self) -> None:
        """Tell in the panel what is known of the item under the cursor."""
        item = self.item
        text = item_text(item, self.standing) if item else Text()
        self.query_one("#side-text", Static).update(text)
        audio = item.audio if item else None
        drawn = Drawn(self.office.root / audio.file, item.made_at) if item and audio else None
        self.show_picture(drawn)

    def hint(self) -> str:
        """What runs, or what to do next."""
        if self.run is not None:
            week = "" if self.run.week == self.week_id else f" tuần {self.run.week.number}"
            stop = "" if self.run.stop.is_set() else " · Esc dừng · F10 làm việc khác vẫn được"
            return f"{self.run_text()}{week}{stop}"
        return next_to_make(self.production, self.standing) if self.production else "Đang mở…"

    def _next(self) -> str:
        """What to do next, after something else that is said."""
        return self.hint().removeprefix(NEXT)

    # The run

    def show_run(self, script: str | None = None) -> None:
        """Draw the line that changed, title and hint."""
        self._said = ""
        self.draw(script)

    def show_end(self, told: str) -> None:
        """Look at the files again, then say how it ended."""
        self._load()
        self.job(
            lambda: None,
            lambda _none: self.say(told if self.trouble else f"{told}. {self._next()}"),
        )

    def may_look(self) -> bool:
        """Not while the files change by our own doing."""
        return self.production is not None and self.run is None

    def look(self) -> Production | None:
        """In the worker: the week, if anything of it is another than on screen."""
        made = self._loaded(self.week_id)
        return made if made != self.production else None

    def seen(self, found: Any) -> None:
        """Show it."""
        self._show(found)

    # Actions

    def action_start(self) -> None:
        """Make what was chosen, or without a choice all that needs it."""
        made = self.production
        if made is None or made.week != self.week_id:
            return
        if self.run is not None:
            self.say(f"{self.run_text()}; Esc dừng, hoặc chờ xong rồi đọc tiếp")
            return
        wanted = tuple(
            item.script
            for item in made.items
            if item.to_make and (not self.standing.chosen or item.script in self.standing.chosen)
        )
        if wanted:
            week = self.week_id
            with_consent(self, lambda: self.begin(week, wanted) if self.run is None else None)
        else:
            self.say(f"Không có gì cần đọc. {self._next()}")

    def action_select(self) -> None:
        """Choose the item under the cursor, or no more; and go on to the next one."""
        item = self.item
        if item is None or self.production is None:
            return
        if item.blocked:
            self.say(f"Phải sửa kịch bản này trước: {key_of('render.findings')} xem chỗ nào")
            return
        if not item.to_make:
            self.say(f"Kịch bản này đã có MP3, không cần đọc lại: {key_of('render.listen')} nghe")
            return
        self.standing.chosen ^= {item.script}
        self._said = ""
        self.draw(item.script)
        if self.items.highlighted != len(self.production.items) - 1:
            self.items.action_cursor_down()

    def action_open(self) -> None:
        """The nearest thing to do with an item: listen, or see what is to be mended."""
        item = self.item
        if item and item.blocked:
            self.action_findings()
        else:
            self.action_listen()

    def action_listen(self) -> None:
        """Let the item's file be heard."""
        from broadcast.tui.dialogs.listen import ListenDialog  # noqa: PLC0415 - after first paint

        item = self.item
        if item is None:
            return
        if item.audio is None:
            self.say(f"Chưa có tệp MP3 để nghe: {key_of('render.start')} đọc trước")
            return
        file = self.office.root / item.audio.file

        def made(_progress: Progress) -> Sound:
            from broadcast.workflow.listen import file_audio  # noqa: PLC0415 - numpy is heavy

            return file_audio(file)

        old = "bản cũ của " if item.to_make or item.blocked else ""
        save_as = self.office.root / "out" / "nghe-thu" / file.name
        self.app.push_screen(ListenDialog(f"Nghe {old}«{item.title}»", made, save_as))

    def action_findings(self) -> None:
        """List what is to be looked at in the item's script; taking one opens it there."""
        item = self.item
        if item is None:
            return
        if item.error is not None:
            self.show_error(item.error)
            return
        findings = item.hearing.findings if item.hearing else ()
        if not findings:
            self.say("Kịch bản này không có điểm nào cần xem")
            return
        blocking = set(item.blockers)
        choices = [
            Choice(
                one,
                f"{'!' if one in blocking else '·'} {_line_of(one)}{one.message}",
                f"→ {in_keys(one.mend)}" if one.mend else "",
            )
            for one in sorted(findings, key=lambda one: one not in blocking)
        ]

        def taken(finding: Finding | None) -> None:
            if finding is not None:
                self._open_script(item, finding.line)

        title = f"{len(choices)} điểm cần xem: {item.title}"
        self.app.push_screen(ChooseDialog(title, choices, "Tìm"), taken)

    def action_script(self) -> None:
        """Open the item's script, at the first line that is to be mended."""
        item = self.item
        if item is not None:
            self._open_script(item, next((one.line for one in item.blockers if one.line), None))

    def _open_script(self, item: Item, line: int | None) -> None:
        self.say(f"scripts/{item.script}.md{f', dòng {line}' if line else ''}")
        self.shell.go("script", script=item.script, row=line)

    def action_record(self) -> None:
        """Let a person read the item's script; while others are being read it waits."""
        item = self.item
        if item is None:
            return
        if self.run is not None:
            self.say(f"{self.run_text()}; đọc xong rồi hãy thu")
        elif item.error is not None:
            self.show_error(item.error)
        else:
            show_prompter(self, item.script, self._load)

    def action_errors(self) -> None:
        """Show again what failed in the last run."""
        if self.trouble is not None:
            self.show_error(self.trouble)
        else:
            self.say("Lần đọc vừa rồi không có lỗi nào")

    def action_next(self) -> None:
        """The week after."""
        self.open_week(self.week_id.after())

    def action_previous(self) -> None:
        """The week before."""
        self.open_week(self.week_id.before())

    def action_today(self) -> None:
        """The week of today."""
        self.open_week(WeekId.of(self.office.today()))

    def action_reload(self) -> None:
        """Look at the files again."""
        self._load()
        self.job(lambda: None, lambda _none: self.say("Đã xem lại tệp trên đĩa"))

    def action_leave(self) -> None:
        """Ask whether to stop what runs; where nothing does, go to the week."""
        if self.run is not None:
            self.ask_to_stop()
        else:
            self.shell.go("week")


def _line_of(finding: Finding) -> str:
    return f"dòng {finding.line}: " if finding.line else ""
