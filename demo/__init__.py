"""The demo world: a year of a service business and its clients, built through the ORM."""
