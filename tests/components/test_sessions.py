"""Scripted sessions of every operation that openapi.yaml describes, and of strangers who try each."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from client import Answer, Client
from cloud import Cloud
from described import Api
from issuer import issuer
from people import Person, person, serving
from session import ENTITIES, Session, text_of

pytestmark = pytest.mark.compile

# What the document calls operations of no entity: those on keys, and the one that needs no token.
OTHERS = {"Tokens", "Health", "chariot Technology"}
# What needs no token of the caller.
OPEN = {"GET /token", "GET /healthz"}
FILE = {"content_type": "text/plain", "size": 5}


@pytest.fixture(scope="module")
def api(complete: Path) -> Api:
    return Api(complete / "openapi.yaml")


def test_a_session_is_written_for_every_entity(api: Api) -> None:
    assert {operation.tag for operation in api.operations} == {*ENTITIES, *OTHERS}


@pytest.mark.parametrize("tag", ENTITIES)
def test_a_session_of_every_operation(api: Api, tag: str, ann: Person) -> None:
    session = Session(api, tag, ann)
    items = session.create(3)
    first = items[0]["key"]
    _lists(session, items)
    _reads(session, first)
    _repeats(session)
    _changes(session, first)
    _refreshes(session, first)
    _writes_many(session, items)
    _moves_a_file(session, first)
    for key in session.listed():
        assert session.send("delete", key).status == 204
        assert {session.send(kind, key, _body(session, kind)).status for kind in _of_items(session)} == {404}
    assert session.done == set(session.operations), "an operation is left out"


def _of_items(session: Session) -> list[str]:
    return [kind for kind, operation in session.operations.items() if operation.of_item]


def _body(session: Session, kind: str) -> Any:
    """Return a body that the operation accepts, of those that take one."""
    return {"update": session.body(0), "patch": session.change, "uploadFile": FILE}.get(kind)


def _lists(session: Session, items: list[dict[str, Any]]) -> None:
    keys = [item["key"] for item in items]
    assert session.listed() == session.listed(limit=1) == session.listed(limit=2) == keys
    for name, value in session.queries(items[0]):
        query = {name: value}
        found = session.listed(**query)
        assert sorted(session.listed(limit=1, **query)) == sorted(found), query
        if name == "sort":
            values = {item["key"]: item[value.removeprefix("-")] for item in items}
            assert [values[key] for key in found] == sorted(values.values(), reverse=value[0] == "-"), query
        else:
            assert sorted(found) == [item["key"] for item in items if text_of(item[name]) == value], query
    assert session.send("list", query={"limit": 0}).status == 400
    assert session.send("list", query={"colour": "red"}).status == 400


def _reads(session: Session, key: str) -> None:
    got = session.send("get", key)
    assert (got.status, got.body["key"]) == (200, key)
    assert session.send("get", key, If_None_Match=got.headers["etag"]).status == 304
    assert session.send("get", key, If_Match='"other"').status == 412
    assert session.send("delete", key, If_Match='"other"').status == 412


def _repeats(session: Session) -> None:
    if "Idempotency-Key" in session.operations["create"].parameters:
        first, again = (session.send("create", body=session.body(3), Idempotency_Key="k") for _ in range(2))
        assert (first.status, again.status, again.body) == (201, 201, first.body)
        assert again.headers["idempotency-replayed"] == "true"
        assert session.send("create", body=session.body(4), Idempotency_Key="k").status == 422


def _changes(session: Session, key: str) -> None:
    for kind in {"update", "patch"} & set(session.operations):
        before = session.send("get", key)
        whole = session.body(0) if kind == "update" else {}
        done = session.send(kind, key, {**whole, **session.change}, If_Match=before.headers["etag"])
        assert (done.status, done.body) == (200, {**done.body, **session.change}), done
        assert session.send(kind, key, {**whole, **session.change}, If_Match='"other"').status == 412
        assert session.send("get", key).headers["etag"] == done.headers["etag"]


def _refreshes(session: Session, key: str) -> None:
    if "refresh" in session.operations:
        done = session.send("refresh", key)
        assert (done.status, session.send("get", key).headers["etag"]) == (200, done.headers["etag"])


def _writes_many(session: Session, items: list[dict[str, Any]]) -> None:
    if "batch" in session.operations:
        bodies = [session.body(0), session.body(4), {**session.body(3), session.field: ""}]
        done = session.send("batch", body={"items": bodies})
        assert (done.status, [each["status"] for each in done.body["results"]]) == (200, [200, 201, 400])
        assert session.listed().count(done.body["results"][0]["key"]) == 1
        assert len(session.listed()) >= len(items) + 1


def _moves_a_file(session: Session, key: str) -> None:
    if "uploadFile" in session.operations:
        upload = session.send("uploadFile", key, FILE)
        assert _follow(upload, b"hello")[0] == 200
        assert _follow(session.send("downloadFile", key)) == (200, b"hello")
        assert session.send("uploadFile", key, {**FILE, "size": 1025}).status == 400
        assert session.send("uploadFile", key, {**FILE, "content_type": "text/html"}).status == 400


def _follow(link: Answer, content: bytes | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(
        link.body["url"], content, link.body.get("headers") or {}, method=link.body["method"]
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


@pytest.mark.parametrize("tag", ENTITIES)
def test_a_stranger_finds_nothing_with_any_operation(api: Api, tag: str, ann: Person, bob: Person) -> None:
    """Bob knows the keys, the page tokens and the idempotency keys of Ann."""
    hers, his = Session(api, tag, ann), Session(api, tag, bob)
    items = hers.create(3)
    before = [(answer.body, answer.headers["etag"]) for answer in map(_get(hers), items)]

    for kind in _of_items(his):
        for headers in ({}, {"If_Match": "*"}, {"If_None_Match": "*"}):
            known = his.send(kind, items[0]["key"], _body(his, kind), **headers)
            guess = his.send(kind, items[0]["key"][:-1] + "9", _body(his, kind), **headers)
            assert known.status == 404, f"{kind}: {known}"
            assert _told(known) == _told(guess), kind
    _lists_nothing(hers, his, items)
    _creates_his_own(his, items)

    assert [(answer.body, answer.headers["etag"]) for answer in map(_get(hers), items)] == before
    assert hers.listed() == [item["key"] for item in items]
    assert his.done == set(his.operations), "an operation is left out"


def _get(session: Session) -> Callable[[dict[str, Any]], Answer]:
    return lambda item: session.send("get", item["key"])


def _told(answer: Answer) -> tuple[Any, ...]:
    """Return what an answer says, but for what tells requests apart."""
    own = {"date", "x-request-id", "x-correlation-id", "content-length"}
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    return answer.status, {**answer.body, "request_id": ""}, headers


def _lists_nothing(hers: Session, his: Session, items: list[dict[str, Any]]) -> None:
    queries = [{}, *({name: value} for name, value in his.queries(items[0]))]
    for query in queries:
        assert his.listed(**query) == [], query
        tokens = [token for _, token in hers.pages(limit=1, **query) if token]
        for token in tokens:
            assert his.send("list", query={**query, "token": token}).status == 400, query
    assert [token for _, token in hers.pages(limit=1) if token], "there is a page token to try"


def _creates_his_own(his: Session, items: list[dict[str, Any]]) -> None:
    headers = {"Idempotency_Key": "k"} if "Idempotency-Key" in his.operations["create"].parameters else {}
    created = his.send("create", body=his.body(0), **headers)
    assert (created.status, "idempotency-replayed" in created.headers) == (201, False)
    if "batch" in his.operations:
        done = his.send("batch", body={"items": [his.body(number) for number in range(3)]})
        assert [each["status"] for each in done.body["results"]] == [200, 201, 201]
    assert set(his.listed()) <= {created.body["key"], *(item["key"] for item in items)}
    for key in his.listed():
        assert his.send("delete", key).status == 204
    assert his.listed() == []


def test_a_link_leads_to_one_file(api: Api, ann: Person, bob: Person) -> None:
    hers, his = Session(api, "Document", ann), Session(api, "Document", bob)
    (item,), (own,) = hers.create(1), his.create(1)
    assert _follow(hers.send("uploadFile", item["key"], FILE), b"hello")[0] == 200
    link = his.send("downloadFile", own["key"])
    assert _follow(link)[1] != b"hello"
    assert ann.name not in link.body["url"]
    if link.body["url"].startswith(bob.url):  # moto looks at no signature
        forged = link.body["url"].replace(bob.name, ann.name)
        assert _follow(link._replace(body={**link.body, "url": forged}))[0] == 403


def test_a_session_with_api_keys(api: Api, ann: Person, bob: Person) -> None:
    operations, done = api.of("Tokens"), set()

    def send(caller: Client, kind: str, id_: str = "", body: object = None) -> Answer:
        operation = operations[kind]
        answer = caller.send(operation.method, operation.path.replace("{id}", id_), body)
        api.judge(operation, answer)
        done.add(kind)
        return answer

    key = send(ann, "createAPIKey", body={"name": "ci", "role": "readonly"}).body
    assert [each["id"] for each in send(ann, "listAPIKeys").body["keys"]] == [key["id"]]
    assert send(bob, "listAPIKeys").body["keys"] == []
    assert _told(send(bob, "revokeAPIKey", key["id"])) == _told(send(bob, "revokeAPIKey", "guess"))
    shown = {"X-GUARD-API-KEY-ID": key["id"], "X-GUARD-API-KEY-SECRET": key["secret"]}
    assert send(Client(ann.url, **shown), "exchangeAPIKey").status == 200
    assert send(ann, "revokeAPIKey", key["id"]).status == 204
    assert send(Client(ann.url, **shown), "exchangeAPIKey").status == 401
    assert done == set(operations), "an operation is left out"


def test_a_session_under_the_contract_chariot(api: Api, ann: Person, bob: Person) -> None:
    operations, done = api.of("chariot Technology"), set()
    rest = Session(api, "Technology", ann)

    def send(caller: Client, kind: str, body: object = None, **query: str) -> Answer:
        operation = operations[kind]
        answer = caller.send(operation.method, f"{operation.path}?{urlencode(query)}", body)
        api.judge(operation, answer)
        done.add(kind)
        return answer

    def asked(caller: Client, **paging: int) -> Answer:
        starts = {"field": "key", "operator": "STARTS WITH", "value": "#technology#"}
        return send(caller, "queryMine", {"node": {"labels": ["Technology"], "filters": [starts]}, **paging})

    key = send(ann, "add", rest.body(0)).body["key"]
    assert send(ann, "add", rest.body(0)).status == 409
    assert send(ann, "upsert", {"key": key, "name": "C"}).status == 200
    other = send(ann, "upsert", rest.body(1))
    assert other.status == 201
    keys = sorted([key, other.body["key"]])
    assert [item["key"] for item in send(ann, "listMine", key="#technology#").body["technologies"]] == keys
    assert [item["key"] for item in send(ann, "listMine", key=key, exact="true").body["technologies"]] == [
        key
    ]
    assert [item["key"] for item in asked(ann, limit=1).body["technologies"]] == keys[:1]
    assert [item["key"] for item in asked(ann, limit=1, page=1).body["technologies"]] == keys[1:]

    before = rest.send("get", key).headers["etag"]
    for kind, change in (("upsert", {"name": "D"}), ("remove", {})):
        known, guess = (send(bob, kind, {"key": named, **change}) for named in (key, key[:-1] + "9"))
        assert (known.status, _told(known)) == (404, _told(guess)), kind
    forged = json.dumps({"username": ann.name, "key": keys[0]})
    assert send(bob, "listMine", key="#technology#", offset=forged).status == 400
    assert (
        send(bob, "listMine", key="#technology#").body["technologies"]
        == asked(bob).body["technologies"]
        == []
    )
    assert send(bob, "add", rest.body(0)).status == 201
    assert rest.send("get", key).headers["etag"] == before

    assert send(ann, "remove", {"key": key}).status < 300
    assert [item["key"] for item in send(bob, "listMine", key="#technology#").body["technologies"]] == [key]
    assert done == set(operations), "an operation is left out"


def test_each_operation_demands_a_token_and_its_entitlement(api: Api, address: str, cloud: Cloud) -> None:
    reader, admin = person(address, cloud, "readonly"), person(address, cloud, "admin")
    for operation in api.operations:
        if str(operation) in OPEN:
            continue
        path = operation.path.replace("{key}", "%23none").replace("{id}", "none")
        nobody = Client(address).send(operation.method, path)
        assert (nobody.status, nobody.headers["www-authenticate"]) == (401, "Bearer"), operation
        asked = reader.send(operation.method, path)
        # Of /my, each type has an entitlement of its own.
        assert (asked.status == 403) is (operation.entitlement not in {"", "read"}), operation
        if asked.status == 403:
            challenge = f'Bearer error="insufficient_scope", scope="{operation.entitlement}"'
            assert asked.headers["www-authenticate"] == challenge, operation
        assert admin.send(operation.method, path).status not in {401, 403}, operation
    assert {str(operation) for operation in api.operations} > OPEN


def test_no_operation_takes_a_token_that_has_ended(api: Api, command: Path, tmp_path: Path) -> None:
    with issuer() as pool, serving(command, pool.environment, tmp_path / "log") as url:
        ended = Client(url, pool.token("ann", lifetime=-40))
        for operation in api.operations:
            if str(operation) not in OPEN:
                answer = ended.send(operation.method, operation.path)
                challenge = answer.headers["www-authenticate"]
                assert (answer.status, challenge) == (401, 'Bearer error="invalid_token"'), operation
