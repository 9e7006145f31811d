"""Which project module imports which, read from the sources, imports inside functions included."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROOTS = ("app.py", "consultations", "forms", "translations", "exports")


@cache
def sources() -> dict[str, Path]:
    """Dotted module name -> file, for all code of the product."""
    found = {}
    for root in ROOTS:
        path = PROJECT / root
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            parts = file.relative_to(PROJECT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def imports() -> dict[str, frozenset[str]]:
    """Dotted module name -> every name it imports, project or not: `a.b` and, for `from a.b import c`, also `a.b.c`."""
    return {name: frozenset(_imported(ast.parse(file.read_text("utf-8")))) for name, file in sources().items()}


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
            "import_module",
            "__import__",
        }:
            names |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return names


@cache
def project_imports(module: str) -> frozenset[str]:
    """The project modules that `module` imports itself."""
    known = sources()
    return frozenset(name for name in imports()[module] if name in known and name != module)


@cache
def reachable(module: str) -> frozenset[str]:
    """Everything that importing `module` brings in, project and libraries, however far away."""
    seen: set[str] = set()
    waiting = [module]
    outside: set[str] = set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        outside |= imports()[here]
        waiting.extend(project_imports(here))
    return frozenset(seen | outside)
