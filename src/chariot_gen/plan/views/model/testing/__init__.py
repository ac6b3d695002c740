"""The emitted tests of a model: tables of rows, each shown to be true before it is written."""

from chariot_gen.plan.views.model.testing.view import ModelTestView, model_test_view

__all__ = ["ModelTestView", "model_test_view"]
