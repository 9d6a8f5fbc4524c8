from . import certificates
from . import documents
from . import proof
from . import photos
from . import uploads
from . import drop
