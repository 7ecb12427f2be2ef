"""Mutants: the same code with one thing changed, all of them in one module, each behind a switch.

`switched` turns `a < b` into `(a <= b if __mutant__ == 7 else a < b)`. So one process imports everything once, and a
child process decides by one number what is changed in it. Changed is what a function does: comparisons, conditions,
arithmetic, numbers, short strings, what is returned, whether a call or a refusal happens at all. Not changed are
sentences for people (strings with a space), what a module says once when it is imported, and patterns.
"""

import ast
import copy
from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

SWITCH = "__mutant__"
ORDERS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
          ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
SUMS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
        ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
        ast.BitXor: ast.BitAnd, ast.Pow: ast.Mult, ast.Div: ast.Mult}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: its number, where it is, and what it makes of what. The name stays when lines move."""

    number: int
    name: str
    line: int


def switched(source: str, module: str, first: int) -> tuple[ast.Module, list[Mutant]]:
    """The module's tree with every change behind the switch, and the changes, numbered from `first`."""
    made = _Switches(module, first)
    tree = ast.fix_missing_locations(made.visit(ast.parse(source)))
    return tree, made.found


class _Switches(ast.NodeTransformer):
    """Walks a module; inside a function every change is put behind the switch."""

    def __init__(self, module: str, first: int) -> None:
        self.module, self.next = module, first
        self.found: list[Mutant] = []
        self.scope: list[str] = []
        self.depth = 0
        self.seen: Counter[str] = Counter()

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Its methods."""
        self.scope.append(node.name)
        node.body = [self.visit(one) if isinstance(one, ast.FunctionDef | ast.ClassDef) else one for one in node.body]
        self.scope.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Its body, without the docstring, the defaults and the annotations."""
        self.scope.append(node.name)
        self.depth += 1
        head = node.body[:1] if ast.get_docstring(node) is not None else []
        node.body = head + self._block(node.body[len(head) :])
        self.depth -= 1
        self.scope.pop()
        return node

    def visit(self, node: ast.AST) -> Any:
        """As the class of the node asks; outside functions only functions are looked for."""
        if self.depth == 0 and not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.If | ast.Try):
            return node
        return super().visit(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Blocks one statement at a time, so that one can be left out."""
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, name, self._block(value) if self.depth else [self.visit(one) for one in value])
            elif isinstance(value, list):
                setattr(node, name, [self.visit(one) if isinstance(one, ast.AST) else one for one in value])
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    def _block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        return [self._statement(one) for one in statements]

    def _statement(self, node: ast.stmt) -> ast.stmt:
        """The statement; and, behind the switch, without it where it does something and gives nothing back."""
        plain = copy.deepcopy(node)
        stood: ast.stmt = self.visit(node)
        called = isinstance(plain, ast.Expr) and isinstance(plain.value, ast.Call)
        stored = isinstance(plain, ast.Assign) and isinstance(plain.targets[0], ast.Attribute | ast.Subscript)
        if called or stored or isinstance(plain, ast.Raise | ast.Break | ast.Continue | ast.Delete):
            return ast.If(self._asks(plain, "nothing"), [ast.Pass()], [stood])
        return stood

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """What is assigned; not of what type."""
        node.value = self.visit(node.value) if node.value else None
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """What is put into a sentence; not the sentence."""
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                one.value = self.visit(one.value)
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """Nothing: what is said in a refusal is for people, and that there is one is asked of the statement."""
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        """The guard and what follows; not the pattern."""
        node.guard = self.visit(node.guard) if node.guard else None
        node.body = self._block(node.body)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """The next order, or the opposite."""
        others = []
        for at, operator in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[at] = ORDERS[type(operator)]()
            others.append(other)
        return self._either(node, others)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """And for or."""
        other = copy.deepcopy(node)
        other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return self._either(node, [other])

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """The other direction."""
        if type(node.op) not in SUMS or isinstance(node.left, ast.JoinedStr) or _spoken(node.left):
            return self.generic_visit(node)
        other = copy.deepcopy(node)
        other.op = SUMS[type(node.op)]()
        return self._either(node, [other])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """The other direction."""
        other = copy.deepcopy(node)
        node.value = self.visit(node.value)
        if type(node.op) not in SUMS:
            return node
        other.op = SUMS[type(node.op)]()
        return ast.If(self._asks(node, ast.unparse(other)), [other], [node])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Without it."""
        return self._either(node, [copy.deepcopy(node.operand)])

    def visit_If(self, node: ast.If) -> ast.AST:
        """The condition turned round, where no comparison in it is."""
        if self.depth:
            node.test = self._turned(node.test)
        return super().generic_visit(node) if not self.depth else self._rest(node, "test")

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """The condition turned round."""
        node.test = self._turned(node.test)
        return self._rest(node, "test")

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """Nothing comes back."""
        if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
            return node
        plain = copy.deepcopy(node)
        node.value = self.visit(node.value)
        return ast.If(self._asks(plain, "return None"), [ast.Return(ast.Constant(None))], [node])

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Another number, the other truth, another word; not a sentence."""
        value = node.value
        if isinstance(value, bool):
            other: Any = not value
        elif isinstance(value, int):
            other = value + 1
        elif isinstance(value, bytes):
            other = value + (value[-1:] or b"x")
        elif isinstance(value, str) and not _spoken(node):
            other = value + (value[-1:] or "x")
        else:
            return node
        return self._either(node, [ast.Constant(other)], deeper=False)

    def _turned(self, test: ast.expr) -> ast.expr:
        plain = copy.deepcopy(test)
        stood: ast.expr = self.visit(test)
        if isinstance(plain, ast.Compare | ast.UnaryOp):
            return stood
        turned = ast.UnaryOp(ast.Not(), plain)
        return ast.IfExp(self._asks(plain, ast.unparse(turned)), turned, stood)

    def _rest(self, node: ast.AST, done: str) -> ast.AST:
        """Every field but one."""
        kept = getattr(node, done)
        setattr(node, done, None)
        self.generic_visit(node)
        setattr(node, done, kept)
        return node

    def _either(self, node: Any, others: list[Any], *, deeper: bool = True) -> ast.AST:
        """The node, or behind the switch one of the others."""
        plain = copy.deepcopy(node)
        stood: ast.AST = self.generic_visit(node) if deeper else node
        for other in others:
            stood = ast.IfExp(self._asks(plain, ast.unparse(other)), other, cast("ast.expr", stood))
        return stood

    def _asks(self, node: ast.AST, other: str) -> ast.Compare:
        """The question whether this change is switched on; from now on it is one of them."""
        name = f"{self.module}:{'.'.join(self.scope)}: {ast.unparse(node)}  =>  {other}"
        self.seen[name] += 1
        again = f"  #{self.seen[name]}" if self.seen[name] > 1 else ""
        self.found.append(Mutant(self.next, " ".join(name.split()) + again, getattr(node, "lineno", 0)))
        asked = ast.Compare(ast.Name(SWITCH, ast.Load()), [ast.Eq()], [ast.Constant(self.next)])
        self.next += 1
        return asked


def _spoken(node: ast.AST) -> bool:
    """Whether it is a sentence, or part of one."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and (" " in node.value or "\n" in node.value)
