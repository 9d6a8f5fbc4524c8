import io
import zipfile
from pathlib import PurePath

from markupsafe import Markup

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

# what a file's content says -> the endings that may stand on its name
TYPES = {
    "image/jpeg": {".jpg", ".jpeg"},
    "image/png": {".png"},
    "image/gif": {".gif"},
    "image/webp": {".webp"},
    "image/heic": {".heic", ".heif"},
    "application/pdf": {".pdf"},
    f"{_OFFICE}wordprocessingml.document": {".docx"},
    f"{_OFFICE}spreadsheetml.sheet": {".xlsx"},
    f"{_OFFICE}presentationml.presentation": {".pptx"},
    f"{_ODF}text": {".odt"},
    f"{_ODF}spreadsheet": {".ods"},
    f"{_ODF}presentation": {".odp"},
    "application/msword": {".doc"},
    "application/vnd.ms-excel": {".xls"},
    "application/vnd.ms-powerpoint": {".ppt"},
    "text/plain": {".txt", ".csv", ".md", ".log"},
    "video/mp4": {".mp4", ".m4v", ".mov"},
    "video/quicktime": {".mov"},
}
# beginnings that Odoo's own guess does not know
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
_MP4 = (b"ftypisom", b"ftypiso2", b"ftypmp41", b"ftypmp42", b"ftypavc1", b"ftypM4V ")
_MARKUP = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml", b"<?php", b"<body", b"<iframe")
_SIZE = "client_portal.upload_megabytes"
# of the entry that says what an OpenDocument file is; longer ones are none
_LONGEST_TYPE = 256
# what an archive may hold: whoever looks for words in it unpacks it in memory
_MOST_ENTRIES, _MOST_UNPACKED = 20_000, 4  # files, and times the largest size of an upload


class UploadRefused(UserError):
    """A file that may not come in; says which and why."""

    http_status = 415

    def __init__(self, message, http_status=415):
        super().__init__(message)
        self.http_status = http_status


class ClientUpload(models.AbstractModel):
    """What files may come in from outside: told by what they are, not by their name."""

    _name = "client.upload"
    _description = "Files from clients"

    @api.model
    def _limit(self):
        """Largest allowed size in bytes."""
        parameter = self.env["ir.config_parameter"].sudo()  # a number of our own
        try:
            return int(float(parameter.get_param(_SIZE, 25)) * 1024 * 1024)
        except ValueError:
            return 25 * 1024 * 1024

    @api.model
    def _check(self, name, content):
        """Refuse what is too large, of no allowed type, or not what its name says.

        :param str name: file name as sent
        :param bytes content: the whole file
        :return: the type by content
        :rtype: str
        :raise UploadRefused: in words for the person who chose the file
        """
        if not content:
            raise UploadRefused(self.env._("“%s” is empty.", name))
        if len(content) > self._limit():
            raise UploadRefused(
                self.env._(
                    "“%(name)s” is too large. Files may have up to %(size)s MB.",
                    name=name,
                    size=f"{round(self._limit() / 1024 / 1024, 2):g}",
                ),
                413,
            )
        kind = self._kind(content)
        if kind not in TYPES:
            raise UploadRefused(
                self.env._(
                    "“%s” is not a kind of file we take. Photos, PDF, Office documents, text and video are fine.", name
                )
            )
        if PurePath(name or "").suffix.lower() not in TYPES[kind]:
            raise UploadRefused(self.env._("“%s” is not what the end of its name says. Please save it again.", name))
        return kind

    @api.model
    def _check_stream(self, file):
        """``_check`` for a file of a request, of which no more is read than allowed.

        :param file: werkzeug FileStorage; read from its start afterwards
        """
        content = file.read(self._limit() + 1)
        file.seek(0)
        return self._check(file.filename, content)

    @api.model
    def _check_mail(self, msg_dict):
        """Leave out of a member's mail what may not come in, and say so in it.

        :param dict msg_dict: as of the mail gateway
        """
        kept, refused = [], []
        for attachment in msg_dict.get("attachments") or ():
            name, content = attachment[:2]
            try:
                self._check(name, content.encode() if isinstance(content, str) else content)
                kept.append(attachment)
            except UploadRefused as refusal:
                refused.append(str(refusal))
        if refused:
            body = Markup(msg_dict.get("body") or "") + self._refusal_lines(refused)
            msg_dict.update(attachments=kept, body=body)

    @api.model
    def _refusal_lines(self, refused):
        """Why files were left out, below the words they came with."""
        return Markup("").join(Markup("<p><em>%s</em></p>") % words for words in refused)

    @api.model
    def _check_held(self, message):
        """``_check_mail`` for a mail that was held: what may not come in stays a file of staff on the record.

        :param message: mail.message (sudo) that clients are about to read
        """
        refused = {}
        for file in message.attachment_ids:
            try:
                self._check(file.name, file.raw)
            except UploadRefused as refusal:
                refused[file.id] = str(refusal)
        if refused:
            body = Markup(message.body or "") + self._refusal_lines(refused.values())
            message.write({"attachment_ids": [Command.unlink(number) for number in refused], "body": body})

    @api.model
    def _kind(self, content):
        """Type of a file by its content; empty for everything that could run.

        :rtype: str
        """
        if content[4:12] in _HEIC:
            return "image/heic"
        if content[4:12] in _MP4:
            return "video/mp4"
        if content[4:10] == b"ftypqt":
            return "video/quicktime"
        if content[:2] == b"PK":
            return self._kind_of_zip(content)
        if self._is_text(content):
            return "text/plain"
        kind = guess_mimetype(content)
        return "" if kind in ("text/plain", "application/octet-stream") else kind

    @api.model
    def _kind_of_zip(self, content):
        """Office documents are archives; one that carries macros or is only an archive is none."""
        if content.count(b"PK\x01\x02") > _MOST_ENTRIES:
            return ""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
                unpacked = sum(entry.file_size for entry in archive.infolist())
                label = archive.NameToInfo.get("mimetype")
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return ""
        if unpacked > _MOST_UNPACKED * self._limit():
            return ""
        # Odoo's guess unpacks this entry; its standard has it stored as it is, and short
        if label and (label.compress_type != zipfile.ZIP_STORED or label.file_size > _LONGEST_TYPE):
            return ""
        if any("vbaproject" in name.lower() or "macro" in name.lower() for name in names):
            return ""
        kind = guess_mimetype(content)
        return kind if kind.startswith((_OFFICE, _ODF)) else ""

    @api.model
    def _is_text(self, content):
        """Readable text without markup that a browser would run."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return False
        if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text[:4096]):
            return False
        head = content[:4096].lower()
        return not head.startswith((b"mz", b"#!", b"%pdf")) and not any(mark in head for mark in _MARKUP)
