import { registry } from "@web/core/registry";

const PAID = [
    { trigger: "#o_payment_form #simulated_payment_state" },
    { trigger: "#customer_input", run: "edit 4242" },
    { trigger: "button[name='o_payment_submit_button']:enabled", run: "click", expectUnloadPage: true },
    { trigger: "[name='o_payment_status']", expectUnloadPage: true },
];

/** A member chooses two invoices in the list and pays them in one go. */
registry.category("web_tour.tours").add("client_portal_pays_several", {
    url: "/my/invoices?filterby=open",
    steps: () => [
        { trigger: ".o_cp_pick button:disabled" },
        { trigger: ".cp-row:nth-child(1) .cp-pick input", run: "check" },
        { trigger: ".cp-row:nth-child(2) .cp-pick input", run: "check" },
        { trigger: ".o_cp_pick button:enabled:contains('(2)')", run: "click", expectUnloadPage: true },
        { trigger: ".cp-narrow .cp-row:nth-child(2)" },
        ...PAID,
        { trigger: ".alert-success:contains('We have received your payment')" },
        { trigger: "body:not(:has(.cp-pick))" },
    ],
});

/** A member pays a part of an invoice first. */
registry.category("web_tour.tours").add("client_portal_pays_a_part", {
    url: "/my/invoices?filterby=overdue",
    steps: () => [
        { trigger: ".cp-row .cp-row-title", run: "click", expectUnloadPage: true },
        { trigger: "a.btn[href$='/pay']", run: "click", expectUnloadPage: true },
        { trigger: ".cp-other-amount summary", run: "click" },
        { trigger: "input[name='amount']", run: "edit 1000" },
        { trigger: ".cp-other-amount button", run: "click", expectUnloadPage: true },
        { trigger: ".cp-pay-facts:contains('1,000.00')" },
        ...PAID,
        { trigger: ".alert-success:contains('1,000.00')" },
        { trigger: ".cp-decision .cp-amount:contains('3,275.50')" },
    ],
});
