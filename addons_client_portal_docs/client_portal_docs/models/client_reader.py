"""Files from outside are read outside this process and with limits: see ``reader/limited.py``."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import odoo.addons

_STARTER = Path(__file__).parent.parent / "reader" / "limited.py"
SECONDS = 60  # on one file
MEMORY = 1024**3
_STARTING = 20  # seconds beyond, for a machine that is busy with other things


def read_outside(reader, asked, most_bytes, seconds=SECONDS, memory=MEMORY):
    """What a reader finds in a file.

    :param str reader: module beside the starter, which has a function ``read``
    :param dict asked: what it needs to know
    :param int most_bytes: of its answer
    :return: (what it answered until its end, its exit status: 0 for all of it, None when its time was over)
    """
    about = {
        "reader": reader,
        "seconds": seconds,
        "memory": memory,
        "python_path": sys.path,
        "addons_path": list(odoo.addons.__path__),
    }
    with tempfile.TemporaryFile() as answer:
        try:
            status = subprocess.run(
                [sys.executable, "-I", str(_STARTER)],  # without what this server's environment knows
                input=json.dumps({**asked, **about}).encode(),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds + _STARTING,
                env={},
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            status = None
        answer.seek(0)
        return answer.read(most_bytes), status
