"""Invoices, credit notes and payments, posted with their real dates."""

from odoo.fields import Command


def events(book, client):
    """Every invoice and every payment.

    :return: list of (moment, play), `play` takes a Book at that moment
    """
    found = []
    for invoice in client.invoices:
        play = _credit(client, invoice) if invoice.credits else _post(client, invoice)
        found.append((book.past(invoice.day, "16:00"), play))
        if invoice.paid is not None:
            found.append((book.past(invoice.paid, "10:30"), _pay(client, invoice)))
    return found


def _vals(book, client, invoice, kind):
    order = book.get(f"quote_{client.key}_{invoice.quote}")
    line = order.order_line.filtered("product_id").sorted(lambda row: abs(row.price_unit - invoice.amount))[:1]
    day = book.day(invoice.day)
    return {
        "move_type": kind,
        "partner_id": order.partner_id.id,
        "partner_shipping_id": order.partner_shipping_id.id,
        "company_id": order.company_id.id,
        "invoice_user_id": order.user_id.id,
        "invoice_date": day,
        "invoice_date_due": book.day(invoice.due if invoice.due is not None else invoice.day + 30),
        "invoice_origin": order.name,
        "ref": invoice.words,
        "narration": False,
        "invoice_line_ids": [
            Command.create(
                {
                    "product_id": line.product_id.id,
                    "name": invoice.words,
                    "quantity": invoice.quantity,
                    "price_unit": invoice.amount,
                    "tax_ids": [Command.clear()],
                    "sale_line_ids": [Command.set(line.ids)],
                }
            )
        ],
    }


def _post(client, invoice):
    def play(book):
        name = f"invoice_{client.key}_{invoice.key}"
        move = book.make(name, "account.move", _vals(book, client, invoice, "out_invoice"))
        if not invoice.draft and move.state == "draft":
            move.action_post()

    return play


def _credit(client, invoice):
    """A credit note; it is set off against the invoice it corrects when that is paid."""

    def play(book):
        name = f"invoice_{client.key}_{invoice.key}"
        move = book.make(name, "account.move", _vals(book, client, invoice, "out_refund"))
        move.action_post()
        _receivable(move + book.get(f"invoice_{client.key}_{invoice.credits}")).reconcile()

    return play


def _receivable(moves):
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled)


def _pay(client, invoice):
    """The whole rest, by bank transfer."""

    def play(book):
        move = book.get(f"invoice_{client.key}_{invoice.key}")
        wizard = book.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids)
        wizard.create({"payment_date": book.day(invoice.paid)})._create_payments()

    return play
