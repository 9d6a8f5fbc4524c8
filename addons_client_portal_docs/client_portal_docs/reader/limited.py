"""A process of its own for one file: a file made to hurt its reader hurts nobody else.

Started by ``models/client_reader.py`` and by nothing else. What it is asked comes as JSON on its standard input, what
the reader finds goes to its standard output as it is found: whoever ends this process has what was found until then.
"""

import contextlib
import importlib
import json
import sys
from pathlib import Path

UNREADABLE = 3  # exit status of a file that is not what it says


def main():
    asked = json.load(sys.stdin)
    sys.path[:] = [str(Path(__file__).parent), *asked["python_path"]]
    _limit(asked["memory"], asked["seconds"])
    try:
        importlib.import_module(asked["reader"]).read(asked, sys.stdout.buffer)
    except Exception as stumbled:  # whatever a reader of a broken file stumbles over
        sys.exit(getattr(stumbled, "exit_status", UNREADABLE))


def _limit(memory, seconds):
    """What this process may use at most; the system ends it beyond."""
    with contextlib.suppress(ImportError):  # no such limits on Windows: there only the time is watched, from outside
        import resource

        limits = (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)
        for what, wanted in limits:
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (wanted if hard < 0 else min(wanted, hard), hard))


if __name__ == "__main__":
    main()
