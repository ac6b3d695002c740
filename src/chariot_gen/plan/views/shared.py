"""The shared packages of a backend: the files that are the same for all but the module path.

They are generated, never merged. Nothing about an entity may enter them.
"""

from __future__ import annotations

import msgspec

from chariot_gen.model.backend import Backend

__all__ = ["CHARIOT_FILES", "HTTP_FILES", "SharedView", "shared_view"]

# What serves entities under the contract chariot.
CHARIOT_FILES: tuple[str, ...] = (
    "pkg/handler/absent.go",
    "pkg/handler/absent_test.go",
    "pkg/handler/chariot/chariot.go",
    "pkg/handler/chariot/collection.go",
    "pkg/handler/chariot/collection_test.go",
    "pkg/handler/chariot/list.go",
    "pkg/handler/chariot/list_test.go",
    "pkg/handler/chariot/offset.go",
    "pkg/handler/chariot/parameters.go",
    "pkg/handler/chariot/read.go",
    "pkg/handler/chariot/search.go",
    "pkg/handler/chariot/search_test.go",
    "pkg/handler/respond/keyed.go",
    "pkg/handler/respond/keyed_test.go",
    "pkg/store/after.go",
    "pkg/store/after_test.go",
)

# What serves requests: packages from the error envelope up to the Lambda adapter.
HTTP_FILES: tuple[str, ...] = (
    "pkg/apierror/apierror.go",
    "pkg/apierror/apierror_test.go",
    "pkg/apierror/code.go",
    "pkg/app/app.go",
    "pkg/app/app_test.go",
    "pkg/app/caller_test.go",
    "pkg/app/items.go",
    "pkg/app/off_test.go",
    "pkg/app/traced.go",
    "pkg/app/traced_test.go",
    "pkg/commandtest/commandtest.go",
    "pkg/commandtest/commandtest_test.go",
    "pkg/config/bucket.go",
    "pkg/config/bucket_test.go",
    "pkg/config/config.go",
    "pkg/config/config_test.go",
    "pkg/config/env.go",
    "pkg/config/graph.go",
    "pkg/config/graph_test.go",
    "pkg/handler/batch.go",
    "pkg/handler/batch_test.go",
    "pkg/handler/failure.go",
    "pkg/handler/handler.go",
    "pkg/handler/list.go",
    "pkg/handler/list_test.go",
    "pkg/handler/respond/decode.go",
    "pkg/handler/respond/decode_test.go",
    "pkg/handler/respond/error.go",
    "pkg/handler/respond/null.go",
    "pkg/handler/respond/null_test.go",
    "pkg/handler/respond/patch.go",
    "pkg/handler/respond/patch_test.go",
    "pkg/handler/respond/respond.go",
    "pkg/handler/respond/respond_test.go",
    "pkg/handler/respond/strict.go",
    "pkg/handler/version.go",
    "pkg/idempotency/dynamodb.go",
    "pkg/idempotency/handler.go",
    "pkg/idempotency/handler_test.go",
    "pkg/idempotency/idempotency.go",
    "pkg/idempotency/memory.go",
    "pkg/idempotency/store_test.go",
    "pkg/lambdahttp/lambdahttp.go",
    "pkg/lambdahttp/lambdahttp_test.go",
    "pkg/lambdahttp/request.go",
    "pkg/lambdahttp/response.go",
    "pkg/lambdahttp/response_test.go",
    "pkg/middleware/account.go",
    "pkg/middleware/account_test.go",
    "pkg/middleware/authentication.go",
    "pkg/middleware/authentication_test.go",
    "pkg/middleware/cors.go",
    "pkg/middleware/cors_test.go",
    "pkg/middleware/headers.go",
    "pkg/middleware/logging.go",
    "pkg/middleware/middleware.go",
    "pkg/middleware/middleware_test.go",
    "pkg/middleware/ratelimit.go",
    "pkg/middleware/ratelimit_test.go",
    "pkg/middleware/recorder.go",
    "pkg/middleware/recovery.go",
    "pkg/middleware/requestid.go",
    "pkg/middleware/timeout.go",
    "pkg/middleware/tracing.go",
    "pkg/middleware/tracing_test.go",
    "pkg/observability/context.go",
    "pkg/observability/logger.go",
    "pkg/observability/metrics.go",
    "pkg/observability/observability_test.go",
    "pkg/pagetoken/pagetoken.go",
    "pkg/pagetoken/pagetoken_test.go",
    "pkg/ratelimit/local.go",
    "pkg/ratelimit/ratelimit.go",
    "pkg/ratelimit/ratelimit_test.go",
    "pkg/ratelimit/shared.go",
    "pkg/registry/model.go",
    "pkg/registry/model_test.go",
    "pkg/registry/registry.go",
    "pkg/registry/registry_test.go",
    "pkg/registry/unmarshal.go",
    "pkg/server/router.go",
    "pkg/server/server.go",
    "pkg/server/server_test.go",
    "pkg/server/session_test.go",
    "pkg/tracing/off.go",
    "pkg/tracing/off_test.go",
    "pkg/tracing/otlp.go",
    "pkg/tracing/otlp_test.go",
    "pkg/tracing/tracing.go",
    "pkg/tracing/tracing_test.go",
    "pkg/validation/checker.go",
    "pkg/validation/pattern.go",
    "pkg/validation/storable.go",
    "pkg/validation/validation.go",
    "pkg/validation/validation_test.go",
)


class SharedView(msgspec.Struct, frozen=True):
    """What a shared file knows of its backend."""

    module: str


def shared_view(backend: Backend) -> SharedView:
    """Return the view that every shared file is printed with."""
    return SharedView(module=backend.settings.module)
