"""Project updates of the fixture, one line each; see ``common_records.py``."""

# key: (project, client_publish)
PROJECT_UPDATES = {
    "update_a_one": ("project_a_one", "yes"),
    "update_a_two": ("project_a_two", "yes"),
    "update_a_whole": ("project_a_whole", "yes"),
    "update_a_unpublished": ("project_a_one", "auto"),
    "update_a_withdrawn": ("project_a_one", "no"),
    "update_a_project_hidden": ("project_a_hidden", "yes"),
    "update_a_company_two": ("project_a_company_two", "yes"),
    "update_b_one": ("project_b_one", "yes"),
    "update_b_unpublished": ("project_b_one", "auto"),
    "update_stock": ("project_stock", "yes"),
}


class ProjectUpdatesMixin:
    """Builds them on the projects of the fixture."""

    @classmethod
    def _make_project_updates(cls):
        updates = cls.env["project.update"].create(
            [
                {
                    "name": "SECRET review",
                    "description": "SECRET margin",
                    "client_title": f"{cls.records[project].name.split()[0]} {key.replace('_', '-')}.",
                    "client_text": "It is going well.",
                    "project_id": cls.records[project].id,
                    "status": "at_risk",
                    "progress": 40,
                    "client_publish": publish,
                }
                for key, (project, publish) in PROJECT_UPDATES.items()
            ]
        )
        cls._keep(PROJECT_UPDATES, updates)
