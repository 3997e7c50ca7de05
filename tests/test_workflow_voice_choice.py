"""Which voice reads, and what is told where none of those that may read can."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from broadcast.domain.station import Station, Voices
from broadcast.errors import InputError
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.voice_choice import Chooser


def test_an_approved_voice_that_is_gone_is_told_with_what_to_do() -> None:
    approval = SimpleNamespace(voices=("piper vi_VN-x",))
    script = SimpleNamespace(approval=approval)
    hearing = cast(Hearing, SimpleNamespace(state="đã duyệt", script=script))
    chooser = Chooser(Station("a", "b", "c", voices=Voices(engine="piper", online="không")))
    with pytest.raises(InputError) as refused:
        chooser.choose(hearing)
    assert "giọng vi_VN-x không còn trên máy này" in refused.value.happened
    assert refused.value.mend == "duyệt lại với giọng có trên máy này"
