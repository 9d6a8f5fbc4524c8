import { registry } from "@web/core/registry";

/** Staff read who reads along before they write. */
registry.category("web_tour.tours").add("client_portal_readers", {
    steps: () => [
        { trigger: ".o-mail-Chatter-sendMessage:not([disabled])", run: "click" },
        { trigger: ".o_client_readers button:contains('members of Alder Estates read this')", run: "click" },
        { trigger: ".o_client_readers li:contains('Contact viewer_a')" },
        { trigger: ".o-mail-Chatter-logNote", run: "click" },
        { trigger: ".o_client_readers strong:contains('Internal: only staff read this note')" },
        { trigger: ".o-mail-Composer-input", run: "edit Ladder first" },
        { trigger: ".o-mail-Composer-send:not([disabled])", run: "click" },
        { trigger: ".o-mail-Message:contains('Ladder first')" },
    ],
});
