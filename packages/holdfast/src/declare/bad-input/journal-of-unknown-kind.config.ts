// expect: 5:26 | journal is "mysql://db.example/holdfast" | SQLite | postgres://
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ journal: 'mysql://db.example/holdfast' }) },
});
