import { app } from 'electron';
import { messageOf } from '../../platform/errors.ts';
import { startElectron } from './electron-main.ts';

// not awaited here: Electron becomes ready only after this module has been loaded
startElectron(import.meta.dirname).catch((error: unknown) => {
  console.error(`deskmate: ${messageOf(error)}`);
  app.exit(1);
});
