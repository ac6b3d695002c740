"""The emitted model package: one type a file, its companion, its tests and what they share."""

from chariot_gen.plan.views.model.companion import CustomView, custom_view
from chariot_gen.plan.views.model.mixins import mixins_used
from chariot_gen.plan.views.model.testing import ModelTestView, model_test_view
from chariot_gen.plan.views.model.view import ModelView, model_view

__all__ = [
    "CustomView",
    "ModelTestView",
    "ModelView",
    "custom_view",
    "mixins_used",
    "model_test_view",
    "model_view",
]
