// expect: 5:26 | engine "default" → socket is "docker" | the address of an engine | /var/run/docker.sock
import { defineConfig, engine, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ engine: engine.local({ socket: 'docker' }) }) },
});
