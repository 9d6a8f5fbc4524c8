import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { NameAndSignature } from "@web/core/signature/name_and_signature";
import { registry } from "@web/core/registry";

/** Without the cursor in the name: the page would jump past what is signed. */
class CalmNameAndSignature extends NameAndSignature {
    static template = "client_portal.CalmNameAndSignature";
}

/**
 * Odoo's own name and signature, inside a form that is sent like any other: the picture
 * goes into a hidden field when the form is submitted.
 */
export class ApprovalSignature extends Component {
    static template = "client_portal.ApprovalSignature";
    static components = { NameAndSignature: CalmNameAndSignature };
    static props = { name: { type: String, optional: true } };

    setup() {
        this.root = useRef("root");
        this.image = useRef("image");
        this.signature = useState({
            name: this.props.name || "",
            getSignatureImage: () => "",
            resetSignature: () => {},
        });
        onMounted(() => {
            const form = this.root.el.closest("form");
            form.addEventListener("submit", () => this.fill());
            // a drawing area that opens later has no size before
            form.closest("details")?.addEventListener("toggle", (ev) => {
                if (ev.target.open) {
                    this.signature.resetSignature();
                }
            });
        });
    }

    fill() {
        const empty = this.signature.isSignatureEmpty;
        this.image.el.value = empty ? "" : this.signature.getSignatureImage().split(",")[1] || "";
    }
}

registry.category("public_components").add("client_portal.signature", ApprovalSignature);
