from . import test_document
from . import test_document_bytes
from . import test_document_hostile
from . import test_document_share
from . import test_document_size
from . import test_document_approval
from . import test_document_reading
from . import test_document_reading_pages
