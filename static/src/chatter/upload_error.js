import { AttachmentUploadService } from "@mail/core/common/attachment_upload_service";

import { patch } from "@web/core/utils/patch";

/** A refused upload says why: stock shows "Server error" for every answer but 200. */
patch(AttachmentUploadService.prototype, {
    setup(env, services) {
        services.file_upload.bus.addEventListener("FILE_UPLOAD_LOADED", ({ detail: { upload } }) => {
            const { status, response } = upload.xhr;
            if ([403, 413, 415, 429].includes(status) && response?.startsWith('{"error"')) {
                upload.xhr = { status: 200, response };
            }
        });
        return super.setup(env, services);
    },
});
