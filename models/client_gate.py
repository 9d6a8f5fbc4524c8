from werkzeug.exceptions import NotFound


class ClientNotFound(NotFound):
    """The one refusal of the boundary.

    Raised alike for a record that is missing, foreign, unpublished or not allowed, so
    that nobody can tell them apart.
    """
