import { app } from 'electron';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Starts Deskmate when this user signs in to the system, or no longer. Linux has no such call in Electron: the desktop's own autostart folder is used. */
export function setOpenAtLogin(isOn: boolean, platform: NodeJS.Platform): void {
  if (platform !== 'linux') return app.setLoginItemSettings({ openAtLogin: isOn });
  const file = path.join(app.getPath('appData'), 'autostart', 'deskmate.desktop');
  if (!isOn) return rmSync(file, { force: true });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, autostartEntry(process.env['APPIMAGE'] ?? process.execPath));
}

/** An entry as freedesktop.org's Desktop Entry Specification 1.5 quotes it: `"`, `` ` ``, `$` and `\` escaped inside quotes, `%` doubled, and all of it once more as a string value. */
export function autostartEntry(program: string): string {
  const quoted = `"${program.replaceAll(/["`$\\]/g, String.raw`\$&`)}"`.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll(/[\n\r]/g, '');
  return `[Desktop Entry]\nType=Application\nName=Deskmate\nExec=${quoted}\nX-GNOME-Autostart-enabled=true\n`;
}
