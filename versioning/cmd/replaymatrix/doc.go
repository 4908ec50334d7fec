/*
Replaymatrix replays recorded event histories of Temporal workflows against
every stage of their code, and prints which transitions are safe.

# Usage

	replaymatrix                         the matrix of every reference family
	replaymatrix matrix [FAMILY…]        the matrices of these families
	replaymatrix explain CELL…           one cell: where history and code part, and what to do
	replaymatrix list [FAMILY…]          families, stages and recordings
	replaymatrix server                  a Temporal Service on this machine
	replaymatrix worker --workflow STAGE a live worker of one stage
	replaymatrix starter                 start, query or describe an execution
	replaymatrix walkthrough             play the releases of a family on a live service
	replaymatrix help [COMMAND]          flags and examples

The matrix and the list come from the recordings inside the binary: no service
and no network is needed.

# Flags of matrix

	--format text|json|html   text is for people, json is described in docs/verdicts.md, html is
	                          a page that needs no network, with an explanation behind every
	                          cell: docs/html.md
	-o, --output FILE         write to the file, which is replaced in one step
	--fail-on VERDICT,…       exit with 3 if one of the verdicts occurs; "incompatible"
	                          stands for all that break executions or change what they do,
	                          "otherwise" for cells that replay and answer a query otherwise
	--level LEVEL             how much is compared: commands is the SDK's own check and the way
	                          in which the execution ends, shape also types, IDs and options,
	                          values (the default) also arguments, durations and results

# Explain

A cell is FAMILY/RECORDING@STAGE, as matrix prints it. Its commands in the history
stand beside the calls of the code, with the first divergence marked; below is what
changed, whether a live Worker notices, and what to do. docs/explain.md tells how to
read it. --format, --output and --level are those of matrix.

	--all                     every command of a long history, also where nothing differs

Colour and progress appear on a terminal only; the environment variable NO_COLOR
turns them off.

# A live service

Server starts a Temporal Service that keeps nothing, at --address (default
127.0.0.1:7233) with the namespace --namespace. Inside a clone of this repository
it builds and runs versioning/devserver; elsewhere it runs the development server
of the Temporal CLI, if the command temporal is on PATH.

Worker, starter and walkthrough find the service as every Temporal client does, by
the variables TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and those of
TLS, and by the profile file. These flags go before them:

	--address HOST:PORT       the service
	--namespace NAME          the namespace
	--profile NAME            the profile in the configuration file

Worker runs one stage on the task queue of its family, "patching-task-queue" for
example, and prints "Worker started" and "Shutting down". What the SDK warns of is a
line each on standard error.

	--workflow STAGE          the stage, required
	--family FAMILY           its family, the first one if left out
	--without-activities      take workflow tasks only, so that executions stay open

Starter does what these flags say, in this order:

	--start-workflow ID       start an execution
	--finish-workflow ID      send it what closes it, according to --scenario
	--query-workflow ID       ask its query, "result" or the one that --query names
	--describe-workflow ID    tell its status, and why it is stuck
	--family, --workflow-type what is started
	--scenario NAME           start with the input of this scenario of the family, and do
	                          what it does to the execution

Walkthrough plays the releases of the family, with a service of its own unless
TEMPORAL_ADDRESS or --address names one, and fails if an answer is not the one that
the replay of a recording gives. docs/walkthrough.md has its transcript.

# Exit codes

	0  done; for server and worker also after an interrupt
	1  could not run; for walkthrough also a wrong answer, or an interrupt
	2  wrong arguments
	3  a verdict named by --fail-on occurred

# Limitations

What no history holds, or what is not the code's, is not compared: the inputs of local
activities, values of side effects, headers, summaries. With --level commands the
arguments of an activity, the duration of a timer or the result of the workflow can
change without a word. The last line of the output says what was compared, and
docs/verdicts.md has the list. Code past the end of a history does not run.
*/
package main
