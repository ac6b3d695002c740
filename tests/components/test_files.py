"""Files of items: links of a Lambda that lead to S3, as moto plays it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from caller import Caller
from cloud import Cloud
from commandline import chariot_gen
from runtime import function
from tools import go, run

pytestmark = pytest.mark.compile

PHOTO = """\
entity: Photo
kind: table
description: A picture.
key: "#photo#{name}"
fields:
  username: { desc: Account that owns the photo. }
  name: { desc: Name of the photo., required: true }
storage: { bucket: { max_size: 1KB, types: [image/png] } }
"""
BUCKET = "files"


@pytest.fixture(scope="module")
def photos(cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """An administrator who calls the Lambda of an entity with files."""
    root = tmp_path_factory.mktemp("files")
    (root / "photo.yaml").write_text(PHOTO, encoding="utf-8")
    done = chariot_gen("entity", root / "photo.yaml", f"--dest={root / 'backend'}", "--no-hooks")
    assert done.code == 0, done.out + done.err
    run([go(), "build", "-o", str(root / "bootstrap"), "./cmd/photo"], root / "backend")
    cloud.api("s3").create_bucket(Bucket=BUCKET)
    environment = {**cloud.environment, "TABLE_NAME": cloud.table("items-photo"), "BUCKET_NAME": BUCKET}
    with function(root / "bootstrap", environment, root / "log") as started:
        yield Caller(started, "2.0", cloud.token("photographer", "admin"))


def _follow(link: dict[str, Any], content: bytes | None = None) -> tuple[int, bytes, dict[str, str]]:
    headers = link.get("headers") or {}
    request = urllib.request.Request(link["url"], content, headers, method=link["method"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as answer:
            return answer.status, answer.read(), {name.lower(): text for name, text in answer.headers.items()}
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read(), {}


def test_a_file_is_put_fetched_and_deleted_with_its_item(photos: Caller, cloud: Cloud) -> None:
    status, created, _ = photos.send("POST", "/api/photo", {"name": "portrait"})
    assert status == 201, created
    item = f"/api/photo/{quote(created['key'], safe='')}"

    wanted = {"content_type": "image/png", "size": 5}
    status, upload, _ = photos.send("PUT", f"{item}/file", wanted)
    assert (status, upload["method"]) == (200, "PUT"), upload
    assert _follow(upload, b"\x89PNG\n")[0] == 200

    status, download, _ = photos.send("GET", f"{item}/file")
    assert (status, download["method"]) == (200, "GET"), download
    status, content, headers = _follow(download)
    assert (status, content, headers["content-type"]) == (200, b"\x89PNG\n", "image/png")
    assert headers["content-disposition"] == "attachment"

    (stored,) = cloud.api("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert stored["Key"].endswith("/photo/%23photo%23portrait")
    assert photos.send("DELETE", item)[0] == 204
    assert "Contents" not in cloud.api("s3").list_objects_v2(Bucket=BUCKET)


def test_what_the_spec_does_not_allow_is_refused(photos: Caller) -> None:
    _, created, _ = photos.send("POST", "/api/photo", {"name": "landscape"})
    path = f"/api/photo/{quote(created['key'], safe='')}/file"
    for body in ({"content_type": "text/html", "size": 5}, {"content_type": "image/png", "size": 1025}):
        status, answer, _ = photos.send("PUT", path, body)
        assert (status, answer["code"]) == (400, "invalid_request"), answer


def test_the_file_of_anothers_item_does_not_exist(photos: Caller, cloud: Cloud) -> None:
    _, created, _ = photos.send("POST", "/api/photo", {"name": "private"})
    stranger = Caller(photos.served, "2.0", cloud.token("stranger", "admin"))
    path = f"/api/photo/{quote(created['key'], safe='')}/file"
    assert stranger.send("GET", path)[0] == 404
    assert stranger.send("PUT", path, {"content_type": "image/png", "size": 5})[0] == 404
