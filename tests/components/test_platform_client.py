"""The platform's own client, praetorian-cli, unchanged, against backends of the contract ``chariot``.

It calls the development command, and the Lambda functions behind a stand-in for API Gateway whose
routes and authorizer are those of the emitted stack.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from client import Client
from cloud import Cloud
from commandline import chariot_gen
from gateway import Gateway, gateway
from processes import running
from runtime import function
from tools import go, run, wheel

pytestmark = [pytest.mark.compile, pytest.mark.xdist_group("platform")]

_HERE = Path(__file__).parent
_SIGNING = "token-signing"


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """The client's own complaint about an answer."""


class Sdk:
    """The SDK of praetorian-cli, signed in with an API key."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self, name: str, *arguments: object, **keywords: object) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, arguments, keywords]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]


class Platform(NamedTuple):
    """A backend: its address, the token of an administrator, and where its logs are."""

    url: str
    token: str
    logs: tuple[Path, ...]
    gateway: Gateway | None = None

    @property
    def admin(self) -> Client:
        """The administrator."""
        return Client(self.url.rpartition("/dev")[0] or self.url, self.token)

    def send(self, method: str, path: str, token: str, body: object = None, **headers: str) -> Any:
        """Return the answer to a request with a token, or without one where that is empty."""
        base = self.url.removeprefix("http://")
        host, _, stage = base.partition("/")
        prefix = f"/{stage}" if stage else ""
        return Client(f"http://{host}", token, **headers).send(method, prefix + path, body)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backend whose entities are called as the client calls them, with its commands built."""
    folder = tmp_path_factory.mktemp("platform") / "backend"
    done = chariot_gen(
        "entity", *sorted((_HERE / "specs" / "platform").glob("*.yaml")), f"--dest={folder}", "--no-hooks"
    )
    assert done.code == 0, done.out + done.err
    for command in ("local", "api", "authorizer"):
        run([go(), "build", "-tags", "lambda.norpc", "-o", f"bin/{command}", f"./cmd/{command}"], folder)
    return folder


@contextlib.contextmanager
def _local(backend: Path, folder: Path) -> Iterator[Platform]:
    log = folder / "local.log"

    def said(pattern: str) -> str:
        found = re.search(pattern, log.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return found[1] if found else ""

    environment = {"ADDRESS": "127.0.0.1:0", "LOG_LEVEL": "error", "PATH": os.environ["PATH"]}
    with running(
        [backend / "bin" / "local"], lambda: bool(said(r"^TOKEN=(\S+)$")), log, environment=environment
    ):
        yield Platform(said(r"^Serving (http://\S+) "), said(r"^TOKEN=(\S+)$"), (log,))


@contextlib.contextmanager
def _on_lambda(backend: Path, folder: Path, cloud: Cloud) -> Iterator[Platform]:
    with contextlib.suppress(cloud.api("secretsmanager").exceptions.ResourceExistsException):
        cloud.secret(_SIGNING, "s" * 64)
    environment = {
        **cloud.environment,
        "TABLE_NAME": cloud.table("items-platform"),
        "TOKEN_SIGNING_SECRET_NAME": _SIGNING,
    }
    logs = folder / "api.log", folder / "authorizer.log"
    with (
        function(backend / "bin" / "api", environment, logs[0]) as api,
        function(backend / "bin" / "authorizer", environment, logs[1]) as authorizer,
        gateway(backend / "cf-templates" / "api_resources.yaml", api, authorizer) as front,
    ):
        yield Platform(front.url, cloud.token("platform", "admin"), logs, front)


@pytest.fixture(scope="module", params=["local", "lambda"])
def platform(
    request: pytest.FixtureRequest, backend: Path, cloud: Cloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    """The backend, served by the development command, or on Lambda."""
    folder = tmp_path_factory.mktemp(request.param)
    with _local(backend, folder) if request.param == "local" else _on_lambda(backend, folder, cloud) as made:
        yield made


@pytest.fixture(scope="module")
def sdk(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sdk]:
    """The client, which exchanges an API key for its token."""
    key = platform.send("POST", "/token/keys", platform.token, {"name": "cli"}).body
    home = tmp_path_factory.mktemp("home")
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(wheel("praetorian-cli", "2.6.2")),
        "PRAETORIAN_CLI_ALLOW_HTTP_LOOPBACK": "1",
        "PRAETORIAN_CLI_API": platform.url,
        "PRAETORIAN_CLI_API_KEY_ID": key["id"],
        "PRAETORIAN_CLI_API_KEY_SECRET": key["secret"],
    }
    command = [sys.executable, str(_HERE / "praetorian.py")]
    with subprocess.Popen(
        command, cwd=home, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Sdk(process)
        process.kill()


def test_an_asset_lives_and_is_marked_as_deleted(sdk: Sdk) -> None:
    made = sdk("assets.add", "example.com", "192.0.2.1", surface="external")
    assert (made["key"], made["status"]) == ("#asset#example.com#192.0.2.1", "A")
    assert made["attackSurface"] == ["external"]
    assert sdk("assets.get", made["key"]) == made

    # A second one changes the first, and says nothing of what it leaves out.
    assert sdk("assets.update", made["key"], status="F")[0]["status"] == "F"
    again = sdk("assets.add", "example.com", "192.0.2.1", status="P", surface="internal")
    assert (again["status"], again["attackSurface"]) == ("P", ["internal"])
    assert sdk("upsert", "asset", {"group": "example.com", "identifier": "192.0.2.1"})[0]["status"] == "P"

    assert sdk("assets.delete", made["key"])[0]["status"] == "D"
    assert sdk("assets.get", made["key"])["status"] == "D"
    assert sdk("assets.get", "#asset#example.com#nobody") is None
    with pytest.raises(Refused, match=r"\[404\]"):
        sdk("assets.update", "#asset#example.com#nobody", status="A")


def test_nodes_are_listed_page_by_page(sdk: Sdk) -> None:
    for number in range(7):
        sdk("assets.add", "paged.example", f"host-{number}", status="A" if number % 2 else "F")
    prefix = "#asset#paged.example#"
    everything = [f"{prefix}host-{number}" for number in range(7)]

    found, offset = sdk("assets.list", key_prefix=prefix)
    assert ([asset["key"] for asset in found], offset) == (everything, None)
    found, offset = sdk("assets.list", key_prefix=prefix, pages=1)
    assert ([asset["key"] for asset in found], offset) == (everything[:3], 1)
    found, offset = sdk("search.by_key_prefix", prefix, offset=offset, pages=1)
    assert ([asset["key"] for asset in found], offset) == (everything[3:6], 2)

    query = {
        "node": {
            "labels": ["Asset"],
            "filters": [
                {"field": "key", "operator": "STARTS WITH", "value": prefix},
                {"field": "status", "operator": "=", "value": "A"},
            ],
        },
        "limit": 2,
        "descending": True,
    }
    answer = sdk("my_by_raw_query", query, pages=10)
    assert [asset["key"] for asset in answer["assets"]] == [everything[5], everything[3], everything[1]]
    assert "offset" not in answer


def test_items_are_listed_page_by_page(sdk: Sdk) -> None:
    for number in range(5):
        made = sdk("settings.add", f"paged-{number}", str(number))
        assert made["key"] == f"#setting#paged-{number}"
    keys = [f"#setting#paged-{number}" for number in range(5)]

    found, offset = sdk("settings.list", "paged-")
    # Of several pages the client makes an empty offset, of one page None.
    assert ([setting["key"] for setting in found], bool(offset)) == (keys, False)
    found, offset = sdk("settings.list", "paged-", pages=1)
    assert [setting["key"] for setting in found] == keys[:2]
    assert json.loads(offset)["key"]
    found, offset = sdk("settings.list", "paged-", offset=offset, pages=1)
    assert [setting["key"] for setting in found] == keys[2:4]
    found, offset = sdk("settings.list", "paged-", offset=offset)
    assert ([setting["key"] for setting in found], offset) == (keys[4:], None)

    found, _ = sdk("search.by_term", "#setting#paged-", descending=True)
    assert [setting["key"] for setting in found] == keys[::-1]
    assert sdk("settings.get", keys[3])["value"] == "3"
    assert sdk("settings.get", "#setting#nothing") is None
    sdk("delete_by_key", "setting", keys[3])
    assert sdk("settings.get", keys[3]) is None


def test_a_creation_is_refused_where_there_is_one(sdk: Sdk) -> None:
    made = sdk("preseeds.add", "whois", "registrant", "Example Ltd.", "P")
    assert made["key"] == "#preseed#whois#registrant#Example Ltd."
    with pytest.raises(Refused, match=r"\[409\]"):
        sdk("preseeds.add", "whois", "registrant", "Example Ltd.", "A")
    assert sdk("preseeds.update", made["key"], "A", "ours")["comment"] == "ours"
    assert sdk("preseeds.get", made["key"])["status"] == "A"
    assert sdk("preseeds.list", "whois")[0][0]["key"] == made["key"]
    assert sdk("preseeds.delete", made["key"])["status"] == "D"


def test_a_secret_is_told_once(sdk: Sdk) -> None:
    made = sdk("keys.add", "ci", "2030-01-02T15:04:05Z")
    assert len(made["secret"]) > 30
    assert "secret" not in sdk("keys.get", made["key"]) or not sdk("keys.get", made["key"])["secret"]
    assert [key["key"] for key in sdk("keys.list")[0]] == [made["key"]]
    assert sdk("keys.delete", made["key"])["key"] == made["key"]
    assert sdk("keys.list") == [[], None]


def test_answers_under_the_plural_name(sdk: Sdk) -> None:
    made = sdk("upsert", "risk", {"dns": "example.com", "name": "weak-cipher", "title": "Weak"})["risks"][0]
    assert sdk("risks.get", made["key"]) == made
    assert sdk("risks.update", made["key"], status="OH")["risks"][0]["status"] == "OH"
    assert sdk("risks.list")[0][0]["status"] == "OH"


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("search.count", ["#asset#"]),
        ("search.by_source", ["#asset#example.com#192.0.2.1", "asset"]),
        ("settings.delete", ["paged-0"]),
        ("risks.add", ["#asset#example.com#192.0.2.1", "weak-cipher", "TI"]),
        ("risks.delete", ["#risk#example.com#weak-cipher", "DOI"]),
        ("tree", [{"node": {"labels": ["Asset"]}}]),
        ("my", [{"key": "#setting#", "user": "true"}]),
        ("my", [{"key": "#asset#", "global": "true"}]),
        ("my", [{"key": "#nothing#"}]),
        ("my", [{"key": "#setting#", "offset": '{"username":"other","key":"#setting#a"}'}]),
    ],
)
def test_what_is_not_served_is_refused_and_never_answered_with_something_else(
    sdk: Sdk, call: str, arguments: list[object]
) -> None:
    with pytest.raises(Refused, match=r"\[(400|404)\] Request failed"):
        sdk(call, *arguments)


def test_who_shows_no_valid_token_is_refused(platform: Platform) -> None:
    for token in ("", "nonsense", "x.y.z", platform.token[:-4] + "AAAA"):
        answer = platform.send("GET", "/my?key=%23asset%23", token)
        assert (answer.status, answer.body["code"]) == (401, "unauthenticated"), token
    assert platform.send("GET", "/token", "").status == 401
    assert platform.send("GET", "/healthz", "").status == 200


def test_a_key_that_was_revoked_is_exchanged_for_nothing(platform: Platform) -> None:
    key = platform.send("POST", "/token/keys", platform.token, {"name": "short", "role": "readonly"}).body
    shown = {"X_GUARD_API_KEY_ID": key["id"], "X_GUARD_API_KEY_SECRET": key["secret"]}
    exchanged = platform.send("GET", "/token", "", **shown)
    assert exchanged.status == 200
    token = exchanged.body["token"]
    assert platform.send("GET", "/my?key=%23asset%23", token).status == 200
    assert platform.send("PUT", "/setting", token, {"name": "a", "value": "b"}).status == 403
    assert platform.send("DELETE", f"/token/keys/{key['id']}", platform.token).status == 204
    assert platform.send("GET", "/token", "", **shown).status == 401


def test_no_token_is_logged(platform: Platform, sdk: Sdk) -> None:
    platform.send("GET", "/my?key=%23asset%23", "x.y.z")
    for log in platform.logs[1 if platform.gateway is None else 0 :]:
        text = log.read_text(encoding="utf-8")
        assert "eyJ" not in text
        assert "x.y.z" not in text


def test_the_authorizer_lets_nothing_pass_that_it_cannot_judge(
    backend: Path, cloud: Cloud, tmp_path: Path
) -> None:
    environment = {**cloud.environment, "TOKEN_SIGNING_SECRET_NAME": "no-such-secret"}
    event = {"type": "TOKEN", "methodArn": "arn:aws:execute-api:us-east-1:1:a/dev/GET/my"}
    pool, own = (
        cloud.token("judged"),
        "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJpc3MiOiJ1cm46Y2hhcmlvdDp0b2tlbiJ9.AAAA",
    )
    with function(backend / "bin" / "authorizer", environment, tmp_path / "log") as authorizer:
        allowed = authorizer.invoke({**event, "authorizationToken": f"Bearer {pool}"})
        assert allowed["policyDocument"]["Statement"][0]["Effect"] == "Allow"
        assert allowed["policyDocument"]["Statement"][0]["Resource"] == [
            "arn:aws:execute-api:us-east-1:1:a/dev/*"
        ]
        with pytest.raises(AssertionError, match="errorMessage"):
            authorizer.invoke({**event, "authorizationToken": f"Bearer {own}"})
        with pytest.raises(AssertionError, match="errorMessage"):
            authorizer.invoke({"type": "TOKEN", "authorizationToken": f"Bearer {pool}"})
    assert "eyJ" not in (tmp_path / "log").read_text(encoding="utf-8")
