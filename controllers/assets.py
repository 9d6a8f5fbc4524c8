from odoo.http import Controller, request, route

from .frame import member_page, render
from .gate import get_record, need
from .listing import listed

_PAGE = {"type": "http", "auth": "user", "website": True, "readonly": True}


class ClientAssets(Controller):
    """Assets of a member's clients."""

    @route(["/my/assets", "/my/assets/page/<int:page>"], **_PAGE)
    @member_page
    def client_assets(self, page=1, **query):
        need("see_jobs")
        return listed("client_portal.assets", "client.asset", "/my/assets", page, query)

    @route("/my/assets/<int:asset_id>", **_PAGE)
    def client_asset(self, asset_id, **kw):
        """The page, and what the code on a label opens: staff are led to the record."""
        if request.env.user._is_internal():
            return request.redirect(f"/odoo/action-client_portal.client_asset_action/{asset_id}")
        return self._client_asset(asset_id)

    @member_page
    def _client_asset(self, asset_id):
        asset = get_record("client.asset", asset_id)
        values = {**asset._client_facts(), "page_name": "sites"}
        return render("client_portal.asset", values, company=asset.company_id)
