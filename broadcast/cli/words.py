"""Click in Vietnamese: help pages, usage errors, and a group that loads only the command named."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

_HELP = "In trợ giúp này"
WEEK_FORMS = "2026-W48, this (tuần này) hoặc next (tuần sau)"
"""How a week is written on the command line."""


class _Vietnamese:
    """What commands and groups share: Vietnamese headings in their help pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **kwargs)

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(context)  # type: ignore[attr-defined]
        formatter.write_usage(context.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        records = (p.get_help_record(context) for p in self.get_params(context))  # type: ignore[attr-defined]
        rows = [
            (names, told.replace("required]", "phải có]")) for names, told in filter(None, records)
        ]
        if rows:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(rows)
        if any("TUẦN" in (p.metavar or "") for p in self.get_params(context)):  # type: ignore[attr-defined]
            with formatter.section("TUẦN"):
                formatter.write_text(WEEK_FORMS)
        if isinstance(self, click.Group):
            self.format_commands(context, formatter)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(context)  # type: ignore[misc]
        if option:
            option.help = _HELP
        return option


class VietnameseCommand(_Vietnamese, click.Command):
    """A command whose help is Vietnamese."""


class VietnameseGroup(_Vietnamese, click.Group):
    """A group whose help is Vietnamese and whose commands may be named without being imported.

    Args:
        commands_at: name -> ("module:attribute", one line of help).
    """

    command_class = VietnameseCommand
    group_class = type

    def __init__(
        self, *args: Any, commands_at: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("subcommand_metavar", "LỆNH [THAM SỐ]...")
        super().__init__(*args, **kwargs)
        self.commands_at = dict(commands_at or {})

    def list_commands(self, context: click.Context) -> list[str]:
        """Names in the order they are worked with, not of the alphabet."""
        return [*self.commands_at, *self.commands]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name; only its own module is imported."""
        if name in self.commands_at:
            module, attribute = self.commands_at[name][0].split(":")
            command = getattr(import_module(module), attribute)
            assert isinstance(command, click.Command)  # noqa: S101 - narrows a getattr for mypy
            return command
        return super().get_command(context, name)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's, with the unknown command told in Vietnamese."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(context):
            known = ", ".join(self.list_commands(context))
            raise click.UsageError(f"Không có lệnh «{args[0]}». Có: {known}.", context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing those that are only named."""
        rows = [(name, line) for name, (_, line) in self.commands_at.items()]
        rows += [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
        with formatter.section("Lệnh"):
            formatter.write_dl(rows)


def usage_message(error: click.UsageError) -> str:
    """A wrong command line in Vietnamese, with where help is to be had."""
    path = error.ctx.command_path if error.ctx else "broadcast"
    return f"{_what_is_wrong(error)}\nXem cách dùng: {path} --help"


def _what_is_wrong(error: click.UsageError) -> str:  # noqa: PLR0911 - one for each kind
    if isinstance(error, click.NoSuchOption):
        nearest = f" Có phải {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{nearest}"
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_name(error)}."
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} cần một giá trị đi kèm."
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"Giá trị của {_name(error)} không đúng; được dùng: {', '.join(kind.choices)}."
        if isinstance(kind, click.types.IntParamType):
            return f"Giá trị của {_name(error)} phải là số nguyên{_limits(kind)}."
        return f"Giá trị của {_name(error)} không đúng: {error.message}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"Thừa tham số: {error.message.partition('(')[2].rstrip(')')}"
    if error.message == "Missing command.":
        return "Chưa nêu lệnh."
    return error.message


def _limits(kind: click.types.IntParamType) -> str:
    least = getattr(kind, "min", None)
    most = getattr(kind, "max", None)
    parts = (("từ", least), ("đến", most))
    told = " ".join(f"{word} {limit}" for word, limit in parts if limit is not None)
    return f" {told}" if told else ""


def _name(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"tùy chọn {error.param.opts[-1]}"
    if isinstance(error.param_hint, str):
        return f"tùy chọn {error.param_hint}"
    return f"tham số {error.param.make_metavar().strip('[].')}" if error.param else "tham số"
