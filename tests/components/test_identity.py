"""Who may do what, in scripted sessions: the whole backend over HTTP, with a user pool's tokens."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from client import Client
from cloud import Cloud
from issuer import Issuer, issuer
from people import Person, person, serving
from tools import run, wheel

pytestmark = pytest.mark.compile

_PATH = "/api/newentity"


def _item(key: str) -> str:
    return f"{_PATH}/{quote(key, safe='')}"


def _create(caller: Client, name: str) -> str:
    answer = caller.send("POST", _PATH, {"field1": name, "field2": 7})
    assert answer.status == 201, answer
    key: str = answer.body["key"]
    return key


def test_tenants_know_nothing_of_each_other(ann: Person, bob: Person) -> None:
    hers = _create(ann, "plan")
    assert ann.send("GET", _item(hers)).body["field2"] == 7

    # The key is known to him, and that there is something under it must not be.
    unknown = "#newentity#guess"
    for method, body in (("GET", None), ("PUT", {"field1": "plan", "field2": 1}), ("DELETE", None)):
        theirs, nothing = bob.send(method, _item(hers), body), bob.send(method, _item(unknown), body)
        assert (theirs.status, theirs.body["code"], theirs.body["message"]) == (
            nothing.status,
            nothing.body["code"],
            nothing.body["message"],
        ), method
        assert theirs.status == 404, theirs
    assert bob.send("GET", _PATH).body["newentities"] == []
    assert _create(bob, "plan") == hers
    assert bob.send("DELETE", _item(hers)).status == 204
    assert ann.send("GET", _item(hers)).body["field2"] == 7
    assert len(ann.send("GET", _PATH).body["newentities"]) == 1


def test_nobody_names_a_tenant_in_a_body(ann: Person, bob: Person) -> None:
    answer = bob.send("POST", _PATH, {"field1": "x", "field2": 7, "username": ann.name})
    assert answer.status in {201, 400}, answer
    assert ann.send("GET", _PATH).body["newentities"] == []


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ("admin", {"read", "write", "manage"}),
        ("analyst", {"read", "write"}),
        ("readonly", {"read"}),
        ("strangers", {"read"}),
    ],
)
def test_roles(address: str, cloud: Cloud, group: str, allowed: set[str]) -> None:
    caller = person(address, cloud, group)
    answers = {
        "read": caller.send("GET", _PATH),
        "write": caller.send("POST", _PATH, {"field1": "x", "field2": 7}),
        "manage": caller.send("POST", "/token/keys", {"name": "ci"}),
    }
    assert {name for name, answer in answers.items() if answer.status < 300} == allowed
    for answer in answers.values():
        if answer.status == 403:
            assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
            assert answer.body["code"] == "forbidden"


def test_an_account_is_entered_with_the_role_that_was_given(ann: Person, bob: Person) -> None:
    hers = _create(ann, "plan")
    ann.gives(bob, "readonly")
    guest = bob.within(ann.name)
    assert guest.send("GET", _item(hers)).status == 200
    assert guest.send("GET", "/token/keys").status == 403
    refused = guest.send("DELETE", _item(hers))
    assert (refused.status, refused.headers["www-authenticate"]) == (
        403,
        'Bearer error="insufficient_scope", scope="write_assets"',
    )
    assert bob.send("GET", _item(hers)).status == 404
    assert bob.within(bob.name).send("GET", _PATH).body["newentities"] == []


def test_a_role_that_was_given_is_never_more_than_the_own(ann: Person, address: str, cloud: Cloud) -> None:
    reader = person(address, cloud, "readonly")
    ann.gives(reader, "admin")
    assert reader.within(ann.name).send("GET", _PATH).status == 200
    assert reader.within(ann.name).send("POST", _PATH, {"field1": "x", "field2": 7}).status == 403


def test_a_refusal_does_not_tell_whether_there_is_an_account(ann: Person, bob: Person) -> None:
    _create(ann, "plan")
    answers = [
        bob.within(account).send("GET", _PATH)
        for account in (ann.name, "nobody", "#apikey", "a" * 400, "x#y", ann.name.upper())
    ]
    told = {(a.status, a.body["code"], a.body["message"], a.headers["www-authenticate"]) for a in answers}
    assert told == {(403, "forbidden", "the account cannot be used", 'Bearer error="insufficient_scope"')}


def test_nobody_lets_himself_in(ann: Person, bob: Person) -> None:
    for record in (
        {"name": ann.name, "member": bob.name, "role": "admin"},
        {"name": bob.name, "member": ann.name, "role": "admin"},
    ):
        assert bob.send("POST", "/api/account", record).status == 201
    assert bob.within(ann.name).send("GET", _PATH).status == 403


def test_a_key_is_exchanged_for_a_token(ann: Person, bob: Person, address: str) -> None:
    hers = _create(ann, "plan")
    key = ann.send("POST", "/token/keys", {"name": "ci", "role": "readonly"}).body
    shown = {"X-GUARD-API-KEY-ID": key["id"], "X-GUARD-API-KEY-SECRET": key["secret"]}
    exchanged = Client(address, **shown).send("GET", "/token")
    assert (exchanged.status, exchanged.headers["cache-control"]) == (200, "no-store"), exchanged

    program = Client(address, exchanged.body["token"])
    assert program.send("GET", _item(hers)).status == 200
    assert program.send("DELETE", _item(hers)).status == 403
    assert ann.send("GET", "/token/keys").body["keys"][0]["name"] == "ci"
    assert bob.send("GET", "/token/keys").body["keys"] == []
    assert bob.send("DELETE", f"/token/keys/{key['id']}").status == 404

    for wrong in (
        {**shown, "X-GUARD-API-KEY-SECRET": key["secret"][:-1]},
        {**shown, "X-GUARD-API-KEY-ID": "unknown"},
        {},
    ):
        assert Client(address, **wrong).send("GET", "/token").status == 401
    assert ann.send("DELETE", f"/token/keys/{key['id']}").status == 204
    assert Client(address, **shown).send("GET", "/token").status == 401


@pytest.mark.parametrize(
    "request_", [("GET", _PATH), ("POST", _PATH), ("GET", "/token/keys"), ("GET", "/nowhere")]
)
def test_without_a_token(address: str, request_: tuple[str, str]) -> None:
    answer = Client(address).send(*request_)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.body["code"] == "unauthenticated"
    assert Client(address).send("GET", "/healthz").status == 200


def test_the_platforms_own_client_signs_in(ann: Person, bob: Person, address: str, tmp_path: Path) -> None:
    hers = _create(ann, "plan")
    ann.gives(bob, "analyst")
    key = bob.send("POST", "/token/keys", {"name": "cli"}).body
    program = (
        "import json; from praetorian_cli.sdk.keychain import Keychain;"
        f"print(json.dumps(Keychain(account={ann.name!r}).headers()))"
    )
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(wheel("praetorian-cli", "2.6.2")),
        "PRAETORIAN_CLI_ALLOW_HTTP_LOOPBACK": "1",
        "PRAETORIAN_CLI_API": address,
        "PRAETORIAN_CLI_API_KEY_ID": key["id"],
        "PRAETORIAN_CLI_API_KEY_SECRET": key["secret"],
    }
    headers = json.loads(run([sys.executable, "-c", program], tmp_path, environment))
    assert headers["account"] == ann.name
    assert Client(address, **headers).send("GET", _item(hers)).status == 200


def test_times_of_tokens(command: Path, tmp_path: Path) -> None:
    with issuer() as pool, serving(command, pool.environment, tmp_path / "log") as url:
        assert _status(url, pool.token("ann")) == 200
        assert _status(url, pool.token("ann", lifetime=-20)) == 200, "clocks may differ by half a minute"
        assert _status(url, pool.token("ann", lifetime=-40)) == 401
        assert _status(url, pool.token("ann", nbf=2**40)) == 401
        assert _status(url, pool.token("ann", client_id="other")) == 401
        assert _status(url, pool.token("ann", iss="https://other.example")) == 401
        assert pool.fetches == 1


def test_keys_are_changed(command: Path, tmp_path: Path) -> None:
    with issuer() as pool, serving(command, pool.environment, tmp_path / "log") as url:
        old = pool.token("ann")
        assert _status(url, old) == 200
        pool.add("second")
        assert [_status(url, pool.token("ann")), _status(url, old), pool.fetches] == [200, 200, 2]

        pool.withdraw("first")
        with serving(command, pool.environment, tmp_path / "other") as begun_since:
            assert [_status(begun_since, pool.token("ann")), _status(begun_since, old)] == [200, 401]

        # Who makes up key ids does not make the process fetch.
        fetches = pool.fetches
        liar = Issuer()
        liar.url = pool.url
        for number in range(5):
            liar.add(f"made-up-{number}")
            assert _status(url, liar.token("ann")) == 401
        assert pool.fetches == fetches


def _status(url: str, token: str) -> int:
    answer = Client(url, token).send("GET", _PATH)
    if answer.status == 401:
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    return answer.status
