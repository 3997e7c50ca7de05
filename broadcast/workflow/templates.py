"""Openings, headlines, closings and notices: jinja2 templates that a station may write itself."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from typing import Any

from broadcast.errors import InputError, Problem
from broadcast.store.workspace import Workspace

_NAME = "<template>"
"""What the sandbox calls a template in tracebacks."""


class Template:
    """One template of a workspace, run in a sandbox.

    Args:
        name: the general template, such as "opening".
        programmes: what a more special one may be named after, the most special first: a template
            "opening-sang" wins over "opening" for the standing slot "sang".

    Raises:
        InputError: it cannot be understood, here or when rendered; with file and line.
    """

    def __init__(self, workspace: Workspace, name: str, programmes: Iterable[str] = ()) -> None:
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - only assembling needs jinja2

        from broadcast.workflow.sandbox import ForbiddenError, Sandbox  # noqa: PLC0415

        path = workspace.template_path(name, programmes)
        self.file = workspace.shown(path)
        self._sandbox = Sandbox()
        try:
            self._template = self._sandbox.template(workspace.read_template(path))
        except TemplateSyntaxError as error:
            raise self._wrong(error, error.lineno) from error
        except ForbiddenError as error:
            raise self._wrong(error, error.line) from error

    def render(self, variables: Mapping[str, Any]) -> str:
        """The text, with `variables` filled in."""
        try:
            return self._sandbox.render(self._template, dict(variables))
        except Exception as error:
            # What a person writes into a template may fail in any way.
            raise self._wrong(error, _line(error)) from error

    def _wrong(self, error: Exception, line: int | None) -> InputError:
        from jinja2.exceptions import SecurityError  # noqa: PLC0415

        what = "không hiểu chỗ viết trong {{ }} hoặc {% %}"
        if isinstance(error, SecurityError):
            what = "không cho phép chỗ viết trong {{ }} hoặc {% %}"
        elif isinstance(error, RecursionError):
            what, error = "không cho phép chỗ viết trong {% %}", RecursionError("lặp không dứt")
        problem = Problem(f"{what}: {error}", self.file, line)
        mend = "sửa chỗ đó, hoặc xóa tệp để dùng lại mẫu của chương trình"
        return InputError("Không dùng được mẫu lời mở, lời kết", "", mend, [problem])


def _line(error: Exception) -> int | None:
    """The template's line that failed last; jinja2 puts its own lines into the traceback."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == _NAME]
    return lines[-1] if lines else None
