"""The shared Go files that reach out of the process: stores, HTTP client, secrets, AWS clients."""

from __future__ import annotations

__all__ = ["DATA_FILES"]

DATA_FILES: tuple[str, ...] = (
    "pkg/awsclient/awsclient.go",
    "pkg/awsclient/awsclient_test.go",
    "pkg/httpclient/auth.go",
    "pkg/httpclient/auth_test.go",
    "pkg/httpclient/client.go",
    "pkg/httpclient/client_test.go",
    "pkg/httpclient/errors.go",
    "pkg/httpclient/request.go",
    "pkg/httpclient/response.go",
    "pkg/httpclient/retry.go",
    "pkg/httpclient/retry_test.go",
    "pkg/secrets/manager.go",
    "pkg/secrets/manager_test.go",
    "pkg/secrets/secrets.go",
    "pkg/secrets/secrets_test.go",
    "pkg/store/codec.go",
    "pkg/store/codec_test.go",
    "pkg/store/dynamodb.go",
    "pkg/store/dynamodb_integration_test.go",
    "pkg/store/dynamodb_test.go",
    "pkg/store/fake_test.go",
    "pkg/store/memory.go",
    "pkg/store/memory_test.go",
    "pkg/store/store.go",
    "pkg/store/storetest/items.go",
    "pkg/store/storetest/lists.go",
    "pkg/store/storetest/storetest.go",
    "pkg/store/storetest/storetest_test.go",
    "pkg/store/token.go",
)
