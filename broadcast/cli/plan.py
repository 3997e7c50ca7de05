"""`broadcast plan`: import, list, show, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from broadcast.cli.common import (
    JSON_OPTION,
    end_of_list,
    put_json,
    say,
    table,
    workspace_of,
)
from broadcast.cli.suggestions import DECIDE, choice_options, suggestion_lines, tell_decided
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.plan import Plan, PlanProblem
from broadcast.errors import ExitStatus
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.decisions import Choice

_AIRABLE = {"yes": "phát", "no": "không", "ask": "hỏi"}


@click.group(cls=VietnameseGroup)
def plan() -> None:
    """Kế hoạch: nhập, xem, kiểm tra."""


@plan.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--id", "plan_id", metavar="MÃ", help="Mã của kế hoạch (mặc định lấy theo tên xã và năm)"
)
@click.option("--replace", is_flag=True, help="Nhập đè lên kế hoạch đã có; chỗ đã sửa tay vẫn giữ")
@click.pass_context
def import_(context: click.Context, file: Path, plan_id: str | None, *, replace: bool) -> None:
    """Nhập một văn bản kế hoạch (.txt, .md, .docx, .pdf)."""
    from broadcast.domain.plan_words import describe, describe_conflict  # noqa: PLC0415
    from broadcast.workflow.plans import import_plan  # noqa: PLC0415

    done = import_plan(workspace_of(context), file, plan_id, replace=replace)
    click.echo(done.plan.id)
    if not (done.new or done.changes or done.corrections):
        say("Kế hoạch này đã nhập; không có gì thay đổi.")
        return
    say(f"Đã {'nhập' if done.new else 'nhập lại'}: {done.plan.title}")
    for change in done.changes:
        say(f"  đổi: {describe(change)}")
    for change in done.corrections:
        say(f"  giữ chỗ đã sửa: {describe(change)}")
    for change in done.conflicts:
        say(f"  ! {describe_conflict(change)}")
    say(_summary(done.plan))
    for line in _problem_lines(done.plan.problems):
        say(line)
    say(f"Xem và sửa: schedules/plans/{done.plan.id}.yaml")


def _summary(plan: Plan) -> str:
    airable = len(plan.airable_topics())
    ask = sum(t.airable == "ask" for t in plan.topics)
    return (
        f"  {len(plan.topics)} nội dung ({airable} để phát, {ask} cần hỏi lại), "
        f"{len(plan.duties)} nhiệm vụ, {len(plan.quotas)} chỉ tiêu, "
        f"{len(plan.citations)} văn bản được viện dẫn"
    )


def _problem_lines(problems: tuple[PlanProblem, ...]) -> list[str]:
    lines = [f"  {len(problems)} chỗ nên xem lại trong văn bản:"] if problems else []
    for problem in problems:
        place = f"dòng {problem.line}: " if problem.line else ""
        mend = f" → {problem.suggestion}" if problem.suggestion else ""
        lines.append(f"  ! {place}{problem.message}{mend}")
    return lines


@plan.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Các kế hoạch đã nhập."""
    from broadcast.workflow.plans import list_plans  # noqa: PLC0415

    plans, broken = list_plans(workspace_of(context))
    if as_json:
        put_json(
            [{"id": p.id, "title": p.title, "year": p.year, "topics": len(p.topics)} for p in plans]
        )
    elif plans:
        rows = [
            (p.id, str(p.year or "–"), str(len(p.airable_topics())), shorten(p.title, 50))
            for p in plans
        ]
        click.echo(table(rows, ("MÃ", "NĂM", "ĐỂ PHÁT", "TÊN"), frozenset({2})))
    elif not broken:
        say("Chưa có kế hoạch nào. Nhập bằng: broadcast plan import TỆP")
    end_of_list(context, broken)


@plan.command()
@click.argument("plan_id", metavar="MÃ")
@JSON_OPTION
@click.pass_context
def show(context: click.Context, plan_id: str, *, as_json: bool) -> None:
    """Một kế hoạch: nội dung, chỉ tiêu, nhiệm vụ, chỗ cần xem."""
    from broadcast.workflow.plans import plan_view  # noqa: PLC0415

    found = workspace_of(context).load_plan(plan_id)
    if as_json:
        put_json(plan_view(found))
        return
    click.echo(f"{found.title}\n{found.issuing_body} · năm {found.year or '–'}\n")
    rows = [(t.path, _AIRABLE[t.airable], shorten(t.text, 84)) for t in found.topics]
    click.echo(table(rows, ("MỤC", "PHÁT", "NỘI DUNG")))
    if found.quotas:
        click.echo("\nChỉ tiêu:")
    for quota in found.quotas:
        least = "ít nhất " if quota.at_least else ""
        peak = ", giờ nhiều người nghe" if quota.peak else ""
        click.echo(
            f"  {quota.unit}: {least}{quota.count} mỗi {quota.per}{peak}: {shorten(quota.what, 70)}"
        )
    if found.duties:
        click.echo("\nNhiệm vụ:")
    for duty in found.duties:
        click.echo(f"  {duty.unit}: {shorten(duty.text, 84)}")
    for deadline in found.deadlines:
        click.echo(
            f"\nHạn {deadline.before:%d/%m/%Y}: {deadline.unit}: {shorten(deadline.what, 84)}"
        )
    for line in _problem_lines(found.problems):
        click.echo(line)


@plan.command()
@click.argument("plan_id", metavar="MÃ")
@choice_options
@JSON_OPTION
@click.pass_context
def check(context: click.Context, plan_id: str, *, as_json: bool, choice: Choice) -> None:
    """Những chỗ trong kế hoạch nên xem lại, kèm số dòng của văn bản gốc.

    Gợi ý sửa chữ, từ cũ, số văn bản, ngày đã qua có mã trong ngoặc vuông, để sửa hay để nguyên.
    """
    from broadcast.workflow.desk import Desk  # noqa: PLC0415
    from broadcast.workflow.proof_view import open_view  # noqa: PLC0415
    from broadcast.workflow.proofreading import Proofreading  # noqa: PLC0415

    desk = Desk(workspace_of(context))
    proofreading = Proofreading(desk)
    if choice:
        tell_decided(proofreading.decide_plan(plan_id, choice), choice)
    found = desk.plan(plan_id)
    suggestions = proofreading.of_plan(found)
    if as_json:
        problems = [_problem_view(problem) for problem in found.problems]
        put_json([*problems, *(_in_plan(open_view(one)) for one in suggestions)])
    elif not choice:
        lines = [*_problem_lines(found.problems), *suggestion_lines(suggestions)]
        click.echo("\n".join(lines) or "Không có chỗ nào phải xem lại.")
        if suggestions:
            say(DECIDE)
    if (found.problems or suggestions) and not choice:
        context.exit(ExitStatus.FOUND)


def _problem_view(problem: PlanProblem) -> dict[str, Any]:
    told = {"line": problem.line, "message": problem.message, "suggestion": problem.suggestion}
    return {**told, "rule": "problem", "id": None}


def _in_plan(view: dict[str, Any]) -> dict[str, Any]:
    """A suggestion with the keys that a plan's problems have."""
    return {
        "line": view["line"],
        "message": view["message"],
        "suggestion": view.pop("mend"),
        **view,
    }
