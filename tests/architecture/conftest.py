"""The import graph of the core and the plugins, with third-party packages, built once."""

import grimp
import pytest

from tests.architecture.sources import PLUGIN_PACKAGES


@pytest.fixture(scope="session")
def imports() -> grimp.ImportGraph:
    """All imports, including those under TYPE_CHECKING and inside functions."""
    return grimp.build_graph("boss_bot_core", *PLUGIN_PACKAGES, include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="session")
def runtime_imports() -> grimp.ImportGraph:
    """The imports at run time, without those under TYPE_CHECKING."""
    return grimp.build_graph(
        "boss_bot_core",
        *PLUGIN_PACKAGES,
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )
