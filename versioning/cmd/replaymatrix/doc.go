/*
Replaymatrix replays recorded event histories of Temporal workflows against
every stage of their code, and prints which transitions are safe.

# Usage

	replaymatrix                         the matrix of every reference family
	replaymatrix matrix [FAMILY…]        the matrices of these families
	replaymatrix list [FAMILY…]          families, stages and recordings
	replaymatrix help [COMMAND]          flags and examples

It reads the recordings inside the binary: no service and no network is needed.

# Flags of matrix

	--format text|json        text is for people, json is described in docs/verdicts.md
	-o, --output FILE         write to the file, which is replaced in one step
	--fail-on VERDICT,…       exit with 3 if one of the verdicts occurs; "incompatible"
	                          stands for all that break executions

Colour and progress appear on a terminal only; the environment variable NO_COLOR
turns them off.

# Exit codes

	0  done
	1  could not run
	2  wrong arguments
	3  a verdict named by --fail-on occurred

# Limitations

The SDK's replayer compares commands and events, not values: the arguments of an
activity, the duration of a timer or the result of the workflow can change
without a word from it. The last line of the output says so.
*/
package main
