"""The profiles of rules that come with the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from broadcast.domain.rulebook import Profile
from broadcast.store.files import read_text
from broadcast.store.yaml_files import decode


@dataclass(frozen=True, slots=True)
class _Profiles:
    """The keys of the file."""

    profiles: tuple[Profile, ...]


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its id, in the order of the file."""
    path = Path(__file__).with_name("profiles.yaml")
    read = decode(read_text(path), _Profiles, path.name)
    return {one.id: one for one in read.profiles}
