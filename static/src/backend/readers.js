import { Chatter } from "@mail/chatter/web_portal/chatter";
import { Thread } from "@mail/core/common/thread_model";

import { Component, onMounted, onWillUpdateProps, status, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { useService } from "@web/core/utils/hooks";

/** Above the composer on a client's record: who reads what is about to be written. */
export class ClientReaders extends Component {
    static template = "client_portal.Readers";
    static props = { threadModel: String, threadId: Number, type: String };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ readers: null, named: false });
        onMounted(() => this.load(this.props));
        onWillUpdateProps((next) => next.type !== this.props.type && this.load(next));
    }

    get isNote() {
        return this.props.type === "note";
    }

    async load({ threadModel, threadId, type }) {
        if (type === "note") {
            return;
        }
        const readers = await this.orm.silent.call(threadModel, "client_readers", [[threadId]]);
        if (status(this) !== "destroyed") {
            this.state.readers = readers;
        }
    }

    toggleNames() {
        this.state.named = !this.state.named;
    }
}

Object.assign(Chatter.components, { ClientReaders });

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the record is a client's. */
        this.clientReads = false;
    },
});
