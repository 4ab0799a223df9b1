"""The shell: use cases, each one transaction. The doors (command line, web) call these and nothing below them.

A use case reads, asks the core, writes, commits. It holds no policy: what is allowed and what it leads to stands in the
rule files, how it is computed in `engine.core`.
"""

from engine.app.dealwright import Dealwright, RulesRefused, open_dealwright

__all__ = ["Dealwright", "RulesRefused", "open_dealwright"]
