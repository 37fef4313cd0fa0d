import { runProgram } from './program.js';

// Whoever reads the pipe may have seen enough (`concord export | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), process.env);
