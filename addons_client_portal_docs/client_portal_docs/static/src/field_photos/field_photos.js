import { Component, onWillDestroy, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * Photos and a completion note on a job, from a phone: open, take, save. Each photo goes by itself, with the
 * time of its file and, where the browser is allowed to tell, the position of the phone. One that does not
 * get through stays in the list with the reason, and is sent again by the next save.
 */
export class FieldPhotos extends Component {
    static template = "client_portal_docs.FieldPhotos";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        const { task_id, note } = this.props.action.params;
        this.taskId = task_id;
        this.position = null;
        this.sent = 0;
        this.state = useState({ photos: [], note, stage: "", publish: false, busy: false });
        this.askPosition();
        onWillDestroy(() => this.state.photos.forEach((photo) => URL.revokeObjectURL(photo.url)));
    }

    /** Asked for at once, so that it is there when the first photo is; without it photos go all the same. */
    askPosition() {
        navigator.geolocation?.getCurrentPosition(
            ({ coords }) => {
                this.position = coords;
            },
            () => {},
            { enableHighAccuracy: true, maximumAge: 60000, timeout: 20000 }
        );
    }

    onChoose(ev) {
        for (const file of ev.target.files) {
            const url = URL.createObjectURL(file);
            this.state.photos.push({ file, url, stage: this.state.stage, error: "", done: false });
        }
        ev.target.value = "";
    }

    onTakeAway(photo) {
        URL.revokeObjectURL(photo.url);
        this.state.photos.splice(this.state.photos.indexOf(photo), 1);
    }

    get maySave() {
        return !this.state.busy && (this.state.photos.length > 0 || this.state.note.trim());
    }

    /** Whatever breaks off, what was taken and written stays here and can be saved again. */
    async onSave() {
        this.state.busy = true;
        try {
            await this.save();
        } finally {
            this.state.busy = false;
        }
    }

    async save() {
        for (const photo of this.state.photos.filter((one) => !one.done)) {
            photo.error = await this.send(photo);
            photo.done = !photo.error;
            this.sent += photo.done ? 1 : 0;
        }
        if (this.state.photos.every((photo) => photo.done)) {
            const { note, publish } = this.state;
            await this.orm.call("project.task", "action_client_photos_done", [
                [this.taskId],
                note.trim(),
                this.sent,
                publish,
            ]);
            this.notification.add(_t("Saved: %s photos", this.sent), { type: "success" });
            await this.action.doAction({ type: "ir.actions.act_window_close" });
            await this.action.doAction("soft_reload");
        }
    }

    /** Reason why a photo did not get through, or nothing. */
    async send(photo) {
        const body = new FormData();
        body.append("csrf_token", odoo.csrf_token);
        body.append("photo", photo.file, photo.file.name);
        body.append("stage", photo.stage);
        body.append("device_on", photo.file.lastModified || "");
        if (this.position) {
            body.append("latitude", this.position.latitude);
            body.append("longitude", this.position.longitude);
            body.append("accuracy", this.position.accuracy);
        }
        try {
            const reply = await fetch(`/client_portal_docs/photos/${this.taskId}`, { method: "POST", body });
            if (reply.ok) {
                return "";
            }
            const { error } = await reply.json().catch(() => ({})); // a refusal may be a page
            return error || _t("It could not be kept. Please try again.");
        } catch {
            return _t("No connection. Save again when you are back online.");
        }
    }
}

registry.category("actions").add("client_portal_docs.field_photos", FieldPhotos);
