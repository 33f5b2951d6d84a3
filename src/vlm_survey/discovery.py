"""Finding what the modules of a package define, so that a new file there is all that a new part needs."""

import ast
import importlib
import importlib.util
import pkgutil
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def module_names(package: str) -> list[str]:
    """The names of the modules in `package`, sorted, without what stands before them."""
    path = importlib.import_module(package).__path__
    return sorted(module.name for module in pkgutil.iter_modules(path))


def definitions(package: str, kind: type[T]) -> list[T]:
    """Every value of type `kind` that a module of `package` holds by a name, in the modules' order."""
    modules = [importlib.import_module(f"{package}.{name}") for name in module_names(package)]
    return [
        value for module in modules for value in vars(module).values() if isinstance(value, kind)
    ]


def docstring(module: str, function: str) -> str:
    """What a function says of itself, read from the source of its module, which is not imported.

    Raises:
        LookupError: The module has no source, or defines no such function outside of others.
    """
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.has_location or spec.origin is None:
        raise LookupError(f"{module} has no source")
    for node in ast.parse(Path(spec.origin).read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return ast.get_docstring(node) or ""
    raise LookupError(f"{module} defines no function {function}")
