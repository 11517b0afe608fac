// The desktop app: Electron around a host.
import { app } from 'electron';

await app.whenReady();
