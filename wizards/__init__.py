from . import base_partner_merge
from . import client_audience
from . import client_invite_wizard
from . import client_make_wizard
from . import client_make_wizard_line
from . import portal_share
from . import portal_wizard
from . import project_share_wizard
