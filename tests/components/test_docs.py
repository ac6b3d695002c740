"""The page at /docs, as a browser shows it to somebody who reads the API and tries it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from development import developing

pytestmark = [pytest.mark.compile, pytest.mark.xdist_group("docs")]

ENTITY = "NewEntity"


@pytest.fixture(scope="module")
def api(
    complete: Path, command: Path, outside: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of the complete backend's development command, and a token that it takes."""
    with developing(command, complete, outside, tmp_path_factory.mktemp("docs") / "log") as started:
        yield started


@pytest.fixture(scope="module")
def document(complete: Path) -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load((complete / "openapi.yaml").read_text(encoding="utf-8"))
    return described


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program is not None, "there is no chromium; install it, as Debian's chromium"
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=program) as started:
        yield started


@pytest.fixture
def page(browser: Browser, api: tuple[str, str]) -> Iterator[Page]:
    """The page as it is once it has been read, in which nothing may go wrong until the test ends.

    A browser says in its console what it refuses: a script or a request that the page's policy
    does not allow, a file that is not there, an answer that tells of a failure.
    """
    address, _ = api
    with browser.new_context() as context, context.new_page() as opened:
        complaints: list[str] = []
        asked: list[str] = []
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("requestfailed", lambda request: complaints.append(f"{request.url}: {request.failure}"))
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(f"{address}/docs")
        opened.locator(".opblock").first.wait_for()
        yield opened
        assert complaints == []
        assert [url for url in asked if not url.startswith((f"{address}/", "data:"))] == []


def test_the_page_shows_every_operation_in_its_group(page: Page, document: dict[str, Any]) -> None:
    expect(page).to_have_title(document["info"]["title"])
    groups = {
        _text(group.locator("h3 a")): _text(group.locator("h3 .renderedMarkdown"))
        for group in page.locator(".opblock-tag-section").all()
    }
    assert groups == {tag["name"]: tag["description"] for tag in document["tags"]}
    shown = sorted(
        (tag, _text(row.locator(".opblock-summary-method")), _text(row.locator(".opblock-summary-path")))
        for tag in groups
        for row in page.locator(".opblock-tag-section").filter(has=page.locator(f'[data-tag="{tag}"]')).all()
        for row in row.locator(".opblock").all()
    )
    assert shown == sorted(
        (tag, method.upper(), path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
        for tag in operation["tags"]
    )


def test_an_operation_tells_what_it_takes(page: Page, document: dict[str, Any]) -> None:
    row = _opened(page, f"patch{ENTITY}")
    parameters = row.locator("tr[data-param-name]")
    names = [_text(name) for name in parameters.locator(".parameter__name").all()]
    assert names[0] == "key\u00a0*"
    assert {"Account", "If-Match"} < {*names}
    expect(parameters.locator(".renderedMarkdown")).to_have_count(len(names))
    statuses = document["paths"]["/api/newentity/{key}"]["patch"]["responses"]
    expect(row.locator("tr.response")).to_have_count(len(statuses))
    expect(page.locator(".errors-wrapper, .servers")).to_have_count(0)


def test_operations_are_tried_from_the_page(page: Page, api: tuple[str, str]) -> None:
    _, token = api
    page.get_by_role("button", name="Authorize").first.click()
    expect(page.get_by_label("bearer-value")).to_be_focused()
    page.keyboard.type(token)
    page.keyboard.press("Enter")
    page.locator(".modal-ux-header").get_by_role("button").click()
    created = _tried(page, f"create{ENTITY}", 201)
    key = yaml.safe_load(created)["key"]
    assert yaml.safe_load(_tried(page, f"get{ENTITY}", 200)) == yaml.safe_load(created)
    assert quote(key, safe="") in page.locator(f"#operations-{ENTITY}-get{ENTITY} .request-url").inner_text()
    assert key in _tried(page, "listNewEntities", 200)
    _tried(page, f"delete{ENTITY}", 204)


def _tried(page: Page, operation: str, status: int) -> str:
    """Send what the page proposes; return the body of the answer as the page shows it."""
    row = _opened(page, operation)
    row.get_by_role("button", name="Execute").click()
    answer = row.locator(".live-responses-table")
    expect(answer.locator("tbody .response-col_status")).to_have_text(str(status))
    body = answer.locator(".highlight-code code")
    return body.first.inner_text() if status != 204 else ""


def _opened(page: Page, operation: str) -> Locator:
    row = page.locator(f"#operations-{ENTITY}-{operation}")
    row.locator(".opblock-summary-control").click()
    row.locator(".responses-inner").wait_for()
    return row


def _text(found: Locator) -> str:
    # Long words have places where they may be broken.
    return found.inner_text().replace("\u200b", "").strip()
