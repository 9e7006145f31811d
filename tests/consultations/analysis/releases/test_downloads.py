"""The files of a release are written all or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultations.analysis.releases.downloads import write_all


def test_files_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    write_all({"a.json": b"{}", "b.csv": b"x"}, tmp_path / "new" / "folder")
    assert {file.name: file.read_bytes() for file in (tmp_path / "new" / "folder").iterdir()} == {
        "a.json": b"{}",
        "b.csv": b"x",
    }


def test_what_breaks_off_leaves_the_files_that_were_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all({"a.json": b"old", "b.csv": b"old"}, tmp_path)
    written = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name.startswith("b.csv"):
            raise OSError("no space left")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        write_all({"a.json": b"new", "b.csv": b"new"}, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.json": b"old", "b.csv": b"old"}
