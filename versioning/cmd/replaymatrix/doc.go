/*
Replaymatrix replays recorded event histories of Temporal workflows against
every stage of their code, and prints which transitions are safe.

# Usage

	replaymatrix                         a line for every family: may it be deployed, and rolled back
	replaymatrix matrix FAMILY           the answer for one family, what breaks, and the verdicts
	replaymatrix explain [NAME…]         one cell: where history and code part, and what to do
	replaymatrix against REF             the work tree's code and a git revision's
	replaymatrix list [FAMILY…]          families, stages and recordings
	replaymatrix pull FOLDER             download histories of a running service
	replaymatrix redact FAMILY FILE…     replace the data in histories, so that they replay as before
	replaymatrix server                  a Temporal Service on this machine
	replaymatrix worker --workflow STAGE a live worker of one stage
	replaymatrix starter                 start, query or describe an execution
	replaymatrix walkthrough             play the releases of a family on a live service
	replaymatrix init [FOLDER]           write a first replay test into a module of your own
	replaymatrix completion SHELL        the script for the tab key
	replaymatrix help [COMMAND]          flags and examples

The matrix and the list come from the recordings inside the binary: no service
and no network is needed. A folder takes their place:

	--histories DIR           folder with a folder of recordings for each family; a command for
	                          a single family finds its recordings in DIR itself too

A command for workflows of your own is made by cli.Main or cli.Command, has all of
these commands, and reads testdata/histories unless it has recordings inside.
docs/command.md tells how.

# No recordings

A family without recordings is an error that says where they were looked for and how to
get one. With several families the others are judged and printed, and the exit code is
1, or 3 if what --fail-on names occurred. Nothing is printed if no family has
any. A family of which no recording has begun is such an error too, below what is
printed: see unstarted in docs/verdicts.md. List says it and goes on. A file that is no history, one of another SDK and one
that is too large are a line each with the verdict unjudged; the rest is judged.

# Flags of matrix

	--format NAME[=FILE]      text is for people (the default), json for programs, markdown for a
	                          comment or a job summary, junit for test reports, github for
	                          annotations of a pull request, sarif for code scanning, html for a
	                          page with an explanation behind every cell, svg for a picture of
	                          the answer; several times for several outputs, each but one with
	                          a file
	-o, --output FILE         write what has no =FILE to the file, which is replaced in one step
	--fail-on VERDICT,…       exit with 3 if one of the verdicts occurs; "incompatible"
	                          stands for all that break executions or change what they do,
	                          "otherwise" for cells that replay and answer a query otherwise;
	                          "findings" for what the history alone cannot settle, such as
	                          unread and unreadable: docs/verdicts.md; stuck, closes, hangs
	                          and roll for what live Workers do next: docs/live.md
	--all                     as text, everything: each transition, finding, cell and note
	--grid                    as text, the verdict of each recording at each stage, also of many
	--rehearse all|none       which waiting points are handed to live Workers: every one, or
	                          none; else the last of open recordings, and those of cells that
	                          are not safe
	--level LEVEL             how much is compared: commands is the SDK's own check and the way
	                          in which the execution ends, shape also types, IDs and options,
	                          values (the default) also arguments, durations and results
	--no-cache                judge everything anew, and fail if the cache has other verdicts

Verdicts of unchanged recordings under an unchanged program are kept in the user's
cache folder, or in the one that the environment variable REPLAYMATRIX_CACHE names;
"off" keeps none. docs/cache.md says what is kept when, and who can read it.

# Formats

One judgement can have several outputs:

	replaymatrix matrix --format text --format github --format markdown=comment.md --format junit=report.xml

What --fail-on names is an error in github and sarif, and a failure in junit; what else is
incompatible is a notice there, and passes in junit. Without --fail-on it is a warning, and in
junit, which has none, a failure. Findings that it does not name are notices. Paths are those within the repository that the command runs
in, where it holds the code. Markdown has at most 65,000 bytes, or 1 MiB in the file that
GITHUB_STEP_SUMMARY names, and says what it leaves out. docs/formats.md has it all.

Colour and progress appear on a terminal only; the environment variable NO_COLOR
turns them off.

# Explain

A cell is FAMILY/RECORDING@STAGE, as matrix prints it. FAMILY/RECORDING, FAMILY, a
workflow type, a workflow ID, or no name stand for the worst of their cells, and the
first line says which one that is. The commands of a cell in the history
stand beside the calls of the code, with the first divergence marked; below is what
changed, whether a live Worker notices, and what to do. docs/explain.md tells how to
read it. --format (text, json or markdown), --output, --level and --rehearse are those of
matrix.

	--all                     every command of a long history, also where nothing differs

# Against

In a module with tests that call replaytest.Run it answers whether the work tree can
be deployed over a git revision, and rolled back to it. The tests of both run, the
revision's in a temporary copy; files and repository are only read. docs/against.md
tells how to read the answer. --format, --output, --level and --rehearse are those of
matrix.

	--fail-on VERDICT,…       exit with 3 if the deploy gives an execution of REF one of these;
	                          incompatible if left out, none for nothing
	--fail-on-rollback …      the same for the roll back and executions of the work tree
	--package PATTERN,…       the packages with the replay tests, ./... if left out
	--run REGEXP              the tests to run, those that call replaytest.Run if left out
	--timeout DURATION        how long the tests of a package may run, 30m if left out
	--all-stages              every stage of both, not only the deployed one

# Pull

Pull downloads the histories of executions into the folder, one file
WORKFLOWID_RUNID.json for each run. It finds the service as worker does, see below. The
same command again goes on where it stopped. docs/pull.md tells what is in the files.

	--workflow-type TYPE      executions of this type
	--query FILTER            executions that this List Filter chooses
	--status open|closed|all  all is the default
	--limit N                 at most N executions of the list
	--workflow-id ID          the latest run of this ID instead; may be repeated
	--run-id RUN              this run of the one --workflow-id
	--chain                   the other runs of each chain too
	--concurrency N           how many at a time, 8 by default
	--gzip                    write .json.gz
	--redact                  replace the data before anything is written, as redact does
	--family FAMILY           the family that --redact replays with

# Redact

Redact replaces the payloads, failure messages and identities in histories of the
family by made-up ones of the same shape, replays them before and after with every
stage, and prints where data can still be read. docs/redact.md tells what is replaced
and what stays. A FOLDER stands for the histories in it. What is no history, or what
no stage can replay, is a line on standard error, and nothing is written for it.

	-o, --output DIR          write the redacted histories into this folder
	--in-place                replace the files; the originals are gone then
	--format text|json        how to report what became of the data
	--trials N                replay at most this many redacted forms of a history

# A live service

Server starts a Temporal Service that keeps nothing, at --address (default
127.0.0.1:7233) with the namespace --namespace. Inside a clone of this repository
it builds and runs versioning/devserver; elsewhere it runs the development server
of the Temporal CLI, if the command temporal is on PATH.

Worker, starter, walkthrough and pull find the service as every Temporal client does, by
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

# Init

Init reads the Go package in FOLDER, the working directory if it is left out, and writes
a test that replays recordings of its workflows, the folders for the recordings, and a
step for the pipeline. It shows all of it and asks; where nobody can be asked it writes
nothing, with exit code 2. A file that exists is left as it is, go.mod too.

	-y, --yes                 write without asking
	--dry-run                 show what would be written, and write nothing
	--command                 a command for these workflows too: families.go and cmd/NAMEmatrix
	--ci auto|github|none     the step for the pipeline; auto is github where the repository
	                          has a folder .github

# Completion

Completion prints a script for bash, zsh, fish or powershell, which completes commands,
flags, families, cells, stages, scenarios, formats, levels, verdicts and profiles. For the
running shell:

	source <(replaymatrix completion bash)

# Exit codes

	0  done; for server and worker also after an interrupt
	1  could not run; for walkthrough also a wrong answer, or an interrupt; for pull
	   also a history that could not be downloaded, or none to download; for redact also
	   a file that was not redacted
	2  wrong arguments
	3  a verdict or a finding named by --fail-on occurred; for against, without it, one that
	   is incompatible
	4  against could not tell

# Limitations

What no history holds, or what is not the code's, is not compared: the inputs of local
activities, values of side effects, headers, summaries. With --level commands the
arguments of an activity, the duration of a timer or the result of the workflow can
change without a word. The last line of the output says what was compared, and
docs/verdicts.md has the list. Code past the end of a history does not run.
*/
package main
