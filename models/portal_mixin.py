from werkzeug.urls import url_encode

from odoo import models


class PortalMixin(models.AbstractModel):
    """Addresses of a client's record are plain: whoever opens one signs in."""

    _inherit = "portal.mixin"

    def get_portal_url(self, suffix=None, report_type=None, download=None, query_string=None, anchor=None):
        if not self.env["client.door"]._guarded(self):
            return super().get_portal_url(suffix, report_type, download, query_string, anchor)
        if not self.env.su and not self.env.user._is_internal():
            self.check_access("read")  # whether there is such a record is nobody else's business
        params = {"report_type": report_type, "download": "true" if download else None}
        query = url_encode({key: value for key, value in params.items() if value})
        query = "&".join(part for part in (query, (query_string or "").strip("&?")) if part)
        return "".join(
            (
                self.access_url,
                suffix or "",
                f"?{query}" if query else "",
                f"#{anchor}" if anchor else "",
            )
        )

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        if not self.env["client.door"]._guarded(self):
            return super()._get_share_url(
                redirect=redirect, signup_partner=signup_partner, pid=pid, share_token=share_token
            )
        if redirect:
            return f"/mail/view?{url_encode({'model': self._name, 'res_id': self.id})}"
        return self.access_url
