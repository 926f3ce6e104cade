"""The mutants of a module: its text with one change each, and the names under which they are kept."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from parso.tree import NodeOrLeaf

from mutation.operators import CHOSEN

RULES = tuple(
    f"reference_server/{name}.py"
    for name in (
        "totp",
        "backup_codes",
        "email_codes",
        "attempts",
        "two_factor",
        "enrolment",
        "reveal",
        "accounts",
        "sessions",
        "links",
        "resets",
    )
)
"""The modules in which the portal's rules are; the others serve pages, mails and processes."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """What a mutant is known by from one run to the next; line numbers move, so they are no part of it."""

    module: str
    within: str
    """The function or class in which the change is."""
    line: str
    """The lines that are changed, without indentation."""
    becomes: str
    nth: int = 1
    """Which one it is, where the same lines are there several times in the function."""

    def __str__(self) -> str:
        """Show the mutant on one line."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.module}: {self.within}{again}: {self.line}  ->  {self.becomes}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change; `text` is the whole module as it then is."""

    name: Name
    operator: str
    text: str


def mutants(root: Path, module: str) -> list[Mutant]:
    """Return the mutants of a module, `module` being its path below `root`; those that change nothing are left out."""
    seen: Counter[Name] = Counter()
    found = []
    for mutant in _made(module, (root / module).read_text("utf-8")):
        seen[mutant.name] += 1
        found.append(replace(mutant, name=replace(mutant.name, nth=seen[mutant.name])))
    return found


def _made(module: str, source: str) -> Iterator[Mutant]:
    meanings = {None, _meaning(source)}
    nodes = list(ast_nodes(get_ast(source)))
    for operator in CHOSEN:
        for occurrence, within in enumerate(_places(nodes, operator)):
            text = mutate_code(source, get_operator(operator)(), occurrence)
            if text and (meaning := _meaning(text)) not in meanings:
                meanings.add(meaning)
                yield Mutant(_name(module, within, source, text), operator, text)


def _places(nodes: Sequence[NodeOrLeaf], operator: str) -> list[str]:
    """The definitions around every place where an operator can change something, in its own order."""
    positions = get_operator(operator)().mutation_positions
    return [str(ASTQuery(node).get_definition_name() or "") for node in nodes for _ in positions(node)]


def _meaning(source: str) -> str | None:
    """What a module says, leaving aside what no rule is in; None when it is no Python."""
    try:
        return ast.dump(_Bare().visit(ast.parse(source)))
    except SyntaxError:
        return None


class _Bare(ast.NodeTransformer):
    """Takes away annotations and aliases of types, decorators, how arguments may be given, and pairs of `not`."""

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        arguments = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        defaults = [*node.defaults, *(default for default in node.kw_defaults if default)]
        return ast.List([*(ast.Name(one.arg) for one in arguments), *map(self.visit, defaults)])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        node.annotation = ast.Constant(None)
        return ast.Pass() if alias else self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        inner = node.operand
        if isinstance(node.op, ast.Not) and isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.Not):
            return self.visit(inner.operand)  # type: ignore[no-any-return]
        return self.generic_visit(node)

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.AST:
        node.decorator_list = []
        if not isinstance(node, ast.ClassDef):
            node.returns = None
        return self.generic_visit(node)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _definition


def _name(module: str, within: str, source: str, text: str) -> Name:
    before, after = source.splitlines(), text.splitlines()
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    line, becomes = (_in_one(lines[head : len(lines) - tail]) for lines in (before, after))
    return Name(module, within, line, becomes)


def _alike(some: list[str], others: list[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))))


def _in_one(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
