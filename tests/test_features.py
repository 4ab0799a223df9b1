"""Every feature, in English and Chinese, against the sample's real rule files."""

from pytest_bdd import scenarios

from tests.steps import STEPS

pytest_plugins = ["tests.steps.story", *STEPS]

scenarios(".")
