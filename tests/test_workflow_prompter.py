"""Reading a script oneself, without a screen: takes, their checks, keeping, what is skipped."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

import pytest

from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, SoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.progress import CancelledError
from broadcast.workflow.prompter import KEY, Prompter

from .helpers import BY, edit
from .microphones import Microphone, microphone, null_microphone, tone

__all__ = ["microphone", "null_microphone"]

AT = datetime(2026, 11, 23, 7, 30, tzinfo=VIETNAM)
GREETING = "Kính thưa bà con, đây là chương trình truyền thanh của xã."
SCRIPT = f"""---
id: {{id}}
title: Ngắn
---
NỮ: {GREETING}
NAM: {{words}}
NỮ: {GREETING}
NỮ: Xin cảm ơn bà con đã lắng nghe.
"""
WORDS = "Mời bà con ra nhà văn hóa họp bản vào lúc 19 giờ tối nay, mang theo sổ hộ khẩu."


@pytest.fixture
def desk(station: Path) -> Desk:
    for one, words in {"mot": WORDS, "hai": "Hôm nay xã có tin mới về lịch tiêm chủng."}.items():
        text = SCRIPT.format(id=one, words=words)
        (station / f"scripts/{one}.md").write_text(text, "utf-8")
    return Desk(Workspace(station))


def opened(desk: Desk, script: str = "mot", by: str = BY) -> Prompter:
    made = Prompter.open(desk, script, lambda: AT)
    made.by = by
    return made


def read(prompter: Prompter) -> bool:
    prompter.begin()
    prompter.end()
    return prompter.keep()


def test_a_script_is_read_line_after_line_and_each_of_the_same_words_once(
    desk: Desk, microphone: Microphone
) -> None:
    prompter = opened(desk)
    seen = []
    while True:
        seen.append((prompter.line.number, prompter.line.speaker, prompter.unread))
        if not read(prompter):
            break
    assert seen == [(5, "NỮ", 3), (6, "NAM", 2), (8, "NỮ", 1)]
    assert all(one.recorded for one in desk.hearing("mot").lines)
    assert not microphone.open


def test_lines_read_for_another_script_are_skipped_and_can_be_gone_to(
    desk: Desk, microphone: Microphone
) -> None:
    read(opened(desk))
    prompter = opened(desk, "hai")
    assert (prompter.place.at, prompter.unread, prompter.by) == (1, 2, BY)
    prompter.go(-1)
    assert prompter.line.recorded is not None
    assert (prompter.line.recorded.by, prompter.line.recorded.script) == (BY, "mot")
    assert prompter.heard().seconds == pytest.approx(3.8, abs=0.3)
    assert (prompter.go_on(), prompter.place.at) == (True, 1)


def test_a_line_whose_words_changed_comes_up_again_and_says_so(
    desk: Desk, microphone: Microphone
) -> None:
    prompter = opened(desk)
    while read(prompter):
        pass
    edit(desk.workspace.root / "scripts/mot.md", "tối nay", "tối mai")
    again = opened(desk)
    assert (again.place.at, again.unread) == (1, 1)
    assert again.line.was is not None
    assert "tối nay" in again.line.was.text


def test_a_script_that_became_shorter_meanwhile_leaves_a_line_to_be_read(
    desk: Desk, microphone: Microphone
) -> None:
    prompter = opened(desk)
    prompter.go(2)
    prompter.begin()
    prompter.end()
    path = desk.workspace.root / "scripts/mot.md"
    path.write_text("".join(path.read_text("utf-8").splitlines(True)[:5]), "utf-8")
    prompter.keep()
    assert (len(prompter.place.lines), prompter.place.at) == (1, 0)
    assert (prompter.place.words(-1), prompter.place.words(1)) == ("", "")
    assert prompter.line.spoken.startswith("Kính thưa bà con")


def test_only_what_was_kept_is_there_when_the_program_dies(
    desk: Desk, microphone: Microphone
) -> None:
    prompter = opened(desk)
    read(prompter)
    prompter.begin()
    prompter.end()
    prompter.take = None
    del prompter  # as a power cut does
    after = opened(Desk(desk.workspace))
    assert [one.recorded is not None for one in after.place.lines] == [True, False, False]
    assert after.place.at == 1


@pytest.mark.parametrize(
    ("seconds", "loudness", "told"),
    [
        (6.0, 0.3, ()),
        (6.0, 3.0, ("bị vỡ",)),
        (6.0, 0.01, ("quá nhỏ",)),
        (2.0, 0.3, ("chỉ dài 2 giây",)),
        (25.0, 0.3, ("dài 25 giây",)),
    ],
)
def test_a_take_is_told_what_is_wrong_with_it(
    desk: Desk, microphone: Microphone, seconds: float, loudness: float, told: tuple[str, ...]
) -> None:
    microphone.sounds = [tone(seconds, loudness)]
    prompter = opened(desk)
    prompter.go(1)
    prompter.begin()
    take = prompter.end()
    assert len(take.doubts) == len(told)
    for doubt, word in zip(take.doubts, told, strict=True):
        assert word in doubt.message
    assert bool(take.levels.clips) is (told == ("bị vỡ",))


def test_the_key_that_ends_a_take_is_not_heard_in_it(desk: Desk, microphone: Microphone) -> None:
    whole = tone()
    whole[-500:] = 20_000  # somebody hits the key
    microphone.sounds = [whole]
    prompter = opened(desk)
    prompter.begin()
    sound = prompter.end().sound
    assert sound.seconds == pytest.approx(len(whole) / sound.rate - KEY)
    assert not sound.samples[-500:].any()


def test_a_line_is_taken_again_and_the_last_take_is_the_one(
    desk: Desk, microphone: Microphone
) -> None:
    microphone.sounds = [tone(3), tone(5)]
    prompter = opened(desk)
    for _ in range(2):
        prompter.begin()
        prompter.end()
    prompter.keep()
    prompter.go(-1)
    assert prompter.heard().seconds == pytest.approx(4.8, abs=0.3)


def test_forgetting_drops_the_take_first_and_then_what_was_kept(
    desk: Desk, microphone: Microphone
) -> None:
    prompter = opened(desk)
    read(prompter)
    prompter.go(-1)
    prompter.begin()
    prompter.end()
    assert (prompter.forget(), prompter.take, prompter.unread) == (True, None, 2)
    assert (prompter.forget(), prompter.unread) == (True, 3)
    assert prompter.forget() is False


@pytest.mark.parametrize("missing", [False, True])
def test_who_closes_it_while_the_microphone_opens_leaves_none_on(
    desk: Desk, microphone: Microphone, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    prompter = opened(desk)
    start = microphone.start

    def closed_meanwhile() -> None:
        prompter.cancel()  # as another thread does
        microphone.missing = missing
        start()

    monkeypatch.setattr(microphone, "start", closed_meanwhile)
    with pytest.raises(CancelledError):
        prompter.begin()
    assert (microphone.open, prompter.recording) == (0, False)


def test_without_a_microphone_nothing_is_lost(desk: Desk, microphone: Microphone) -> None:
    prompter = opened(desk)
    microphone.missing = True
    with pytest.raises(SoundError, match="micrô"):
        prompter.begin()
    assert (prompter.recording, prompter.take, prompter.place.at) == (False, None, 0)


def test_a_device_that_hears_nothing_is_told_and_its_level_is_shown(
    desk: Desk, null_microphone: None
) -> None:
    told = threading.Event()
    prompter = opened(desk)
    prompter.begin(lambda level: told.set() if level.peak < 0 else None)
    assert (prompter.recording, told.wait(20)) == (True, True)
    with pytest.raises(InputError, match="im lặng"):
        prompter.end()
    assert (prompter.recording, prompter.take) == (False, None)


def test_what_cannot_be_kept_says_why(desk: Desk, microphone: Microphone) -> None:
    prompter = opened(desk, by="")
    with pytest.raises(InputError, match="chưa thu"):
        prompter.keep()
    prompter.begin()
    prompter.end()
    with pytest.raises(InputError, match="ai đọc"):
        prompter.keep()
    assert prompter.take is not None
    (desk.workspace.root / "scripts/ba.md").write_text(
        "---\nid: ba\ntitle: Nhạc\n---\n[nhạc hiệu]\n", "utf-8"
    )
    with pytest.raises(InputError, match="không có lời"):
        opened(desk, "ba")
