from . import client_access_report
