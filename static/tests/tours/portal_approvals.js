import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const open = (words) => [{ trigger: `.cp-row-title:contains('${words}')`, run: "click", expectUnloadPage: true }];
const form = (verdict) => `.cp-answer form:has(input[name='verdict'][value='${verdict}'])`;

/** Open one of the ways to say no, write why, send it. */
const sayNo = (verdict, summary, reason, thanks) => [
    { trigger: `.cp-answer summary:contains('${summary}')`, run: "click" },
    { trigger: `${form(verdict)} textarea`, run: `edit ${reason}` },
    { trigger: `${form(verdict)} button[type='submit']`, run: "click", expectUnloadPage: true },
    { trigger: `.alert-success:contains('${thanks}')` },
];
const sayYes = (name) => [
    ...(name
        ? [
              { trigger: ".cp-answer-yes .o_web_sign_name_and_signature" },
              { trigger: ".cp-answer-yes input[name='signer']", run: `edit ${name}` },
              { trigger: ".cp-answer-yes .o_web_sign_auto_button", run: "click" },
          ]
        : []),
    { trigger: ".cp-answer-yes input[name='consent']", run: "click" },
    { trigger: ".cp-answer-yes button[type='submit']", run: "click", expectUnloadPage: true },
    { trigger: ".alert-success:contains('Your approval is recorded')" },
];

tours.add("client_portal_declines", {
    url: "/my/approvals",
    steps: () => [
        ...open("order-a-sent."),
        ...sayNo("decline", "Decline", "Too dear", "we have been told why"),
        { trigger: "h1 .cp-badge:contains('Declined')" },
        { trigger: ".cp-update:contains('Too dear')" },
    ],
});

tours.add("client_portal_asks_for_changes", {
    url: "/my/approvals",
    steps: () => [
        ...open("order-a-sent."),
        ...sayNo("changes", "Ask for changes", "Two hedges only", "what you would like to change"),
        { trigger: "h1 .cp-badge:contains('Changes requested')" },
    ],
});

/** What changed stands above the form, and the revision is approved. */
tours.add("client_portal_approves_revision", {
    url: "/my/approvals",
    steps: () => [
        ...open("order-a-sent."),
        { trigger: ".cp-changes li:contains('100.00 → 80.00')" },
        ...sayYes(),
        { trigger: ".cp-evidence a:contains('Certificate')" },
    ],
});

/** Above the limit there is no form, and the page says why. */
tours.add("client_portal_above_the_limit", {
    url: "/my/approvals?filterby=pending",
    steps: () => [
        ...open("order-a-sent."),
        { trigger: ".cp-ask:contains('above what you may approve')" },
        { trigger: "body:not(:has(.cp-answer))" },
    ],
});

tours.add("client_portal_approves_above", {
    url: "/my/approvals",
    steps: () => [...open("order-a-sent."), ...sayYes()],
});

/** The other option, with an extra that nobody has to take: signed as it was chosen. */
tours.add("client_portal_chooses_and_signs", {
    url: "/my/quotes?filterby=open",
    steps: () => [
        ...open("Path in gravel"),
        ...open("Path in stone"),
        { trigger: ".cp-choose:contains('Bench') input", run: "edit 2" },
        { trigger: "form[action$='/choose'] button", run: "click", expectUnloadPage: true },
        { trigger: ".cp-changes li:contains('0.00 → 2.00')" },
        { trigger: ".cp-total dd:contains('250.00')" },
        ...sayYes("Ada Approver"),
        { trigger: ".cp-actions a:contains('Open')", run: "click", expectUnloadPage: true },
        { trigger: "h1 .cp-badge:contains('Approved')" },
        { trigger: ".cp-row:contains('Path in gravel') .cp-badge:contains('Declined')" },
    ],
});

tours.add("client_portal_signs_off", {
    url: "/my/jobs?filterby=all",
    steps: () => [
        ...open("task-a-one."),
        { trigger: ".cp-text:contains('Hedge cut.')" },
        ...sayYes("Ada Approver"),
        { trigger: "h1 .cp-badge:contains('Approved')" },
    ],
});

tours.add("client_portal_refuses_sign_off", {
    url: "/my/jobs?filterby=all",
    steps: () => [...open("task-a-one."), ...sayNo("decline", "Decline", "The gate is open", "we have been told why")],
});
