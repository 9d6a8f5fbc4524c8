from . import client_access_report
from . import client_completion_report
