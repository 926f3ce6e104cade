"""Mutations that Cosmic Ray does not know: what is left out, and rules that are written in SQL.

    lost/Call                 a call whose answer nobody wants is not made: `await forget(db, id)` becomes `pass`
    lost/Normalising          a text stays as it was: `code.upper()` becomes `code`
    lost/LastSign             a text constant lacks its last sign: `" -"` becomes `" "`
    sql/AnyRow                a condition of a WHERE holds for every row: `username = ?` becomes `(? OR 1)`
    sql/BoundaryMoved         `<` becomes `<=`, and the other way round
    sql/ColumnNotSet          an assignment of an UPDATE is lost: `level = ?` becomes `level = iif(0, ?, level)`

The number of placeholders stays, so that what fails is the rule and not the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import OPERATOR_PROVIDERS
from parso.python.tree import Keyword
from parso.tree import BaseNode, Leaf, NodeOrLeaf

Position = tuple[tuple[int, int], tuple[int, int]]
_SQL = re.compile(r'^"+(SELECT|INSERT|UPDATE|DELETE)\b')
_NORMALISING = ("upper", "lower", "strip", "rstrip")


class Call(Operator):
    """Leaves out a statement that is nothing but a call."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield the place of the call, when it is one."""
        if node.type == "atom_expr" and node.parent is not None and node.parent.type == "simple_stmt":
            yield (node.start_pos, node.end_pos)

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """Put `pass` where the call was."""
        return Keyword("pass", node.start_pos, prefix=_lead(node))

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of a call."""
        return (Example("f(1)\n", "pass\n"),)


def _lead(node: NodeOrLeaf) -> str:
    return node.prefix if isinstance(node, Leaf) else _lead(cast(BaseNode, node).children[0])


class Normalising(Operator):
    """Takes one normalising call away from a text."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield the place of every such call."""
        yield from ((node.start_pos, node.end_pos) for _ in self._calls(node))

    def mutate(self, node: BaseNode, index: int) -> BaseNode:
        """Drop the name of the method, and its brackets with it."""
        at = self._calls(node)[index]
        del node.children[at : at + 2]
        return node

    @staticmethod
    def _calls(node: NodeOrLeaf) -> list[int]:
        parts = node.children if isinstance(node, BaseNode) and node.type == "atom_expr" else []
        return [at for at, part in enumerate(parts) if part.get_code().lstrip(".") in _NORMALISING]

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of a call."""
        return (Example("s = t.upper()\n", "s = t\n"),)


class LastSign(Operator):
    """Takes the last sign from a text constant that is neither SQL nor a sentence about the code."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield the place of the constant; names of columns are left out, as a wrong one is no rule."""
        if not isinstance(node, Leaf) or node.type != "string" or node.parent is None:
            return
        stands_alone = node.parent.type in ("simple_stmt", "trailer") and not _is_argument(node)
        if not stands_alone and not _SQL.match(node.value) and len(node.value) > 2:
            yield (node.start_pos, node.end_pos)

    def mutate(self, node: Leaf, index: int) -> Leaf:
        """Drop the sign, or the escape that stands for it."""
        node.value = re.sub(r"""(\\u....|\\.|[^\\])(["'])$""", r"\2", node.value)
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of a text."""
        return (Example('s = "ab"\n', 's = "a"\n'),)


def _is_argument(node: NodeOrLeaf) -> bool:
    parent = node.parent
    return isinstance(parent, BaseNode) and parent.type == "trailer" and parent.children[0].get_code() == "("


class _InSql(Operator):
    """Replaces one piece of an SQL statement; which pieces, and by what, is said by each kind."""

    def pieces(self, sql: str) -> Iterable[tuple[int, int, str]]:
        """Yield where each piece begins and ends in the text of the literal, and what takes its place."""
        raise NotImplementedError

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield the place of the literal once for each piece of it."""
        if isinstance(node, Leaf) and node.type == "string" and _SQL.match(node.value):
            yield from ((node.start_pos, node.end_pos) for _ in self.pieces(node.value))

    def mutate(self, node: Leaf, index: int) -> Leaf:
        """Exchange the piece of this number."""
        begin, end, instead = list(self.pieces(node.value))[index]
        node.value = node.value[:begin] + instead + node.value[end:]
        return node


class AnyRow(_InSql):
    """Lets a condition hold for every row."""

    def pieces(self, sql: str) -> Iterator[tuple[int, int, str]]:
        """Take every condition after WHERE in turn."""
        start = sql.find(" WHERE ")
        if start >= 0:
            for found in re.compile(r"\w+ (?:=|<>|<=?|>=?|IS) \?|\w+ IS (?:NOT )?NULL").finditer(sql, start):
                yield found.start(), found.end(), "(? OR 1)" if "?" in found[0] else "1"

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of a condition."""
        return (Example('s = "DELETE FROM t WHERE a = ?"\n', 's = "DELETE FROM t WHERE (? OR 1)"\n'),)


class BoundaryMoved(_InSql):
    """Moves a boundary by one."""

    def pieces(self, sql: str) -> Iterator[tuple[int, int, str]]:
        """Take every inequality in turn."""
        for found in re.finditer(r" (<=?|>=?) ", sql):
            yield found.start(1), found.end(1), found[1].rstrip("=") if "=" in found[1] else f"{found[1]}="

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of a boundary."""
        return (Example('s = "DELETE FROM t WHERE a < ?"\n', 's = "DELETE FROM t WHERE a <= ?"\n'),)


class ColumnNotSet(_InSql):
    """Leaves a column as it was."""

    def pieces(self, sql: str) -> Iterator[tuple[int, int, str]]:
        """Take every assignment after SET in turn."""
        start, end = sql.find(" SET "), sql.find(" WHERE ")
        if start >= 0:
            assignment = re.compile(r"(\w+) = (\?|excluded\.\w+|NULL|\d+)")
            for found in assignment.finditer(sql, start, end if end >= 0 else len(sql)):
                yield found.start(2), found.end(2), f"iif(0, {found[2]}, {found[1]})"

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what becomes of an assignment."""
        return (Example('s = "UPDATE t SET a = ?"\n', 's = "UPDATE t SET a = iif(0, ?, a)"\n'),)


OURS: dict[str, dict[str, type[Operator]]] = {
    "lost": {"Call": Call, "Normalising": Normalising, "LastSign": LastSign},
    "sql": {"AnyRow": AnyRow, "BoundaryMoved": BoundaryMoved, "ColumnNotSet": ColumnNotSet},
}
OPERATOR_PROVIDERS.update(OURS)  # Cosmic Ray finds plugins by installed packages only, and these are in none

CHOSEN = (
    "core/AddNot",
    "core/NumberReplacer",
    "core/ExceptionReplacer",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceBreakWithContinue",
    "core/ReplaceContinueWithBreak",
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceUnaryOperator_Delete_USub",
    "core/ZeroIterationForLoop",
    "core/ReplaceBinaryOperator_Add_Sub",
    "core/ReplaceBinaryOperator_Sub_Add",
    "core/ReplaceBinaryOperator_Mul_Div",
    "core/ReplaceBinaryOperator_Div_Mul",
    "core/ReplaceBinaryOperator_FloorDiv_Mul",
    "core/ReplaceBinaryOperator_Mod_Mul",
    "core/ReplaceBinaryOperator_Pow_Mul",
    "core/ReplaceComparisonOperator_Eq_NotEq",
    "core/ReplaceComparisonOperator_NotEq_Eq",
    "core/ReplaceComparisonOperator_Lt_LtE",
    "core/ReplaceComparisonOperator_LtE_Lt",
    "core/ReplaceComparisonOperator_Gt_GtE",
    "core/ReplaceComparisonOperator_GtE_Gt",
    "core/ReplaceComparisonOperator_Is_IsNot",
    "core/ReplaceComparisonOperator_IsNot_Is",
    *(f"{provider}/{name}" for provider, names in OURS.items() for name in names),
)
"""Of Cosmic Ray's operators those that break a rule in one way each; ours with them.

One replacement a sign: eleven for each `-` and each `<` mostly make the same mutant.  `RemoveDecorator` is left out,
because what it takes away are seams, which change nothing in a portal that is right."""
