"""The sandbox templates run in: a station's own text may not reach out of it, hang or fill memory.

jinja2's sandbox keeps Python's insides away; here loops, calls and sizes get an end as well. A
template for a greeting needs a few dozen steps; the limits are a thousand times that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from functools import wraps
from typing import Any, cast

from jinja2 import Template, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 20_000
"""Rounds of loops and calls in one rendering."""

LONGEST = 20_000
"""Characters that a template gives; a programme of half an hour has fewer."""

LONGEST_VALUE = 5_000
"""Characters or entries of what it works with on the way; replacing and joining multiply them."""

LARGEST = 100_000
"""The largest number that a template may hand to a function or multiply by."""

_FORBIDDEN: dict[type[nodes.Node], str] = {
    nodes.Include: "include", nodes.Import: "import", nodes.FromImport: "from ... import",
    nodes.Extends: "extends", nodes.Macro: "macro", nodes.CallBlock: "call",
    nodes.Block: "block", nodes.FilterBlock: "filter", nodes.AssignBlock: "set ... endset",
    nodes.NSRef: "namespace",
}  # fmt: skip
"""What no greeting needs, and what texts could be piled up with."""

_METHODS = frozenset(["format", "format_map", "expandtabs"])
"""Methods of texts that make long ones of short ones."""

_FILTERS = frozenset(
    "abs capitalize count d default first float int join last length list lower max min replace "
    "reverse round sort string sum title trim unique upper wordcount".split()
)


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one rendering at a time; what goes too far raises SecurityError."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self) -> None:
        super().__init__(trim_blocks=True, lstrip_blocks=True, autoescape=False)
        self.globals = {"range": self.globals["range"]}
        self.filters = {name: self._sized(self.filters[name]) for name in _FILTERS}
        self.filters |= {"_counted": self._counted, "_sized": _sized}
        self.steps = 0

    def template(self, source: str) -> Template:
        """A template out of its source.

        Raises:
            TemplateSyntaxError: it cannot be understood.
            SecurityError: it uses what is not for greetings.
        """
        tree = self.parse(source)
        for kind, name in _FORBIDDEN.items():
            for node in tree.find_all(kind):
                raise ForbiddenError(f"không được dùng {name} trong mẫu", node.lineno)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = self._through("_counted", cast("nodes.Expr", loop.iter))
        self._limit_joins(tree)
        code = self.compile(tree, filename="<template>")
        return self.template_class.from_code(self, code, self.make_globals(None))

    def render(self, template: Template, variables: dict[str, Any]) -> str:
        """The text; no longer than LONGEST."""
        self.steps = 0
        made, length = [], 0
        parts = cast("Generator[str, None, None]", template.generate(variables))
        for part in parts:
            length += len(part)
            if length > LONGEST:
                # Thrown where the template stands, so that its line is known.
                parts.throw(SecurityError(f"mẫu viết ra quá {LONGEST} ký tự"))
            made.append(part)
        return "".join(made)

    def call(self, context: Context, function: Any, *args: Any, **named: Any) -> Any:
        """A function called from a template: counted, with bounded numbers and results."""
        self._step()
        if (name := getattr(function, "__name__", "")) in _METHODS:
            raise SecurityError(f"không được dùng {name} trong mẫu")
        for value in (*args, *named.values()):
            _sized(value)
        return _sized(super().call(context, function, *args, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic; texts are only joined, not multiplied or formatted."""
        if operator == "**":
            raise SecurityError("không được dùng ** trong mẫu")
        texts = [one for one in (left, right) if not isinstance(one, int | float)]
        if texts and (operator == "*" or (operator == "%" and texts[0] is left)):
            raise SecurityError(f"không được dùng {operator} với chữ trong mẫu")
        _sized(left), _sized(right)
        return _sized(super().call_binop(context, operator, left, right))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What a template may not see is refused at once, not shown as nothing."""
        raise SecurityError(f"không được đụng đến «{attribute}»: mẫu chỉ dùng được các mục đã cho")

    def _limit_joins(self, node: nodes.Node) -> None:
        """Let what every `~` joins be no longer than LONGEST."""
        for name, value in list(node.iter_fields()):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, nodes.Node):
                    self._limit_joins(child)
            if isinstance(value, list):
                setattr(node, name, [self._limited(one) for one in value])
            elif isinstance(value, nodes.Concat):
                setattr(node, name, self._limited(value))

    def _limited(self, node: Any) -> Any:
        return self._through("_sized", node) if isinstance(node, nodes.Concat) else node

    def _through(self, name: str, node: nodes.Expr) -> nodes.Filter:
        made = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
        made.set_environment(self)
        return made

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step()
            yield value

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SecurityError(f"mẫu lặp quá {MOST_STEPS} lần")

    def _sized(self, function: Callable[..., Any]) -> Callable[..., Any]:
        # With its marks: which filters want the environment or the context as well.
        @wraps(function)
        def bounded(*args: Any, **named: Any) -> Any:
            self._step()
            for value in args:
                _sized(value)
            return _sized(function(*args, **named))

        return bounded


class ForbiddenError(SecurityError):
    """A template uses what is not for greetings, at `line`."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _sized(value: Any) -> Any:
    """The value, if it is not too large."""
    if isinstance(value, str | list | tuple) and len(value) > LONGEST_VALUE:
        raise SecurityError(f"mẫu làm ra chữ dài quá {LONGEST_VALUE} ký tự")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise SecurityError(f"mẫu dùng số lớn quá {LARGEST}")
    return value
