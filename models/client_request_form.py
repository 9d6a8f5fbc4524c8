import uuid
from datetime import date

from odoo import Command, api, models
from odoo.exceptions import UserError

from .client_request_type import ASKABLE

TITLE_MAX, TEXT_MAX, DATES = 120, 5000, 3


class RequestRefused(UserError):
    """A form that cannot be taken as it is; says what is wrong with which field."""

    def __init__(self, message, errors=None, http_status=422):
        super().__init__(message)
        self.errors = errors or {}
        self.http_status = http_status


class ClientRequestForm(models.AbstractModel):
    """The form of a request: what it asks, and what was typed into it.

    ``sent`` is everywhere what came with the form, plain text trusted in no way: title, site,
    asset, text, dates (list), urgency, only, key, staged (list of ids of files sent before).
    """

    _name = "client.request.form"
    _description = "Form of a request"

    # ------------------------------------------------------------------- what is asked

    @api.model
    def _asks(self, member, kind):
        """How each field is asked of this member: {field: 'no', 'optional' or 'required'}.

        A member with listed sites names one of them, whatever the kind says: a job without a
        site would be out of their own sight.
        """
        asks = {name: kind[f"ask_{name}"] for name in ASKABLE}
        if not member.all_sites:
            asks["site"] = "required"
        elif not member._client_request_sites():
            asks["site"] = "no"
        if asks["asset"] != "no" and not member._client_request_assets():
            asks["asset"] = "no"
        return asks

    @api.model
    def _values(self, member, kind, sent, staged, errors=()):
        """Everything the page shows, as plain values.

        :param member: client.member (sudo), whose request it becomes
        :param kind: client.request.type (sudo)
        :param dict sent: what was typed, when the form comes back; else empty
        :param staged: ir.attachment sent before (sudo, the member's own)
        :param dict errors: field -> what is wrong with it
        """
        asks, sites = self._asks(member, kind), member._client_request_sites()
        chosen = sent.get("site") or (str(sites.id) if len(sites) == 1 else "")
        dates = [*(sent.get("dates") or []), "", "", ""][:DATES]
        return {
            "kind": kind._client_card(member),
            "action": kind._client_url(member),
            "client_name": member.client_id.name,
            "key": sent.get("key") or uuid.uuid4().hex,
            "asks": asks,
            "title": sent.get("title", ""),
            "text": sent.get("text", ""),
            "sites": [{"id": site.id, "name": site.name, "chosen": str(site.id) == chosen} for site in sites],
            "assets": self._assets(member, sent.get("asset") or "") if asks["asset"] != "no" else [],
            "dates": dates,
            "today": self.env["client.words"]._today().isoformat(),
            "urgencies": self._urgencies(sent.get("urgency") or "normal"),
            "only": sent.get("only") == "me",
            "staged": self.env["client.upload"]._rows(staged),
            "limits": self.env["client.upload"]._limits(),
            "errors": dict(errors),
        }

    @api.model
    def _assets(self, member, chosen):
        """[{'id', 'name', 'site', 'chosen'}]; with the site a script can leave out those of others."""
        assets = member._client_request_assets(chosen)
        places = assets._client_places()
        return [
            {
                "id": asset.id,
                "name": assets._client_details(asset.name, asset.serial, places[asset.id]),
                "site": asset.client_site_id.id or "",
                "chosen": str(asset.id) == chosen,
            }
            for asset in assets
        ]

    @api.model
    def _urgencies(self, chosen):
        labels = self.env["project.task"]._fields["client_urgency"]._description_selection(self.env)
        return [{"value": value, "label": label, "chosen": value == chosen} for value, label in labels]

    # ------------------------------------------------------------------- what was typed

    @api.model
    def _read(self, member, kind, sent, files):
        """Values of the task, from what was typed.

        :param files: ir.attachment that came along
        :raise RequestRefused: with a word for every field that is wrong
        """
        asks, errors = self._asks(member, kind), {}
        site = self._site(member, sent, asks["site"], errors)
        vals = {
            "client_title": self._title(sent, errors),
            "client_request_text": self._text(sent, asks["description"], errors),
            **self._place(member, sent, asks["asset"], site, errors),
            "client_request_dates": self._dates(sent, asks["dates"], errors),
            "client_urgency": self._urgency(sent, asks["urgency"], errors),
            "client_only_user_id": member.user_id.id if sent.get("only") == "me" else False,
        }
        if asks["files"] == "required" and not files:
            errors["files"] = self.env._("Please add a photo or a file.")
        if errors:
            raise RequestRefused(self.env._("Please look at the marked fields. Nothing you typed is lost."), errors)
        return vals

    @api.model
    def _title(self, sent, errors):
        title = " ".join((sent.get("title") or "").split())
        if not title:
            errors["title"] = self.env._("Please say in a few words what it is about.")
        elif len(title) > TITLE_MAX:
            errors["title"] = self.env._("Please keep this below %s characters.", TITLE_MAX)
        return title

    @api.model
    def _text(self, sent, asked, errors):
        text = (sent.get("text") or "").strip() if asked != "no" else ""
        if asked == "required" and not text:
            errors["text"] = self.env._("Please describe what you need.")
        elif len(text) > TEXT_MAX:
            errors["text"] = self.env._("Please keep this below %s characters, or add it as a file.", TEXT_MAX)
        return text

    @api.model
    def _site(self, member, sent, asked, errors):
        """Id of the site, one of the member's own, or False."""
        if asked == "no":
            return False
        sites, typed = member._client_request_sites(), sent.get("site") or ""
        site = sites.filtered(lambda one: str(one.id) == typed)
        if typed and not site:
            errors["site"] = self.env._("Please choose one of your sites.")
        elif asked == "required" and not site:
            errors["site"] = self.env._("Please choose the site.")
        return site.id

    @api.model
    def _place(self, member, sent, asked, site_id, errors):
        """Site and asset of the task. An asset tells its site; of another site than the chosen one it is none."""
        typed = (sent.get("asset") or "") if asked != "no" else ""
        asset = member._client_request_assets(typed).filtered(lambda one: str(one.id) == typed)
        where = asset.client_site_id.id
        if typed and not asset:
            errors["asset"] = self.env._("Please choose one of your assets.")
        elif where and site_id and where != site_id:
            errors["asset"] = self.env._("This asset is at another site.")
        elif asked == "required" and not asset:
            errors["asset"] = self.env._("Please choose the asset.")
        if where and "site" in errors and not sent.get("site"):
            del errors["site"]
        return {"client_site_id": site_id or where, "client_asset_ids": [Command.set(asset.ids)]}

    @api.model
    def _dates(self, sent, asked, errors):
        """ISO dates, earliest first, or False."""
        typed = [text for text in (sent.get("dates") or []) if text][:DATES] if asked != "no" else []
        try:
            dates = sorted({date.fromisoformat(text) for text in typed})
        except ValueError:
            errors["dates"] = self.env._("Please write dates like 2030-12-31.")
            return False
        if dates and dates[0] < self.env["client.words"]._today():
            errors["dates"] = self.env._("Please choose days that are still to come.")
        elif asked == "required" and not dates:
            errors["dates"] = self.env._("Please propose at least one day.")
        return [day.isoformat() for day in dates] or False

    @api.model
    def _urgency(self, sent, asked, errors):
        if asked == "no":
            return False
        typed = sent.get("urgency") or ""
        known = dict(self.env["project.task"]._fields["client_urgency"].selection)
        if (typed and typed not in known) or (asked == "required" and not typed):
            errors["urgency"] = self.env._("Please say how urgent it is.")
            return False
        return typed or "normal"
