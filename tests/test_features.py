"""Every feature, in English and Chinese, against the sample's real rule files."""

from pytest_bdd import scenarios

pytest_plugins = ["tests.steps.story", "tests.steps.deals", "tests.steps.time", "tests.steps.tasks"]

scenarios(".")
