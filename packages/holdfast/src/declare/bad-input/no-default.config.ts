// expect: 1:1 | there is no default export | exports by default | export default defineConfig
import { defineConfig, environment } from 'holdfast/config';

export const config = defineConfig({ environments: { local: environment() } });
