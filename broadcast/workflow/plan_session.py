"""One plan being corrected: each change is saved at once, can be undone, overwrites nobody's."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadcast.domain import plan_edit
from broadcast.domain.plan import Airable, Plan, PlanProblem, Topic
from broadcast.domain.plan_edit import Entry, EntryKind
from broadcast.domain.plan_merge import Change, differences, merge
from broadcast.errors import BroadcastError, ConflictError, InputError
from broadcast.store.files import Revision, revision, write_whole
from broadcast.vietnamese.characters import nfc, shorten
from broadcast.workflow.desk import Desk
from broadcast.workflow.history import History, State, Step, Undoable
from broadcast.workflow.plans import Reading, take_import

KIND_NAMES: dict[EntryKind, str] = {
    "leaf": "nội dung",
    "parent": "mục cha",
    "fragment": "đoạn rời",
    "channel": "hình thức tuyên truyền",
    "duty": "nhiệm vụ",
    "passage": "đoạn văn khác",
}
"""What an entry is taken for, in a sentence."""


@dataclass(frozen=True, slots=True)
class Use:
    """Who refers to topics that are to go: a week with so many airings, or scripts."""

    where: str
    airings: int = 0

    def __str__(self) -> str:
        return f"tuần {self.where}: {self.airings} lượt phát" if self.airings else self.where


@dataclass(frozen=True, slots=True)
class PlanReload:
    """What a reload brought: the file's `changes`, and steps that cannot be undone any more."""

    changes: tuple[Change, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class PlanSession(Undoable[Plan]):
    """One plan being corrected.

    Every change is one undo step and is saved before it returns (whole file, revision check,
    people's comments kept). A change raises ConflictError, and changes nothing, when the file was
    changed elsewhere since `open` or `reload`; after `reload` it can be made again.

    All methods may touch the disk and are safe in any thread. `plan` is a value that never
    changes in place: screens may read it at any time.
    """

    desk: Desk
    plan: Plan
    _seen: Revision
    _history: History[Plan] = field(default_factory=History)

    @classmethod
    def open(cls, desk: Desk, plan_id: str) -> PlanSession:
        """Open a plan.

        Raises:
            NotFoundError: there is none of that id.
            InputError: its file cannot be read; every problem with its line.
        """
        with desk.lock:
            seen = revision(desk.workspace.plan_path(plan_id))
            return cls(desk, desk.plan(plan_id), seen)

    # Corrections: `entry` is one of the plan as it is now, else NotFoundError

    def set_airable(self, topic: Topic, airable: Airable) -> None:
        """Say whether a topic is for the air."""
        answer = {"yes": "phát được", "no": "không phát", "ask": "hỏi lại"}[airable]
        what = f"đánh dấu {topic.path} {answer}"
        self._change(what, plan_edit.set_airable(self.plan, topic, airable))

    def set_text(self, entry: Entry, text: str) -> None:
        """Correct what an entry says.

        Raises:
            InputError: nothing is left of it.
        """
        after = plan_edit.set_text(self.plan, entry, nfc(text))
        self._change(f"sửa chữ {called(entry)}", after)

    def correct(self, what: str, plan: Plan) -> None:
        """Take the plan as it was corrected elsewhere, from `self.plan` on, as one step.

        Args:
            what: what was done, in Vietnamese.
        """
        self._change(what, plan)

    def merge_up(self, topic: Topic) -> Topic:
        """Join a topic to the one before it; gives the joined one.

        Raises:
            InputError: there is none before it in its section.
        """
        at = self.plan.topics.index(plan_edit.before(self.plan, topic))
        self._change(f"gộp {topic.path}", plan_edit.merge_up(self.plan, topic))
        return self.plan.topics[at]

    def split(self, topic: Topic, at: int) -> Topic:
        """Divide a topic before the character `at`; gives the second of the two.

        Raises:
            InputError: one of them would be empty.
        """
        after = plan_edit.split(self.plan, topic, at)
        place = self.plan.topics.index(topic)
        self._change(f"tách {topic.path}", after)
        return self.plan.topics[place + 1]

    def retype(self, entry: Entry, kind: EntryKind, unit: str = "") -> Entry:
        """Take an entry for something else; gives it as it is then.

        Args:
            unit: who has the duty, where it becomes one.

        Raises:
            InputError: it would become a duty of nobody.
        """
        before = self.plan
        after = plan_edit.retype(before, entry, kind, nfc(unit))
        self._change(f"đổi {called(entry)} thành {KIND_NAMES[kind]}", after)
        known = plan_edit.entries(before)
        return next((e for e in plan_edit.entries(after) if e not in known), entry)

    def drop_problem(self, problem: PlanProblem) -> None:
        """Take a problem from the list: somebody has looked at it."""
        what = f"bỏ khỏi danh sách: {shorten(problem.message, 40)}"
        self._change(what, plan_edit.drop_problem(self.plan, problem))

    def import_again(self, reading: Reading) -> None:
        """Take what an import would change; one step, as any correction.

        Raises:
            ConflictError: the file was changed elsewhere since the document was compared.
        """
        with self.desk.lock, self.desk.workspace.lock("nhập lại kế hoạch"):
            self._refuse_change()
            before = self._state()
            take_import(self.desk.workspace, reading)
            self._load()
            if self.plan != before.value:
                what = f"nhập lại {reading.file.name}"
                self._history.push(Step(what, before, self._state(), redone))

    def uses_lost_by(self, entry: Entry, kind: EntryKind) -> tuple[Use, ...]:
        """Who refers to topics that `retype` would leave without one."""
        with self.desk.lock:
            # A unit only so that it can be tried; who it is does not matter to paths.
            after = plan_edit.retype(self.plan, entry, kind, "–")
            lost = set(plan_edit.lost_paths(self.plan, after))
            return tuple(self._uses(lost)) if lost else ()

    # Undo and redo

    def undo(self) -> str:
        """Take back the last change; says which.

        Raises:
            InputError: there is none.
        """
        with self.desk.lock:
            if not self._history.done:
                raise InputError("Không hoàn tác được", "chưa có thay đổi nào để hoàn tác")
            step = self._history.done[-1]
            self._history.undone.append(self._make(step.reverse, "hoàn tác").reverse)
            return self._history.done.pop().what

    def redo(self) -> str:
        """Do again what was undone last; says what.

        Raises:
            InputError: there is nothing.
        """
        with self.desk.lock:
            if not self._history.undone:
                raise InputError("Không làm lại được", "không có thay đổi nào để làm lại")
            self._history.done.append(self._make(self._history.undone[-1], "làm lại"))
            return self._history.undone.pop().what

    # What others do to the file

    def changed_on_disk(self) -> bool:
        """Whether the plan's file is another one than was last loaded or saved here."""
        with self.desk.lock:
            return revision(self.desk.workspace.plan_path(self.plan.id)) != self._seen

    def reload(self) -> PlanReload:
        """Take the plan as its file has it now; says what changed, and what undo lost.

        Raises:
            InputError, NotFoundError: the file cannot be read; the session stays as it was.
        """
        with self.desk.lock:
            before = self.plan
            self._load()
            lost = self._history.fit(self.plan)
            return PlanReload(differences(before, self.plan), lost)

    # Inside

    def _change(self, what: str, after: Plan) -> None:
        with self.desk.lock:
            if after == self.plan:
                return
            before = self._state()
            self._write(what, after)
            self._history.push(Step(what, before, self._state(), redone))

    def _make(self, step: Step[Plan], name: str) -> Step[Plan]:
        """Make a step of the history; gives it back with the files as they are this time."""
        plan = step.on(self.plan)
        assert plan is not None  # noqa: S101 - History.fit keeps only what fits
        before = self._state()
        self._write(f"{name}: {step.what}", plan, step.file_on(self._seen))
        return Step(step.what, before, self._state(), redone)

    def _write(self, what: str, plan: Plan, raw: bytes | None = None) -> None:
        """Save the plan, to the letter if its file's bytes are given."""
        workspace = self.desk.workspace
        with workspace.lock(what):
            self._refuse_change()
            if raw is None:
                self._seen = workspace.save_plan(plan, self._seen)
            else:
                path = workspace.plan_path(plan.id)
                self._seen = write_whole(path, raw, expected_revision=self._seen)
        self.plan = plan

    def _refuse_change(self) -> None:
        if self.changed_on_disk():
            happened = f"kế hoạch {self.plan.id} vừa bị sửa ở cửa sổ khác hoặc trong tệp"
            mend = "nạp lại kế hoạch, xem chỗ khác đi, rồi làm lại thay đổi vừa rồi"
            raise ConflictError("Chưa lưu, để không ghi đè", happened, mend)

    def _load(self) -> None:
        seen = revision(self.desk.workspace.plan_path(self.plan.id))
        self.plan = self.desk.plan(self.plan.id)
        self._seen = seen

    def _state(self) -> State[Plan]:
        path = self.desk.workspace.plan_path(self.plan.id)
        return State.of(self.plan, self._seen, path)

    def _uses(self, paths: set[str]) -> list[Use]:
        found = []
        workspace, mine = self.desk.workspace, self.plan.id
        for week_id in workspace.week_ids():
            try:
                airings = self.desk.week(week_id).airings
            except BroadcastError:
                continue  # the week screen tells what is wrong with it
            count = sum(a.plan == mine and a.topic in paths for a in airings)
            if count:
                found.append(Use(str(week_id), count))
        for script_id in workspace.script_ids():
            try:
                script = self.desk.script(script_id)
            except BroadcastError:
                continue  # the script screen tells what is wrong with it
            if script.plan == mine and script.topic in paths:
                found.append(Use(f"kịch bản {script_id}"))
        return found


def redone(plan: Plan, old: Plan, new: Plan) -> Plan | None:
    """Do to `plan` what led from `old` to `new`; None where others changed the same places."""
    if plan == old:
        return new
    merged = merge(old, plan, new)
    return None if merged.conflicts else merged.plan


def called(entry: Entry) -> str:
    """An entry in a message: a topic by its path, others by how they begin."""
    if isinstance(entry, Topic):
        return entry.path
    return f"«{shorten(entry.text, 30)}»"
