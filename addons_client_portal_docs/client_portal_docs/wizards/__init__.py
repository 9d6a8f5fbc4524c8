from . import client_share_wizard
