"""Openings and closings of programmes: jinja2 templates that a station may write itself."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from broadcast.errors import InputError, Problem
from broadcast.store.workspace import Workspace

_NAME = "<template>"
"""What jinja2 calls a template without a file in its tracebacks."""


class Template:
    """One template of a workspace, run in jinja2's sandbox.

    Raises:
        InputError: it cannot be understood, here or when rendered; with file and line.
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - only assembling needs jinja2
        from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

        self.file = workspace.shown(workspace.product_file("templates", f"{name}.md"))
        environment = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
        try:
            self._template = environment.from_string(workspace.load_template(name))
        except TemplateSyntaxError as error:
            raise self._wrong(error, error.lineno) from error

    def render(self, variables: Mapping[str, Any]) -> str:
        """The text, with `variables` filled in."""
        try:
            return self._template.render(variables)
        except Exception as error:
            # What a person writes into a template may fail in any way.
            raise self._wrong(error, _line(error)) from error

    def _wrong(self, error: Exception, line: int | None) -> InputError:
        message = f"không hiểu chỗ viết trong {{{{ }}}} hoặc {{% %}}: {error}"
        problem = Problem(message, self.file, line)
        mend = "sửa chỗ đó, hoặc xóa tệp để dùng lại mẫu của chương trình"
        return InputError("Không dùng được mẫu lời mở, lời kết", "", mend, [problem])


def _line(error: Exception) -> int | None:
    """The template's line that failed last; jinja2 puts its own lines into the traceback."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == _NAME]
    return lines[-1] if lines else None
