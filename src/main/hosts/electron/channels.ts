/** Asks for a running backend; answered when there is one. */
export const CHANNEL_READY = 'deskmate:ready';
/** Carries one MessagePort of the page to the backend. */
export const CHANNEL_CONNECT = 'deskmate:connect';
export const CHANNEL_PICK_FILES = 'deskmate:pick-files';
/** Host to page: the backend has gone. */
export const CHANNEL_LOST = 'deskmate:lost';
