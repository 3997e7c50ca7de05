"""Which key does what at this station: the registry's keys, or those of station.yaml instead.

One keyboard belongs to an app; whatever shows a key asks `current()`. The app's keyboard changes in
place when station.yaml has been read or a key has been given, so nobody holds an old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import get_close_matches

from textual.keys import Keys

from broadcast.tui.actions import ACTIONS, Action, Where
from broadcast.tui.actions.model import ALT_DIGITS, key_name

Wanted = Mapping[str, tuple[str, ...]]
"""Keys as a person wrote them, by the id of their action."""

_BY_ID = {action.id: action for action in ACTIONS}
_ALT = {f"alt+{digit}": key for digit, key in ALT_DIGITS.items()}
_OTHER_NAMES = {
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "page up": "pageup",
    "page down": "pagedown", "del": "delete", "xóa": "delete", "ins": "insert", "esc": "escape",
    "return": "enter", "phím cách": "space", "cách": "space", "←": "left", "→": "right",
    "↑": "up", "↓": "down", **_ALT,
}  # fmt: skip
"""Keys as people call them, in small letters."""

_ODD = {"<any>", "<scroll-up>", "<scroll-down>", "<ignore>", "ctrl-at", "return"}
_KNOWN = {key.value for key in Keys} - _ODD | set(ALT_DIGITS.values())
_HELD = re.compile(r"(ctrl|alt|shift)\s*[+-]\s*", re.I)
_RESERVED = {
    "escape", "enter", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "space",
}  # fmt: skip
_SAME_IN_TERMINALS = {"ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+i": "Tab", "ctrl+h": "Backspace"}


@dataclass(frozen=True, slots=True)
class KeyTrouble:
    """An entry of station.yaml that is left out: the action's id as written, why, what to do."""

    action: str
    message: str
    mend: str


@dataclass(slots=True)
class Keyboard:
    """Keys of actions; `own` are those the station has in place of the registry's, by id."""

    own: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the first one shown."""
        return self.own.get(action.id, action.keys)

    def shown(self, action: Action) -> str:
        """The keys of an action for reading: "F2, Insert, a"."""
        return ", ".join(key_name(key) for key in self.keys(action))

    def key_of(self, action_id: str) -> str:
        """The first key of an action for reading: "F5"."""
        return key_name(self.keys(_BY_ID[action_id])[0])

    def keymap(self) -> dict[str, str]:
        """The station's keys as Textual's keymap: binding ids and keys with commas."""
        return {action_id: ",".join(keys) for action_id, keys in self.own.items()}

    def told(self, text: str, where: Where) -> str:
        """A text about a screen, written with the registry's keys, with the station's instead."""
        here = [a for a in ACTIONS if a.where in {where, "app"} and a.id in self.own]
        names = {key_name(key): key_name(self.own[a.id][0]) for a in here for key in a.keys[:1]}
        if not names:
            return text
        written = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        return re.sub(rf"(?<![\w+])(?:{written})(?!\w)", lambda found: names[found[0]], text)

    def user(self, key: str, of: Action) -> Action | None:
        """The other action that has `key` where `of` applies."""
        others = (a for a in ACTIONS if a is not of and _meet(a, of))
        return next((a for a in others if key in self.keys(a)), None)


_CURRENT: ContextVar[Keyboard] = ContextVar("keyboard", default=Keyboard())  # noqa: B039 - of no app


def current() -> Keyboard:
    """The keyboard of the running app."""
    return _CURRENT.get()


def make_current(keyboard: Keyboard) -> None:
    """Let everything the running app does from now on ask this keyboard."""
    _CURRENT.set(keyboard)


def read_key(text: str) -> str | None:
    """A key as people write it, in Textual's name: "Ctrl+E" is "ctrl+e"; None if it is no key."""
    rest, held = text.strip(), set[str]()
    while len(rest) > 1 and (found := _HELD.match(rest)):
        held.add(found[1].lower())
        rest = rest[found.end() :]
    if len(rest) == 1 and rest.isalpha() and not held:
        return rest  # Textual tells a from A
    last = _OTHER_NAMES.get(rest.lower(), rest.lower())
    key = "+".join([*(name for name in ("alt", "ctrl", "shift") if name in held), last])
    key = _ALT.get(key, key)
    if key in _KNOWN or re.fullmatch(r"alt\+[a-z]", key):
        return key
    return key if len(key) == 1 and key.isdecimal() else None


def unfit(key: str, action: Action) -> str:
    """Why a key cannot be given to an action, "" if it can."""
    if key in action.keys:
        return ""
    if key in _SAME_IN_TERMINALS:
        return (
            f"cửa sổ dòng lệnh không phân biệt được {key_name(key)} với {_SAME_IN_TERMINALS[key]}"
        )
    if key in _RESERVED:
        return f"{key_name(key)} cần để đi lại và gõ chữ"
    if len(key) == 1 and action.where == "app":
        return f"phím {key} cần để gõ chữ ở mọi màn hình"
    return ""


def understood(wanted: Wanted) -> tuple[dict[str, tuple[str, ...]], list[KeyTrouble]]:
    """The keys that can be taken, and what is wrong with the others."""
    taken: dict[str, tuple[str, ...]] = {}
    troubles: list[KeyTrouble] = []
    for action_id, texts in wanted.items():
        wrong = list(_wrong(action_id, texts))
        troubles += wrong
        if not wrong:
            keys = [key for text in texts if (key := read_key(text))]
            taken[action_id] = tuple(dict.fromkeys(keys))
    # One that is left out has its own keys again, which another one may have been given.
    while clash := next(_clashes(taken), None):
        troubles.append(clash)
        del taken[clash.action]
    return taken, troubles


def _wrong(action_id: str, texts: tuple[str, ...]) -> Iterator[KeyTrouble]:
    action = _BY_ID.get(action_id)
    if action is None:
        near = get_close_matches(action_id, _BY_ID, 1)
        mend = f"có phải {near[0]}?" if near else "đổi phím trong màn hình Đài để khỏi phải nhớ tên"
        yield KeyTrouble(action_id, f"không có việc nào tên {action_id!r}", mend)
        return
    if not texts:
        yield KeyTrouble(action_id, f"chưa ghi phím nào cho {action_id}", "viết như f5 hoặc ctrl+e")
    for text in texts:
        key = read_key(text)
        if key is None:
            message = f"không có phím {text!r}"
            yield KeyTrouble(action_id, message, "viết như f5, ctrl+e, alt+s hoặc pageup")
        elif why := unfit(key, action):
            yield KeyTrouble(action_id, f"không dùng được phím {text!r}: {why}", "chọn phím khác")


def _clashes(taken: dict[str, tuple[str, ...]]) -> Iterator[KeyTrouble]:
    """Keys given to an action that another one of its screen has; the later one is at fault."""
    keyboard, order = Keyboard(taken), list(taken)
    for action_id, keys in reversed(taken.items()):
        for key in keys:
            other = keyboard.user(key, _BY_ID[action_id])
            if other and (other.id not in taken or order.index(other.id) < order.index(action_id)):
                message = f"phím {key_name(key)} đang dùng cho việc «{other.label}» ({other.id})"
                yield KeyTrouble(action_id, message, "chọn phím khác, hoặc đổi phím việc kia trước")


def _meet(one: Action, other: Action) -> bool:
    """Whether both apply on one screen."""
    return one.where == other.where or "app" in {one.where, other.where}
