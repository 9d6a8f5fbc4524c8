"""The plain text of a mail about updates: each line with its address below it, as one reads a list."""

import re

from lxml import html

from odoo import models

_SECOND = "data-second"
_BLOCKS = ("p", "div", "tr", "table")
_GAPS = re.compile(r"\n\s*\n\s*\n+")


def letter_text(body):
    """Plain text of a letter; an address stands below the words that lead to it.

    :param str body: HTML of a mail made by the templates of ``client_notification_letter.py``
    :rtype: str
    """
    root = html.fragment_fromstring(body, create_parent="div")
    links = list(root.iter("a"))
    for link, after in zip(links, [*links[1:], None], strict=True):
        url, words = link.get("href") or "", " ".join(link.text_content().split())
        if after is not None and _same_line(link, after):
            shown = words  # the button behind the line says where to
        elif link.get(_SECOND):
            shown = f"\n{url}\n"
        else:
            shown = words if url.removeprefix("mailto:") == words else f"{words}\n{url}\n"
        link.tail = shown + (link.tail or "")
        link.drop_tree()
    for part in root.iter(*_BLOCKS):
        part.tail = "\n" + (part.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().replace("\N{BLACK CIRCLE}", "\n* ").split("\n"))
    joined = re.sub(r"^\*\n+", "* ", "\n".join(lines), flags=re.MULTILINE)
    joined = re.sub(r"\n+(https?://)", r"\n\1", joined)
    joined = re.sub(r"\n+(\(\d+\))", r" \1", joined)
    return _GAPS.sub("\n\n", joined).strip()


def _same_line(link, after):
    """Whether the next link is the button of this one; marks it as such."""
    rows = (next(one.iterancestors("tr"), None) for one in (link, after))
    same = after.get("href") == link.get("href") and len({*rows}) == 1
    if same:
        after.set(_SECOND, "1")
    return same


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        results = super()._prepare_outgoing_list(*args, **kwargs)
        if (self.headers or "").find("List-Unsubscribe-Post") >= 0 and not self.model:
            for values in results:
                values["body_alternative"] = letter_text(values["body"])
        return results
