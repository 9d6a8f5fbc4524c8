"""Who can see this? Asked of the real rules, as each user, never guessed from roles."""

from odoo import api, models
from odoo.fields import Domain

NAMED = 2  # people named in the one line on a page


class ClientShown(models.AbstractModel):
    _inherit = "client.shown"

    @api.model
    def _client_as(self, user):
        """This model as ``user`` would meet it in a request: own rights, own companies.

        :param user: res.users
        """
        eyes = self.browse().with_user(user)
        return eyes.with_context(allowed_company_ids=list(eyes.env.user._get_company_ids()))

    @api.model
    def _client_eyes(self, users):
        """Group users whose rules are word for word the same, so that each view is asked once.

        :param users: res.users
        :return: list of (this model as one of them, res.users of the group)
        """
        groups = {}
        for user in users.filtered("active"):
            eyes = self._client_as(user)
            if eyes.has_access("read"):
                rules = repr(self._client_view_of(eyes.env["ir.rule"]._compute_domain(self._name, "read")))
                first, others = groups.get(rules, (eyes, user.browse()))
                groups[rules] = (first, others | user)
        return list(groups.values())

    @api.model
    def _client_view_of(self, rules):
        """Rules without what they say of records meant for one person, so that alike views compare alike."""
        return Domain(rules).map_conditions(lambda c: Domain.TRUE if c.field_expr == self._client_only_field else c)

    @api.model
    def _client_count_as(self, users, domain):
        """How many records of ``domain`` each user sees, one query per different view.

        :rtype: dict[int, int] by user id
        """
        counts = dict.fromkeys(users.ids, 0)
        for eyes, group in self._client_eyes(users):
            counts.update(dict.fromkeys(group.ids, eyes.search_count(domain)))
        return counts

    def _client_audience(self):
        """The people who can see each record, with the reason in plain words.

        :return: {record id: [{'member', 'user', 'name', 'short', 'reason', 'last'}]}; member and
            user are sudo records for the caller's use, the rest are plain values
        """
        members = self._client_audience_members(self.sudo()._client_owner())  # the scope, read to ask the rules
        opened = self.env["client.access"]._last_opened(self)
        audience = {record.id: [] for record in self}
        of_client = members.grouped("client_id")
        for eyes, users in self._client_eyes(members.user_id):
            for record in self.browse(eyes.search([("id", "in", self.ids)]).ids):
                client = record.sudo()._client_owner()  # its scope, as above
                audience[record.id] += [
                    {**record._client_reason(member), "last": opened.get((record.id, member.user_id.id))}
                    for member in of_client.get(client, ())
                    if member.user_id in users
                ]
        for people in audience.values():
            people.sort(key=lambda p: (p["member"].role_id.sequence, p["name"]))
        return audience

    def _client_audience_members(self, clients):
        """Members who might see these records (sudo: names for people who may see them)."""
        return clients.sudo().client_member_ids  # as said; the page counts them, too

    def _client_reason(self, member):
        """Why ``member`` sees this record: 'Approver, all sites', 'Viewer, site Coastal Reserve'."""
        role = member.role_id.name
        sites = self.sudo()._client_sites() & member.site_ids  # inside the member's scope
        site = "" if member.all_sites else ", ".join(sites.sorted("name").mapped("name"))
        if member.all_sites:
            reason = self.env._("%(role)s, all sites", role=role)
        else:
            reason = self.env._("%(role)s, site %(site)s", role=role, site=site)
        name = member.user_id.name
        short = f"{name} ({', '.join(filter(None, (role, site)))})"
        return {"member": member, "user": member.user_id, "name": name, "short": short, "reason": reason}

    def _client_audience_card(self):
        """The line of names and what it unfolds to, plain values for members of the same client."""
        self.ensure_one()
        words = self.env["client.words"]
        people = self._client_audience()[self.id]
        names = ", ".join(person["short"] for person in people[:NAMED])
        more = len(people) - NAMED
        manages = self.env["client.access"]._client_manages(self.sudo()._client_owner().id)  # whose the page is
        return {
            "journal": f"/my/access?of={self._name}&id={self.id}" if manages else "",
            "line": self.env._("%(names)s and %(count)s more", names=names, count=more) if more > 0 else names,
            "people": [
                {
                    "name": person["name"],
                    "initials": words._initials(person["name"]),
                    "reason": person["reason"],
                    "last": words._day(words._local(person["last"]).date()) if person["last"] else "",
                }
                for person in people
            ],
        }
