import { registry } from "@web/core/registry";

/** A member signs in, sees the workspace and opens a job from the list. */
registry.category("web_tour.tours").add("client_portal_member_opens_job", {
    url: "/web/login",
    steps: () => [
        { trigger: "input[name=login]", run: "edit approver_a" },
        { trigger: "input[name=password]", run: "edit approver_a" },
        { trigger: ".oe_login_form button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".cp-hello h1" },
        { trigger: ".cp-tile[href*='filterby=active']", run: "click", expectUnloadPage: true },
        { trigger: ".cp-row-title:contains('task-a-one.')", run: "click", expectUnloadPage: true },
        { trigger: ".cp-track .cp-step-now" },
        { trigger: ".cp-tabs a[aria-current]:contains('Jobs')" },
        { trigger: "#chatterRoot:shadow .o-mail-Composer-input", run: "edit When do you come?" },
        { trigger: "#chatterRoot:shadow .o-mail-Composer-send:enabled", run: "click" },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains('When do you come?')" },
    ],
});

/** An approver signs a quote with their name. */
registry.category("web_tour.tours").add("client_portal_approver_signs", {
    url: "/my/quotes?filterby=open",
    steps: () => [
        { trigger: ".cp-row-title:contains('order-a-sent.')", run: "click", expectUnloadPage: true },
        { trigger: ".cp-answer-yes .o_web_sign_name_and_signature" },
        { trigger: ".cp-answer-yes input[name='signer']", run: "edit Ada Approver" },
        { trigger: ".cp-answer-yes .o_web_sign_auto_button", run: "click" },
        { trigger: ".cp-answer-yes input[name='consent']", run: "click" },
        { trigger: ".cp-answer-yes button[type='submit']", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('Your approval is recorded')" },
        { trigger: "h1 .cp-badge:contains('Approved')" },
    ],
});

/** A viewer of quotes has nothing to press. */
registry.category("web_tour.tours").add("client_portal_billing_reads_quote", {
    url: "/my/quotes",
    steps: () => [
        { trigger: ".cp-row-title:contains('order-a-sent.')", run: "click", expectUnloadPage: true },
        { trigger: "h2:contains('Waiting for an answer')" },
        { trigger: "body:not(:has(.cp-answer))" },
    ],
});
