// expect: 5:26 | listen is "localhost" | IPv4 address | '127.0.0.1'
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ listen: 'localhost' }) },
});
