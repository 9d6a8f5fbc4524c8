import base64
import io
import re

from PIL import Image

from odoo import models, tools
from odoo.tools import html2plaintext

_HEX = re.compile(r"^#([0-9a-fA-F]{6})$")
_DARK = (27, 31, 42)
_WHITE = (255, 255, 255)
_ODOO = "#875a7b"  # what Odoo colours mails with where nobody chose
_PLAIN = "#2f5d50"


def _luminance(rgb):
    """Relative luminance as WCAG defines it."""
    parts = [(c / 255) / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _readable(rgb):
    """``rgb`` darkened until it can be read as text on the portal's light ground."""
    while _contrast(rgb, (246, 247, 249)) < 4.5:
        rgb = tuple(int(part * 0.9) for part in rgb)
    return rgb


def _accents(color):
    """The accent, the text on it and the accent as text, each with a contrast of 4.5; {} for what is no colour."""
    match = _HEX.match(color or "")
    if not match:
        return {}
    rgb = tuple(bytes.fromhex(match[1]))
    ink = max(_WHITE, _DARK, key=lambda tone: _contrast(rgb, tone))
    names = {"accent": rgb, "accent-ink": ink, "accent-text": _readable(rgb)}
    return {name: f"#{bytes(tone).hex()}" for name, tone in names.items()}


class ResCompany(models.Model):
    """The operator's look on the pages and in mails."""

    _inherit = "res.company"

    def _client_style(self):
        """CSS variables of the operator's accent colour, '' to keep the theme's primary.

        Text on the accent and the accent as text keep a contrast of 4.5, whatever colour
        the operator chose.
        """
        names = _accents(self.sudo().primary_color)  # the look is on every letterhead
        return "".join(f"--cp-{name}: {color};" for name, color in names.items())

    def _client_mail_look(self):
        """Name, mark and colours of mails: those of the portal, unless staff chose some for mails alone.

        :return: {'name', 'logo': address or '', 'wordmark', 'accent', 'accent-ink', 'accent-text'}
        """
        company = self.sudo()  # the look is on every letterhead
        own = company.email_secondary_color
        color = own if own and own.lower() != _ODOO else company.primary_color
        logo = company._client_logo()
        return {
            "name": company.name,
            "logo": logo and company.get_base_url() + logo["url"] or "",
            "wordmark": bool(logo) and logo["wordmark"],
            **(_accents(color) or _accents(_PLAIN)),
        }

    def _client_logo(self):
        """The operator's own mark: {'url', 'wordmark'}, None while it is still Odoo's.

        A wide logo spells the name itself; beside a square one the name is written.
        """
        company = self.sudo()  # the logo is on every letterhead
        if company.uses_default_logo:
            return None
        width, height = company._client_logo_size()
        return {"url": f"/logo.png?company={company.id}", "wordmark": width > 1.6 * height}

    @tools.ormcache("self.id", "self.write_date")
    def _client_logo_size(self):
        """(width, height) of the logo, decoded once per change of the company."""
        try:
            with Image.open(io.BytesIO(base64.b64decode(self.logo_web or b""))) as logo:
                return logo.size
        except (OSError, ValueError):  # no picture, or none Pillow knows (SVG)
            return (1, 1)

    def _client_letterhead(self):
        """What stands on the company's paper where Odoo's own layout cannot be printed.

        :return: {'name', 'logo': bytes or None, 'details', 'footer', 'color', 'format'}
        """
        company = self.sudo()  # all of it is on every letterhead
        details = html2plaintext(company.company_details or "").strip()
        return {
            "name": company.name,
            "logo": None if company.uses_default_logo else base64.b64decode(company.logo or b"") or None,
            "details": details or company.partner_id._display_address().strip(),
            "footer": html2plaintext(company.report_footer or "").strip(),
            "color": company.primary_color if _HEX.match(company.primary_color or "") else "#5a6275",
            "format": company.paperformat_id.format or "A4",
        }
