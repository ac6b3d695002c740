"""Entities with a file: what their mains make, their routes on AWS, and what the function may do."""

from __future__ import annotations

from typing import Any

from cfnlint.decode import decode_str

from chariot_gen.plan.openapi.operations import path_items
from chariot_gen.plan.views.command import command_tests_view, command_view
from chariot_gen.plan.views.files import files_view, has_files
from chariot_gen.plan.views.local import local_backend_view, local_view
from chariot_gen.plan.views.openapi import entity_names
from stacks import backend, example, stacks

PHOTO = """\
entity: Photo
kind: table
description: A picture.
key: "#photo#{name}"
fields:
  username: { desc: Owner., example: a }
  name: { desc: Name., example: a, required: true }
storage: { bucket: { max_size: 2KB, types: [image/png, image/jpeg] } }
api: { entitlements: { update: conversation_ai } }
"""


def _stack(name: str, *specs: str) -> dict[str, Any]:
    nodes, problems = decode_str(stacks(backend(*specs))[name])
    assert not problems
    found: dict[str, Any] = nodes
    return found


def test_the_main_makes_a_store_whose_items_have_files_and_both_handlers() -> None:
    described = backend(PHOTO)
    view = command_view(described, described.entities[0])
    assert view.files
    assert view.literals.new_store == 'files.NewItems(app.NewItems[model.Photo](process), objects, "photo")'
    assert view.literals.new_handler == (
        "handlers.NewPhotoHandler(process.Tools(), items), handlers.NewPhotoFiles(items, objects)"
    )
    assert command_tests_view(described, described.entities[0]).files


def test_the_handlers_of_the_local_command_share_one_store() -> None:
    described = backend(PHOTO, example("key"))
    view = local_backend_view(described)
    assert [shelf.variable for shelf in view.shelves] == ["photoItems"]
    assert [handler.call for handler in view.handlers] == [
        "handlers.NewKeyHandler(process.Tools(), app.NewItems[model.Key](process))",
        "handlers.NewPhotoHandler(process.Tools(), photoItems)",
        "handlers.NewPhotoFiles(photoItems, objects)",
    ]
    assert view.parameters == "process *app.App, objects bucket.Bucket"
    assert local_view(described).files


def test_the_rules_of_files_are_those_of_the_spec() -> None:
    (rules,) = files_view(backend(PHOTO)).entities
    assert (rules.types, rules.max_bytes) == ('"image/png", "image/jpeg"', 2048)
    assert (rules.upload, rules.download) == ("auth.EntitlementConversationAI", "auth.EntitlementRead")


def test_the_function_reaches_the_files_of_its_own_entity_only() -> None:
    stack = _stack("cf-templates/photo_resources.yaml", PHOTO)
    function = stack["Resources"]["PhotoFunction"]["Properties"]
    assert function["Environment"]["Variables"]["BUCKET_NAME"] == {"Ref": "BucketName"}
    routes = {event["Properties"]["Path"] for event in function["Events"].values()}
    assert "/api/photo/{key}/file" in routes
    statements = stack["Resources"]["PhotoFunctionPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    granted = {statement["Sid"]: statement for statement in statements}
    (resource,) = granted["UseFiles"]["Resource"]
    assert resource["Fn::Sub"].endswith(":s3:::${BucketName}/*/photo/*")
    assert granted["UseFiles"]["Action"] == ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]


def test_the_bucket_is_closed_encrypted_versioned_and_kept() -> None:
    resources = _stack("cf-templates/data_resources.yaml", PHOTO)["Resources"]
    bucket = resources["Files"]
    assert bucket["DeletionPolicy"] == "Retain"
    assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    (statement,) = resources["FilesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_without_files_there_is_no_bucket() -> None:
    assert not has_files(backend(example("key")))
    assert "Files" not in _stack("cf-templates/data_resources.yaml", example("key"))["Resources"]
    assert "BucketName" not in _stack("template.yaml", example("key"))["Resources"]["KeyStack"]["Properties"]


def test_the_document_tells_what_a_file_may_be_and_every_failure() -> None:
    described = backend(PHOTO)
    entity = described.entities[0]
    items: dict[str, Any] = path_items(described, entity, entity_names(described, entity))
    upload = items["/api/photo/{key}/file"]["put"]
    schema = upload["requestBody"]["content"]["application/json"]["schema"]
    assert schema["properties"]["content_type"]["enum"] == ["image/png", "image/jpeg"]
    assert schema["properties"]["size"]["maximum"] == 2048
    assert set(upload["responses"]) == {
        "200", "400", "401", "403", "404", "413", "414", "415", "429", "500", "503", "504",
    }  # fmt: skip
