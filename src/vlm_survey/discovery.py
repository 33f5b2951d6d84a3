"""Finding what the modules of a package define, so that a new file there is all that a new part needs."""

import importlib
import pkgutil
from typing import TypeVar

T = TypeVar("T")


def definitions(package: str, kind: type[T]) -> list[T]:
    """Every value of type `kind` that a module of `package` holds by a name, in the modules' order."""
    path = importlib.import_module(package).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    return [
        value for module in modules for value in vars(module).values() if isinstance(value, kind)
    ]
