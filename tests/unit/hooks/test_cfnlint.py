"""What the CloudFormation gate notices: each promise of the templates, broken one at a time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from chariot_gen.resources import hooks_root
from stacks import backend, example, write_stacks

HOOK = hooks_root() / "check" / "cfnlint"
ENTITY = "cf-templates/new_entity_resources.yaml"
DATA = "cf-templates/data_resources.yaml"
API = "cf-templates/api_resources.yaml"
ROOT = "template.yaml"
Edit = Callable[[str], str]
Findings = Callable[..., list[dict[str, object]]]


@pytest.fixture
def emitted(tmp_path: Path) -> Path:
    write_stacks(backend(example("key"), example("new_entity"), example("technology")), tmp_path)
    return tmp_path


def run(
    root: Path, *paths: str, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(HOOK), str(root), *paths],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture
def findings(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Findings:
    """Return the hook as a function: a process for each case would only import again."""
    monkeypatch.syspath_prepend(str(HOOK.parent))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    loader = SourceFileLoader("cfnlint_hook", str(HOOK))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    hook = module_from_spec(spec)
    loader.exec_module(hook)

    def start(root: Path, *paths: str) -> list[dict[str, object]]:
        code = hook.main([str(root), *paths])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return [json.loads(line) for line in printed.out.splitlines()]

    return start


def replace(old: str, new: str) -> Edit:
    """Return an edit that must find what it replaces."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return edit


def remove(pattern: str) -> Edit:
    """Return an edit that must find what it removes."""

    def edit(text: str) -> str:
        changed, count = re.subn(pattern, "", text, flags=re.MULTILINE)
        assert count
        return changed

    return edit


def resource(text: str) -> Edit:
    """Return an edit that adds a resource."""
    return replace("\nOutputs:\n", f"\n{text}\nOutputs:\n")


def both(first: Edit, second: Edit) -> Edit:
    return lambda text: second(first(text))


SECURITY_GROUP = """\
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: A group
      VpcId: vpc-12345678
"""
EGRESS = """\
      SecurityGroupEgress:
        - Description: Anywhere
          IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
"""
ADDRESS = """\
  Address:
    Type: AWS::Lambda::Url
    Properties:
      AuthType: NONE
      TargetFunctionArn: !GetAtt NewEntityFunction.Arn
"""
QUEUE = """\
  Jobs:
    Type: AWS::SQS::Queue
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      VisibilityTimeout: {visibility}
{redrive}
  Dead:
    Type: AWS::SQS::Queue
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete

  JobsMapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Jobs.Arn
      FunctionName: !Ref NewEntityFunction
"""
REDRIVE = """\
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Dead.Arn
        maxReceiveCount: 3
"""
DEPTH = """\
  DeadAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions:
        - Name: QueueName
          Value: !GetAtt Dead.QueueName
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions:
        - !Ref AlarmTopicArn
"""
OPENED = "            put:\n              security: []\n"
AUTHORIZED = "            Auth:\n              Authorizer: CognitoAuthorizer\n"
OPEN = "            Auth:\n              Authorizer: NONE\n"
SCOPED = "            Auth:\n              AuthorizationScopes:\n                - chariot/read\n"
TTL = r"^      TimeToLiveSpecification:\n(?:        .*\n)+"

BREAKS = {
    "an open method": (
        ENTITY,
        replace(f"            Method: put\n{AUTHORIZED}", f"            Method: put\n{OPEN}"),
        "CG1001",
    ),
    "no authorisation at all": (
        ENTITY,
        both(both(replace(AUTHORIZED, ""), replace(OPEN, "")), remove(r"^      Auth:\n(?:        .*\n)+")),
        "CG1001",
    ),
    "an API key instead of an authorizer": (
        ENTITY,
        replace(AUTHORIZED, f"{OPEN}              ApiKeyRequired: true\n"),
        "CG1001",
    ),
    "an open method of the one API": (
        API,
        replace("            put:\n              security:\n                - Bearer: []\n", OPENED),
        "CG1001",
    ),
    "no web ACL": (ENTITY, remove(r"^  NewEntityWebAclAssociation:\n(?:    .*\n)+"), "CG1002"),
    "an open function URL": (ENTITY, resource(ADDRESS), "CG1003"),
    "open egress": (ENTITY, resource(SECURITY_GROUP + EGRESS), "CG1004"),
    "egress by default": (ENTITY, resource(SECURITY_GROUP), "CG1004"),
    "no alarms": (ENTITY, remove(r"^  NewEntity\w+Alarm:\n(?:    .*\n)+"), "CG2001"),
    "no alarm on the API": (ENTITY, remove(r"^  NewEntityServerErrorsAlarm:\n(?:    .*\n)+"), "CG2002"),
    "an alarm on another function": (
        ENTITY,
        replace("          Value: !Ref NewEntityFunction\n", "          Value: other\n"),
        "CG2001",
    ),
    "a mute alarm": (DATA, remove(r"^      AlarmActions:\n.*\n"), "CG2003"),
    "a message seen twice": (
        ENTITY,
        resource(QUEUE.format(visibility=5, redrive=REDRIVE) + "\n" + DEPTH),
        "CG2004",
    ),
    "no dead letter queue": (
        ENTITY,
        resource(QUEUE.format(visibility=60, redrive="") + "\n" + DEPTH),
        "CG2004",
    ),
    "dead letters that nobody sees": (
        ENTITY,
        resource(QUEUE.format(visibility=60, redrive=REDRIVE)),
        "CG2004",
    ),
    "no expiry": (DATA, remove(TTL), "CG3001"),
    "a table that goes with its stack": (
        DATA,
        replace("    DeletionPolicy: Retain\n", "    DeletionPolicy: Delete\n"),
        "CG3002",
    ),
    "a wildcard action": (
        ENTITY,
        replace("              - dynamodb:GetItem\n", "              - dynamodb:*\n"),
        "CG4001",
    ),
    "all actions but one": (
        ENTITY,
        replace("            Action: kms:Decrypt\n", "            NotAction: kms:Encrypt\n"),
        "CG4001",
    ),
    "every resource": (
        ENTITY,
        replace("            Resource: !Ref KeyArn\n", '            Resource: "*"\n'),
        "CG4002",
    ),
    "logs kept for ever": (ENTITY, replace("      RetentionInDays: !Ref LogRetentionDays\n", ""), "CG5001"),
    "logs as text": (ENTITY, replace("        LogFormat: JSON\n", "        LogFormat: Text\n"), "CG5001"),
    "another architecture": (ENTITY, replace("        - arm64\n", "        - x86_64\n"), "CG6001"),
    "a runtime that is gone": (ENTITY, replace("provided.al2023", "go1.x"), "E2531"),
    "an unknown property": (ENTITY, replace("      Tracing: Active\n", "      Tracking: Active\n"), "E3002"),
    "what only the transform refuses": (
        ENTITY,
        both(
            replace("        DefaultAuthorizer: CognitoAuthorizer\n", ""),
            replace(OPEN, SCOPED),
        ),
        "SAM",
    ),
    "broken YAML": (ENTITY, replace("Parameters:\n", "Parameters: [\n"), "E0000"),
    "a parameter that is not passed on": (ROOT, remove(r"^        WebAclArn: .*\n"), "CG9001"),
    "a parameter that nobody takes": (ROOT, replace("        WebAclArn:", "        WebAcl:"), "CG9001"),
    "an output that does not exist": (
        ROOT,
        replace("Data.Outputs.TableName", "Data.Outputs.Table"),
        "CG9001",
    ),
    "a nested template that is not there": (
        ROOT,
        replace("new_entity_resources.yaml", "old_entity_resources.yaml"),
        "CG9001",
    ),
}


def test_what_is_emitted_is_clean(findings: Findings, emitted: Path) -> None:
    assert findings(emitted, ROOT, DATA, ENTITY, "cf-templates/key_resources.yaml") == []


@pytest.mark.parametrize("case", BREAKS)
def test_each_broken_promise_is_noticed(findings: Findings, emitted: Path, case: str) -> None:
    path, edit, rule = BREAKS[case]
    (emitted / path).write_text(edit((emitted / path).read_text()))
    found = [finding for finding in findings(emitted, path) if finding["rule"] == rule]
    assert found, f"{rule} did not notice {case}"
    for finding in found:
        assert finding["path"] == path
        assert finding["severity"] == ("warning" if rule == "CG4002" else "error")
        assert finding["line"] != 1, "the finding is not led back to the file"


def test_what_only_the_transformed_template_shows_is_led_back_to_the_file(
    findings: Findings, emitted: Path
) -> None:
    path, edit, _ = BREAKS["a message seen twice"]
    text = edit((emitted / path).read_text())
    (emitted / path).write_text(text)
    (finding,) = (finding for finding in findings(emitted, path) if finding["rule"] == "E3505")
    assert str(finding["message"]).startswith("after the SAM transform: ")
    assert text.splitlines()[int(str(finding["line"])) - 1] == "      VisibilityTimeout: 5"


@pytest.mark.parametrize(
    "shape", ["", "[]", "Resources: 7", "Resources:\n  A: []", "Parameters:\nResources: {}"]
)
def test_a_template_of_any_shape_gets_an_answer(findings: Findings, emitted: Path, shape: str) -> None:
    for transform in ("", "Transform: AWS::Serverless-2016-10-31\n"):
        (emitted / DATA).write_text(f"{transform}{shape}\n")
        assert any(finding["path"] == DATA for finding in findings(emitted, DATA))


def test_an_open_method_is_reported_at_its_event(findings: Findings, emitted: Path) -> None:
    path, edit, _ = BREAKS["an open method"]
    text = edit((emitted / path).read_text())
    (emitted / path).write_text(text)
    (finding,) = findings(emitted, path)
    line = text.splitlines()[int(str(finding["line"])) - 1]
    assert line == "        Update:"
    assert finding["column"] == 9
    assert "PUT /api/newentity/{key} has no authorizer" in str(finding["message"])


def test_a_resource_with_a_reason_silences_a_rule_for_itself_only(findings: Findings, emitted: Path) -> None:
    for name in ("cf-templates/key_resources.yaml", ENTITY):
        text = (emitted / name).read_text().replace("        - arm64\n", "        - x86_64\n")
        if name == ENTITY:
            text = text.replace("            - WS1004\n", "            - WS1004\n            - CG6001\n")
        (emitted / name).write_text(text)
    found = findings(emitted, "cf-templates/key_resources.yaml", ENTITY)
    assert [(finding["path"], finding["rule"]) for finding in found] == [
        ("cf-templates/key_resources.yaml", "CG6001")
    ]


def test_the_root_is_looked_at_when_only_a_nested_template_changed(findings: Findings, emitted: Path) -> None:
    text = (emitted / ENTITY).read_text()
    (emitted / ENTITY).write_text(text.replace("  ApiUrl:\n", "  Address:\n"))
    assert [(finding["path"], finding["rule"]) for finding in findings(emitted, ENTITY)] == [(ROOT, "CG9001")]


def test_other_files_are_not_looked_at(findings: Findings, emitted: Path) -> None:
    (emitted / "cf-templates" / "notes.md").write_text("- a: [")
    (emitted / "deploy.yaml").write_text("a: [")
    assert findings(emitted, "cf-templates/notes.md", "deploy.yaml", "cf-templates/gone.yaml") == []


def test_the_order_of_the_paths_does_not_matter(emitted: Path) -> None:
    (emitted / ENTITY).write_text(
        (emitted / ENTITY).read_text().replace("        - arm64\n", "        - x86_64\n")
    )
    (emitted / DATA).write_text((emitted / DATA).read_text().replace("Enabled: true", "Enabled: false"))
    forward = run(emitted, ENTITY, DATA, PYTHONHASHSEED="1").stdout
    assert forward.count("\n") > 1
    assert run(emitted, DATA, ENTITY, PYTHONHASHSEED="2").stdout == forward


def test_no_credentials_or_settings_of_aws_are_needed(emitted: Path) -> None:
    done = run(emitted, ENTITY, AWS_PROFILE="nobody", AWS_CONFIG_FILE="/nowhere", AWS_DEFAULT_REGION="")
    assert (done.returncode, done.stdout) == (0, "")


def test_without_its_libraries_the_hook_says_what_to_install(emitted: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden" / "cfnlint"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('no cfn-lint here')\n")
    done = run(emitted, ENTITY, PYTHONPATH=str(hidden.parent))
    assert done.returncode == 2
    assert "pip install 'cfn-lint" in done.stderr


def test_without_arguments_the_hook_says_how_it_is_used() -> None:
    done = subprocess.run([sys.executable, str(HOOK)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage" in done.stderr
