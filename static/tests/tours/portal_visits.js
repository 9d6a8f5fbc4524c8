import { registry } from "@web/core/registry";

/** The day `count` days from now, as a date field takes it. */
function later(count) {
    const day = new Date();
    day.setDate(day.getDate() + count);
    return day.toISOString().slice(0, 10);
}

/** Fill a field of days or clocks, which the browser's own pickers fill otherwise. */
function fill(value) {
    return ({ anchor }) => {
        anchor.value = value;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    };
}

/** A member cannot be there and asks for another time. */
registry.category("web_tour.tours").add("client_portal_visit_another_time", {
    url: "/my/jobs",
    steps: () => [
        { trigger: ".cp-row-title:contains('Alder task-a-one')", run: "click", expectUnloadPage: true },
        { trigger: "#visit a:contains('Ask for another time')", run: "click", expectUnloadPage: true },
        { trigger: "input[name=day_1]", run: fill(later(9)) },
        { trigger: "input[name=begins_1]", run: fill("10:00") },
        { trigger: "input[name=ends_1]", run: fill("12:00") },
        { trigger: "textarea[name=comment]", run: "edit The gate is locked that day." },
        { trigger: "#propose button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: "#visit h2:contains('You asked for another time')" },
    ],
});

/** Staff find the wish on the task and take it with one click. */
registry.category("web_tour.tours").add("client_portal_staff_moves_visit", {
    steps: () => [
        { trigger: ".o_notebook a[name=client_portal]", run: "click" },
        { trigger: ".alert:contains('The client asks for another time'):contains('The gate is locked that day.')" },
        { trigger: "button[name=action_client_visit_accept]:eq(0)", run: "click" },
        { trigger: ".o_form_view:not(:has(.alert:contains('The client asks for another time')))" },
    ],
});

/** Staff complete a job with what was done. */
registry.category("web_tour.tours").add("client_portal_staff_completes", {
    steps: () => [
        { trigger: "button[name=action_client_complete]", run: "click" },
        { trigger: ".modal [name=note] textarea", run: "edit All 42 trees are pruned." },
        { trigger: ".modal [name=readings] textarea", run: "edit Height: 12.5 m" },
        { trigger: ".modal button[name=action_complete]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});

/** The client reads what was done, with its record. */
registry.category("web_tour.tours").add("client_portal_reads_record", {
    url: "/my/jobs",
    steps: () => [
        { trigger: ".cp-row:contains('Alder task-a-one') .cp-badge:contains('Completed')" },
        { trigger: ".cp-row-title:contains('Alder task-a-one')", run: "click", expectUnloadPage: true },
        { trigger: "h1 .cp-badge:contains('Completed')" },
        { trigger: "#done .cp-text:contains('All 42 trees are pruned.')" },
        { trigger: "#done .cp-readings dd:contains('12.5 m')" },
        { trigger: "#done a:contains('Download')" },
    ],
});
