"""The mailbox keeps what smtplib sends, as it was sent."""

import smtplib
from email.message import EmailMessage

from tools.mailbox import Mailbox


def test_a_mail_arrives(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "Grüße"
    message.set_content("line\n.dot\n")
    with Mailbox(tmp_path) as mailbox:
        with smtplib.SMTP("127.0.0.1", mailbox.port) as client:
            client.send_message(message)
            client.send_message(message)
        first, _second = mailbox.messages()
    assert (first["Subject"], first.get_content()) == ("Grüße", "line\n.dot\n")
