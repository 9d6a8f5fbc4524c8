"""What must not change while the matrices try things, and a cheap way to notice that it did."""

KEEPS = (
    "project_project",
    "project_task",
    "project_milestone",
    "sale_order",
    "sale_order_line",
    "account_move",
    "account_move_line",
    "account_analytic_line",
    "calendar_event",
    "purchase_order",
    "mail_activity",
    "mail_message",
    "mail_followers",
    "mail_message_reaction",
    "ir_attachment",
    "res_partner",
    "res_users",
    "payment_transaction",
    "payment_token",
    "rating_rating",
)
# the suite's own tables are kept as well, but for what counts requests and notes who looked
OWN_BOOKS = ("client_throttle", "client_access")


class WatchMixin:
    """``watch``, then ask whether anything ``changed``; for tests with an ``env``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "SELECT c.relname, c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'"
            " WHERE c.relkind = 'r' AND (c.relname = ANY(%s) OR c.relname LIKE 'client\\_%%') AND c.relname != ALL(%s)",
            [list(KEEPS), list(OWN_BOOKS)],
        )
        cls._kept = dict(cls.env.cr.fetchall())

    def watch(self):
        """Note how things stand. Costs next to nothing as long as nobody has written anything."""
        touched = self._touched()
        if touched != getattr(self, "_touched_then", None):
            self._touched_then, self._digest_then = touched, self._digest()

    def changed(self):
        """Whether anything is not as it was at the last ``watch``."""
        return self._touched() != self._touched_then and self._digest() != self._digest_then

    def _touched(self):
        """How many rows this transaction has written, what was rolled back since included."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)) FROM unnest(%s::oid[]) oid",
            [list(self._kept.values())],
        )
        return self.env.cr.fetchone()[0]

    def _digest(self):
        """A digest of every kept table."""
        parts = [f"SELECT '{name}', md5(string_agg(t::text, '|' ORDER BY id)) FROM {name} t" for name in self._kept]
        self.env.cr.execute(" UNION ALL ".join(parts))
        return dict(self.env.cr.fetchall())
