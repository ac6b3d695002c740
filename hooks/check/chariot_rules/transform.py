"""Run the SAM transform offline, as CloudFormation would on deployment."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

from samtranslator.parser.parser import Parser
from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.translator import Translator

__all__ = ["Refused", "is_sam", "transform"]

TRANSFORM = "AWS::Serverless-2016-10-31"
# What `sam package` replaces by an address in S3 before the transform sees it.
LOCAL = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
}
UPLOADED = {"Bucket": "bucket", "Key": "key"}
# A session that knows its region and nothing else: no credentials are looked for.
SESSION = SimpleNamespace(region_name="us-east-1")


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """The transform refused the template; ``causes`` pairs logical ids with reasons."""

    def __init__(self, causes: list[tuple[str, str]]) -> None:
        """Take what the transform objects to."""
        super().__init__("; ".join(reason for _, reason in causes))
        self.causes = causes


def is_sam(template: dict[str, Any]) -> bool:
    """Report whether CloudFormation would run the SAM transform."""
    wanted = template.get("Transform", [])
    return TRANSFORM in (wanted if isinstance(wanted, list) else [wanted])


def transform(template: dict[str, Any]) -> dict[str, Any]:
    """Return the template that is deployed; Refused says what the transform objects to."""
    packaged = _packaged(template)
    try:
        translated = Translator({}, Parser(), boto_session=SESSION).translate(packaged, {})
    except InvalidDocumentException as error:
        raise Refused([_cause(cause) for cause in error.causes]) from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise Refused([("", f"the SAM transform broke off: {type(error).__name__}: {error}")]) from error
    result: dict[str, Any] = translated
    return result


def _packaged(template: dict[str, Any]) -> dict[str, Any]:
    packaged = copy.deepcopy(template)
    for resource in packaged.get("Resources", {}).values():
        kind = resource.get("Type") if isinstance(resource, dict) else None
        properties = resource.get("Properties") if kind else None
        if not isinstance(properties, dict):
            continue
        uploaded = LOCAL.get(str(kind), "")
        if isinstance(properties.get(uploaded), str):
            properties[uploaded] = dict(UPLOADED)
        if kind == "AWS::Serverless::Application":
            properties["Location"] = "https://s3.amazonaws.com/bucket/template.yaml"
    return packaged


def _cause(error: Exception) -> tuple[str, str]:
    logical_id = getattr(error, "_logical_id", "")
    return (logical_id if isinstance(logical_id, str) else ""), str(getattr(error, "message", error))
