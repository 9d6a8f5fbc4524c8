from . import gate
from . import frame
from . import listing
from . import workspace
from . import jobs
from . import quotes
from . import invoices
from . import conversation
