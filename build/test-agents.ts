// Installs the real agents where they are missing and runs the specs that use them: `npm run test:agents -- codex` those of one file.
import { findAgents, installAgents } from './agent-programs.ts';
import { runAgentSpecs } from './test-reports.ts';

const programs = findAgents(process.env) ?? installAgents(process.env);
if (programs === null) {
  console.error(
    'The agents could not be installed. What npm said stands above; check that its registry can be reached (npm ping).',
  );
  process.exit(1);
}
const { passed, failed, skipped } = await runAgentSpecs(programs, process.argv.slice(2));
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
