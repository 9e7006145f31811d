"""Files beside a workbook are found by their bare names and by nothing else."""

from forms.xlsform.beside import FilesBeside
from forms.xlsform.choice_files import is_there


def test_the_folder_and_the_media_folder_are_looked_into(tmp_path):
    (tmp_path / "form-media").mkdir()
    (tmp_path / "form-media/Fruits.csv").write_bytes(b"name\na\n")
    (tmp_path / "towns.csv").write_bytes(b"name\nb\n")
    files = FilesBeside(tmp_path / "form.xlsx")
    assert (sorted(files), len(files)) == (["Fruits.csv", "towns.csv"], 2)
    assert files["towns.csv"] == b"name\nb\n"
    assert is_there(files, "fruits.csv")


def test_nothing_outside_the_folders_is_found(tmp_path):
    (tmp_path / "secret.csv").write_bytes(b"name\na\n")
    (tmp_path / "forms").mkdir()
    files = FilesBeside(tmp_path / "forms/form.xlsx")
    (tmp_path / "forms/linked.csv").symlink_to(tmp_path / "secret.csv")
    names = ("linked.csv", "../secret.csv", str(tmp_path / "secret.csv"), "..\\secret.csv", "forms")
    assert [name for name in names if is_there(files, name)] == []


def test_a_file_that_is_gone_is_as_one_that_is_empty(tmp_path):
    (tmp_path / "towns.csv").write_bytes(b"name\nb\n")
    files = FilesBeside(tmp_path / "form.xlsx")
    (tmp_path / "towns.csv").unlink()
    assert files["towns.csv"] == b""
