import babel.units

from odoo import api, models
from odoo.tools import babel_locale_parse
from odoo.tools.misc import get_lang

from . import client_map_layout as layout

# drawings: name -> (width, height) in pixels. A page holds the wide and the narrow one; screens show one
SIZES = {"wide": (1080, 320), "narrow": (360, 280), "small": (320, 180)}
PAGE, CARD = ("wide", "narrow"), ("small",)
_NAMED = 6  # sites a mark names before it counts
_METRIC = [("length-meter", 1), ("length-kilometer", 1000)]
_IMPERIAL = [("length-foot", 0.3048), ("length-mile", 1609.344)]
_MILES = {"US", "GB", "LR", "MM"}  # where people measure in them


class ClientMap(models.AbstractModel):
    """A map of sites, drawn on the page itself.

    Nothing is fetched from anywhere, unless an administrator names a server of map tiles: then
    browsers load the tiles under the positions from there.
    """

    _name = "client.map"
    _description = "Map of sites"

    @api.model
    def _values(self, places, sizes=PAGE, around="/my/sites?"):
        """What the template draws, or None where no site has a position.

        :param list places: what ``res.partner._client_map_places`` gives
        :param sizes: names of SIZES
        :param str around: address of the list that a mark of several sites narrows; without, such a mark
            leads where the first of its places does
        :return: {'drawings': [...], 'label', 'credit', 'tones'} or None
        """
        if not places:
            return None
        tiles = self._tile_address()
        return {
            "drawings": [self._drawing(places, size, around, tiles) for size in sizes],
            "label": self._label(len(places)),
            "credit": self._parameter("map_credit") if tiles else "",
            "tones": self._tones({place["tone"] for place in places}) if sizes == PAGE else [],
        }

    @api.model
    def _label(self, count):
        return self.env._("Map with 1 site") if count == 1 else self.env._("Map with %s sites", count)

    @api.model
    def _drawing(self, places, size, around, tiles):
        """One drawing: plain numbers and words."""
        width, height = SIZES[size]
        drawn = layout.layout(places, width, height)
        bar = layout.scale(drawn, self._units())
        return {
            "size": size,
            "width": width,
            "height": height,
            "marks": [self._mark(mark, around) for mark in drawn["marks"]],
            "tiles": [{**tile, "href": self._tile(tiles, tile)} for tile in layout.tiles(drawn)] if tiles else [],
            "grid": "" if tiles else self._grid(width, height),
            "bar": bar and {"pixels": bar["pixels"], "label": self._distance(bar["count"], bar["name"])},
        }

    @api.model
    def _mark(self, mark, around):
        places = mark["places"]
        one = len(places) == 1
        url = places[0]["url"]
        if url and around and not one:
            box = ",".join(f"{side:.6f}" for side in mark["box"])
            url = f"{around}&box={box}".replace("?&", "?")
        return {
            **{key: mark[key] for key in ("x", "y", "r", "tone", "label")},
            "count": "" if one else len(places),
            "url": url,
            "title": self._title(places),
        }

    @api.model
    def _title(self, places):
        """What a mark says: the site and how things stand there, or which sites."""
        if len(places) == 1:
            return ": ".join(part for part in (places[0]["name"], places[0]["note"]) if part)
        names, more = ", ".join(place["name"] for place in places[:_NAMED]), len(places) - _NAMED
        return self.env._("%(names)s and %(count)s more", names=names, count=more) if more > 0 else names

    @api.model
    def _grid(self, width, height, step=40):
        """Faint lines, so that empty ground reads as a map."""
        across = "".join(f"M0 {y}H{width}" for y in range(step // 2, height, step))
        return across + "".join(f"M{x} 0V{height}" for x in range(step // 2, width, step))

    @api.model
    def _tones(self, used):
        """The marks explained: [{'tone', 'label'}], none where all are alike."""
        labels = {
            "warning": self.env._("something waits for you"),
            "accent": self.env._("work under way"),
            "muted": self.env._("no open jobs"),
        }
        return [{"tone": tone, "label": label} for tone, label in labels.items() if tone in used and len(used) > 1]

    # ----------------------------------------------------------------- distances

    @api.model
    def _locale(self):
        return babel_locale_parse(get_lang(self.env).code)

    @api.model
    def _units(self):
        return _IMPERIAL if self._locale().territory in _MILES else _METRIC

    @api.model
    def _distance(self, count, unit):
        """'2 km', '500 ft', as the reader's country writes it."""
        return babel.units.format_unit(count, unit, length="short", locale=self._locale())

    # --------------------------------------------------------------------- tiles

    @api.model
    def _parameter(self, name):
        return self.env["ir.config_parameter"].sudo().get_param(f"client_portal.{name}") or ""  # a setting

    @api.model
    def _tile_address(self):
        """Address of tiles with {z}, {x} and {y} in it; empty unless an administrator set one."""
        address = self._parameter("map_tiles").strip()
        return address if self._tiles_fit(address) else ""

    @api.model
    def _tiles_fit(self, address):
        """Whether this can be an address of map tiles.

        :rtype: bool
        """
        return address.startswith("https://") and all(f"{{{part}}}" in address for part in "zxy")

    @api.model
    def _tile(self, address, tile):
        for part in "zxy":
            address = address.replace(f"{{{part}}}", str(tile[part]))
        return address
