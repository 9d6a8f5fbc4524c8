from odoo.http import Controller, route

from .frame import member_page, render
from .gate import get_record


class ClientAssets(Controller):
    """Assets of a member's clients."""

    @route("/my/assets/<int:asset_id>", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_asset(self, asset_id, **kw):
        asset = get_record("client.asset", asset_id)
        values = {**asset._client_facts(), "page_name": "assets"}
        return render("client_portal.asset", values, company=asset.company_id)
