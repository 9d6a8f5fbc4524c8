import contextlib
import logging
import os

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class StorageFailed(UserError):
    """The storage took no file, or not all of it; none of it is kept."""

    http_status = 507


def no_room(env):
    return env._("The file could not be stored: there is no room for it. Please try again later.")


class IrAttachment(models.Model):
    """A disk that is full, or may not be written, says so in words and keeps no half of a file."""

    _inherit = "ir.attachment"

    def _get_path(self, bin_data, sha):
        with self._storing(bin_data, sha):
            return super()._get_path(bin_data, sha)

    def _file_write(self, bin_value, checksum):
        with self._storing(bin_value, checksum):
            return super()._file_write(bin_value, checksum)

    @contextlib.contextmanager
    def _storing(self, content, checksum):
        """:raise StorageFailed: nothing is kept"""
        try:
            yield
        except OSError as error:
            _logger.exception("A file of %s bytes could not be stored", len(content))
            self._drop_half(content, checksum)
            raise StorageFailed(no_room(self.env)) from error

    def _drop_half(self, content, checksum):
        """A file cut short would stand in the way of the same file sent again: its name is its digest."""
        path = self._full_path(f"{checksum[:2]}/{checksum}")
        with contextlib.suppress(OSError):
            if os.path.getsize(path) < len(content):
                os.remove(path)
