import { registry } from "@web/core/registry";

const PHOTOS = ["Canon_40D.jpg", "image01551.jpg"];

/** Choose files as a person would, of real bytes. */
async function choose(input, names, make) {
    const files = new DataTransfer();
    for (const name of names) {
        files.items.add(await make(name));
    }
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function photo(name) {
    const answer = await fetch(`/client_portal/static/tests/photos/${name}`);
    return new File([await answer.blob()], name, { type: "image/jpeg" });
}

const ours = { send: XMLHttpRequest.prototype.send, fetch: window.fetch };

/** The next transfer of a file breaks off. */
function breakTransfer() {
    XMLHttpRequest.prototype.send = function () {
        XMLHttpRequest.prototype.send = ours.send;
        this.dispatchEvent(new ProgressEvent("loadend"));
    };
}

/** Nobody is reached, until somebody is. */
function goOffline(offline) {
    window.fetch = offline ? () => Promise.reject(new TypeError("offline")) : ours.fetch;
}

/**
 * A member raises a request with two photos; a program that pretends to be a photo is refused at once. What breaks
 * off is sent once more, and a form without a connection stays as it is.
 */
registry.category("web_tour.tours").add("client_portal_request_with_photos", {
    url: "/my",
    steps: () => [
        { trigger: ".cp-new-request", run: "click", expectUnloadPage: true },
        { trigger: ".cp-kind a:contains('Repair')", run: "click", expectUnloadPage: true },
        { trigger: ".o_cp_files.cp-scripted" },
        { trigger: "input[name=title]", run: "edit Loose railing" },
        { trigger: "select[name=site]", run: "selectByLabel Alder Harbour" },
        {
            trigger: "#cp_files:not(:visible)",
            run: ({ anchor }) => choose(anchor, ["run.jpg"], (name) => new File(["MZ\u0000\u0001"], name)),
        },
        { trigger: ".cp-field-error:contains('run.jpg')" },
        {
            trigger: "#cp_files:not(:visible)",
            run: async ({ anchor }) => {
                breakTransfer();
                await choose(anchor, PHOTOS, photo);
            },
        },
        { trigger: ".cp-field-error:contains('“Canon_40D.jpg” did not arrive') .btn", run: "click" },
        { trigger: ".cp-staged:has(input[name=staged] ~ *:contains('Canon_40D.jpg'))" },
        { trigger: ".cp-staged:has(input[name=staged] ~ *:contains('image01551.jpg'))" },
        { trigger: ".o_cp_request button[type=submit]", run: "click", expectUnloadPage: false },
        // the description is asked: the browser itself keeps the form back
        { trigger: "textarea[name=text]:invalid" },
        { trigger: "textarea[name=text]", run: "edit The third panel from the end." },
        {
            trigger: ".o_cp_request button[type=submit]",
            run: ({ anchor }) => {
                goOffline(true);
                anchor.click();
            },
        },
        { trigger: "[role=alert]:contains('There is no connection')", run: () => goOffline(false) },
        { trigger: ".o_cp_request button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".cp-thanks-number:contains('R-')" },
        { trigger: ".cp-thanks a.btn-primary", run: "click", expectUnloadPage: true },
        { trigger: ".cp-files li:nth-child(2) img" },
        { trigger: ".cp-track .cp-step-now:contains('Requested')" },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains('The third panel')" },
    ],
});

/** Staff find it in their own project, with its number, who raised it and the photos, and ask back. */
registry.category("web_tour.tours").add("client_portal_staff_finds_request", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Loose railing') .badge:contains('R-')" },
        { trigger: ".o_kanban_record:contains('Loose railing')", run: "click" },
        { trigger: ".o-mail-Chatter .o-mail-Message:contains('The third panel')" },
        { trigger: ".o-mail-Chatter .o-mail-AttachmentImage:eq(1)" },
        { trigger: ".o_notebook a[name=client_portal]", run: "click" },
        { trigger: ".o_field_widget[name=client_request_number]:contains('R-')" },
        { trigger: ".o_field_widget[name=client_requester_id]:contains('Contact requester_a')" },
        { trigger: "button[name=action_client_question]", run: "click" },
        { trigger: ".modal .odoo-editor-editable", run: "editor Which colour is it?" },
        { trigger: ".modal button[name=action_client_ask]", run: "click" },
        { trigger: "button[name=action_client_question_over]" },
        { trigger: ".o-mail-Chatter .o-mail-Message:contains('Which colour is it?')" },
    ],
});

/** The member answers in the conversation, and takes another request back. */
registry.category("web_tour.tours").add("client_portal_request_answered_and_cancelled", {
    url: "/my/requests",
    steps: () => [
        { trigger: ".cp-row:contains('Loose railing') .cp-badge:contains('Waiting for you')" },
        { trigger: ".cp-row-title:contains('Loose railing')", run: "click", expectUnloadPage: true },
        { trigger: "#chatterRoot:shadow .o-mail-Composer-input", run: "edit Green." },
        { trigger: "#chatterRoot:shadow .o-mail-Composer-send:enabled", run: "click" },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains('Green.')" },
        { trigger: ".cp-tabs a:contains('Requests')", run: "click", expectUnloadPage: true },
        { trigger: ".cp-row-title:contains('Second thoughts')", run: "click", expectUnloadPage: true },
        { trigger: ".cp-fold summary", run: "click" },
        { trigger: "textarea[name=reason]", run: "edit We found the key." },
        { trigger: ".cp-fold button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert-info:contains('The request is cancelled')" },
        { trigger: "h1 .cp-badge:contains('Cancelled')" },
    ],
});
