"""The files beside a workbook on a disk: found by their bare names, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.xlsform.file_rows import SIZE_BYTES


class FilesBeside(Mapping[str, bytes]):
    """The files in a workbook's folder, and in `<its name>-media` beside it, as ODK's tools lay them out."""

    def __init__(self, workbook: Path) -> None:
        folders = (workbook.parent, workbook.with_name(f"{workbook.stem}-media"))
        found = (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()))
        #: Names come from the folders, never from the form: nothing outside them can be named, nor linked to.
        self._paths = {path.name: path for path in found if path.is_file() and _is_inside(path)}

    def __getitem__(self, name: str) -> bytes:
        """What is in the file, one byte more than we take at most, so that a longer one is known by its length."""
        try:
            with self._paths[name].open("rb") as file:
                return file.read(SIZE_BYTES + 1)
        except OSError:
            # As if it were empty, which is told as a file that cannot be read.
            return b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _is_inside(path: Path) -> bool:
    return path.resolve().parent == path.parent.resolve()
