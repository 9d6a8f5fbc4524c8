"""Whole numbers, as addresses and forms say them."""

import re

_WHOLE = re.compile("[0-9]{1,9}")


def whole_number(text, default=0):
    """The number somebody typed or an address holds.

    Digits of other scripts are none, and neither is anything longer than an id can be.

    :param text: trusted in no way; a form may send a file in place of words
    :rtype: int
    """
    return int(text) if isinstance(text, str) and _WHOLE.fullmatch(text) else default
