/** Asks for a running backend; answered when there is one. */
export const CHANNEL_READY = 'deskmate:ready';
/** Carries one MessagePort of the page to the backend. */
export const CHANNEL_CONNECT = 'deskmate:connect';
export const CHANNEL_PICK_FILES = 'deskmate:pick-files';
/** Host to page: the backend has gone. */
export const CHANNEL_LOST = 'deskmate:lost';
/** One call of the page to its window: `name, input`. */
export const CHANNEL_DESKTOP = 'deskmate:desktop';
/** Host to page: something was chosen outside the page, or the window changed. */
export const CHANNEL_DESKTOP_EVENT = 'deskmate:desktop-event';
