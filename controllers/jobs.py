from odoo.http import request, route

from odoo.addons.project.controllers.portal import ProjectCustomerPortal

from .frame import member_get, member_page, render
from .gate import get_record, governed, need
from .listing import listed

_SHARED = {"readonly": member_get}


class ClientJobs(ProjectCustomerPortal):
    """Jobs and projects of a member; stock's task pages lead here."""

    @route(["/my/jobs", "/my/jobs/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_jobs(self, page=1, **query):
        need("see_jobs")
        return listed("client_portal.jobs", "project.task", "/my/jobs", page, query)

    @route("/my/jobs/<int:job_id>", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_job(self, job_id, message="", **kw):
        job = get_record("project.task", job_id)
        values = {**job._client_facts(), **job._client_talk(), "message": message, "page_name": "jobs"}
        return render("client_portal.job", values, company=job.company_id)

    @route("/my/jobs/<int:job_id>/completion", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_job_completion(self, job_id, **kw):
        job = get_record("project.task", job_id, kind="download")
        return job._client_completion_file().get_response(as_attachment=True)

    @route(**_SHARED)
    def portal_my_projects(self, page=1, **kw):
        return self._client_projects(page, kw) if governed() else super().portal_my_projects(page=page, **kw)

    @member_page
    def _client_projects(self, page, query):
        need("see_jobs")
        return listed("client_portal.projects", "project.project", "/my/projects", page, query)

    @route(**_SHARED)
    def portal_my_project(self, project_id=None, **kw):
        return self._client_project(project_id) if governed() else super().portal_my_project(project_id, **kw)

    @member_page
    def _client_project(self, project_id):
        project = get_record("project.project", project_id)
        values = {**project._client_facts(), **project._client_talk(), "page_name": "projects"}
        return render("client_portal.project", values, company=project.company_id)

    @route("/my/projects/updates/<int:update_id>", type="http", auth="user", website=True, readonly=True)
    @member_page
    def client_project_update(self, update_id, **kw):
        update = get_record("project.update", update_id)
        values = {**update._client_facts(), "page_name": "projects"}
        return render("client_portal.project_update", values, company=update.company_id)

    # stock's addresses of tasks

    @route(**_SHARED)
    def portal_my_tasks(self, **kw):
        return request.redirect("/my/jobs") if governed() else super().portal_my_tasks(**kw)

    @route(**_SHARED)
    def portal_my_task(self, task_id, **kw):
        return request.redirect(f"/my/jobs/{task_id}") if governed() else super().portal_my_task(task_id, **kw)

    @route(**_SHARED)
    def portal_my_project_task(self, project_id=None, task_id=None, **kw):
        if governed():
            return request.redirect(f"/my/jobs/{task_id}")
        return super().portal_my_project_task(project_id, task_id, **kw)

    @route(**_SHARED)
    def portal_my_project_subtasks(self, project_id, task_id, **kw):
        if governed():
            return request.redirect(f"/my/jobs/{task_id}")
        return super().portal_my_project_subtasks(project_id, task_id, **kw)

    @route(**_SHARED)
    def portal_my_project_recurrent_tasks(self, project_id, task_id, **kw):
        if governed():
            return request.redirect(f"/my/jobs/{task_id}")
        return super().portal_my_project_recurrent_tasks(project_id, task_id, **kw)

    @route(**_SHARED)
    def render_project_backend_view(self, project_id, subpath=None):
        if governed():
            return request.redirect(f"/my/projects/{project_id}")
        return super().render_project_backend_view(project_id, subpath=subpath)
