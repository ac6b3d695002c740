"""The emitted verifier's keys and signatures against the vectors of Project Wycheproof."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tools import crate, go, go_environment, run

pytestmark = pytest.mark.compile

_TEST = Path(__file__).with_name("wycheproof_test.go")
_LINE = re.compile(r"VECTOR (?P<file>\S+)_test\.json (?P<id>\d+) (?P<result>\w+) (?P<accepted>true|false)")

# Signatures of the two algorithms, as a JWS carries them: the verifier decides as the vectors do.
OF_TOKENS = {
    "ecdsa_secp256r1_sha256_p1363": {("valid", True): 173, ("invalid", False): 89},
    "rsa_signature_2048_sha256": {("valid", True): 9, ("invalid", False): 249, ("acceptable", False): 1},
    "rsa_signature_3072_sha256": {("valid", True): 8, ("invalid", False): 250, ("acceptable", False): 1},
    "rsa_signature_4096_sha256": {("valid", True): 7, ("invalid", False): 250, ("acceptable", False): 1},
    "rsa_signature_8192_sha256": {("valid", True): 7, ("invalid", False): 250, ("acceptable", False): 1},
    # Points, each read as the JWK of a key. A compressed one has no form as a JWK.
    "ecdh_secp256r1_ecpoint": {("valid", True): 330, ("invalid", False): 24, ("acceptable", False): 1},
}
# Signatures that are good elsewhere: in ASN.1, of another hash, with another padding. None may pass.
OF_OTHERS = (
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp256r1_sha512_p1363",
    "rsa_signature_2048_sha512",
    "rsa_pss_2048_sha256_mgf1_32",
)


@pytest.fixture(scope="module")
def verdicts(
    examples: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Counter[tuple[str, bool]]]:
    """How often vectors of each result were accepted and refused, by file."""
    backend = tmp_path_factory.mktemp("wycheproof") / "backend"
    shutil.copytree(examples, backend)
    shutil.copy(_TEST, backend / "pkg" / "auth")
    data = crate("wycheproof", "0.7.0") / "src" / "data"
    files = os.pathsep.join(str(data / f"{name}_test.json") for name in (*OF_TOKENS, *OF_OTHERS))
    output = run(
        [go(), "test", "-count=1", "-v", "-run", "^TestWycheproof$", "./pkg/auth"],
        backend,
        {**go_environment(), "WYCHEPROOF": files},
    )
    found: dict[str, Counter[tuple[str, bool]]] = {}
    for line in _LINE.finditer(output):
        found.setdefault(line["file"], Counter())[line["result"], line["accepted"] == "true"] += 1
    return found


@pytest.mark.parametrize("name", OF_TOKENS)
def test_signatures_and_keys_of_tokens(name: str, verdicts: dict[str, Counter[tuple[str, bool]]]) -> None:
    assert verdicts[name] == OF_TOKENS[name]


@pytest.mark.parametrize("name", OF_OTHERS)
def test_signatures_of_other_kinds(name: str, verdicts: dict[str, Counter[tuple[str, bool]]]) -> None:
    assert [verdict for verdict in verdicts[name] if verdict[1]] == []
    assert verdicts[name].total() > 100
