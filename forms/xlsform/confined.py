"""What the child that reads a stranger's file may still do once it begins: compute, and answer."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import resource
import sys
from collections.abc import Mapping
from types import MappingProxyType

#: Standard input, output and error are there; a file, a socket or a pipe more is refused.
OPEN_FILES = 3
#: What each kind of file is read with: nothing can be imported any more once no file can be opened.
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "xlsx": ("defusedxml.ElementTree", "openpyxl.reader.excel", "python_calamine"),
        "xls": ("xlrd",),
        "xlsx-table": ("python_calamine",),
        "xls-table": ("xlrd",),
        "xml": ("defusedxml.ElementTree",),
        "geojson": ("json",),
    }
)


def confine(kind: str, memory_bytes: int, cpu_seconds: int) -> None:
    """From here on this process has so much memory and time, and reaches no file, no network and no other process.

    The kernel holds it to that (getrlimit(2)): a socket needs a number as a file does. Root may still fork.
    """
    # openpyxl would import these where they are installed: slow to start, large in memory, no use here. Without lxml
    # it parses with defusedxml, which refuses entities.
    sys.modules["numpy"] = sys.modules["PIL"] = None  # type: ignore[assignment]  # None stops an import
    os.environ["OPENPYXL_LXML"] = "False"
    for name in (*NEEDED[kind], *_encodings()):
        with contextlib.suppress(ImportError):  # an encoding of another system
            importlib.import_module(name)
    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))


def _encodings() -> list[str]:
    """Old workbooks and XML name any of them, and Python reads each at its first use: 0.05 s for all."""
    import encodings

    return [f"encodings.{each.name}" for each in pkgutil.iter_modules(encodings.__path__)]
