"""AWS as moto plays it, in one process: a table, secrets, and a user pool whose tokens are signed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from processes import accepts, free_port, running

__all__ = ["Cloud", "moto"]

REGION = "us-east-1"
_PAGE_TOKENS = "page-tokens"
_PASSWORD = "Correct-horse-1-battery"


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where the services are, and the user pool that was made in them."""

    url: str
    pool: str
    client: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that uses these services, and accepts the pool's tokens."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "JWT_ISSUER": f"https://cognito-idp.{REGION}.amazonaws.com/{self.pool}",
            "JWT_CLIENT_ID": self.client,
            "PAGE_TOKEN_SECRET_NAME": _PAGE_TOKENS,
            "RATE_LIMIT_SHARED": "true",
            "JWKS_URL": f"{self.url}/{self.pool}/.well-known/jwks.json",
        }

    def api(self, service: str) -> Any:
        """Return boto3's client of a service."""
        return _api(self.url, service)

    def table(self, name: str, indexes: dict[str, str] | None = None) -> str:
        """Make a table for items, with indexes of attributes of these types, and return its name."""
        types = {"username": "S", "key": "S", **(indexes or {})}
        found = [
            {"IndexName": each, "KeySchema": _keys(each), "Projection": {"ProjectionType": "ALL"}}
            for each in indexes or {}
        ]
        self.api("dynamodb").create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": each, "AttributeType": kind} for each, kind in types.items()
            ],
            KeySchema=_keys("key"),
            **({"GlobalSecondaryIndexes": found} if found else {}),
        )
        return name

    def bucket(self, name: str) -> str:
        """Make a bucket for files and return its name."""
        self.api("s3").create_bucket(Bucket=name)
        return name

    def secret(self, name: str, value: str) -> str:
        """Keep a secret and return its name."""
        self.api("secretsmanager").create_secret(Name=name, SecretString=value)
        return name

    def token(self, user: str, *groups: str) -> str:
        """Return an access token of a user, who is made and put into groups first."""
        pool = self.api("cognito-idp")
        with contextlib.suppress(pool.exceptions.UsernameExistsException):
            pool.admin_create_user(UserPoolId=self.pool, Username=user)
        pool.admin_set_user_password(UserPoolId=self.pool, Username=user, Password=_PASSWORD, Permanent=True)
        for group in groups:
            with contextlib.suppress(pool.exceptions.GroupExistsException):
                pool.create_group(UserPoolId=self.pool, GroupName=group)
            pool.admin_add_user_to_group(UserPoolId=self.pool, Username=user, GroupName=group)
        answer = pool.initiate_auth(
            ClientId=self.client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": _PASSWORD},
        )
        token: str = answer["AuthenticationResult"]["AccessToken"]
        return token


@contextlib.contextmanager
def moto(log: Path) -> Iterator[Cloud]:
    """Run moto with an empty user pool."""
    port = free_port()
    command = (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port)
    with running(command, lambda: accepts(port), log):
        url = f"http://127.0.0.1:{port}"
        pools = _api(url, "cognito-idp")
        pool = pools.create_user_pool(PoolName="backend")["UserPool"]["Id"]
        client = pools.create_user_pool_client(
            UserPoolId=pool, ClientName="test", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
        )
        cloud = Cloud(url, pool, client["UserPoolClient"]["ClientId"])
        cloud.secret(_PAGE_TOKENS, "s" * 64)
        yield cloud


def _keys(sorted_by: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": "username", "KeyType": "HASH"},
        {"AttributeName": sorted_by, "KeyType": "RANGE"},
    ]


def _api(url: str, service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
