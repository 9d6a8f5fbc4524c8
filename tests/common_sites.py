"""What stands at the sites of the fixture, and what members put right about them; see ``common_records``."""

# key: (client, site, client_publish, company)
ASSETS = {
    "asset_a_one": ("a", "site_a_one", "auto", None),
    "asset_a_two": ("a", "site_a_two", "auto", None),
    "asset_a_whole": ("a", None, "auto", 1),
    "asset_a_hidden": ("a", "site_a_one", "no", None),
    "asset_a_company_two": ("a", "site_a_one", "auto", 2),
    "asset_b_one": ("b", "site_b_one", "auto", None),
    "asset_b_hidden": ("b", "site_b_one", "no", None),
    "asset_stock": ("stock", None, "auto", None),
}
# key: (site, proposer, client_publish); they lie on the page of their site and have none of their own
CORRECTIONS = {
    "correction_a_one": ("site_a_one", "administrator_a", "auto"),
    "correction_a_two": ("site_a_two", "requester_a", "auto"),
    "correction_a_hidden": ("site_a_one", "requester_a", "no"),
    "correction_b_one": ("site_b_one", "administrator_b", "auto"),
}


class SitesMixin:
    """Assets are among ``cls.records``; ``cls.<key>`` names assets and corrections."""

    @classmethod
    def _make_assets(cls):
        firms = {letter: cls.customer[letter].name.split()[0] for letter in ("a", "b", "stock")}
        kinds = cls.env["client.asset.kind"].create([{"name": f"{firm} pump"} for firm in firms.values()])
        kind_of = dict(zip(firms, kinds, strict=True))
        assets = cls.env["client.asset"].create(
            [
                {
                    "name": cls._title(key, client),
                    "kind_id": kind_of[client].id,
                    "serial": f"Serial of {cls._title(key, client)}",
                    "partner_id": cls.customer[client].id,
                    "client_site_id": cls._site_named(site).id,
                    "client_publish": publish,
                    "company_id": cls.company_of[company].id if company else False,
                    "description": "SECRET bearing worn",
                }
                for key, (client, site, publish, company) in ASSETS.items()
            ]
        )
        cls._keep(ASSETS, assets)

    @classmethod
    def _make_corrections(cls):
        made = cls.env["client.site.correction"].create(
            [
                {
                    "name": getattr(cls, site).name,
                    "site_id": getattr(cls, site).id,
                    "proposer_id": cls.users[proposer].id,
                    "client_publish": publish,
                    "old_values": {"street2": ""},
                    "new_values": {"street2": f"Gate {number}"},
                }
                for number, (site, proposer, publish) in enumerate(CORRECTIONS.values())
            ]
        )
        for key, correction in zip(CORRECTIONS, made, strict=True):
            setattr(cls, key, correction)
