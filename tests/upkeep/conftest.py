"""The same network of files as for `add`."""

from tests.intake.conftest import Network, network, open_web, slept, web

__all__ = ["Network", "network", "open_web", "slept", "web"]
