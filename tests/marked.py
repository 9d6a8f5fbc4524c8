"""A language in which every sentence of the suite carries a mark, as if a translator had done all of their work."""

import re
from contextlib import contextmanager
from unittest.mock import patch

from lxml import etree, html

from odoo.tools import SQL
from odoo.tools.translate import code_translations

LANG, MARK = "fr_FR", "¤"
MODULES = ("client_portal", "client_portal_docs")
_WORDS = re.compile(r"(^|>)([^<>]*[^\W\d_][^<>]*)")
_PLACES = ".//text()[not(ancestor::script or ancestor::style)] | .//@title | .//@aria-label | .//@placeholder"


class _Marked(dict):
    """Every sentence of the code, whichever is asked for."""

    def get(self, source, default=None):
        return MARK + source


@contextmanager
def marked(env):
    """Within it, pages in LANG have their templates, names and code translated."""
    env["res.lang"]._activate_lang(LANG)
    _mark_templates(env)
    _mark_names(env)
    env.registry.clear_all_caches()
    found = code_translations.get_python_translations

    def translated(module, lang):
        return _Marked() if module in MODULES and lang == LANG else found(module, lang)

    with patch.object(code_translations, "get_python_translations", translated):
        yield


def _mark_templates(env):
    """Those of pages and of mails."""
    pages, mails = (
        env[model].with_context(lang="en_US").browse(_ids(env, model)) for model in ("ir.ui.view", "mail.template")
    )
    for page in pages.filtered(lambda one: one.type == "qweb"):
        terms = page._fields["arch_db"].get_trans_terms(page.arch_db)
        if terms:
            page.update_field_translations("arch_db", {LANG: {term: _with_marks(term) for term in terms}})
    for mail in mails.filtered("body_html"):
        mail.update_field_translations("body_html", {LANG: _mail_with_marks(mail.body_html)})


def _mail_with_marks(text):
    """A mail is translated as a whole."""
    whole = html.fragment_fromstring(str(text), create_parent="div")
    for part in whole.iter(etree.Element):
        part.text, part.tail = (_with_marks(words) if words else words for words in (part.text, part.tail))
    return html.tostring(whole, encoding="unicode")


def _with_marks(text):
    return _WORDS.sub(rf"\1{MARK}\2", text)


def _mark_names(env):
    """What is stored with a name that can be translated: choices of fields, roles, kinds of document ..."""
    models = env["ir.model.data"].search([("module", "in", MODULES)]).mapped("model")
    for model in {one for one in models if one in env and one.startswith("client.")} | {"ir.model.fields.selection"}:
        for field in env[model]._fields.values():
            if field.translate is True and field.store:
                _mark_column(env, model, field.name)


def _mark_column(env, model, name):
    env.cr.execute(
        SQL(
            "UPDATE %(table)s SET %(name)s = %(name)s || jsonb_build_object(%(lang)s, %(mark)s || (%(name)s->>'en_US'))"
            " WHERE id = ANY(%(ids)s)",
            table=SQL.identifier(env[model]._table),
            name=SQL.identifier(name),
            lang=LANG,
            mark=MARK,
            ids=_ids(env, model),
        )
    )


def _ids(env, model):
    return env["ir.model.data"].search([("model", "=", model), ("module", "in", MODULES)]).mapped("res_id")


def unmarked(text, known, where="//*[contains(@class, 'cp-header') or contains(@class, 'cp-page')]"):
    """Words of a page of ours, its header included, that carry no mark.

    :param str text: source of the page
    :param known: compiled pattern of what is data, and of what is Odoo's own
    :param str where: XPath of the parts of it that are ours
    """
    parts = html.fromstring(text).xpath(where)
    words = {" ".join(word.split()) for part in parts for word in part.xpath(_PLACES)}
    return sorted(one for one in words if re.search(r"[^\W\d_]", one) and MARK not in one and not known.match(one))
