"""Settings come from the environment, and the secret is made once and for the owner alone."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from consultations.settings import from_environment

ONION = f"{'a2' * 28}.onion"


def test_without_any_setting_data_lie_in_the_instance_folder(tmp_path):
    made = from_environment({"INSTANCE_DIR": str(tmp_path / "new" / "instance")})
    assert made.database_url == f"sqlite:///{tmp_path}/new/instance/consultations.sqlite"
    assert (made.https, made.trusted_hosts, made.upload_limit_mib) == (False, (), 10)
    assert stat.S_IMODE((tmp_path / "new" / "instance").stat().st_mode) == 0o700


def test_every_setting_is_read(tmp_path):
    made = from_environment(
        {
            "INSTANCE_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql:///network",
            "HTTPS": "On",
            "TRUSTED_HOSTS": "ask.example.org,staff.example.org,",
            "UPLOAD_LIMIT_MIB": "25",
            "TRUSTED_PROXIES": "1",
            "ONION_ADDRESS": f"http://{ONION}/",
            "SECONDS_A_PAGE": "3",
            "CALM_SENDS_A_MINUTE": "90",
        }
    )
    assert made.database_url == "postgresql:///network"
    assert made.https
    assert made.trusted_hosts == ("ask.example.org", "staff.example.org")
    assert made.upload_limit_mib == 25
    assert (made.trusted_proxies, made.onion_address) == (1, ONION)
    assert (made.seconds_a_page, made.calm_sends_a_minute) == (3, 90)


@pytest.mark.parametrize("address", ["example.org", "abc.onion", f"https://{'a' * 56}.onion/path"])
def test_an_onion_address_that_cannot_be_one_stops_the_start(tmp_path, address):
    with pytest.raises(ValueError, match="ONION_ADDRESS"):
        from_environment({"INSTANCE_DIR": str(tmp_path), "ONION_ADDRESS": address})


@pytest.mark.parametrize("value", ["off", "0", "no", ""])
def test_https_is_off_unless_it_is_said(tmp_path, value):
    assert not from_environment({"INSTANCE_DIR": str(tmp_path), "HTTPS": value}).https


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    environment = {"INSTANCE_DIR": str(tmp_path)}
    first, second = from_environment(environment), from_environment(environment)
    assert first.secret == second.secret
    assert len(first.secret) == 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_two_installations_have_two_secrets(tmp_path):
    made = {from_environment({"INSTANCE_DIR": str(tmp_path / name)}).secret for name in "ab"}
    assert len(made) == 2


def test_processes_that_start_at_once_share_one_whole_secret(tmp_path):
    for attempt in range(30):
        environment = {"INSTANCE_DIR": str(tmp_path / str(attempt))}
        with ThreadPoolExecutor(8) as pool:
            secrets = {made.secret for made in pool.map(from_environment, [environment] * 8)}
        assert [len(secret) for secret in secrets] == [32]


def test_a_value_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(ValueError, match="ten"):
        from_environment({"INSTANCE_DIR": str(tmp_path), "UPLOAD_LIMIT_MIB": "ten"})


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_damaged_secret_is_never_used(tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(ValueError, match="damaged"):
        from_environment({"INSTANCE_DIR": str(tmp_path)})


def test_nothing_is_left_beside_the_secret(tmp_path):
    from_environment({"INSTANCE_DIR": str(tmp_path)})
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_a_second_factor_is_asked_for_unless_it_is_required(tmp_path):
    instance = {"INSTANCE_DIR": str(tmp_path)}
    assert from_environment(instance).second_factor == "asked"
    assert from_environment(instance | {"SECOND_FACTOR": "required"}).second_factor == "required"
    with pytest.raises(ValueError, match="requierd"):
        from_environment(instance | {"SECOND_FACTOR": "requierd"})
